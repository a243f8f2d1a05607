package dev.tarry.queue;

import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.ContentRef;
import dev.tarry.store.Write;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A body on its way to disk: octets gather in a chunk; a full one goes to the committer at once, unsynced; the
/// last goes with the record that covers it. Belongs to the thread that appends; its bells ring on the
/// committer thread.
final class StoredBody implements Submission.Body {
    /// Octets in a chunk: what a read, a write and a send handle at a time.
    static final int CHUNK_BYTES = 128 * 1024;

    private static final int FIRST_BYTES = 16 * 1024;

    private final Committer committer;
    private final int shard;
    private final long epoch;
    private final AtomicLong contentIds;
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final AtomicReference<Runnable> drained = new AtomicReference<>();
    private volatile CommitResult broken;
    private ByteBuf chunk;
    private long contentId = -1;
    private int chunks;
    private long bytes;

    StoredBody(Committer committer, int shard, long epoch, AtomicLong contentIds) {
        this.committer = committer;
        this.shard = shard;
        this.epoch = epoch;
        this.contentIds = contentIds;
    }

    @Override
    public void append(ByteBuf octets) {
        try {
            bytes += octets.readableBytes();
            while (octets.isReadable()) {
                if (chunk == null) {
                    chunk = ByteBufAllocator.DEFAULT.directBuffer(chunks == 0 ? FIRST_BYTES : CHUNK_BYTES, CHUNK_BYTES);
                }
                chunk.writeBytes(octets, Math.min(octets.readableBytes(), CHUNK_BYTES - chunk.writerIndex()));
                if (chunk.writerIndex() == CHUNK_BYTES) {
                    flush();
                }
            }
        } finally {
            octets.release();
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean full() {
        return onTheirWay.get() > HIGH_WATER_CHUNKS;
    }

    @Override
    public void whenDrained(Runnable bell) {
        drained.set(bell);
        if (!full()) {
            ring();
        }
    }

    @Override
    public void discard() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
        if (chunks > 0) {
            Write drop = new Write.DropContent(new ContentRef(contentId, chunks, bytes));
            committer.submit(new Batch(shard, epoch, false, List.of(drop)), null, _ -> {});
            chunks = 0;
        }
    }

    /// Ends it. @return the last chunk, to be put with the record; absent if the body ended with a full one
    Optional<LastChunk> end() {
        if (chunk == null && chunks == 0) {
            chunk = ByteBufAllocator.DEFAULT.directBuffer(1, CHUNK_BYTES); // an empty body is one empty chunk
        }
        if (chunk == null) {
            return Optional.empty();
        }
        LastChunk last = new LastChunk(new Write.Chunk(contentId(), chunks++, chunk.nioBuffer()), chunk);
        chunk = null;
        return Optional.of(last);
    }

    /// @param buffer to be released when the commit is over
    record LastChunk(Write.Chunk write, ByteBuf buffer) {}

    /// Where it is; valid after [#end].
    ContentRef content() {
        return new ContentRef(contentId, chunks, bytes);
    }

    /// Whose chunks these are: after the store was opened anew, nothing of an older epoch is there any more.
    long epoch() {
        return epoch;
    }

    /// What an earlier chunk's commit failed with, if one did.
    Optional<CommitResult> broken() {
        return Optional.ofNullable(broken);
    }

    private void flush() {
        ByteBuf full = chunk;
        chunk = null;
        onTheirWay.incrementAndGet();
        Write write = new Write.Chunk(contentId(), chunks++, full.nioBuffer());
        committer.submit(new Batch(shard, epoch, false, List.of(write)), null, result -> {
            full.release();
            if (!(result instanceof CommitResult.Committed)) {
                broken = result;
            }
            onTheirWay.decrementAndGet();
            if (!full()) {
                ring();
            }
        });
    }

    private void ring() {
        Runnable bell = drained.getAndSet(null);
        if (bell != null) {
            bell.run();
        }
    }

    private long contentId() {
        if (contentId < 0) {
            contentId = contentIds.getAndIncrement();
        }
        return contentId;
    }
}
