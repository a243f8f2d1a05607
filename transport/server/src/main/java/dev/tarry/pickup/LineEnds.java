package dev.tarry.pickup;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Makes a file's lines those of mail: CR, LF and CRLF each become CRLF, a NUL is dropped, as a receive connector does
/// that does not reject them. One per file.
final class LineEnds {
    private boolean afterCr;
    private boolean eightBit;

    /// @return its own buffer
    ByteBuf convert(byte[] octets, int from, int to) {
        byte[] lines = new byte[2 * (to - from)];
        int n = 0;
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            if (octet == '\r' || (octet == '\n' && !afterCr)) {
                lines[n++] = '\r';
                lines[n++] = '\n';
            } else if (octet != '\n' && octet != 0) {
                lines[n++] = octet;
                eightBit |= octet < 0;
            }
            afterCr = octet == '\r';
        }
        return Unpooled.wrappedBuffer(lines, 0, n);
    }

    /// Whether an octet outside ASCII has come.
    boolean eightBit() {
        return eightBit;
    }
}
