package dev.tarry.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// One JSON object of an answer, read field by field. A field that should be there and is not says which answer lacks
/// it.
record Answer(String request, Map<?, ?> fields) {
    /// The properties that hold a moment; everything else that looks like a date (a subject, say) stays text.
    private static final Set<String> MOMENTS = Set.of(
            "LastRetryTime",
            "NextRetryTime",
            "FirstRetryTime",
            "DateReceived",
            "ExpirationTime",
            "Timestamp",
            "StartTime",
            "EndTime",
            "CreationTime",
            "Received",
            "At",
            "Time");

    static Answer of(String request, Object json) {
        if (json instanceof Map<?, ?> map) {
            return new Answer(request, map);
        }
        throw new UnexpectedAnswerException("The answer to " + request + " is not a JSON object.", null);
    }

    /// The members of `items`, or the object itself where there is no such field (one thing was asked for, and
    /// it came bare).
    List<Answer> items() {
        if (!fields.containsKey("items")) {
            return List.of(this);
        }
        if (!(fields.get("items") instanceof List<?> list)) {
            throw lacks("items");
        }
        List<Answer> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(of(request, item)));
        return items;
    }

    /// All fields in the server's order, with moments as [Instant].
    SequencedMap<String, Object> bag() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            String property = name.toString();
            bag.put(property, MOMENTS.contains(property) ? momentOrText(value) : value);
        });
        return bag;
    }

    String text(String name) {
        return optionalText(name).orElse("");
    }

    Optional<String> optionalText(String name) {
        Object value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(value.toString());
    }

    List<String> texts(String name) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case Object one -> List.of(one.toString());
        };
    }

    /// An object of texts; empty where there is none.
    /// A member that is an object; absent if it is null or not there.
    Optional<Answer> optionalObject(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? Optional.of(new Answer(request, map)) : Optional.empty();
    }

    /// A member that is a list of objects; empty if it is not there.
    List<Answer> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(item -> of(request, item)).toList()
                : List.of();
    }

    /// All members as texts.
    SequencedMap<String, String> textsOf() {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        fields.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    SequencedMap<String, String> textsByName(String name) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        if (fields.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    long count(String name) {
        return number(name).longValue();
    }

    Number number(String name) {
        if (fields.get(name) instanceof Number number) {
            return number;
        }
        throw lacks(name);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    Instant moment(String name) {
        return optionalMoment(name).orElseThrow(() -> lacks(name));
    }

    Optional<Instant> optionalMoment(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (momentOrText(value) instanceof Instant moment) {
            return Optional.of(moment);
        }
        throw lacks(name);
    }

    /// ISO 8601.
    Duration span(String name) {
        try {
            return Duration.parse(text(name));
        } catch (DateTimeException _) {
            throw lacks(name);
        }
    }

    private static Object momentOrText(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return text;
        }
    }

    private UnexpectedAnswerException lacks(String name) {
        return new UnexpectedAnswerException(
                "The answer to " + request + " lacks a usable field '" + name + "'.", null);
    }
}
