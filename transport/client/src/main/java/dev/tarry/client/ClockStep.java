package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What one advance of the lab's clock, or one wait, did.
///
/// @param from lab time before
/// @param now lab time after
/// @param alarms how many alarms rang on the way
/// @param real how long it took outside the lab
/// @param ended `arrived` (at the moment that was asked for, or the limit), `met` (what was waited for holds) or
///     `realLimit`
/// @param standing each single condition that was waited for, and how it stood at the end
public record ClockStep(Instant from, Instant now, long alarms, Duration real, String ended, List<String> standing) {
    public ClockStep {
        standing = List.copyOf(standing);
    }

    /// Whether what was waited for holds.
    public boolean met() {
        return ended.equals("met");
    }
}
