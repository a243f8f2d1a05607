package dev.tarry.admin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.StringJoiner;

/// Requests as people would type them, made from the routes' shapes.
final class Examples {
    private static final String SERVER = "http://127.0.0.1:8025";
    private static final Json JSON = new Json();

    private Examples() {}

    /// A value of a shape: its example, else something plain.
    static Object value(Shape shape) {
        return switch (shape) {
            case Shape.Such(var _, Object example) -> example;
            case Shape.Named(var _, Shape inner) -> value(inner);
            case Shape.Nullable(Shape inner) -> value(inner);
            case Shape.Text _ -> "text";
            case Shape.Whole _ -> 1L;
            case Shape.Within(long least, long most) -> Math.clamp(1, least, most);
            case Shape.Decimal _ -> 1.5;
            case Shape.Flag _ -> true;
            case Shape.Moment _ -> "2026-03-04T09:15:00.000Z";
            case Shape.Choice(List<String> words) -> words.getFirst();
            case Shape.Either(List<Shape> shapes) -> value(shapes.getFirst());
            case Shape.Anything _ -> "anything";
            case Shape.ListOf(Shape item) -> List.of(value(item));
            case Shape.Map _ -> new LinkedHashMap<>();
            case Shape.Fields(List<Shape.Field> fields) -> fields(fields);
        };
    }

    /// What must be there.
    private static SequencedMap<String, Object> fields(List<Shape.Field> fields) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        fields.stream().filter(Shape.Field::required).forEach(f -> object.put(f.name(), value(f.shape())));
        return object;
    }

    /// A command line that asks for a route.
    static String curl(Route route) {
        StringJoiner line = new StringJoiner(" ");
        line.add(route.answer().mediaType().equals(Reply.Events.MEDIA_TYPE) ? "curl -sN" : "curl -s");
        if (!route.method().equals("GET") && !(route.method().equals("POST") && takesJson(route))) {
            line.add("-X " + route.method());
        }
        if (route.safe() && firstExample(route) != null) {
            line.add("-G");
        }
        line.add(quoted(SERVER + path(route)));
        Route.Parameter parameter = firstExample(route);
        if (route.safe() && parameter != null) {
            line.add("--data-urlencode " + quoted(parameter.name() + "=" + value(parameter.shape())));
        }
        if (takesJson(route)) {
            line.add("-H 'Content-Type: application/json' -d "
                    + quoted(json(value(route.body().orElseThrow()))));
        } else if (route.answer().mediaType().equals("message/rfc822")) {
            line.add("-OJ");
        }
        return line.toString();
    }

    private static boolean takesJson(Route route) {
        return route.body().isPresent()
                && !((SequencedMap<?, ?>) value(route.body().get())).isEmpty();
    }

    private static Route.Parameter firstExample(Route route) {
        return route.parameters().stream()
                .filter(p -> p.shape() instanceof Shape.Such)
                .findFirst()
                .orElse(null);
    }

    private static String path(Route route) {
        List<String> segments = new ArrayList<>();
        for (String segment : route.path().substring(1).split("/")) {
            segments.add(segment.startsWith("{") ? inPath(route, segment.substring(1, segment.length() - 1)) : segment);
        }
        return "/" + String.join("/", segments);
    }

    private static String inPath(Route route, String name) {
        return route.inPath().stream()
                .filter(p -> p.name().equals(name))
                .map(p -> URLEncoder.encode(String.valueOf(value(p.shape())), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .findFirst()
                .orElse(name.toUpperCase(Locale.ROOT));
    }

    /// JSON on one line.
    static String json(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JSON.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// For a POSIX shell.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
