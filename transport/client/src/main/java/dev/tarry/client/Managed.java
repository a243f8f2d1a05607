package dev.tarry.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// An object that operators manage: a connector, a domain, the transport service.
///
/// @param properties with Exchange's names, in the server's order; a copy
/// @param tag names this state; absent where the server told none (objects of a listing)
public record Managed(SequencedMap<String, Object> properties, Optional<String> tag) {
    /// Copied.
    public Managed {
        properties = new LinkedHashMap<>(properties);
    }

    /// A text; empty where there is none.
    public String text(String property) {
        Object value = properties.get(property);
        return value == null ? "" : value.toString();
    }

    /// Whether a property is true.
    public boolean flag(String property) {
        return Boolean.TRUE.equals(properties.get(property));
    }

    /// A whole number; absent where there is none, or it is `Unlimited`.
    public OptionalLong number(String property) {
        return properties.get(property) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /// A list of texts; empty where there is none.
    public List<String> texts(String property) {
        return properties.get(property) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// `Name`.
    public String name() {
        return text("Name");
    }

    /// `Identity`.
    public String identity() {
        return text("Identity");
    }
}
