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

/// A body on its way to disk: octets gather in a chunk; a full one, or a smaller one while memory is scarce, goes to
/// the committer at once, unsynced; the
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
    private final IncomingMemory memory;
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final AtomicReference<Runnable> drained = new AtomicReference<>();
    private volatile CommitResult broken;
    private ByteBuf chunk;
    /// what the chunk has taken of the memory
    private int taken;
    private long contentId = -1;
    private int chunks;
    private long bytes;

    StoredBody(Committer committer, int shard, long epoch, AtomicLong contentIds, IncomingMemory memory) {
        this.committer = committer;
        this.shard = shard;
        this.epoch = epoch;
        this.contentIds = contentIds;
        this.memory = memory;
    }

    @Override
    public void append(ByteBuf octets) {
        try {
            bytes += octets.readableBytes();
            while (octets.isReadable()) {
                if (chunk == null) {
                    chunk = ByteBufAllocator.DEFAULT.directBuffer(
                            chunks == 0 || memory.scarce() ? FIRST_BYTES : CHUNK_BYTES, CHUNK_BYTES);
                }
                chunk.writeBytes(octets, Math.min(octets.readableBytes(), CHUNK_BYTES - chunk.writerIndex()));
                memory.take(chunk.capacity() - taken);
                taken = chunk.capacity();
                if (chunk.writerIndex() == CHUNK_BYTES) {
                    flush();
                }
            }
            if (chunk != null && chunk.writerIndex() >= FIRST_BYTES && memory.scarce()) {
                flush(); // what is on its way to the disk will be given back; what gathers may stand for long
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
        int waiting = onTheirWay.get();
        return waiting > HIGH_WATER_CHUNKS || waiting > 0 && memory.scarce();
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
            memory.give(taken);
            taken = 0;
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
        LastChunk last = new LastChunk(new Write.Chunk(contentId(), chunks++, chunk.nioBuffer()), chunk, memory, taken);
        chunk = null;
        taken = 0;
        return Optional.of(last);
    }

    /// @param buffer what the write is of
    /// @param taken  what it has taken of the memory
    record LastChunk(Write.Chunk write, ByteBuf buffer, IncomingMemory memory, int taken) {
        /// The commit is over.
        void release() {
            buffer.release();
            memory.give(taken);
        }
    }

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
        int held = taken;
        chunk = null;
        taken = 0;
        onTheirWay.incrementAndGet();
        Write write = new Write.Chunk(contentId(), chunks++, full.nioBuffer());
        committer.submit(new Batch(shard, epoch, false, List.of(write)), null, result -> {
            full.release();
            memory.give(held);
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
