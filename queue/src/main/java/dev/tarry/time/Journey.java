package dev.tarry.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Advances a [TimeLine] by ringing every alarm on the way, in order and one at a time, each only when what the one
/// before it
/// started has settled: 48 hours leave the trail that 48 hours would (design §3.8).
///
/// Runs on the caller's thread, which must not be a loop; one journey at a time. Interrupting the thread ends it at the
/// alarm
/// it has reached; the clock then stays where it is.
public final class Journey {
    /// What it did. @param alarms how many rang
    public record Trip(Instant from, Instant to, long alarms, Duration realTime) {}

    /// Something stayed in flight while nothing moved: the ledger's count is off, or a peer outside the lab owes an
    /// answer.
    public static final class Stalled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stalled(String message) {
            super(message);
        }
    }

    /// How long nothing may move, in real time, before it gives up.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Few: the threads that it waits for need the processors.
    private static final int SPINS = 100;

    private final TimeLine line;
    private final Ledger ledger;
    private final RealTime real;

    public Journey(TimeLine line, Ledger ledger, RealTime real) {
        this.line = line;
        this.ledger = ledger;
        this.real = real;
    }

    /// @param ahead    told where the clock is moved next, before it is moved there; what it throws ends the journey
    /// @param progress told the count of alarms after each
    /// @throws Stalled if something stays in flight without moving
    public synchronized Trip advance(Instant to, Consumer<Instant> ahead, LongConsumer progress)
            throws InterruptedException {
        Instant from = line.instant();
        long began = real.nanos();
        TimeLine.Pace pace = line.pace();
        line.pace(TimeLine.Pace.FROZEN);
        long rang = 0;
        try {
            awaitSettled();
            for (Optional<Instant> next = next(to); next.isPresent(); next = next(to)) {
                ahead.accept(next.get());
                if (line.ringNext(to)) {
                    progress.accept(++rang);
                }
                awaitSettled();
            }
            ahead.accept(to);
            line.moveTo(to);
        } finally {
            line.pace(pace);
        }
        return new Trip(from, line.instant(), rang, Duration.ofNanos(real.nanos() - began));
    }

    private Optional<Instant> next(Instant to) {
        return line.nextAlarm().filter(due -> !due.isAfter(to));
    }

    private void awaitSettled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (int i = 0; i < SPINS; i++) {
            if (ledger.settled()) {
                return;
            }
            Thread.onSpinWait();
        }
        ledger.waiter(Thread.currentThread());
        try {
            long moves = ledger.moves();
            long since = real.nanos();
            while (!ledger.settled()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(this, 1_000_000);
                if (ledger.moves() != moves) {
                    moves = ledger.moves();
                    since = real.nanos();
                } else if (real.nanos() - since > PATIENCE.toNanos()) {
                    throw new Stalled("time stands at " + line.instant() + ": still in flight after "
                            + PATIENCE.toSeconds() + " s without a move: " + ledger);
                }
            }
        } finally {
            ledger.waiter(null);
        }
    }
}
