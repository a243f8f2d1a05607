package dev.tarry.send;

import dev.tarry.smtp.DotStuffing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Writes a message as BDAT chunks (RFC 3030), none larger than the bound, as many ahead of their replies as the
/// session allows. Holds what came with one read and no more. On the channel's loop.
///
/// But for BINARYMIME, lines end in CRLF and nothing else, as in DATA, and there is no NUL: whoever hands the message
/// on with DATA must not find two messages in it.
final class ChunkedBody {
    /// The connection that it writes to.
    interface Line {
        boolean mayChunk();

        /// Writes the command, then the octets, which are its own; what has gathered is flushed when `flush` comes.
        void chunk(ByteBuf octets, boolean last);

        void flush();
    }

    private final Line line;
    private final int maxOctets;
    private final DotStuffing lineEnds;
    private ByteBuf rest;
    private boolean restIsLast;

    /// @param binary whether octets stay as they are, whatever they are
    ChunkedBody(Line line, int maxOctets, boolean binary) {
        this.line = line;
        this.maxOctets = maxOctets;
        this.lineEnds = binary ? null : DotStuffing.lineEndsOnly();
    }

    /// Whether it takes more: not while something waits for the host's answer.
    boolean takesMore() {
        return rest == null;
    }

    /// @param octets become its own
    void octets(ByteBuf octets, boolean last) {
        rest = lineEnds == null ? octets : mended(octets, last);
        restIsLast = last;
        goOn();
    }

    private ByteBuf mended(ByteBuf octets, boolean last) {
        ByteBuf mended = lineEnds.encode(octets);
        return last ? Unpooled.wrappedBuffer(mended, lineEnds.lineEnd()) : mended;
    }

    /// Writes what may be written now.
    void goOn() {
        boolean written = false;
        while (rest != null && (rest.isReadable() || restIsLast) && line.mayChunk()) {
            int octets = Math.min(maxOctets, rest.readableBytes());
            boolean last = restIsLast && octets == rest.readableBytes();
            ByteBuf chunk = rest.readRetainedSlice(octets);
            if (last) {
                drop();
                restIsLast = false;
            }
            line.chunk(chunk, last);
            written = true;
        }
        if (rest != null && !rest.isReadable() && !restIsLast) {
            drop();
        }
        if (written) {
            line.flush();
        }
    }

    /// Nothing more is written.
    void drop() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }
}
