package dev.tarry.time;

import java.time.Duration;
import java.time.Instant;

/// Sets alarms on a line of time. Any thread may call it.
///
/// An alarm never rings before its instant on that line, and it rings once, as a task of the loop it was set
/// for. It may ring late (a loop is busy), so whoever it wakes looks at the clock, not at the alarm.
public interface Timers {
    /// @param due  the moment, kept to the millisecond; one that has passed rings at once
    /// @param loop where it rings
    Alarm at(Instant due, Loop loop, Runnable ring);

    /// As [#at], counted from now; a negative wait is none.
    Alarm after(Duration wait, Loop loop, Runnable ring);
}
