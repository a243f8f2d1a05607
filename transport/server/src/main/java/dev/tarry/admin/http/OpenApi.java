package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The API's description (OpenAPI 3.1), written from the table of routes that serves it. Pure.
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final Map<String, Object> PROBLEM_REF = Map.of("$ref", "#/components/schemas/Problem");

    private OpenApi() {}

    static SequencedMap<String, Object> document(RouteTable routes, String version) {
        SequencedMap<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                object(
                        "title",
                        "tarry",
                        "version",
                        version,
                        "description",
                        "Queues, messages, tracking and mailboxes of the server, and the lab around it. Properties"
                                + " have Exchange's names; errors are RFC 9457 problem details."));
        SequencedMap<String, Object> paths = new LinkedHashMap<>();
        for (Route route : routes.routes()) {
            @SuppressWarnings("unchecked")
            SequencedMap<String, Object> path =
                    (SequencedMap<String, Object>) paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>());
            path.put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        document.put("paths", paths);
        document.put(
                "components",
                object(
                        "schemas", object("Problem", problem()),
                        "securitySchemes", object("token", object("type", "http", "scheme", "bearer"))));
        // the token is needed only where the server is configured with one
        document.put("security", List.of(object(), object("token", List.of())));
        return document;
    }

    private static SequencedMap<String, Object> operation(Route route) {
        SequencedMap<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        List<Object> parameters = new ArrayList<>();
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            parameters.add(
                    object("name", names.group(1), "in", "path", "required", true, "schema", Shape.TEXT.schema()));
        }
        route.parameters()
                .forEach(p -> parameters.add(object(
                        "name",
                        p.name(),
                        "in",
                        "query",
                        "description",
                        p.description(),
                        "schema",
                        Shape.TEXT.schema())));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        SequencedMap<String, Object> bodies = new LinkedHashMap<>();
        route.body().ifPresent(shape -> bodies.put("application/json", object("schema", shape.schema())));
        route.documents().forEach(type -> bodies.put(type, object("schema", Shape.TEXT.schema())));
        if (!bodies.isEmpty()) {
            operation.put("requestBody", object("content", bodies));
        }
        Route.Answer answer = route.answer();
        SequencedMap<String, Object> good = object("description", answer.description());
        if (!answer.mediaType().isEmpty()) {
            good.put(
                    "content",
                    object(
                            answer.mediaType(),
                            object("schema", answer.shape().orElse(Shape.TEXT).schema())));
        }
        operation.put(
                "responses",
                object(
                        Integer.toString(answer.status()),
                        good,
                        "default",
                        object(
                                "description",
                                "What went wrong.",
                                "content",
                                object("application/problem+json", object("schema", PROBLEM_REF)))));
        return operation;
    }

    private static SequencedMap<String, Object> problem() {
        SequencedMap<String, Object> schema = Shape.fields(
                        Shape.required("type", Shape.TEXT, "urn:tarry:problem:…; stable."),
                        Shape.required("title", Shape.TEXT, "The same for every problem of the type."),
                        Shape.required("status", Shape.WHOLE, "The HTTP status."),
                        Shape.required("detail", Shape.TEXT, "This problem, for people."))
                .schema();
        schema.put("additionalProperties", true);
        return schema;
    }

    /// Names and values in turn.
    private static SequencedMap<String, Object> object(Object... members) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }
}
