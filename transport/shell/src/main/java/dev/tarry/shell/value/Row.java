package dev.tarry.shell.value;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// An object with named properties in a fixed order; names ignore case, as everywhere in PowerShell. Filled by its
/// maker; a script may set what is there.
public final class Row {
    /// The type of `[PSCustomObject]@{…}`.
    public static final String CUSTOM = "System.Management.Automation.PSCustomObject";

    private final String type;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final Map<String, Supplier<Object>> onDemand = new LinkedHashMap<>();
    private final Map<String, String> spelling = new HashMap<>();

    /// @param type what the default view is chosen by, such as `Queue`
    public Row(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }

    public Row with(String name, Object value) {
        String known = spelling.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
        properties.put(known == null ? name : known, value);
        return this;
    }

    /// A property that is fetched when somebody names it, and is in no listing until then: a message's whole
    /// content, say.
    public Row withOnDemand(String name, Supplier<Object> value) {
        spelling.put(name.toLowerCase(Locale.ROOT), name);
        onDemand.put(name, value);
        return this;
    }

    public boolean has(String name) {
        return spelling.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /// The value; null also where there is no such property.
    public Object get(String name) {
        String known = spelling.get(name.toLowerCase(Locale.ROOT));
        if (known == null) {
            return null;
        }
        Supplier<Object> later = onDemand.get(known);
        return later == null ? properties.get(known) : later.get();
    }

    /// The property's name as its maker spelt it; the given one where there is none.
    public String spelt(String name) {
        return spelling.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    /// Names in order, without those on demand.
    public List<String> names() {
        return List.copyOf(properties.keySet());
    }
}
