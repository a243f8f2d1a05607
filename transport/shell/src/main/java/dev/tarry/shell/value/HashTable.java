package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `@{ key = value }` and `[ordered]@{…}`. Text keys ignore case. Order is that of writing: PowerShell's is any where
/// it is not `[ordered]`, so the same each time is allowed. Whoever holds it may change it.
public final class HashTable {
    private record Slot(Object key, Object value) {}

    private final Map<Object, Slot> slots = new LinkedHashMap<>();
    private final boolean ordered;

    public HashTable() {
        this(false);
    }

    /// @param ordered whether its entries have places: `$table[0]` is the first
    public HashTable(boolean ordered) {
        this.ordered = ordered;
    }

    public boolean isOrdered() {
        return ordered;
    }

    /// @throws ShellFailure where the key is already there
    public void add(Object key, Object value) {
        if (slots.putIfAbsent(folded(key), new Slot(key, value)) != null) {
            throw ShellFailure.runtime(
                    "DuplicateKeyInHashLiteral",
                    "Duplicate keys '" + TextForm.of(key) + "' are not allowed in hash literals.");
        }
    }

    /// Sets the value, whether or not the key is already there.
    public void put(Object key, Object value) {
        Slot old = slots.get(folded(key));
        slots.put(folded(key), new Slot(old == null ? key : old.key(), value));
    }

    public void remove(Object key) {
        slots.remove(folded(key));
    }

    public void clear() {
        slots.clear();
    }

    public boolean has(Object key) {
        return slots.containsKey(folded(key));
    }

    /// The value; null also where there is no such key.
    public Object get(Object key) {
        Slot slot = slots.get(folded(key));
        return slot == null ? null : slot.value();
    }

    public int size() {
        return slots.size();
    }

    public List<Object> keys() {
        List<Object> keys = new ArrayList<>();
        slots.values().forEach(slot -> keys.add(slot.key()));
        return keys;
    }

    public List<Object> values() {
        List<Object> values = new ArrayList<>();
        slots.values().forEach(slot -> values.add(slot.value()));
        return values;
    }

    private static final Object NOTHING = new Object();

    private static Object folded(Object key) {
        return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key == null ? NOTHING : key;
    }
}
