package dev.tarry.client;

import java.time.Instant;
import java.util.Optional;

/// Which events to find; every part that is present narrows the search.
///
/// @param id       2000, 2002 …
/// @param level    `Error`, `Warning` or `Information`; case does not count
/// @param category `SmtpSend`, `DSN` …; case does not count
/// @param start    the first moment, included
/// @param end      the last moment, excluded
/// @param limit    how many at most
public record EventQuery(
        Optional<Integer> id,
        Optional<String> level,
        Optional<String> category,
        Optional<Instant> start,
        Optional<Instant> end,
        ResultLimit limit) {
    public static EventQuery everything() {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
    }

    /// The same for one id alone.
    public EventQuery ofId(int one) {
        return new EventQuery(Optional.of(one), level, category, start, end, limit);
    }
}
