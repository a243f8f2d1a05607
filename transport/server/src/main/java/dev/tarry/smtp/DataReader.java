package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;

/// Takes received data apart (RFC 5321 §4.5.2): finds its end, removes the dots that were put in. One per
/// message; not thread-safe.
///
/// Only CRLF.CRLF ends the data, or .CRLF at its very start. A line begins after CRLF and nowhere else, so
/// nothing that another program might take for a line end can end the data here (SMTP smuggling).
final class DataReader {
    private static final byte DOT = '.';

    /// What stands before the next octet.
    private enum At {
        LINE_START,
        WITHIN_LINE,
        /// a CR, already passed on
        AFTER_CR,
        /// a line's first dot, held back
        AFTER_DOT,
        /// a line's first dot and a CR, both held back
        AFTER_DOT_CR,
        END
    }

    private final BareLineEnds policy;
    private At at = At.LINE_START;
    private boolean bareLineEnds;

    // the octets of this call that are passed on: one stretch of the input, or what was copied together of several
    private ByteBuf in;
    private ByteBuf copied;
    private int from;
    private int to;

    DataReader(BareLineEnds policy) {
        this.policy = policy;
    }

    boolean ended() {
        return at == At.END;
    }

    /// Whether the message breaks the policy; only with [BareLineEnds#REJECT].
    boolean bareLineEnds() {
        return bareLineEnds;
    }

    /// Reads up to the end of data or of the octets there are.
    ///
    /// @return octets of the message, a slice of the input where that is possible; the caller owns it; null
    /// if there are none. Once bare line ends have been met under [BareLineEnds#REJECT] there are no more:
    /// the message is lost
    ByteBuf read(ByteBuf octets) {
        in = octets;
        copied = null;
        from = to = octets.readerIndex();
        int end = octets.writerIndex();
        int i = octets.readerIndex();
        while (i < end && at != At.END) {
            i = step(i, end);
        }
        octets.readerIndex(i);
        return passedOn();
    }

    private int step(int i, int end) {
        switch (at) {
            case WITHIN_LINE -> {
                int special = LineEnds.next(in, i, end);
                if (special < 0) {
                    keep(i, end);
                    return end;
                }
                byte octet = in.getByte(special);
                if (octet == LineEnds.CR) {
                    keep(i, special + 1);
                    at = At.AFTER_CR;
                } else {
                    keep(i, special);
                    bare(octet, special);
                }
                return special + 1;
            }
            case AFTER_CR -> {
                if (in.getByte(i) == LineEnds.LF) {
                    keep(i, i + 1);
                    at = At.LINE_START;
                    return i + 1;
                }
                bareCr();
                return i;
            }
            case LINE_START -> {
                if (in.getByte(i) == DOT) {
                    at = At.AFTER_DOT;
                    return i + 1;
                }
                at = At.WITHIN_LINE;
                return i;
            }
            case AFTER_DOT -> {
                if (in.getByte(i) == LineEnds.CR) {
                    at = At.AFTER_DOT_CR;
                    return i + 1;
                }
                at = At.WITHIN_LINE;
                return i;
            }
            case AFTER_DOT_CR -> {
                if (in.getByte(i) == LineEnds.LF) {
                    at = At.END;
                    return i + 1;
                }
                add(LineEnds.CR);
                bareCr();
                return i;
            }
            case END -> throw new IllegalStateException("the data has ended");
        }
        throw new AssertionError(at);
    }

    /// The CR passed on last was not half of a CRLF.
    private void bareCr() {
        at = At.WITHIN_LINE;
        switch (policy) {
            case REJECT -> bareLineEnds = true;
            case NORMALISE -> add(LineEnds.LF);
            case PASS -> {}
        }
    }

    private void bare(byte octet, int index) {
        switch (policy) {
            case REJECT -> bareLineEnds = true;
            case NORMALISE -> {
                if (octet == LineEnds.LF) {
                    add(LineEnds.CR);
                    add(LineEnds.LF);
                }
            }
            case PASS -> keep(index, index + 1);
        }
    }

    private void keep(int start, int end) {
        if (bareLineEnds || start == end) {
            return;
        }
        if (copied != null) {
            copied.writeBytes(in, start, end - start);
        } else if (from == to) {
            from = start;
            to = end;
        } else if (to == start) {
            to = end;
        } else {
            copy();
            copied.writeBytes(in, start, end - start);
        }
    }

    private void add(byte octet) {
        if (!bareLineEnds) {
            copy();
            copied.writeByte(octet);
        }
    }

    private void copy() {
        if (copied == null) {
            copied = in.alloc().buffer(in.writerIndex() - from + 16).writeBytes(in, from, to - from);
        }
    }

    private ByteBuf passedOn() {
        ByteBuf result = null;
        if (copied != null) {
            if (bareLineEnds || !copied.isReadable()) {
                copied.release();
            } else {
                result = copied;
            }
        } else if (!bareLineEnds && from != to) {
            result = in.retainedSlice(from, to - from);
        }
        in = null;
        copied = null;
        return result;
    }
}
