package dev.tarry.admin.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// A counter for each of a fixed set of things. Adding allocates nothing. Any thread.
final class Counts<E extends Enum<E>> {
    private final Map<E, LongAdder> counts;

    Counts(Class<E> things) {
        counts = new EnumMap<>(things);
        for (E thing : things.getEnumConstants()) {
            counts.put(thing, new LongAdder());
        }
    }

    void add(E thing) {
        counts.get(thing).increment();
    }

    void add(E thing, long many) {
        counts.get(thing).add(many);
    }

    long of(E thing) {
        return counts.get(thing).sum();
    }

    /// As a label has it.
    static String word(Enum<?> thing) {
        return thing.name().toLowerCase(Locale.ROOT);
    }
}
