package dev.tarry.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The table as people read it: section by section, then the lists.
///
/// @param sections name (`transport`; empty for what stands at the top) to its rows, in the order of the table
record Outline(SequencedMap<String, List<Setting<?>>> sections, List<SettingList> lists) {
    static Outline of(Map<String, Setting<?>> table, List<SettingList> lists) {
        SequencedMap<String, List<Setting<?>>> sections = new LinkedHashMap<>();
        table.forEach((key, row) -> {
            if (!key.contains("[]")) {
                int dot = key.lastIndexOf('.');
                sections.computeIfAbsent(dot < 0 ? "" : key.substring(0, dot), _ -> new ArrayList<>())
                        .add(row);
            }
        });
        return new Outline(sections, lists);
    }

    static Outline whole() {
        return of(Settings.table(), Settings.lists());
    }

    /// The key within its section.
    static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
