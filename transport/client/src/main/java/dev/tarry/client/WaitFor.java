package dev.tarry.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is waited for, and for how long.
///
/// @param condition   a line (`queue gmail.com status=Retry`, `mailbox a@company.com
/// subject="Undeliverable*"`), or a map as
///                    the API takes it
/// @param timeout     at most, in lab time; absent: 48 hours
/// @param realTimeout at most, outside the lab
/// @param settled     whether also nothing may be in flight any more
public record WaitFor(Object condition, Optional<Duration> timeout, Duration realTimeout, boolean settled) {
    /// How long a wait goes on outside the lab, if nothing is said.
    public static final Duration REAL_TIMEOUT = Duration.ofMinutes(10);

    public static WaitFor condition(Object condition) {
        return new WaitFor(condition, Optional.empty(), REAL_TIMEOUT, false);
    }

    /// The same, but no longer than that in lab time.
    public WaitFor within(Duration labTime) {
        return new WaitFor(condition, Optional.of(labTime), realTimeout, settled);
    }

    /// The same, but no longer than that outside the lab.
    public WaitFor withinReal(Duration real) {
        return new WaitFor(condition, timeout, real, settled);
    }

    /// The same, but nothing may be in flight then.
    public WaitFor untilSettled() {
        return new WaitFor(condition, timeout, realTimeout, true);
    }

    Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("condition", condition);
        timeout.ifPresent(span -> asked.put("timeout", span.toString()));
        asked.put("realTimeout", realTimeout.toString());
        asked.put("settle", settled);
        return asked;
    }
}
