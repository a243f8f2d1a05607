package dev.tarry.client;

import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON to plain values and back: `LinkedHashMap`, `ArrayList`, `String`, `Long`, `Double`, `Boolean`, `null`.
/// The streaming core alone does it, because loading a binder would cost the shell a third of its start.
final class Json {
    private final JsonFactory factory = new JsonFactory();

    /// @throws JacksonException where the text is not one JSON value
    Object read(InputStream in) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), in)) {
            JsonToken first = parser.nextToken();
            return first == null ? null : value(parser, first);
        }
    }

    /// Reads an object whose `items` may be many: each is handed on when it is there, and not kept.
    ///
    /// @param item takes one of them
    /// @return the object without them; null where there is none
    /// @throws JacksonException where the text is not one JSON value
    Object read(InputStream in, Consumer<Object> item) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), in)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == null ? null : value(parser, first);
            }
            Map<String, Object> rest = new LinkedHashMap<>();
            for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
                String name = parser.currentName();
                JsonToken begun = parser.nextToken();
                if (name.equals("items") && begun == JsonToken.START_ARRAY) {
                    for (JsonToken i = parser.nextToken(); i != JsonToken.END_ARRAY; i = parser.nextToken()) {
                        item.accept(value(parser, i));
                    }
                } else {
                    rest.put(name, value(parser, begun));
                }
            }
            return rest;
        }
    }

    String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, object);
        }
        return text.toString();
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> (Object) parser.getLongValue();
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
                };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("unexpected JSON token " + token);
        };
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
            String name = parser.currentName();
            map.put(name, value(parser, parser.nextToken()));
        }
        return map;
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> list = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            list.add(value(parser, t));
        }
        return list;
    }

    private static void write(JsonGenerator generator, Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, inner) -> {
                    generator.writeName(name.toString());
                    write(generator, inner);
                });
                generator.writeEndObject();
            }
            case Iterable<?> list -> {
                generator.writeStartArray();
                list.forEach(inner -> write(generator, inner));
                generator.writeEndArray();
            }
            case Boolean flag -> generator.writeBoolean(flag);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            default -> generator.writeString(value.toString());
        }
    }
}
