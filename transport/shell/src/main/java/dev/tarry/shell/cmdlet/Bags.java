package dev.tarry.shell.cmdlet;

import dev.tarry.shell.value.ByteSize;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SpanForm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the server sends, made into the shell's values: moments become local time, sizes and latencies what Exchange
/// has for them.
public final class Bags {
    private Bags() {}

    /// @param bag names and values as the client hands them out
    /// @param zone the one that moments are shown in
    public static Row row(String type, Map<String, ?> bag, ZoneId zone) {
        Row row = new Row(type);
        bag.forEach((name, value) -> row.with(name, value(name, value, zone)));
        return row;
    }

    private static Object value(String name, Object value, ZoneId zone) {
        return switch (value) {
            case Instant moment -> moment.atZone(zone);
            case Map<?, ?> map -> {
                Row inner = new Row("Nested");
                map.forEach((key, v) -> inner.with(key.toString(), value(key.toString(), v, zone)));
                yield inner;
            }
            case List<?> list -> {
                List<Object> elements = new ArrayList<>(list.size());
                list.forEach(v -> elements.add(value(name, v, zone)));
                yield elements;
            }
            case Long bytes when name.equals("Size") -> new ByteSize(bytes);
            case String text
            when name.endsWith("Size") ->
                ByteSize.parse(text)
                        .filter(size -> name.equals("Size") || size.toString().equals(text))
                        .map(Object.class::cast)
                        .orElse(text);
            case String text
            when name.equals("MessageLatency") ->
                SpanForm.parse(text).map(Object.class::cast).orElse(text);
            case Integer whole -> (Object) whole.longValue();
            case Duration span -> span;
            case null -> null;
            default -> value;
        };
    }

    /// A message's octets as text: UTF-8 where they are that, else one character an octet, so that nothing is lost
    /// or made up.
    public static String content(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
