package dev.tarry.queue;

import dev.tarry.time.Loop;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads from the disk, off the loop and several at once. What they find comes back to the loop in the order in
/// which it was asked for, whichever is ready first: so the same things happen in the same order each time, and
/// leave the same trail. Queue loop only.
final class Reads {
    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    private static final class Asked {
        /// null until it is ready
        private Runnable giving;
    }

    private final Executor readers;
    private final Loop loop;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();

    Reads(Executor readers, Loop loop) {
        this.readers = readers;
        this.loop = loop;
    }

    /// @param reading runs on a reader; if it throws, nobody is given anything
    /// @param to      gets what was found, on the loop
    <T> void read(Supplier<T> reading, Consumer<T> to) {
        Asked one = new Asked();
        asked.add(one);
        readers.execute(() -> {
            Runnable giving = () -> {};
            try {
                T found = reading.get();
                giving = () -> to.accept(found);
            } finally {
                Runnable ready = giving;
                loop.execute(() -> {
                    one.giving = ready;
                    giveAway();
                });
            }
        });
    }

    /// One at a time: where many were ready and waited for the first, each has a turn of its own.
    private void giveAway() {
        if (asked.isEmpty() || asked.peek().giving == null) {
            return;
        }
        try {
            asked.poll().giving.run();
        } catch (RuntimeException e) {
            LOG.error("what was read could not be taken", e);
        }
        if (!asked.isEmpty() && asked.peek().giving != null) {
            loop.execute(this::giveAway);
        }
    }
}
