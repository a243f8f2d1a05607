package dev.tarry.client;

import java.time.Instant;
import java.util.Optional;

/// The lab's clock, read.
///
/// @param now lab time
/// @param mode `running`, `frozen` or `advancing`
/// @param rate lab seconds a real second while running
/// @param nextAlarm when the next alarm rings, in lab time; absent where none is set
/// @param advance the advance that is under way, if one is
public record LabClock(
        Instant now, String mode, double rate, Optional<Instant> nextAlarm, Optional<ClockProgress> advance) {}
