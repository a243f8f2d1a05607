package dev.tarry.lab.fault;

import java.time.Duration;

/// Spans of lab time that a fault may have.
final class Spans {
    /// More than any setting of the server reaches.
    static final Duration MAX = Duration.ofDays(366);

    private Spans() {}

    static Duration checked(String word, Duration span) {
        if (span.isNegative() || span.isZero() || span.compareTo(MAX) > 0) {
            throw new BadFault(word, "is " + span, "more than nothing and at most " + MAX.toDays() + " days is needed");
        }
        return span;
    }
}
