package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How far the lab's clock is to be moved, or waited for, and until what.
///
/// @param path  where it is asked for
/// @param asked the members of the request
public record ClockWay(String path, Map<String, Object> asked) {
    public ClockWay {
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    /// Forward by a span, whether the clock is frozen or runs.
    public static ClockWay by(Duration span) {
        return new ClockWay("/advance", Map.of("by", span.toString()));
    }

    /// Forward to a moment of lab time.
    public static ClockWay to(Instant moment) {
        return new ClockWay("/advance", Map.of("to", moment.toString()));
    }

    /// A wait: it steps a frozen clock, and lets time pass on a running one.
    ///
    /// @param condition a line (`queue gmail.com status=Retry`), or a map as the lab's API takes it
    /// @param limit     how long, in lab time; absent: 48 hours
    public static ClockWay until(Object condition, Optional<Duration> limit) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("until", condition);
        limit.ifPresent(span -> asked.put("limit", span.toString()));
        return new ClockWay("/wait", asked);
    }

    /// The same, but it ends as soon as the condition holds.
    public ClockWay orUntil(Object condition) {
        return with("until", condition);
    }

    /// The same, but it takes no longer than that outside the lab.
    public ClockWay within(Duration real) {
        return with("realLimit", real.toString());
    }

    private ClockWay with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(asked);
        more.put(name, value);
        return new ClockWay(path, more);
    }
}
