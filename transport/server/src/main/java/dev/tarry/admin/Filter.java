package dev.tarry.admin;

import dev.tarry.admin.FilterTokens.Token;
import dev.tarry.admin.OperationRefused.Reason;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A filter as Exchange's shell takes it (reference §11.1): `Status -eq 'Retry' -and MessageCount -gt 10`.
/// Conditions are joined by `-and` only; names, operators and texts are compared without case; values stand in
/// quotes unless they are numbers.
///
/// @param conditions all of them must hold; none: everything matches
record Filter<T>(List<Condition<T>> conditions) {
    static final int MAX_CHARACTERS = 8_192;
    static final int MAX_CONDITIONS = 64;

    /// One comparison. @param value as the property's values are compared; null for `$null`
    record Condition<T>(Property<T> property, Operator operator, Object value) {
        boolean holds(T object) {
            Object actual = property.compared().apply(object);
            return switch (operator) {
                case EQ -> same(actual);
                case NE -> !same(actual);
                case LIKE -> actual != null && isLike(actual);
                case GT -> actual != null && order(actual) > 0;
                case GE -> actual != null && order(actual) >= 0;
                case LT -> actual != null && order(actual) < 0;
                case LE -> actual != null && order(actual) <= 0;
            };
        }

        private boolean isLike(Object actual) {
            String pattern = (String) value;
            return actual instanceof List<?> names
                    ? names.stream().anyMatch(name -> Wildcard.matches(pattern, name.toString()))
                    : Wildcard.matches(pattern, actual.toString());
        }

        private boolean same(Object actual) {
            if (value == null || actual == null) {
                // an empty text is what a shell takes for nothing
                return isNothing(value) && isNothing(actual);
            }
            return switch (actual) {
                case List<?> names ->
                    names.stream().anyMatch(name -> name.toString().equalsIgnoreCase(value.toString()));
                case Object one ->
                    value instanceof String text ? text.equalsIgnoreCase(one.toString()) : order(one) == 0;
            };
        }

        private static boolean isNothing(Object value) {
            return value == null || value.equals("");
        }

        /// Both were made by the property, so they are of one type.
        @SuppressWarnings("unchecked")
        private int order(Object actual) {
            return ((Comparable<Object>) actual).compareTo(value);
        }
    }

    Filter {
        conditions = List.copyOf(conditions);
    }

    static <T> Filter<T> everything() {
        return new Filter<>(List.of());
    }

    /// Whether all of it can be told without reading the store.
    boolean indexed() {
        return conditions.stream().noneMatch(c -> c.property().stored());
    }

    /// Whether the conditions hold that need no reading from the store.
    boolean matchesIndex(T object) {
        return conditions.stream().filter(c -> !c.property.stored()).allMatch(c -> c.holds(object));
    }

    /// Whether the other conditions hold.
    boolean matchesStored(T object) {
        return conditions.stream().filter(c -> c.property.stored()).allMatch(c -> c.holds(object));
    }

    /// @param zone what moments without one are in
    /// @throws OperationRefused saying what is wrong and what would be right
    static <T> Filter<T> parse(String text, PropertyTable<T> table, ZoneId zone) {
        if (text.length() > MAX_CHARACTERS) {
            throw invalid("a filter has at most " + MAX_CHARACTERS + " characters; this one has " + text.length());
        }
        List<Token> tokens = FilterTokens.of(text);
        if (tokens.isEmpty()) {
            throw invalid("the filter is empty; it looks like Status -eq 'Retry'");
        }
        List<Condition<T>> conditions = new ArrayList<>();
        int next = 0;
        while (true) {
            Property<T> property = property(at(tokens, next, "a property"), table);
            boolean present = next + 2 < tokens.size() && isNull(tokens.get(next + 2));
            Operator operator = operator(at(tokens, next + 1, "an operator"), property, present);
            conditions.add(condition(property, operator, at(tokens, next + 2, "a value"), zone));
            next += 3;
            if (next == tokens.size()) {
                return new Filter<>(conditions);
            }
            requireAnd(tokens.get(next++));
            if (conditions.size() == MAX_CONDITIONS) {
                throw invalid("a filter has at most " + MAX_CONDITIONS + " conditions");
            }
        }
    }

    private static Token at(List<Token> tokens, int index, String what) {
        if (index >= tokens.size()) {
            throw invalid("the filter ends where " + what + " should come");
        }
        return tokens.get(index);
    }

    private static <T> Property<T> property(Token token, PropertyTable<T> table) {
        if (!(token instanceof Token.Word(String name, int at))) {
            throw invalid("a property's name should come at character " + token.at() + " of the filter");
        }
        Property<T> property = table.named(name)
                .orElseThrow(() -> invalid("there is no property " + OperationRefused.quoted(name) + " (at character "
                        + at + " of the filter); a filter can use " + table.filterable()));
        if (property.operators().isEmpty()) {
            throw invalid("the property " + property.name() + " cannot be used in a filter; these can: "
                    + table.filterable());
        }
        return property;
    }

    private static boolean isNull(Token token) {
        return token instanceof Token.Word word && word.text().equalsIgnoreCase("$null");
    }

    /// @param present whether it is asked for presence: any property can be, whatever else can be asked of it
    private static Operator operator(Token token, Property<?> property, boolean present) {
        if (!(token instanceof Token.Dash(String text, int at))) {
            throw invalid("an operator should come after " + property.name() + " (at character " + token.at()
                    + " of the filter): " + operators(property));
        }
        return Operator.of(text)
                .filter(o -> property.operators().contains(o) || present && o != Operator.LIKE)
                .orElseThrow(() -> invalid("the operator " + OperationRefused.quoted(text) + " at character " + at
                        + " does not work with " + property.name() + ", which takes " + operators(property)));
    }

    private static String operators(Property<?> property) {
        return property.operators().stream().map(Operator::text).collect(Collectors.joining(", "));
    }

    private static <T> Condition<T> condition(Property<T> property, Operator operator, Token token, ZoneId zone) {
        Object value = switch (token) {
            case Token.Quoted quoted -> FilterValue.read(quoted.text(), property, operator, zone);
            case Token.Word word when isNull(word) -> nothing(property, operator);
            case Token.Word word
            when Character.isDigit(word.text().charAt(0)) || word.text().startsWith("-") ->
                FilterValue.read(word.text(), property, operator, zone);
            case Token.Word(String text, int at) ->
                throw invalid("the value " + OperationRefused.quoted(text) + " at character " + at
                        + " of the filter must stand in quotes");
            case Token.Dash(String text, int at) ->
                throw invalid("a value should come at character " + at + " of the filter, not "
                        + OperationRefused.quoted(text));
        };
        return new Condition<>(property, operator, value);
    }

    private static Object nothing(Property<?> property, Operator operator) {
        if (operator != Operator.EQ && operator != Operator.NE) {
            throw invalid(
                    "$null can only be compared with -eq and -ne, not by " + property.name() + " " + operator.text());
        }
        return null;
    }

    private static void requireAnd(Token token) {
        if (!(token instanceof Token.Dash dash) || !dash.text().equalsIgnoreCase("-and")) {
            throw invalid(
                    "-and should come at character " + token.at()
                            + " of the filter: conditions are joined by -and only, as in Exchange; for anything else filter"
                            + " the objects, as in Get-Queue | Where-Object { $_.Status -eq 'Retry' -or $_.MessageCount -gt 10 }");
        }
    }

    static OperationRefused invalid(String message) {
        return new OperationRefused(Reason.INVALID_FILTER, message);
    }
}
