package dev.tarry.admin;

import dev.tarry.queue.StoreDoor;
import dev.tarry.store.ContentRef;
import dev.tarry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A message's octets, read chunk by chunk while they are given away.
///
/// @param fileName what to call it when it is kept; made of numbers only
/// @param bytes    how many
/// @param octets   what they are
public record RawContent(String fileName, long bytes, Octets octets) {
    /// Gives the octets.
    @FunctionalInterface
    public interface Octets {
        /// @throws StoreException if they cannot be read (any more)
        /// @throws IOException    what the sink throws
        void writeTo(Sink to) throws StoreException, IOException;
    }

    /// Takes octets, and may block until it can.
    @FunctionalInterface
    public interface Sink {
        void write(ByteBuffer octets) throws IOException;
    }

    /// Octets that are at hand.
    public static RawContent of(String fileName, byte[] octets) {
        return new RawContent(fileName, octets.length, to -> to.write(ByteBuffer.wrap(octets)));
    }

    /// A body in the store.
    static RawContent of(long id, ContentRef content, StoreDoor door) {
        return new RawContent(id + ".eml", content.bytes(), to -> {
            for (int number = 0; number < content.chunks(); number++) {
                to.write(door.store().chunk(content, number));
            }
        });
    }
}
