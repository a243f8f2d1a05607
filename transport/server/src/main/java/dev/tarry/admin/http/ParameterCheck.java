package dev.tarry.admin.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/// Holds a query's parameters against the shapes that their route gives them.
final class ParameterCheck {
    private static final int MAX_DIGITS = 18;

    private ParameterCheck() {}

    /// @throws ProblemException at the first value that does not fit
    static void check(Map<String, String> query, List<Route.Parameter> parameters) {
        for (Route.Parameter parameter : parameters) {
            String value = query.get(parameter.name());
            if (value != null && !fits(value, parameter.shape())) {
                throw new ProblemException(Problem.invalidParameter(
                        parameter.name(),
                        parameter.name() + " is " + words(parameter.shape()) + ", not " + Problems.quoted(value)
                                + "."));
            }
        }
    }

    private static boolean fits(String value, Shape shape) {
        return switch (shape) {
            case Shape.Flag _ -> value.equals("true") || value.equals("false");
            case Shape.Whole _ -> isWhole(value);
            case Shape.Within(long least, long most) ->
                isWhole(value) && least <= Long.parseLong(value) && Long.parseLong(value) <= most;
            case Shape.Choice(List<String> words) -> words.stream().anyMatch(value::equalsIgnoreCase);
            case Shape.Moment _ -> isMoment(value);
            case Shape.Either(List<Shape> shapes) -> shapes.stream().anyMatch(one -> fits(value, one));
            case Shape.Such(Shape inner, var _) -> fits(value, inner);
            case Shape.Named(var _, Shape inner) -> fits(value, inner);
            case Shape.Nullable(Shape inner) -> value.isEmpty() || fits(value, inner);
            // their handlers read them
            case Shape.Text _, Shape.Decimal _, Shape.Anything _, Shape.ListOf _, Shape.Map _, Shape.Fields _ -> true;
        };
    }

    private static boolean isWhole(String value) {
        String digits = value.startsWith("-") ? value.substring(1) : value;
        return !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isMoment(String value) {
        try {
            return OffsetDateTime.parse(value) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }

    /// What would be right.
    private static String words(Shape shape) {
        return switch (shape) {
            case Shape.Flag _ -> "true or false";
            case Shape.Whole _ -> "a whole number";
            case Shape.Within(long least, long most) -> "a whole number from " + least + " to " + most;
            case Shape.Choice(List<String> words) ->
                words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
            case Shape.Moment _ -> "a moment such as 2026-01-02T03:04:05Z";
            case Shape.Either(List<Shape> shapes) ->
                String.join(" or ", shapes.stream().map(ParameterCheck::words).toList());
            case Shape.Such(Shape inner, var _) -> words(inner);
            case Shape.Named(var _, Shape inner) -> words(inner);
            case Shape.Nullable(Shape inner) -> words(inner) + ", or nothing";
            case Shape.Decimal _ -> "a number";
            case Shape.Text _, Shape.Anything _, Shape.ListOf _, Shape.Map _, Shape.Fields _ -> "a text";
        };
    }
}
