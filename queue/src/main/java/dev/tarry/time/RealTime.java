package dev.tarry.time;

import java.time.Instant;

/// The machine's own time, as a [TimeLine] is driven by it.
public interface RealTime {
    /// Wall-clock time.
    Instant wall();

    /// A count of nanoseconds that never goes back; only differences mean anything.
    long nanos();
}
