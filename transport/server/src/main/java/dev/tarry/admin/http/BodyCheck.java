package dev.tarry.admin.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Holds a request's body against the shape that its route takes: unknown members are refused by name, and so
/// is what is missing or of the wrong kind.
final class BodyCheck {
    private BodyCheck() {}

    /// @throws ProblemException at the first thing that is wrong
    static void check(Map<String, Object> body, Shape.Fields shape) {
        fields("", body, shape);
    }

    private static void fields(String at, Map<?, ?> body, Shape.Fields shape) {
        for (Object name : body.keySet()) {
            if (shape.fields().stream().noneMatch(f -> f.name().equals(name))) {
                throw new ProblemException(Problems.unknownMember(
                        at + name,
                        shape.fields().stream().map(Shape.Field::name).collect(Collectors.joining(", "))));
            }
        }
        for (Shape.Field field : shape.fields()) {
            if (body.containsKey(field.name())) {
                value(at + field.name(), body.get(field.name()), field.shape());
            } else if (field.required()) {
                throw new ProblemException(new Problem(
                                ProblemType.MISSING_MEMBER,
                                "The body needs " + at + field.name() + ": " + field.description())
                        .with("member", at + field.name()));
            }
        }
    }

    private static void value(String at, Object value, Shape shape) {
        switch (shape) {
            case Shape.Text _ -> require(value instanceof String, at, "a text");
            case Shape.Whole _ -> require(value instanceof Long, at, "a whole number");
            case Shape.Decimal _ ->
                require(value instanceof Number number && Double.isFinite(number.doubleValue()), at, "a number");
            case Shape.Flag _ -> require(value instanceof Boolean, at, "true or false");
            case Shape.Moment _ -> require(isMoment(value), at, "a moment such as 2026-01-02T03:04:05Z");
            case Shape.Anything _ -> {}
            case Shape.Choice(List<String> words) ->
                require(
                        value instanceof String text && words.stream().anyMatch(text::equalsIgnoreCase),
                        at,
                        "one of " + String.join(", ", words));
            case Shape.Within(long least, long most) ->
                require(
                        value instanceof Long number && least <= number && number <= most,
                        at,
                        "a whole number from " + least + " to " + most);
            case Shape.Either(List<Shape> shapes) ->
                require(shapes.stream().anyMatch(one -> fits(value, one)), at, "of another form; see its description");
            case Shape.Such(Shape inner, var _) -> value(at, value, inner);
            case Shape.Named(var _, Shape inner) -> value(at, value, inner);
            case Shape.Nullable(Shape inner) -> {
                if (value != null) {
                    value(at, value, inner);
                }
            }
            case Shape.ListOf(Shape item) -> {
                require(value instanceof List<?>, at, "a list");
                ((List<?>) value).forEach(element -> value(at + "[]", element, item));
            }
            case Shape.Map(Shape inner) -> {
                require(value instanceof Map<?, ?>, at, "an object");
                ((Map<?, ?>) value).forEach((name, member) -> value(at + "." + name, member, inner));
            }
            case Shape.Fields inner -> {
                require(value instanceof Map<?, ?>, at, "an object");
                fields(at + ".", (Map<?, ?>) value, inner);
            }
        }
    }

    private static boolean fits(Object value, Shape shape) {
        try {
            value("", value, shape);
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    private static boolean isMoment(Object value) {
        try {
            return value instanceof String text && Instant.parse(text) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static void require(boolean holds, String at, String what) {
        if (!holds) {
            throw new ProblemException(Problems.json(Problems.quoted(at) + " must be " + what + ".")
                    .with("member", at));
        }
    }
}
