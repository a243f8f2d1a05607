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

    /// One of some words, whatever their case.
    record Choice(List<String> words) implements Shape {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /// A whole number within bounds, both included.
    record Within(long least, long most) implements Shape {}

    /// One thing or another.
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /// With an example. @param example as of [Reply.Json]
    record Such(Shape shape, Object example) implements Shape {}

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

    /// With a name of its own in the API's description, for what several routes give.
    record Named(String name, Shape shape) implements Shape {}

    /// The same under a name: letters only.
    default Shape named(String name) {
        return new Named(name, this);
    }

    static Shape oneOf(String... words) {
        return new Choice(List.of(words));
    }

    static Shape oneOf(List<String> words) {
        return new Choice(words);
    }

    static Shape within(long least, long most) {
        return new Within(least, most);
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    /// The same with an example for people. @param example as of [Reply.Json]
    default Shape such(Object example) {
        return new Such(this, example);
    }

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

    /// The envelope of a listing that can be paged through.
    static Fields pages(Shape item) {
        return fields(
                required("items", new ListOf(item), "What was found, in order."),
                required("more", FLAG, "Whether there were more than asked for, on the side that was searched."),
                optional(
                        "page",
                        fields(
                                required("first", WHOLE, "Position of the first of them, from 1; 0 if there is none."),
                                required("total", WHOLE, "How many there are in all pages.")),
                        "Where this page stands; with returnPageInfo."));
    }

    /// An object with these properties.
    static Fields of(List<? extends Property<?>> properties) {
        List<Field> fields = new ArrayList<>();
        properties.forEach(p -> fields.add(
                required(p.name(), p.choices().isEmpty() ? of(p.type()) : oneOf(p.choices()), p.description())));
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
            case Choice(List<String> words) -> {
                schema.put("type", "string");
                schema.put("enum", words);
            }
            case Within(long least, long most) -> {
                schema.put("type", "integer");
                schema.put("format", "int64");
                schema.put("minimum", least);
                schema.put("maximum", most);
            }
            case Either(List<Shape> shapes) ->
                schema.put("anyOf", shapes.stream().map(Shape::schema).toList());
            case Named(String name, var _) -> schema.put("$ref", "#/components/schemas/" + name);
            case Such(Shape shape, Object example) -> {
                schema.putAll(shape.schema());
                schema.put("examples", List.of(example));
            }
            case ListOf(Shape item) -> {
                schema.put("type", "array");
                schema.put("items", item.schema());
            }
            case Nullable(Shape shape) -> {
                SequencedMap<String, Object> inner = shape.schema();
                if (inner.isEmpty() || !inner.containsKey("type") || inner.containsKey("enum")) {
                    schema.put("anyOf", List.of(inner, java.util.Map.of("type", "null")));
                } else {
                    schema.putAll(inner);
                    schema.compute("type", (_, type) -> List.of(type, "null"));
                }
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
