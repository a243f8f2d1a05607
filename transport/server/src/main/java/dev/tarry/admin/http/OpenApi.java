package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The API's description (OpenAPI 3.1), written from the table of routes that serves it. Pure.
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_TYPE = "application/problem+json";

    private final SequencedMap<String, Object> schemas = new LinkedHashMap<>();

    private OpenApi() {}

    static SequencedMap<String, Object> document(RouteTable routes, String version) {
        return new OpenApi().write(routes, version);
    }

    private SequencedMap<String, Object> write(RouteTable routes, String version) {
        schemas.put(PROBLEM, problem());
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
                        "Queues, messages, tracking, mailboxes and settings of the server, and the lab around it. "
                                + String.join(" ", ApiText.RULES)));
        document.put("servers", List.of(object("url", "/")));
        SequencedMap<String, SequencedMap<String, Object>> paths = new LinkedHashMap<>();
        List<Object> tags = new ArrayList<>();
        ApiGroup.of(routes.routes()).forEach((group, all) -> {
            SequencedMap<String, Object> tag = object("name", group.name());
            if (!group.about().isEmpty()) {
                tag.put("description", group.about());
            }
            tags.add(tag);
        });
        for (Route route : routes.routes()) {
            paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        document.put("tags", tags);
        document.put("paths", paths);
        document.put(
                "components",
                object(
                        "schemas",
                        schemas,
                        "responses",
                        object(PROBLEM, response("What went wrong.", PROBLEM_TYPE, reference("schemas", PROBLEM))),
                        "securitySchemes",
                        object(
                                "token",
                                object(
                                        "type",
                                        "http",
                                        "scheme",
                                        "bearer",
                                        "description",
                                        "Wanted where the server is configured with one, or is open to others."))));
        document.put("security", List.of(object(), object("token", List.of())));
        return document;
    }

    /// `getQueuesByIdentity`, `postLabClockAdvance`: stable as long as the path is.
    static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String segment : route.path().substring(1).split("/")) {
            if (segment.equals("api") && route.path().length() > 4 || segment.equals("v1")) {
                continue;
            }
            boolean parameter = segment.startsWith("{");
            id.append(parameter ? "By" : "");
            for (String word : segment.split("[^A-Za-z0-9]+")) {
                if (!word.isEmpty()) {
                    id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
                }
            }
        }
        return id.toString();
    }

    private SequencedMap<String, Object> operation(Route route) {
        SequencedMap<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(route));
        operation.put("tags", List.of(ApiGroup.of(route).name()));
        operation.put("summary", route.summary());
        String notes = ApiText.notes(route);
        if (!notes.isEmpty()) {
            operation.put("description", notes);
        }
        List<Object> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        SequencedMap<String, Object> bodies = new LinkedHashMap<>();
        route.body()
                .ifPresent(shape -> bodies.put(
                        "application/json", object("schema", schema(shape), "example", Examples.value(shape))));
        route.documents().forEach(type -> bodies.put(type, object("schema", Shape.TEXT.schema())));
        if (!bodies.isEmpty()) {
            operation.put("requestBody", object("content", bodies));
        }
        operation.put("responses", responses(route));
        if (route.open()) {
            operation.put("security", List.of());
        }
        return operation;
    }

    private List<Object> parameters(Route route) {
        List<Object> parameters = new ArrayList<>();
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            Route.Parameter said = route.inPath().stream()
                    .filter(p -> p.name().equals(names.group(1)))
                    .findFirst()
                    .orElseGet(() -> new Route.Parameter(names.group(1), Shape.TEXT, ""));
            SequencedMap<String, Object> parameter =
                    object("name", said.name(), "in", "path", "required", true, "schema", schema(said.shape()));
            if (!said.description().isEmpty()) {
                parameter.put("description", said.description());
            }
            parameters.add(parameter);
        }
        route.parameters()
                .forEach(p -> parameters.add(object(
                        "name", p.name(), "in", "query", "description", p.description(), "schema", schema(p.shape()))));
        if (route.tagged()) {
            parameters.add(object(
                    "name",
                    route.safe() ? "If-None-Match" : "If-Match",
                    "in",
                    "header",
                    "description",
                    route.safe()
                            ? "An ETag that is at hand: 304 if it still holds."
                            : "The ETag of what is to be changed.",
                    "schema",
                    Shape.TEXT.schema()));
        }
        return parameters;
    }

    private SequencedMap<String, Object> responses(Route route) {
        Route.Answer answer = route.answer();
        SequencedMap<String, Object> good = answer.mediaType().isEmpty()
                ? object("description", answer.description())
                : response(
                        answer.description(),
                        answer.mediaType(),
                        schema(answer.shape().orElse(Shape.TEXT)));
        SequencedMap<String, Object> responses = object(Integer.toString(answer.status()), good);
        if (route.tagged()) {
            good.put("headers", object("ETag", object("schema", Shape.TEXT.schema())));
            responses.put(
                    route.safe() ? "304" : "412",
                    route.safe() ? object("description", "It is still the same.") : reference("responses", PROBLEM));
        }
        for (Route.Answer other : route.others()) {
            responses.put(
                    Integer.toString(other.status()),
                    response(
                            other.description(),
                            other.mediaType(),
                            schema(other.shape().orElseThrow())));
        }
        if (!route.open()) {
            responses.put("401", reference("responses", PROBLEM));
        }
        responses.put("default", reference("responses", PROBLEM));
        return responses;
    }

    private static SequencedMap<String, Object> response(
            String description, String mediaType, SequencedMap<String, Object> schema) {
        return object("description", description, "content", object(mediaType, object("schema", schema)));
    }

    private static SequencedMap<String, Object> reference(String kind, String name) {
        return object("$ref", "#/components/" + kind + "/" + name);
    }

    /// Shapes with names, also those within others, are described once.
    private SequencedMap<String, Object> schema(Shape shape) {
        register(shape);
        return shape.schema();
    }

    private void register(Shape shape) {
        switch (shape) {
            case Shape.Named(String name, Shape inner) -> {
                SequencedMap<String, Object> schema = inner.schema();
                Object before = schemas.putIfAbsent(name, schema);
                if (before != null && !before.equals(schema)) {
                    throw new IllegalStateException("two shapes go by the name " + name);
                }
                register(inner);
            }
            case Shape.Fields(List<Shape.Field> fields) -> fields.forEach(field -> register(field.shape()));
            case Shape.ListOf(Shape item) -> register(item);
            case Shape.Nullable(Shape inner) -> register(inner);
            case Shape.Map(Shape value) -> register(value);
            case Shape.Such(Shape inner, var _) -> register(inner);
            case Shape.Either(List<Shape> shapes) -> shapes.forEach(this::register);
            case Shape.Text _, Shape.Whole _, Shape.Within _, Shape.Decimal _, Shape.Flag _, Shape.Moment _ -> {}
            case Shape.Choice _, Shape.Anything _ -> {}
        }
    }

    private static SequencedMap<String, Object> problem() {
        List<String> types =
                Arrays.stream(ProblemType.values()).map(ProblemType::urn).toList();
        SequencedMap<String, Object> schema = Shape.fields(
                        Shape.required("type", Shape.oneOf(types), "Stable; GET /api/v1/problems tells more of each."),
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
