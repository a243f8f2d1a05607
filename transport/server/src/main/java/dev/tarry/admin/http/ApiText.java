package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.List;

/// The words that the API's page and its text have in common.
final class ApiText {
    /// What holds for all routes.
    static final List<String> RULES = List.of(
            "Properties have Exchange's names. Moments are ISO 8601 in UTC, and lab time, unless it says otherwise; sizes are"
                    + " in bytes.",
            "Bodies are JSON objects of at most 32 MB with Content-Type: application/json; members and parameters that are"
                    + " not known are refused.",
            "What goes wrong is told as a problem document (RFC 9457, application/problem+json) whose type is stable.",
            "Where the server is open to others than this machine, every request bears its token (Authorization: Bearer …);"
                    + " only routes that say so want none. The ready line says where the token is kept.",
            "Objects that have an ETag can be read with If-None-Match (304 if they are still the same) and changed with"
                    + " If-Match (412 if they are not).",
            "The Host header must be localhost, a loopback address, or a name of admin.hosts; other web pages change"
                    + " nothing here, and there is no CORS.");

    /// A row about a parameter or a member. @param depth how deep within an object
    record Row(int depth, String name, String type, String description) {}

    private ApiText() {}

    /// Parameters of path and query.
    static List<Row> parameters(Route route) {
        List<Row> rows = new ArrayList<>();
        route.inPath().forEach(p -> rows.add(new Row(0, "{" + p.name() + "}", type(p.shape()), p.description())));
        route.parameters().forEach(p -> rows.add(new Row(0, p.name(), type(p.shape()), p.description())));
        return rows;
    }

    /// Members of an answer; those of objects within below them.
    static List<Row> members(Shape shape) {
        List<Row> rows = new ArrayList<>();
        members(shape, 0, rows);
        return rows;
    }

    /// Members of a body, with which of them must be there.
    static List<Row> body(Shape.Fields body) {
        List<Row> rows = new ArrayList<>();
        for (Shape.Field field : body.fields()) {
            String type = type(field.shape()) + (field.required() ? ", needed" : "");
            rows.add(new Row(0, field.name(), type, field.description()));
            members(field.shape(), 1, rows);
        }
        return rows;
    }

    private static void members(Shape shape, int depth, List<Row> to) {
        switch (shape) {
            case Shape.Fields(List<Shape.Field> fields) -> {
                for (Shape.Field field : fields) {
                    String type = type(field.shape());
                    to.add(new Row(depth, field.name(), type, field.description()));
                    members(field.shape(), depth + 1, to);
                }
            }
            case Shape.ListOf(Shape item) -> members(item, depth, to);
            case Shape.Nullable(Shape inner) -> members(inner, depth, to);
            case Shape.Such(Shape inner, var _) -> members(inner, depth, to);
            case Shape.Named(var _, Shape inner) -> members(inner, depth, to);
            case Shape.Either(List<Shape> shapes) -> shapes.forEach(one -> members(one, depth, to));
            case Shape.Text _, Shape.Whole _, Shape.Within _, Shape.Decimal _, Shape.Flag _, Shape.Moment _ -> {}
            case Shape.Choice _, Shape.Anything _, Shape.Map _ -> {}
        }
    }

    /// In a few words.
    static String type(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "text";
            case Shape.Whole _ -> "whole number";
            case Shape.Within(long least, long most) ->
                least == Integer.MIN_VALUE ? "whole number" : "whole number, " + least + " to " + most;
            case Shape.Decimal _ -> "number";
            case Shape.Flag _ -> "true or false";
            case Shape.Moment _ -> "moment";
            case Shape.Choice(List<String> words) -> words.size() > 12 ? "a word" : String.join(" | ", words);
            case Shape.Either(List<Shape> shapes) ->
                String.join(" or ", shapes.stream().map(ApiText::type).toList());
            case Shape.Anything _ -> "anything";
            case Shape.ListOf(Shape item) -> "list of " + type(item);
            case Shape.Nullable(Shape inner) -> type(inner) + " or null";
            case Shape.Map _ -> "object by name";
            case Shape.Fields _ -> "object";
            case Shape.Such(Shape inner, var _) -> type(inner);
            case Shape.Named(String name, var _) -> name;
        };
    }

    /// What it gives: `200 application/json`.
    static String answer(Route route) {
        Route.Answer answer = route.answer();
        return (answer.status() + " " + answer.mediaType()).strip();
    }

    /// What else is to be known of a route; empty if nothing.
    static String notes(Route route) {
        List<String> notes = new ArrayList<>();
        if (route.open()) {
            notes.add("Wants no token.");
        }
        if (route.tagged()) {
            notes.add(route.safe() ? "Has an ETag; takes If-None-Match." : "Takes If-Match.");
        }
        if (!route.documents().isEmpty()) {
            notes.add("Takes a text instead: " + String.join(", ", route.documents()) + ".");
        }
        return String.join(" ", notes);
    }
}
