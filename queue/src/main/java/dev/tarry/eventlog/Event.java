package dev.tarry.eventlog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Something that an administrator should hear of.
///
/// @param about   what it is about: the same kind about the same thing is told once in a while only
/// @param message for people; words of hosts and clients stand in it as they were said
/// @param details the same by name, for programs
public record Event(EventKind kind, String about, String message, SequencedMap<String, String> details) {
    public Event {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    static Event of(EventKind kind, String about, String message) {
        return new Event(kind, about, message, new LinkedHashMap<>());
    }

    /// The same with one detail more; an empty one is left out.
    Event with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        SequencedMap<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Event(kind, about, message, more);
    }
}
