package dev.tarry.eventlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// An event as it is kept.
///
/// @param number     grows by one with each, also over restarts; 1 or more
/// @param time       lab time, kept to the millisecond
/// @param suppressed how many of the same kind were left out since the last one that was kept: about the same thing,
///     or, where there were too many of a kind, about any
public record EventRecord(
        long number,
        Instant time,
        EventKind kind,
        int suppressed,
        String message,
        SequencedMap<String, String> details) {
    public EventRecord {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }
}
