package dev.tarry.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The properties of a kind of object, in the order in which Exchange lists them.
public record PropertyTable<T>(List<Property<T>> properties) {
    public PropertyTable {
        properties = List.copyOf(properties);
    }

    /// Whatever its case.
    Optional<Property<T>> named(String name) {
        return properties.stream().filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
    }

    /// All properties of one object, absent ones as null.
    SequencedMap<String, Object> bag(T object) {
        SequencedMap<String, Object> bag = LinkedHashMap.newLinkedHashMap(properties.size());
        properties.forEach(p -> bag.put(p.name(), p.shown().apply(object)));
        return bag;
    }

    /// The names a filter may use, for messages.
    String filterable() {
        return String.join(
                ", ",
                properties.stream()
                        .filter(p -> !p.operators().isEmpty())
                        .map(Property::name)
                        .toList());
    }
}
