package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Holds a message that comes by BDAT to the rule about line ends that [BareLineEnds] is for DATA: it is
/// made of lines too, unless it is BINARYMIME (RFC 3030 §3), whose octets this never sees. Its chunks may
/// be cut anywhere, between CR and LF too. One per message; not thread-safe.
public final class ChunkLines {
    private final BareLineEnds policy;
    private final DotStuffing mending = DotStuffing.lineEndsOnly();
    private boolean afterCr;
    private boolean broken;

    public ChunkLines(BareLineEnds policy) {
        this.policy = policy;
    }

    /// Takes octets over and gives what becomes of them; the caller owns that. Empty once the rule is
    /// broken.
    public ByteBuf pass(ByteBuf octets) {
        return switch (policy) {
            case PASS -> octets;
            case NORMALISE -> mending.encode(octets);
            case REJECT -> {
                broken = broken || !faultless(octets);
                if (broken) {
                    octets.release();
                    yield Unpooled.EMPTY_BUFFER;
                }
                yield octets;
            }
        };
    }

    /// What to add behind the last of them, once; often empty.
    public ByteBuf end() {
        return switch (policy) {
            case PASS -> Unpooled.EMPTY_BUFFER;
            case NORMALISE -> mending.lineEnd();
            case REJECT -> {
                broken |= afterCr;
                yield Unpooled.EMPTY_BUFFER;
            }
        };
    }

    /// Whether a CR, LF or NUL stood where none may; only with [BareLineEnds#REJECT].
    public boolean broken() {
        return broken;
    }

    private boolean faultless(ByteBuf octets) {
        int to = octets.writerIndex();
        int i = octets.readerIndex();
        while (i < to) {
            if (afterCr) {
                if (octets.getByte(i) != LineEnds.LF) {
                    return false;
                }
                afterCr = false;
                i++;
            } else {
                int special = LineEnds.next(octets, i, to);
                if (special < 0) {
                    return true;
                }
                if (octets.getByte(special) != LineEnds.CR) {
                    return false;
                }
                afterCr = true;
                i = special + 1;
            }
        }
        return true;
    }
}
