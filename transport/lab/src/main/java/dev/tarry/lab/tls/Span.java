package dev.tarry.lab.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When a certificate holds, and for how long it is what its kind says. Wide enough that clients which go by real
/// time and not by the lab's agree with it after the lab has gone ahead by days.
///
/// @param from to the second
/// @param to to the second
/// @param staysFrom from here on
/// @param staysTo and until here it need not be made anew
record Span(Instant from, Instant to, Instant staysFrom, Instant staysTo) {
    private static final Duration BEFORE = Duration.ofDays(30);
    private static final Duration AFTER = Duration.ofDays(365);
    private static final Duration MISSED_BY = Duration.ofDays(1);
    private static final Duration AHEAD = Duration.ofDays(30);
    private static final Duration MARGIN = Duration.ofDays(7);

    static Span of(CertificateKind kind, Instant now) {
        return switch (kind) {
            case GOOD, SELF_SIGNED, WRONG_NAME, UNKNOWN_AUTHORITY -> {
                var to = second(now.plus(AFTER));
                var from = second(now.minus(BEFORE));
                yield new Span(from, to, from, to.minus(MARGIN));
            }
            case EXPIRED -> {
                var to = second(now.minus(MISSED_BY));
                yield new Span(second(now.minus(BEFORE)), to, to.plusSeconds(1), Instant.MAX);
            }
            case NOT_YET -> {
                var from = second(now.plus(AHEAD));
                yield new Span(from, from.plus(AFTER), Instant.MIN, from.minus(MARGIN));
            }
        };
    }

    /// Whether the certificate is still what its kind says.
    boolean holds(Instant now) {
        return !now.isBefore(staysFrom) && now.isBefore(staysTo);
    }

    private static Instant second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
