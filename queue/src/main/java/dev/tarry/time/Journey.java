package dev.tarry.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/// Advances a [TimeLine] by ringing every alarm on the way, in order and one at a time, each only when what the one
/// before it started has settled: 48 hours leave the trail that 48 hours would (design §3.8).
///
/// Whichever thread ends the last thing in flight rings the next alarm at once: no thread need be woken for it. The
/// caller's thread, which must not be a loop, only waits, and does what may block. Interrupting it ends the journey at
/// the alarm that it has reached; the clock then stays where it is.
public final class Journey {
    /// What it did.
    ///
    /// @param to     where it ended: at the moment that was asked for, or at the alarm that was far enough
    /// @param alarms how many rang
    /// @param enough whether it ended because it had gone far enough
    public record Trip(Instant from, Instant to, long alarms, Duration realTime, boolean enough) {}

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

    /// How often the waiting thread looks whether anything moves.
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final TimeLine line;
    private final Ledger ledger;
    private final RealTime real;

    public Journey(TimeLine line, Ledger ledger, RealTime real) {
        this.line = line;
        this.ledger = ledger;
        this.real = real;
    }

    /// As the other, all the way.
    public Trip advance(Instant to, UnaryOperator<Instant> ahead, LongConsumer progress) throws InterruptedException {
        return advance(to, () -> false, ahead, progress);
    }

    /// @param enough   asked before the first alarm and after each, when all that it began has settled: whether this
    ///                 is far enough. On any thread; quick; waits for nothing
    /// @param ahead    told where the clock is moved next, on the caller's thread and before it is moved there;
    ///                 answers up to which moment it need not be told again; what it throws ends the journey
    /// @param progress told the count of alarms after each, on any thread
    /// @throws Stalled if something stays in flight without moving
    public synchronized Trip advance(
            Instant to, BooleanSupplier enough, UnaryOperator<Instant> ahead, LongConsumer progress)
            throws InterruptedException {
        Instant from = line.instant();
        long began = real.nanos();
        TimeLine.Pace pace = line.pace();
        line.pace(TimeLine.Pace.FROZEN);
        Leg leg = new Leg(to, enough, progress, Thread.currentThread());
        try {
            ledger.bell(leg::poke);
            leg.poke();
            accompany(leg, ahead);
            if (!leg.enough) {
                ahead.apply(to);
                line.moveTo(to);
            }
        } finally {
            leg.over = true;
            ledger.bell(null);
            line.pace(pace);
        }
        return new Trip(from, line.instant(), leg.rang, Duration.ofNanos(real.nanos() - began), leg.enough);
    }

    private void accompany(Leg leg, UnaryOperator<Instant> ahead) throws InterruptedException {
        long moves = ledger.moves();
        long since = real.nanos();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (leg.failure != null) {
                throw leg.failure;
            }
            if (leg.over) {
                return;
            }
            Instant asks = leg.asks;
            if (asks != null) {
                leg.horizon = ahead.apply(asks);
                leg.asks = null;
                leg.poke();
                continue;
            }
            LockSupport.parkNanos(this, GLANCE.toNanos());
            if (ledger.moves() != moves) {
                moves = ledger.moves();
                since = real.nanos();
            } else if (!leg.over && leg.asks == null && real.nanos() - since > PATIENCE.toNanos()) {
                throw new Stalled("time stands at " + line.instant() + ": still in flight after " + PATIENCE.toSeconds()
                        + " s without a move: " + ledger);
            }
        }
    }

    /// One advance. Pokes come from any thread, and only one at a time is served: whoever pokes while another is being
    /// served leaves it to that one to look again.
    private final class Leg {
        private final Instant to;
        private final BooleanSupplier farEnough;
        private final LongConsumer progress;
        private final Thread traveller;
        private final AtomicInteger pokes = new AtomicInteger();
        private volatile long rang;
        private volatile boolean over;
        private volatile boolean enough;
        private volatile RuntimeException failure;
        /// the next moment, where the traveller has to be asked before time is moved there
        private volatile Instant asks;
        private volatile Instant horizon = Instant.MIN;

        Leg(Instant to, BooleanSupplier farEnough, LongConsumer progress, Thread traveller) {
            this.to = to;
            this.farEnough = farEnough;
            this.progress = progress;
            this.traveller = traveller;
        }

        void poke() {
            if (pokes.getAndIncrement() != 0) {
                return;
            }
            int served = 1;
            do {
                try {
                    while (step()) {} // an alarm that begins nothing leaves nothing behind that would poke
                } catch (RuntimeException unexpected) {
                    failure = unexpected;
                    end();
                }
                served = pokes.addAndGet(-served);
            } while (served != 0);
        }

        /// @return whether an alarm was rung
        private boolean step() {
            if (over || asks != null || !ledger.settled()) {
                return false;
            }
            if (farEnough.getAsBoolean()) {
                enough = true;
                end();
                return false;
            }
            Optional<Instant> next = line.nextAlarm().filter(due -> !due.isAfter(to));
            if (next.isEmpty() || traveller.isInterrupted()) {
                end();
            } else if (next.get().isAfter(horizon)) {
                asks = next.get();
                LockSupport.unpark(traveller);
            } else if (line.ringNext(next.get())) {
                rang = rang + 1;
                progress.accept(rang);
                return true;
            }
            return false;
        }

        private void end() {
            over = true;
            LockSupport.unpark(traveller);
        }
    }
}
