package dev.tarry.mailbox;

import dev.tarry.queue.StoreDoor;
import dev.tarry.store.ContentRef;
import dev.tarry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A message's octets, read from the store chunk by chunk as they are wanted. Blocking: not for a loop. One thread.
public final class ContentStream extends InputStream {
    private final StoreDoor door;
    private final ContentRef content;
    private ByteBuffer chunk;
    private int next;

    /// @param prefix header lines that come first; may be empty
    public ContentStream(StoreDoor door, String prefix, ContentRef content) {
        this.door = door;
        this.content = content;
        this.chunk = ByteBuffer.wrap(prefix.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws IOException if a chunk cannot be read (any more); its cause is the store's
    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, to.length);
        if (count == 0) {
            return 0;
        }
        while (!chunk.hasRemaining()) {
            if (next == content.chunks()) {
                return -1;
            }
            try {
                chunk = door.store().chunk(content, next++);
            } catch (StoreException e) {
                throw new IOException("the message's content cannot be read", e);
            }
        }
        int part = Math.min(count, chunk.remaining());
        chunk.get(to, offset, part);
        return part;
    }
}
