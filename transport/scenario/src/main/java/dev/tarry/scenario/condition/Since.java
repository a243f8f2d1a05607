package dev.tarry.scenario.condition;

import java.time.Instant;

/// From when on something counts.
public sealed interface Since {
    /// Whatever is kept counts.
    record Ever() implements Since {}

    /// Only what happens after the watching began.
    record Now() implements Since {}

    /// What happened at that moment of lab time, or later.
    record At(Instant moment) implements Since {}

    /// Whether something of that time counts.
    default boolean takes(Instant time) {
        return switch (this) {
            case Ever _, Now _ -> true;
            case At(Instant moment) -> !time.isBefore(moment);
        };
    }

    /// `ever`, `now`, or a moment.
    static Since of(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "ever" -> new Ever();
            case "now" -> new Now();
            default -> new At(Instant.parse(text));
        };
    }
}
