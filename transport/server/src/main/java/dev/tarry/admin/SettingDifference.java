package dev.tarry.admin;

import dev.tarry.config.Effect;
import dev.tarry.config.Explained;
import dev.tarry.config.Printable;
import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// A setting that has another value than before. Elements of lists are known by their names, since
/// their places change.
///
/// @param key `dns.externalDNSServers`, `sendConnectors[Internet].enabled`
/// @param row the setting
/// @param from as printed; null if its element is new
/// @param to as printed; null if its element is gone
record SettingDifference(String key, Setting<?> row, String from, String to) {
    private record Value(Setting<?> row, String text) {}

    /// In the order of the table; what is gone comes last.
    static List<SettingDifference> between(Settings before, Settings after) {
        SequencedMap<String, Value> was = named(before);
        SequencedMap<String, Value> is = named(after);
        List<SettingDifference> differences = new ArrayList<>();
        is.forEach((key, now) -> {
            String then = was.containsKey(key) ? was.get(key).text() : null;
            if (!Objects.equals(then, now.text())) {
                differences.add(new SettingDifference(key, now.row(), then, now.text()));
            }
        });
        was.forEach((key, then) -> {
            if (!is.containsKey(key)) {
                differences.add(new SettingDifference(key, then.row(), then.text(), null));
            }
        });
        return differences;
    }

    private static SequencedMap<String, Value> named(Settings settings) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Explained one : settings.explained()) {
            int close = one.key().indexOf(']');
            String key = one.key();
            if (close >= 0) {
                String place = key.substring(0, close + 1);
                if (one.setting().required() && !names.containsKey(place)) {
                    String list = key.substring(0, key.indexOf('['));
                    names.put(place, named(list, one.value(), names));
                }
                key = key.substring(0, key.indexOf('[') + 1) + names.get(place) + "]."
                        + one.setting().key();
            }
            values.put(key, new Value(one.setting(), one.value()));
        }
        return values;
    }

    /// Of several elements with one name (texts for reports may have it) the later ones are counted.
    private static String named(String list, String name, Map<String, String> names) {
        String unique = name;
        for (int i = 2; taken(list, unique, names); i++) {
            unique = name + " (" + i + ")";
        }
        return unique;
    }

    private static boolean taken(String list, String name, Map<String, String> names) {
        return names.entrySet().stream()
                .anyMatch(one ->
                        one.getKey().startsWith(list + "[") && one.getValue().equals(name));
    }

    /// Whether it holds only after the next start.
    boolean atNextStart() {
        return row.effect() == Effect.AT_START;
    }

    /// The new value for people to see; null if its element is gone.
    String shown() {
        return row.secret() && to != null ? Setting.HIDDEN : to;
    }

    /// All of them in one line for the log. A new element is told with what is not the default; of one
    /// that is gone, the name is enough.
    static String line(List<SettingDifference> differences) {
        return differences.stream()
                .filter(SettingDifference::worthTelling)
                .map(SettingDifference::told)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private boolean worthTelling() {
        if (to == null) {
            return row.required();
        }
        return from != null || row.required() || !to.equals(row.printed(row.builtIn()));
    }

    private String told() {
        String name = Printable.line(key);
        if (to == null) {
            return name.substring(0, name.lastIndexOf(']') + 1) + " removed";
        }
        if (row.secret()) {
            return name + " changed";
        }
        return name + (from == null ? " = " : ": '" + Printable.line(from) + "' -> ") + "'" + Printable.line(to) + "'";
    }
}
