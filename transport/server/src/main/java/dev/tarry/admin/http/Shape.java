package dev.tarry.admin.http;

import dev.tarry.admin.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a JSON value looks like: enough to check a request's body, and to describe bodies and answers.
public sealed interface Shape {
    record Text() implements Shape {}

    /// A whole number of 64 bits.
    record Whole() implements Shape {}

    record Decimal() implements Shape {}

    record Flag() implements Shape {}

    /// ISO 8601, UTC: `2026-01-02T03:04:05.000Z`.
    record Moment() implements Shape {}

    record Anything() implements Shape {}

    record ListOf(Shape item) implements Shape {}

    /// A value that may be null.
    record Nullable(Shape shape) implements Shape {}

    /// An object with these members and no others.
    record Fields(List<Field> fields) implements Shape {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /// An object with any members.
    record Map(Shape value) implements Shape {}

    /// @param required whether it must be there in a request
    record Field(String name, Shape shape, boolean required, String description) {}

    Shape TEXT = new Text();
    Shape WHOLE = new Whole();
    Shape DECIMAL = new Decimal();
    Shape FLAG = new Flag();
    Shape MOMENT = new Moment();
    Shape ANYTHING = new Anything();

    static Field required(String name, Shape shape, String description) {
        return new Field(name, shape, true, description);
    }

    static Field optional(String name, Shape shape, String description) {
        return new Field(name, shape, false, description);
    }

    static Fields fields(Field... fields) {
        return new Fields(List.of(fields));
    }

    /// The envelope of every listing.
    static Fields items(Shape item) {
        return fields(
                required("items", new ListOf(item), "What was found, in order."),
                required("more", FLAG, "Whether there were more than asked for."));
    }

    /// An object with these properties.
    static Fields of(List<? extends Property<?>> properties) {
        List<Field> fields = new ArrayList<>();
        properties.forEach(p -> fields.add(required(p.name(), of(p.type()), p.description())));
        return new Fields(fields);
    }

    private static Shape of(Property.Type type) {
        return switch (type) {
            case TEXT, SIZE, SPAN -> new Nullable(TEXT);
            case WHOLE -> WHOLE;
            case DECIMAL -> DECIMAL;
            case FLAG -> FLAG;
            case MOMENT -> new Nullable(MOMENT);
            case COUNTS -> new ListOf(WHOLE);
            case LIST -> new Nullable(new ListOf(ANYTHING));
        };
    }

    /// Its JSON Schema (draft 2020-12, as OpenAPI 3.1 takes it).
    default SequencedMap<String, Object> schema() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        switch (this) {
            case Text _ -> schema.put("type", "string");
            case Whole _ -> {
                schema.put("type", "integer");
                schema.put("format", "int64");
            }
            case Decimal _ -> schema.put("type", "number");
            case Flag _ -> schema.put("type", "boolean");
            case Moment _ -> {
                schema.put("type", "string");
                schema.put("format", "date-time");
            }
            case Anything _ -> {}
            case ListOf(Shape item) -> {
                schema.put("type", "array");
                schema.put("items", item.schema());
            }
            case Nullable(Shape shape) -> {
                schema.putAll(shape.schema());
                schema.computeIfPresent("type", (_, type) -> List.of(type, "null"));
            }
            case Map(Shape value) -> {
                schema.put("type", "object");
                schema.put("additionalProperties", value.schema());
            }
            case Fields(List<Field> fields) -> describe(fields, schema);
        }
        return schema;
    }

    private static void describe(List<Field> fields, SequencedMap<String, Object> schema) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        for (Field field : fields) {
            SequencedMap<String, Object> property = field.shape.schema();
            property.put("description", field.description);
            properties.put(field.name, property);
        }
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required =
                fields.stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
    }
}
