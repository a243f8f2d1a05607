package dev.tarry.mail;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/// When a recipient's sender wants a DSN (RFC 3461 §4.1, the NOTIFY parameter). Absent means: failure and delay.
///
/// @param conditions empty for `NEVER`
public record Notify(Set<Condition> conditions) {
    /// A condition of NOTIFY.
    public enum Condition {
        SUCCESS,
        FAILURE,
        DELAY
    }

    public static final Notify NEVER = new Notify(Set.of());

    public Notify {
        conditions = conditions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(conditions));
    }

    /// Reads `NEVER` or a list such as `SUCCESS,FAILURE`, whatever its case.
    ///
    /// @return empty if the value is not what RFC 3461 §4.1 allows (an unknown or repeated word, NEVER with others)
    public static Optional<Notify> parse(String value) {
        if (value.equalsIgnoreCase("NEVER")) {
            return Optional.of(NEVER);
        }
        EnumSet<Condition> conditions = EnumSet.noneOf(Condition.class);
        for (String word : value.split(",", -1)) {
            switch (word.toUpperCase(Locale.ROOT)) {
                case "SUCCESS" -> {
                    if (!conditions.add(Condition.SUCCESS)) return Optional.empty();
                }
                case "FAILURE" -> {
                    if (!conditions.add(Condition.FAILURE)) return Optional.empty();
                }
                case "DELAY" -> {
                    if (!conditions.add(Condition.DELAY)) return Optional.empty();
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Notify(conditions));
    }

    public boolean on(Condition condition) {
        return conditions.contains(condition);
    }

    /// As it stands in a RCPT command: `NEVER` or `SUCCESS,FAILURE,DELAY`.
    @Override
    public String toString() {
        if (conditions.isEmpty()) {
            return "NEVER";
        }
        StringJoiner words = new StringJoiner(",");
        conditions.forEach(c -> words.add(c.name()));
        return words.toString();
    }
}
