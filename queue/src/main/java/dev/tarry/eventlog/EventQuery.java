package dev.tarry.eventlog;

import java.time.Instant;
import java.util.Optional;

/// Which events to find; each part that is present narrows the search.
///
/// @param id       1009, 2000 …
/// @param category in any case
/// @param start    the earliest moment, inclusive
/// @param end      the moment before which
/// @param most     how many at most; 1 or more
public record EventQuery(
        Optional<Integer> id,
        Optional<EventLevel> level,
        Optional<String> category,
        Optional<Instant> start,
        Optional<Instant> end,
        int most) {
    boolean matches(EventRecord record) {
        return id.map(i -> i == record.kind().id()).orElse(true)
                && level.map(l -> l == record.kind().level()).orElse(true)
                && category.map(c -> c.equalsIgnoreCase(record.kind().category()))
                        .orElse(true)
                && start.map(s -> !record.time().isBefore(s)).orElse(true)
                && end.map(e -> record.time().isBefore(e)).orElse(true);
    }
}
