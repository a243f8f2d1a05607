package dev.tarry.receive;

import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.Submission;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Keeps what it is given in memory, and answers when it is told to.
final class FakeSubmission implements Submission {
    /// A message that was handed in.
    record Taken(Incoming message, FakeBody body) {
        String text() {
            return body.text();
        }
    }

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger discarded = new AtomicInteger();
    /// Null: no answer until [#answer].
    volatile Reply refusal;

    volatile boolean answersAtOnce = true;
    volatile boolean keepsOctets = true;
    /// Bodies get full every time they are appended to, until [FakeBody#drain].
    volatile boolean slowDisk;

    volatile FakeBody latest;
    private final IncomingMemory memory = new IncomingMemory();
    private final Executor queueLoop;
    private final Deque<Consumer<Acceptance>> owed = new ArrayDeque<>();
    private long ids = 1_099_511_627_776L;

    FakeSubmission(Executor queueLoop) {
        this.queueLoop = queueLoop;
    }

    @Override
    public IncomingMemory memory() {
        return memory;
    }

    @Override
    public Body newBody() {
        open.incrementAndGet();
        latest = new FakeBody();
        return latest;
    }

    @Override
    public void accept(Incoming message, Body body, Consumer<Acceptance> answer) {
        queueLoop.execute(() -> {
            open.decrementAndGet();
            taken.add(new Taken(message, (FakeBody) body));
            owed.add(answer);
            if (answersAtOnce) {
                answer();
            }
        });
    }

    void answer() {
        queueLoop.execute(() -> {
            while (!owed.isEmpty()) {
                owed.poll().accept(refusal == null ? new Acceptance.Queued(ids++) : new Acceptance.Refused(refusal));
            }
        });
    }

    final class FakeBody implements Body {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private long bytes;
        private Runnable bell;
        private boolean full;
        volatile int appendsWhileFull;
        volatile int largestAppend;

        @Override
        public synchronized void append(ByteBuf chunk) {
            appendsWhileFull += full ? 1 : 0;
            bytes += chunk.readableBytes();
            largestAppend = Math.max(largestAppend, chunk.readableBytes());
            if (keepsOctets) {
                try {
                    chunk.readBytes(octets, chunk.readableBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            chunk.release();
            full = slowDisk;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public synchronized boolean full() {
            return full;
        }

        @Override
        public synchronized void whenDrained(Runnable drained) {
            if (full) {
                bell = drained;
            } else {
                drained.run();
            }
        }

        synchronized boolean waiting() {
            return bell != null;
        }

        void drain() {
            Runnable ring;
            synchronized (this) {
                full = false;
                ring = bell;
                bell = null;
            }
            if (ring != null) {
                ring.run();
            }
        }

        @Override
        public void discard() {
            open.decrementAndGet();
            discarded.incrementAndGet();
        }

        String text() {
            return octets.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
