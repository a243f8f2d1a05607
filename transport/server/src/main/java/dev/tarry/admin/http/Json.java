package dev.tarry.admin.http;

import dev.tarry.admin.Listing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// JSON to plain values and back, by the streaming core alone: maps, lists, text, [Long], [Double], truth values, null.
/// Thread-safe.
final class Json {
    static final int MAX_DEPTH = 16;
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    /// ISO 8601 in UTC, always to the millisecond.
    static String moment(Instant moment) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        if (at.getYear() < 1000 || at.getYear() > 9999) {
            return MOMENT.format(moment);
        }
        // by hand: in a page of ten thousand queues the formatter takes longer than all the rest
        StringBuilder text = new StringBuilder(24);
        text.append(at.getYear());
        two(text.append('-'), at.getMonthValue());
        two(text.append('-'), at.getDayOfMonth());
        two(text.append('T'), at.getHour());
        two(text.append(':'), at.getMinute());
        two(text.append(':'), at.getSecond());
        int millis = at.getNano() / 1_000_000;
        text.append('.').append((char) ('0' + millis / 100));
        two(text, millis % 100);
        return text.append('Z').toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// One object, and nothing after it.
    ///
    /// @throws ProblemException if it is anything else, or has a member twice
    SequencedMap<String, Object> object(byte[] octets) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), octets)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(Problems.json("The body must be a JSON object."));
            }
            SequencedMap<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new ProblemException(Problems.json("Something follows the JSON object."));
            }
            return object;
        } catch (JacksonException e) {
            throw new ProblemException(Problems.json("The body is not JSON: " + where(e)));
        }
    }

    /// What and, if it is known, where; without repeating what was sent.
    private static String where(JacksonException e) {
        String words = e.getOriginalMessage();
        int end = words.indexOf('\n');
        String what = Problems.quoted(end < 0 ? words : words.substring(0, end));
        TokenStreamLocation at = e.getLocation();
        return at == null ? what + "." : what + " at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }

    private static SequencedMap<String, Object> object(JsonParser parser) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> (Object) parser.getLongValue();
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
                };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins here");
        };
    }

    /// Writes one value; leaves the stream open.
    void write(Object value, OutputStream to) throws IOException {
        try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), to)) {
            write(generator, value);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }

    /// Writes a listing while it is being read.
    ///
    /// @param wanted whether whoever reads it is still there
    /// @throws CancellationException if nobody was, before the end
    void write(Listing listing, OutputStream to, BooleanSupplier wanted) throws IOException {
        try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), to)) {
            generator.writeStartObject();
            generator.writeName("items");
            generator.writeStartArray();
            boolean more = listing.forEach(item -> write(generator, item), wanted);
            generator.writeEndArray();
            generator.writeName("more");
            generator.writeBoolean(more);
            listing.page().ifPresent(page -> {
                generator.writeName("page");
                write(generator, Map.of("first", page.first(), "total", page.total()));
            });
            generator.writeEndObject();
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }

    private static void write(JsonGenerator generator, Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Instant moment -> generator.writeString(moment(moment));
            case UUID uuid -> generator.writeString(uuid.toString());
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, member) -> {
                    generator.writeName(name.toString());
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case Iterable<?> list -> {
                generator.writeStartArray();
                list.forEach(item -> write(generator, item));
                generator.writeEndArray();
            }
            default -> throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }
}
