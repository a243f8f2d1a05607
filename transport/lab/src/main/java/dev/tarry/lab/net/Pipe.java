package dev.tarry.lab.net;

import java.time.Duration;
import java.time.Instant;

/// A way of limited bandwidth: octets go one after the other. A virtual clock, and the sum of what has gone
/// since it was idle, so that it does not matter into how many pieces something was cut. On one thread.
final class Pipe {
    private static final long NANOS = 1_000_000_000L;

    /// Past it the sum begins anew, so that it can be multiplied.
    private static final long SUM_MAX = 1L << 30;

    private Instant begun = Instant.MIN;
    private Instant free = Instant.MIN;
    private long octets;
    private long octetsPerSecond;

    /// When the last of so many octets is through, which want to go in now.
    ///
    /// @param rate octets a second, or [Passage#UNLIMITED]
    Instant through(Instant now, long count, long rate) {
        if (rate == Passage.UNLIMITED) {
            return now;
        }
        if (rate != octetsPerSecond || octets > SUM_MAX || !now.isBefore(free)) {
            begun = now.isBefore(free) ? free : now;
            octets = 0;
            octetsPerSecond = rate;
        }
        octets += count;
        free = begun.plus(Duration.ofSeconds(octets / rate, octets % rate * NANOS / rate));
        return free;
    }
}
