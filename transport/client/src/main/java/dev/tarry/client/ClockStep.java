package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;

/// What one advance of the lab's clock did.
///
/// @param from lab time before
/// @param now lab time after
/// @param alarms how many alarms rang on the way
/// @param real how long it took outside the lab
public record ClockStep(Instant from, Instant now, long alarms, Duration real) {}
