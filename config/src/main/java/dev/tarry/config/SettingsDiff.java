package dev.tarry.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What differs between two settings. Elements of lists are told apart by their names, not by their places.
public final class SettingsDiff {
    /// One setting that is not the same.
    ///
    /// @param key    `sendConnectors[Internet].port`
    /// @param before absent if there is no such element there
    /// @param after  absent likewise; of the two at least one is there
    public record Difference(String key, Optional<Explained> before, Optional<Explained> after) {}

    private SettingsDiff() {}

    /// @return in the order of the table; empty if every value is the same, wherever it comes from
    public static List<Difference> between(Settings before, Settings after) {
        Map<String, Explained> old = named(before);
        Map<String, Explained> fresh = named(after);
        Set<String> keys = new LinkedHashSet<>(fresh.keySet());
        keys.addAll(old.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            Optional<Explained> one = Optional.ofNullable(old.get(key));
            Optional<Explained> other = Optional.ofNullable(fresh.get(key));
            if (!one.map(Explained::value).equals(other.map(Explained::value))) {
                differences.add(new Difference(key, one, other));
            }
        }
        return differences;
    }

    private static Map<String, Explained> named(Settings settings) {
        Map<String, Explained> byPlace = Running.byKey(settings);
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Explained> byName = new LinkedHashMap<>();
        byPlace.forEach((key, one) -> {
            int open = key.indexOf('[');
            if (open < 0) {
                byName.put(key, one);
                return;
            }
            String list = key.substring(0, open);
            String element = key.substring(0, key.indexOf(']') + 1);
            String name = names.computeIfAbsent(
                    element,
                    _ -> unique(
                            list, byPlace.get(element + "." + identity(list)).shown(), names));
            byName.put(name + key.substring(element.length()), one);
        });
        return byName;
    }

    /// Some lists have several of one name: a text for senders inside and one for those outside.
    private static String unique(String list, String identity, Map<String, String> taken) {
        String name = list + "[" + identity + "]";
        for (int i = 2; taken.containsValue(name); i++) {
            name = list + "[" + identity + " " + i + "]";
        }
        return name;
    }

    private static String identity(String list) {
        return Settings.lists().stream()
                .filter(one -> one.key().equals(list))
                .findFirst()
                .orElseThrow()
                .identity();
    }
}
