package dev.tarry.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Two settings as one: what holds from the start as it was then, all else as it is now.
final class Running {
    private final Map<String, Values.Raw> raws = new LinkedHashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final WorldKind world;
    private final Map<String, Explained> started;
    private final Map<String, Explained> now;

    Running(Settings started, Settings now) {
        this.world = started.world();
        this.started = byKey(started);
        this.now = byKey(now);
        this.now.forEach((key, one) -> {
            if (!key.contains("[") && one.setting().effect() != Effect.AT_START) {
                take(key, one);
            }
        });
        this.started.forEach((key, one) -> {
            if (!key.contains("[") && one.setting().effect() == Effect.AT_START) {
                take(key, one);
            }
        });
        Settings.lists().forEach(list -> {
            if (identity(list).effect() == Effect.AT_START) {
                fixed(list);
            } else {
                this.now.forEach((key, one) -> {
                    if (key.startsWith(list.key() + "[")) {
                        take(key, one);
                    }
                });
                lengths.put(list.key(), length(list, this.now));
            }
        });
    }

    Map<String, Values.Raw> raws() {
        return raws;
    }

    int length(SettingList list) {
        return lengths.get(list.key());
    }

    /// A list whose elements are what they were at the start, each with its changed values.
    private void fixed(SettingList list) {
        int elements = length(list, started);
        lengths.put(list.key(), elements);
        for (int i = 0; i < elements; i++) {
            String path = list.pathOf(i);
            String changed = changed(list, i);
            for (Setting<?> row : list.rows()) {
                Explained later = now.get(changed + "." + row.key());
                boolean holds = row.effect() != Effect.AT_START && later != null;
                take(path + "." + row.key(), holds ? later : started.get(path + "." + row.key()));
            }
        }
    }

    /// Where the element of the start is now: under its name, or, when it was given another, in its old
    /// place.
    private String changed(SettingList list, int index) {
        int elements = length(list, now);
        for (int i = 0; i < elements; i++) {
            if (name(list, i, now).equals(name(list, index, started))) {
                return list.pathOf(i);
            }
        }
        boolean renamed = elements == length(list, started)
                && names(list, started).stream().noneMatch(name(list, index, now)::equals);
        return renamed ? list.pathOf(index) : "";
    }

    private static List<String> names(SettingList list, Map<String, Explained> settings) {
        return settings.entrySet().stream()
                .filter(one -> one.getKey().startsWith(list.key() + "[")
                        && one.getKey().endsWith("]." + list.identity()))
                .map(one -> one.getValue().value().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String name(SettingList list, int index, Map<String, Explained> settings) {
        return settings.get(list.pathOf(index) + "." + list.identity()).value().toLowerCase(Locale.ROOT);
    }

    private static int length(SettingList list, Map<String, Explained> settings) {
        return names(list, settings).size();
    }

    private static Setting<?> identity(SettingList list) {
        return list.rows().stream()
                .filter(row -> row.key().equals(list.identity()))
                .findFirst()
                .orElseThrow();
    }

    private void take(String key, Explained one) {
        // the other world's defaults wait for the next start, as that world does
        boolean ofOtherWorld = one.origin() instanceof Origin.BuiltIn
                && one.setting().networkBuiltIn().isPresent();
        String value = ofOtherWorld ? one.setting().defaultIn(world) : one.value();
        raws.put(key, new Values.Raw(value, one.origin()));
    }

    static Map<String, Explained> byKey(Settings settings) {
        Map<String, Explained> byKey = new LinkedHashMap<>();
        settings.explained().forEach(one -> byKey.put(one.key(), one));
        return byKey;
    }
}
