package dev.tarry.lab.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What is to be sent, where, how fast and for how long.
///
/// @param to a resolved address
/// @param messages how many; without it as many as the duration lets through
/// @param duration for how long messages are begun; without it until all are through. One of the two is needed, and
///     of both the first that is reached ends the run
/// @param sessions places for connections; each has one at a time
/// @param rate when messages are due; empty: each session sends as fast as it is answered
/// @param ramp how long the rate, or without one the number of sessions, takes to rise; zero: at once
/// @param timeout for a connection, for each reply, and for content that does not move
/// @param manners of the sessions
/// @param letters what is sent
public record LoadPlan(
        InetSocketAddress to,
        OptionalLong messages,
        Optional<Duration> duration,
        int sessions,
        Optional<Rate> rate,
        Duration ramp,
        Duration timeout,
        Manners manners,
        Letters letters) {
    public static final int SESSIONS_MAX = 20_000;
    public static final Duration DURATION_MAX = Duration.ofDays(30);

    public LoadPlan {
        Objects.requireNonNull(manners, "manners");
        Objects.requireNonNull(letters, "letters");
        Objects.requireNonNull(rate, "rate");
        if (to.isUnresolved()) {
            throw new BadLoad(
                    "the target", BadLoad.quoted(to.getHostString()), "a host that can be resolved is needed");
        }
        if (messages.isEmpty() && duration.isEmpty()) {
            throw new BadLoad("the end", "is missing", "a number of messages or a duration is needed");
        }
        if (messages.orElse(1) < 1) {
            throw new BadLoad("the number of messages", "is " + messages.getAsLong(), "1 or more are needed");
        }
        if (sessions < 1 || sessions > SESSIONS_MAX) {
            throw new BadLoad("the number of sessions", "is " + sessions, "1 to " + SESSIONS_MAX + " are needed");
        }
        span("the duration", duration.orElse(DURATION_MAX), false);
        span("the ramp", ramp, true);
        span("the time-out", timeout, false);
    }

    private static void span(String what, Duration span, boolean zero) {
        if (span.isNegative() || span.isZero() && !zero || span.compareTo(DURATION_MAX) > 0) {
            throw new BadLoad(what, "is " + span, "a duration such as 30s, at most 30 days, is needed");
        }
    }
}
