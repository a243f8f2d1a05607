package dev.tarry.shell.bridge;

import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shell's values as JSON has them, and back. What JSON has no word for is an object with one name that begins with
/// a dollar sign.
final class WireForm {
    private static final long NANOS_A_TICK = 100;
    private static final long TICKS_A_SECOND = 10_000_000;
    /// How deep values may lie in each other.
    private static final int MAX_DEPTH = 32;

    private final ZoneId zone;

    /// @param zone the one that moments are shown in
    WireForm(ZoneId zone) {
        this.zone = zone;
    }

    /// @return `Map`, `List`, `String`, `Long`, `Double`, `Boolean` or null
    Object written(Object value) {
        return written(value, 0);
    }

    private Object written(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            return TextForm.of(value);
        }
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Long whole -> whole;
            case Double real -> Double.isFinite(real) ? (Object) real : TextForm.of(real);
            case ZonedDateTime date -> Map.of("$date", date.toInstant().toEpochMilli());
            case Duration span -> Map.of("$span", span.getSeconds() * TICKS_A_SECOND + span.getNano() / NANOS_A_TICK);
            case List<?> list ->
                list.stream()
                        .map(element -> written(element, depth + 1))
                        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case HashTable table -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                table.keys().forEach(key -> entries.put(TextForm.of(key), written(table.get(key), depth + 1)));
                yield Map.of("$hash", entries);
            }
            case Row row -> {
                Map<String, Object> properties = new LinkedHashMap<>();
                row.names().forEach(name -> properties.put(name, written(row.get(name), depth + 1)));
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("$type", row.type());
                object.put("properties", properties);
                yield object;
            }
            default -> TextForm.of(value);
        };
    }

    /// @param json as a JSON parser makes it
    /// @throws ShellFailure where it is no value of the shell's
    Object read(Object json) {
        return read(json, 0);
    }

    private Object read(Object json, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused("The value lies more than " + MAX_DEPTH + " levels deep.");
        }
        return switch (json) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Integer whole -> whole.longValue();
            case Long whole -> whole;
            case Number real -> real.doubleValue();
            case List<?> list -> {
                List<Object> values = new ArrayList<>(list.size());
                list.forEach(element -> values.add(read(element, depth + 1)));
                yield values;
            }
            case Map<?, ?> object -> object(object, depth);
            default -> throw refused("There is no value like '" + json + "'.");
        };
    }

    private Object object(Map<?, ?> object, int depth) {
        if (object.get("$date") instanceof Number millis) {
            return moment(millis.longValue());
        }
        if (object.get("$span") instanceof Number ticks) {
            long seconds = Math.floorDiv(ticks.longValue(), TICKS_A_SECOND);
            return Duration.ofSeconds(seconds, Math.floorMod(ticks.longValue(), TICKS_A_SECOND) * NANOS_A_TICK);
        }
        if (object.get("$secret") instanceof String secret) {
            return new SecureText(secret);
        }
        if (object.get("$hash") instanceof Map<?, ?> entries) {
            HashTable table = new HashTable();
            entries.forEach((key, value) -> table.add(key, read(value, depth + 1)));
            return table;
        }
        if (object.get("properties") instanceof Map<?, ?> properties) {
            Row row = new Row(object.get("$type") instanceof String type ? type : "PSCustomObject");
            properties.forEach((name, value) -> row.with(name.toString(), read(value, depth + 1)));
            return row;
        }
        throw refused("An object is {\"$type\":…,\"properties\":{…}}, {\"$hash\":{…}}, {\"$date\":…}, {\"$span\":…} or "
                + "{\"$secret\":…}, and this one is none of them.");
    }

    private ZonedDateTime moment(long millis) {
        try {
            return Instant.ofEpochMilli(millis).atZone(zone);
        } catch (DateTimeException _) {
            throw refused(millis + " milliseconds are no moment.");
        }
    }

    private static ShellFailure refused(String why) {
        return ShellFailure.of(ShellFailure.Category.InvalidArgument, "ValueNotUnderstood", "BridgeException", why);
    }
}
