package dev.tarry.send;

import dev.tarry.mail.Envelope;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;

/// A message to hand on. Its octets come chunk by chunk, when they are asked for.
public interface OutgoingMessage {
    /// With the recipients that are to be served by this next hop, in order.
    Envelope envelope();

    /// What the protocol log says of it, beside that it is sent; may be empty.
    default String identity() {
        return "";
    }

    /// Octets of all chunks, without dot-stuffing.
    long bytes();

    /// Whether the chunks have exactly that many; if not, it is an estimate, and as good as SIZE needs it (RFC 1870
    /// §4).
    default boolean bytesAreExact() {
        return true;
    }

    /// At least 1.
    int chunks();

    /// Reads one chunk, without blocking the caller.
    ///
    /// @param chunk 0 to `chunks() - 1`
    /// @param loop  where `done` runs, once
    /// @param done  gets the octets, which are the taker's to release, or why there are none; the other is null
    void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done);
}
