package dev.tarry.lab.load;

import java.time.Duration;
import java.util.Optional;

/// Gives each message to the first session that is free, in order: message by message, and with a rate each at its
/// time. Thread-safe; asked on every loop.
final class Dispenser {
    /// What a session gets.
    sealed interface Ticket {
        /// @param number of the message, from 0
        /// @param dueNanos when it was to be sent; latency counts from there, so that a server that stalls
        ///     cannot hide what it held up (coordinated omission)
        record Due(long number, long dueNanos) implements Ticket {}

        /// Nothing before that moment.
        record Later(long nanos) implements Ticket {}

        /// Nothing ever.
        record NoMore() implements Ticket {}
    }

    private final long messagesMax;
    private final long endNanos;
    private final Optional<Rate> rate;
    private final Duration ramp;
    private final long seed;
    private final long beganNanos;

    private long given;
    private boolean closed;
    /// how far along the line of arrivals the next message stands
    private double place;
    /// when the next message is due
    private long dueNanos;

    /// @param beganNanos when the run began; all moments here are on the same count
    Dispenser(LoadPlan plan, long beganNanos) {
        this.messagesMax = plan.messages().orElse(Long.MAX_VALUE);
        this.endNanos =
                beganNanos + plan.duration().orElse(LoadPlan.DURATION_MAX).toNanos();
        this.rate = plan.rate();
        this.ramp = plan.ramp();
        this.seed = plan.letters().seed();
        this.beganNanos = beganNanos;
        step();
    }

    synchronized Ticket take(long now) {
        if (closed || given >= messagesMax || now - endNanos >= 0 || dueNanos - endNanos >= 0) {
            return new Ticket.NoMore();
        }
        if (rate.isEmpty()) {
            return new Ticket.Due(given++, now);
        }
        if (dueNanos - now > 0) {
            return new Ticket.Later(dueNanos);
        }
        var due = new Ticket.Due(given++, dueNanos);
        step();
        return due;
    }

    private void step() {
        if (rate.isPresent()) {
            var one = rate.get();
            // The first of evenly spaced messages is due at once.
            place += one.poisson()
                    ? new Dice(seed, given, Dice.Purpose.ARRIVAL).exponential()
                    : given == 0 && ramp.isZero() ? 0 : 1;
            dueNanos = beganNanos + one.nanosAt(place, ramp);
        } else {
            dueNanos = beganNanos;
        }
    }

    /// From now on there is nothing more.
    synchronized void close() {
        closed = true;
    }

    synchronized long given() {
        return given;
    }

    /// How many messages were due and have found no session by that moment (for evenly spaced ones exactly, else
    /// about).
    synchronized long behind(long now) {
        if (rate.isEmpty() || dueNanos - now > 0) {
            return 0;
        }
        long until = now - endNanos < 0 ? now : endNanos;
        long waiting = (long) ((until - dueNanos) / 1e9 * rate.get().perSecond()) + 1;
        return Math.min(waiting, messagesMax - given);
    }
}
