package dev.tarry.admin;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One property of a kind of object: its name in Exchange, how it is shown and how it is compared. Tables of
/// these are the only place that knows an object's properties; listings, filters and the API's description are
/// made from them.
///
/// @param name        as Exchange writes it
/// @param type        what its values are
/// @param operators   what a filter may ask of it (reference §1.7 and §1.8, column F); empty: nothing
/// @param choices     all values it can have; empty: any
/// @param stored      whether it can be told only by reading the store
/// @param shown       as answers have it: text, whole number, decimal, truth value, [java.time.Instant], list, or null
/// @param compared    as a filter compares it: text, [Long], [Double], [java.time.Instant] or [java.time.Duration], or
/// a
///                    list of texts of which any may be like the filter's; null if absent
/// @param description one sentence for the API's description
public record Property<T>(
        String name,
        Type type,
        Set<Operator> operators,
        List<String> choices,
        boolean stored,
        Function<T, Object> shown,
        Function<T, Object> compared,
        String description) {
    /// What values are.
    public enum Type {
        TEXT,
        WHOLE,
        DECIMAL,
        FLAG,
        MOMENT,
        /// bytes: shown as Exchange prints them
        SIZE,
        SPAN,
        /// lists of numbers, compared as they are printed: `{0, 1, 0, 0}`
        COUNTS,
        /// lists of anything else
        LIST
    }

    static final Set<Operator> NO_OPERATORS = EnumSet.noneOf(Operator.class);
    static final Set<Operator> EQUALITY = EnumSet.of(Operator.EQ, Operator.NE);
    static final Set<Operator> TEXTUAL = EnumSet.of(Operator.EQ, Operator.NE, Operator.LIKE);
    static final Set<Operator> ORDER = EnumSet.of(Operator.GT, Operator.GE, Operator.LT, Operator.LE);
    static final Set<Operator> ALL =
            EnumSet.of(Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE);

    /// A property that is compared as it is shown.
    static <T> Property<T> of(
            String name, Type type, Set<Operator> operators, Function<T, Object> value, String description) {
        return new Property<>(name, type, operators, List.of(), false, value, value, description);
    }

    /// A property that is always the same here.
    static <T> Property<T> constant(String name, Type type, Object value, String description) {
        return of(name, type, NO_OPERATORS, _ -> value, description);
    }

    Property<T> oneOf(List<String> choices) {
        return new Property<>(name, type, operators, choices, stored, shown, compared, description);
    }

    Property<T> fromStore() {
        return new Property<>(name, type, operators, choices, true, shown, compared, description);
    }

    Property<T> comparedAs(Function<T, Object> compared) {
        return new Property<>(name, type, operators, choices, stored, shown, compared, description);
    }
}
