package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;

/// Finds the octets that matter to SMTP's lines: CR, LF and NUL. Eight octets a step, since this looks at
/// every octet of every message.
final class LineEnds {
    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte NUL = 0;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;
    /// Everything sought is below this octet; what else is below (TAB mostly) is looked at and passed over.
    private static final long BOUND = ONES * (CR + 1);

    private LineEnds() {}

    /// The index of the next CR, LF or NUL in `from` (inclusive) to `to` (exclusive), or -1.
    static int next(ByteBuf octets, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = octets.getLongLE(i);
            // a set high bit: this octet may be below the bound; the octet itself decides, for a borrow can reach
            // up
            for (long below = (word - BOUND) & ~word & HIGHS; below != 0; below &= below - 1) {
                int shift = Long.numberOfTrailingZeros(below) - 7;
                if (sought((byte) (word >>> shift))) {
                    return i + (shift >>> 3);
                }
            }
        }
        for (; i < to; i++) {
            if (sought(octets.getByte(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sought(byte octet) {
        return octet == CR || octet == LF || octet == NUL;
    }
}
