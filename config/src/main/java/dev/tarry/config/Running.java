package dev.tarry.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
            this.now.forEach((key, one) -> {
                if (key.startsWith(list.key() + "[")) {
                    take(key, one);
                }
            });
            lengths.put(list.key(), length(list));
            builtIn(list);
        });
    }

    /// Elements that nobody wrote follow from other settings, and of these some wait for the next start.
    private void builtIn(SettingList list) {
        List<Map<String, String>> builtIn = list.builtIn().apply(Values.of(raws, new ArrayList<>()));
        for (int i = 0; i < Math.min(builtIn.size(), length(list)); i++) {
            String path = list.pathOf(i) + ".";
            if (isBuiltIn(path + list.identity())) {
                builtIn.get(i).forEach((row, text) -> {
                    if (isBuiltIn(path + row)) {
                        raws.put(path + row, new Values.Raw(text, new Origin.BuiltIn()));
                    }
                });
            }
        }
    }

    private boolean isBuiltIn(String key) {
        return now.get(key).origin() instanceof Origin.BuiltIn;
    }

    Map<String, Values.Raw> raws() {
        return raws;
    }

    int lengthOf(SettingList list) {
        return lengths.get(list.key());
    }

    private int length(SettingList list) {
        return (int) now.keySet().stream()
                .filter(key -> key.startsWith(list.key() + "[") && key.endsWith("]." + list.identity()))
                .count();
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
