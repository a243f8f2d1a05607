package dev.tarry.admin;

import java.util.Locale;
import java.util.Optional;

/// What a filter may ask of a property (reference §11.1).
public enum Operator {
    EQ,
    NE,
    GT,
    GE,
    LT,
    LE,
    LIKE;

    /// As it is written: `-eq`.
    public String text() {
        return "-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operator> of(String text) {
        for (Operator operator : values()) {
            if (operator.text().equalsIgnoreCase(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
