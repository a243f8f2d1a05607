package dev.tarry.admin.metrics;

import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Measures how long tasks wait for a loop: twice a second it hands over one that does nothing and looks when it has
/// run. One is under way at a time; those that could not be handed over because a loop was stuck are made up for when
/// it goes on, as if each had waited since its own time, so that ten seconds of standstill weigh ten seconds and not
/// one measurement.
///
/// Alarms ring on the wire clock's thread; what it measures runs on the loop. It counts in no ledger: no clock waits
/// for it.
public final class LoopProbe implements AutoCloseable {
    /// From one measurement to the next, in wire time.
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private final Executor loop;
    private final LongSupplier nanos;
    private final Timers wireTimers;
    private final Buckets into;
    private volatile Alarm next = () -> {};
    private volatile boolean closed;

    private LoopProbe(Executor loop, LongSupplier nanos, Timers wireTimers, Buckets into) {
        this.loop = loop;
        this.nanos = nanos;
        this.wireTimers = wireTimers;
        this.into = into;
    }

    /// @param loop  hands a task to the queue loop, uncounted
    /// @param nanos real time, of which only differences mean anything
    public static LoopProbe ofQueueLoop(Metrics metrics, Executor loop, LongSupplier nanos, Timers wireTimers) {
        return new LoopProbe(loop, nanos, wireTimers, metrics.queueLoopLag).begin();
    }

    /// The same for one of the io loops.
    public static LoopProbe ofIoLoop(Metrics metrics, Executor loop, LongSupplier nanos, Timers wireTimers) {
        return new LoopProbe(loop, nanos, wireTimers, metrics.ioLoopLag).begin();
    }

    private LoopProbe begin() {
        if (!closed) {
            next = wireTimers.after(INTERVAL, new Ringing(), this::measure);
        }
        return this;
    }

    private void measure() {
        long handedOver = nanos.getAsLong();
        loop.execute(() -> {
            long interval = INTERVAL.toNanos();
            for (long waited = Math.max(0, nanos.getAsLong() - handedOver); ; waited -= interval) {
                into.add(waited);
                if (waited < interval) {
                    break;
                }
            }
            begin();
        });
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }

    /// Where the alarm rings: at once, on the clock's own thread, so that the wait for the loop begins there.
    private static final class Ringing implements Loop {
        @Override
        public boolean inLoop() {
            return false;
        }

        @Override
        public void execute(Runnable ring) {
            ring.run();
        }
    }
}
