package dev.tarry.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A list of settings on its way from what holds to what is kept. What the environment and the command line fix stays
/// theirs: it is not among what is offered for change, and where the change does not name it, what the weaker sources
/// say is kept in its place. So a server that is started without them is what its file and its changes say. For one
/// change, on its thread.
final class ListChange {
    private final String list;
    private final Settings now;
    private final List<SequencedMap<String, String>> all;
    private final List<SequencedMap<String, String>> before;
    private final Map<Object, Integer> places = new IdentityHashMap<>();
    /// by the element's place, key within it to what holds
    private final Map<Integer, Map<String, Explained>> fixed = new LinkedHashMap<>();
    /// likewise, to what is kept instead; a key that is missing is left to its default
    private final Map<Integer, Map<String, String>> instead = new LinkedHashMap<>();

    /// @param weaker what would hold without the environment and the command line; absent where that makes no
    /// whole, and then what holds is kept
    ListChange(String list, Settings now, Optional<Settings> weaker) {
        this.list = list;
        this.now = now;
        Map<String, Explained> weak = Running.byKey(weaker.orElse(now));
        WorldKind weakWorld = weaker.orElse(now).world();
        all = now.written(list);
        for (Explained one : now.explained()) {
            if (one.key().startsWith(list + "[") && one.origin().isStronger()) {
                int place = place(one.key());
                String row = one.setting().key();
                all.get(place).remove(row);
                fixed.computeIfAbsent(place, _ -> new LinkedHashMap<>()).put(row, one);
                Explained other = weak.getOrDefault(one.key(), one);
                if (isWorthKeeping(other, weakWorld)) {
                    instead.computeIfAbsent(place, _ -> new LinkedHashMap<>()).put(row, other.value());
                }
            }
        }
        for (int i = 0; i < all.size(); i++) {
            places.put(all.get(i), i);
        }
        before = kept();
    }

    private int place(String key) {
        return Integer.parseInt(key.substring(list.length() + 1, key.indexOf(']')));
    }

    private boolean isWorthKeeping(Explained one, WorldKind itsWorld) {
        Setting<?> row = one.setting();
        boolean nobodys = one.origin() instanceof Origin.BuiltIn && one.value().equals(row.defaultIn(itsWorld));
        return row.required() || !nobodys && !one.value().equals(row.defaultIn(now.world()));
    }

    /// The elements, to be changed in place: of each, key within the element to value, without what is fixed.
    List<SequencedMap<String, String>> all() {
        return all;
    }

    /// What was named and is fixed to another value.
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (Map<String, String> element : all) {
            fixed.getOrDefault(places.getOrDefault(element, -1), Map.of()).forEach((row, holds) -> {
                if (element.containsKey(row) && !element.get(row).equals(holds.value())) {
                    faults.add(Fault.fixed(holds.key(), holds.origin()));
                }
            });
        }
        return faults;
    }

    /// Whether there is anything to keep that was not kept, or did not hold, before.
    boolean isChange() {
        return !kept().equals(before);
    }

    /// What is to be kept, as text.
    String text() {
        return SettingsBook.listText(kept());
    }

    private List<SequencedMap<String, String>> kept() {
        List<SequencedMap<String, String>> kept = new ArrayList<>();
        for (SequencedMap<String, String> element : all) {
            SequencedMap<String, String> whole = new LinkedHashMap<>(element);
            instead.getOrDefault(places.getOrDefault(element, -1), Map.of()).forEach(whole::putIfAbsent);
            kept.add(whole);
        }
        return kept;
    }
}
