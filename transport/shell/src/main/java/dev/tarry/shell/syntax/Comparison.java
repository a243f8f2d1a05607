package dev.tarry.shell.syntax;

import java.util.Locale;
import java.util.Optional;

/// The comparison operators. Each exists plain (`-eq`), as ignoring case (`-ieq`, the same) and as minding it
/// (`-ceq`).
public enum Comparison {
    EQ,
    NE,
    GT,
    GE,
    LT,
    LE,
    LIKE,
    NOTLIKE,
    MATCH,
    NOTMATCH,
    CONTAINS,
    NOTCONTAINS,
    IN,
    NOTIN;

    /// An operator as written.
    ///
    /// @param mindsCase whether `A` and `a` differ
    public record Written(Comparison comparison, boolean mindsCase) {}

    /// @param word with its dash, in any case
    public static Optional<Written> of(String word) {
        String name = word.substring(1).toUpperCase(Locale.ROOT);
        for (Comparison comparison : values()) {
            String plain = comparison.name();
            if (name.equals(plain) || name.equals("I" + plain)) {
                return Optional.of(new Written(comparison, false));
            }
            if (name.equals("C" + plain)) {
                return Optional.of(new Written(comparison, true));
            }
        }
        return Optional.empty();
    }
}
