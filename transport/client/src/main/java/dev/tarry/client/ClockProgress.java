package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;

/// How far an advance of the lab's clock has come.
///
/// @param from   lab time where it began
/// @param now    lab time it has reached
/// @param target lab time where it leads
/// @param alarms how many alarms have rung
/// @param real   how long it has taken outside the lab
public record ClockProgress(Instant from, Instant now, Instant target, long alarms, Duration real) {
    /// Alarms a second outside the lab.
    public double alarmsPerSecond() {
        return alarms * 1000.0 / Math.max(1, real.toMillis());
    }
}
