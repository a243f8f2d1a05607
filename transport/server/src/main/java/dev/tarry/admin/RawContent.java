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

    /// The same octets after others. Nothing is given away before the first of them has been read, so that content
    /// that cannot be read at all is found out while there is still nothing to take back.
    RawContent after(byte[] before) {
        return new RawContent(fileName, before.length + bytes, to -> {
            Begun begun = new Begun(before, to);
            octets.writeTo(begun);
            begun.begin();
        });
    }

    /// Puts something before what it is given.
    private static final class Begun implements Sink {
        private final ByteBuffer before;
        private final Sink to;

        Begun(byte[] before, Sink to) {
            this.before = ByteBuffer.wrap(before);
            this.to = to;
        }

        /// Once: then it does nothing.
        void begin() throws IOException {
            if (before.hasRemaining()) {
                to.write(before.duplicate());
                before.position(before.limit());
            }
        }

        @Override
        public void write(ByteBuffer octets) throws IOException {
            begin();
            to.write(octets);
        }
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
