package dev.tarry.admin;

import dev.tarry.store.ContentRef;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

    /// @param prefix header lines that come first, with their CRLFs; may be empty
    static RawContent of(long id, String prefix, ContentRef content, MessageStore store) {
        byte[] first = prefix.getBytes(StandardCharsets.UTF_8);
        return new RawContent(id + ".eml", first.length + content.bytes(), to -> {
            if (first.length > 0) {
                to.write(ByteBuffer.wrap(first));
            }
            for (int number = 0; number < content.chunks(); number++) {
                to.write(store.chunk(content, number));
            }
        });
    }
}
