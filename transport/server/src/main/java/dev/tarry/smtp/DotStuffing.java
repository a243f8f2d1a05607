package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Makes a message fit for DATA on its way out (RFC 5321 §4.5.2): a line that begins with a dot gets another
/// one, and the end is CRLF.CRLF. Not thread-safe; one per message.
///
/// Whatever the message holds, CR and LF leave only as CRLF (a bare one becomes CRLF) and NUL does not leave
/// at all: a next hop that is laxer than we are must not see an end of data where we see none (SMTP
/// smuggling).
public final class DotStuffing {
    private static final byte DOT = '.';

    /// What the last octet sent was.
    private enum At {
        LINE_START,
        WITHIN_LINE,
        /// a CR has left and an LF must follow
        AFTER_CR
    }

    private final boolean dots;
    private At at = At.LINE_START;

    public DotStuffing() {
        this(true);
    }

    private DotStuffing(boolean dots) {
        this.dots = dots;
    }

    /// For BDAT (RFC 3030), which ends by a count: lines end in CRLF and there is no NUL, and dots stay as they are.
    public static DotStuffing lineEndsOnly() {
        return new DotStuffing(false);
    }

    /// Takes a chunk over and gives what to send for it: the chunk itself where nothing has to change, which
    /// is nearly always. The caller owns the result, which may be empty.
    public ByteBuf encode(ByteBuf chunk) {
        int from = chunk.readerIndex();
        int to = chunk.writerIndex();
        int faultless = faultless(chunk, from, to);
        if (faultless == to) {
            return chunk;
        }
        try {
            return repaired(chunk, faultless, to);
        } finally {
            chunk.release();
        }
    }

    /// What to send after the last chunk; once.
    public ByteBuf end() {
        String end = switch (at) {
            case LINE_START -> ".\r\n";
            case WITHIN_LINE -> "\r\n.\r\n";
            case AFTER_CR -> "\n.\r\n";
        };
        return Unpooled.copiedBuffer(end, StandardCharsets.US_ASCII);
    }

    /// What completes the last line, if it needs that: what to send after the last chunk, once, where no dot ends the
    /// data.
    public ByteBuf lineEnd() {
        return switch (at) {
            case LINE_START -> Unpooled.EMPTY_BUFFER;
            case WITHIN_LINE -> Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII);
            case AFTER_CR -> Unpooled.copiedBuffer("\n", StandardCharsets.US_ASCII);
        };
    }

    /// Walks on as long as nothing has to be put in or left out.
    ///
    /// @return the first index that needs it, with `at` saying what stands before it; `to` if none does
    private int faultless(ByteBuf chunk, int from, int to) {
        int i = from;
        while (i < to) {
            switch (at) {
                case AFTER_CR -> {
                    if (chunk.getByte(i) != LineEnds.LF) {
                        return i;
                    }
                    i++;
                    at = At.LINE_START;
                }
                case LINE_START -> {
                    byte first = chunk.getByte(i);
                    if ((dots && first == DOT) || first == LineEnds.NUL) {
                        return i;
                    }
                    at = At.WITHIN_LINE;
                }
                case WITHIN_LINE -> {
                    int special = LineEnds.next(chunk, i, to);
                    if (special < 0) {
                        return to;
                    }
                    if (chunk.getByte(special) != LineEnds.CR) {
                        return special;
                    }
                    i = special + 1;
                    at = At.AFTER_CR;
                }
            }
        }
        return to;
    }

    private ByteBuf repaired(ByteBuf chunk, int firstFault, int to) {
        int from = chunk.readerIndex();
        ByteBuf out = chunk.alloc().buffer(to - from + 64);
        int kept = from;
        int fault = firstFault;
        while (fault < to) {
            out.writeBytes(chunk, kept, fault - kept);
            kept = repair(chunk.getByte(fault), fault, out);
            fault = faultless(chunk, kept, to);
        }
        return out.writeBytes(chunk, kept, to - kept);
    }

    /// @return the index from which the chunk goes on
    private int repair(byte octet, int index, ByteBuf out) {
        return switch (at) {
            case AFTER_CR -> {
                out.writeByte(LineEnds.LF);
                at = At.LINE_START;
                yield index;
            }
            case LINE_START -> {
                if (octet == DOT) {
                    out.writeByte(DOT).writeByte(DOT);
                    at = At.WITHIN_LINE;
                }
                // a NUL is left out, and a dot behind it still begins the line
                yield index + 1;
            }
            case WITHIN_LINE -> {
                if (octet == LineEnds.LF) {
                    out.writeByte(LineEnds.CR).writeByte(LineEnds.LF);
                    at = At.LINE_START;
                }
                yield index + 1; // a NUL is left out
            }
        };
    }
}
