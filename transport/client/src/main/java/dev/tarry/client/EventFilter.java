package dev.tarry.client;

import java.util.List;
import java.util.Optional;

/// Which events are wanted.
///
/// @param types     `queue`, `tracking`, `operation`, `lab`; empty: all
/// @param recipient of what has recipients, only that for an address which this pattern (`*@gmail.com`) matches
public record EventFilter(List<String> types, Optional<String> recipient) {
    public EventFilter {
        types = List.copyOf(types);
    }

    public static EventFilter everything() {
        return new EventFilter(List.of(), Optional.empty());
    }

    public static EventFilter types(String... types) {
        return new EventFilter(List.of(types), Optional.empty());
    }

    /// The same, but narrowed to recipients.
    public EventFilter recipient(String pattern) {
        return new EventFilter(types, Optional.of(pattern));
    }

    String path() {
        return new Query()
                .with("types", types.isEmpty() ? Optional.empty() : Optional.of(String.join(",", types)))
                .with("recipient", recipient)
                .on("/api/v1/events");
    }
}
