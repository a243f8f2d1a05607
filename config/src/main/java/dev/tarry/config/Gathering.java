package dev.tarry.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects what the sources say, weakest first, into one map from full key to text. What concerns a list is kept as
/// steps and applied at the end, because the built-in elements depend on other settings.
final class Gathering {
    /// Something that changes a list: replaces it, or one value of one element.
    private sealed interface Step {
        record Replace(SettingList list, Node.Sequence elements, Origin origin) implements Step {}

        record Assign(SettingList list, String selector, String row, String key, String text, Origin origin)
                implements Step {}
    }

    private static final Pattern INTO_LIST = Pattern.compile(
            "(?<list>[A-Za-z]+(?:\\.[A-Za-z]+)*)(\\[(?<selector>[^\\]]+)\\]|\\.(?<index>\\d{1,4}))\\.(?<row>[A-Za-z0-9]+)");

    private final Map<String, Setting<?>> rows = new LinkedHashMap<>();
    private final Map<String, SettingList> lists = new LinkedHashMap<>();
    private final Set<String> sections = new TreeSet<>();
    private final Map<String, Values.Raw> raws = new LinkedHashMap<>();
    private final Map<String, Integer> lengths = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    Gathering(List<Setting<?>> rows, List<SettingList> lists) {
        for (Setting<?> row : rows) {
            this.rows.put(row.key(), row);
            for (int dot = row.key().indexOf('.'); dot > 0; dot = row.key().indexOf('.', dot + 1)) {
                sections.add(row.key().substring(0, dot));
            }
        }
        lists.forEach(list -> this.lists.put(list.key(), list));
    }

    List<Fault> faults() {
        return faults;
    }

    /// A whole document. Keys may be nested or dotted.
    void document(Node root) {
        if (root instanceof Node.Mapping mapping) {
            section("", mapping, new LinkedHashMap<>());
        } else {
            faults.add(new Fault(root.origin(), "", "holds " + root.noun() + " at the top", "write key: value"));
        }
    }

    /// One key with its text, as from `--set` or a variable.
    void assign(String key, String text, Origin origin) {
        if (rows.containsKey(key)) {
            raws.put(key, new Values.Raw(text.strip(), origin));
            return;
        }
        SettingList list = lists.get(key);
        if (list != null) {
            YamlReader.text(text.isBlank() ? "[]" : text, origin, faults).ifPresent(node -> replace(list, node, key));
            return;
        }
        Matcher into = INTO_LIST.matcher(key);
        if (into.matches() && lists.containsKey(into.group("list"))) {
            SettingList target = lists.get(into.group("list"));
            if (target.rows().stream().noneMatch(row -> row.key().equals(into.group("row")))) {
                unknown(key, into.group("row"), keysOf(target), "", origin);
                return;
            }
            String selector = into.group("selector") == null ? into.group("index") : into.group("selector");
            steps.add(new Step.Assign(target, selector, into.group("row"), key, text.strip(), origin));
            return;
        }
        unknown(key, key, all(), "", origin);
    }

    /// The key that a variable sets, if it is one of ours: a row, a whole list, or a value of the n-th element.
    Optional<String> keyOf(String variable) {
        for (String key : rows.keySet()) {
            if (Setting.variable(key).equals(variable)) {
                return Optional.of(key);
            }
        }
        for (SettingList list : lists.values()) {
            String stem = Setting.variable(list.key());
            if (stem.equals(variable)) {
                return Optional.of(list.key());
            }
            Matcher element = Pattern.compile(Pattern.quote(stem) + "_(?<index>\\d{1,4})_(?<row>[A-Z0-9]+)")
                    .matcher(variable);
            if (element.matches()) {
                for (Setting<?> row : list.rows()) {
                    if (row.key().equalsIgnoreCase(element.group("row"))) {
                        return Optional.of(list.key() + "." + element.group("index") + "." + row.key());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Every variable of a plain row, for guessing what was meant.
    List<String> variables() {
        return rows.keySet().stream().map(Setting::variable).toList();
    }

    /// Everything, lists included.
    Values values() {
        Values plain = Values.of(raws, new ArrayList<>());
        for (SettingList list : lists.values()) {
            List<Map<String, String>> builtIn = list.builtIn().apply(plain);
            lengths.put(list.key(), builtIn.size());
            for (int i = 0; i < builtIn.size(); i++) {
                String path = list.pathOf(i);
                builtIn.get(i)
                        .forEach((row, text) -> raws.put(path + "." + row, new Values.Raw(text, new Origin.BuiltIn())));
            }
        }
        steps.forEach(this::apply);
        return Values.of(raws, faults);
    }

    /// How many elements a list has; after [#values].
    int length(SettingList list) {
        return lengths.get(list.key());
    }

    private void apply(Step step) {
        switch (step) {
            case Step.Replace(SettingList list, Node.Sequence elements, Origin _) -> {
                raws.keySet().removeIf(key -> key.startsWith(list.key() + "["));
                lengths.put(list.key(), elements.items().size());
                for (int i = 0; i < elements.items().size(); i++) {
                    element(list, list.pathOf(i), elements.items().get(i));
                }
            }
            case Step.Assign(SettingList list, String selector, String row, String key, String text, Origin origin) ->
                select(list, selector)
                        .ifPresentOrElse(
                                path -> raws.put(path + "." + row, new Values.Raw(text, origin)),
                                () -> faults.add(new Fault(
                                        origin,
                                        key,
                                        Fault.NO_ELEMENT + list.key() + "[" + selector + "]",
                                        known(list))));
        }
    }

    private void element(SettingList list, String path, Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            faults.add(new Fault(
                    node.origin(), path, "is " + node.noun(), "write its settings: " + list.identity() + ": …"));
            return;
        }
        Map<String, Origin> seen = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            String key = path + "." + entry.key();
            Optional<Setting<?>> row = list.rows().stream()
                    .filter(one -> one.key().equals(entry.key()))
                    .findFirst();
            if (row.isEmpty()) {
                unknown(key, entry.key(), keysOf(list), path + ".", entry.origin());
            } else if (!repeated(seen, key, entry)) {
                value(row.get(), key, entry);
            }
        }
        for (Setting<?> row : list.rows()) {
            if (row.required() && !seen.containsKey(path + "." + row.key())) {
                faults.add(new Fault(mapping.origin(), path + "." + row.key(), "is missing", row.form()));
            }
        }
    }

    private Optional<String> select(SettingList list, String selector) {
        for (int i = 0; i < lengths.get(list.key()); i++) {
            if (selector.equals(String.valueOf(i)) || selector.equalsIgnoreCase(nameOf(list, i))) {
                return Optional.of(list.pathOf(i));
            }
        }
        return Optional.empty();
    }

    private String nameOf(SettingList list, int index) {
        Values.Raw name = raws.get(list.pathOf(index) + "." + list.identity());
        return name == null ? "" : name.text();
    }

    private String known(SettingList list) {
        StringBuilder known = new StringBuilder("there are " + lengths.get(list.key()) + ":");
        for (int i = 0; i < lengths.get(list.key()); i++) {
            known.append(i == 0 ? " [" : ", [").append(i).append("] ").append(nameOf(list, i));
        }
        return known.toString();
    }

    private void section(String prefix, Node.Mapping mapping, Map<String, Origin> seen) {
        for (Node.Entry entry : mapping.entries()) {
            String key = prefix + entry.key();
            if (rows.containsKey(key)) {
                if (!repeated(seen, key, entry)) {
                    value(rows.get(key), key, entry);
                }
            } else if (lists.containsKey(key)) {
                if (!repeated(seen, key, entry)) {
                    replace(lists.get(key), entry.value(), key);
                }
            } else if (sections.contains(key)) {
                // The same section twice is as surprising as the same key twice; a dotted key beside it is not.
                if (!repeated(seen, key, entry)) {
                    inner(key, entry, seen);
                }
            } else {
                boolean dotted = entry.key().contains(".");
                unknown(
                        key,
                        dotted ? key : entry.key(),
                        dotted ? all() : siblings(prefix),
                        dotted ? "" : prefix,
                        entry.origin());
            }
        }
    }

    private Set<String> all() {
        Set<String> all = new LinkedHashSet<>(rows.keySet());
        all.addAll(lists.keySet());
        return all;
    }

    private void inner(String key, Node.Entry entry, Map<String, Origin> seen) {
        if (entry.value() instanceof Node.Mapping inner) {
            section(key + ".", inner, seen);
        } else if (!(entry.value() instanceof Node.Scalar scalar) || scalar.written()) {
            faults.add(new Fault(
                    entry.value().origin(), key, "is " + entry.value().noun(), "write its settings beneath it"));
        }
    }

    private void replace(SettingList list, Node value, String key) {
        switch (value) {
            case Node.Sequence sequence -> steps.add(new Step.Replace(list, sequence, sequence.origin()));
            case Node.Scalar _, Node.Mapping _ ->
                faults.add(new Fault(
                        value.origin(), key, "is " + value.noun(), "write a list, each item begun with a hyphen"));
        }
    }

    private void value(Setting<?> row, String key, Node.Entry entry) {
        Function<String, Fault> fault = what -> new Fault(entry.value().origin(), key, what, row.form());
        switch (entry.value()) {
            case Node.Scalar scalar
            when scalar.written() -> raws.put(key, new Values.Raw(scalar.text().strip(), scalar.origin()));
            case Node.Scalar scalar ->
                faults.add(new Fault(scalar.origin(), key, "has no value", "leave the line out to take the default"));
            case Node.Sequence sequence
            when row.kind().several() -> {
                List<String> texts = new ArrayList<>();
                for (Node item : sequence.items()) {
                    if (item instanceof Node.Scalar scalar
                            && scalar.written()
                            && !scalar.text().contains(",")) {
                        texts.add(scalar.text().strip());
                    } else {
                        faults.add(new Fault(item.origin(), key, "an item is not a single value", row.form()));
                    }
                }
                raws.put(key, new Values.Raw(String.join(",", texts), sequence.origin()));
            }
            case Node.Sequence sequence -> faults.add(fault.apply("is " + sequence.noun()));
            case Node.Mapping mapping
            when row.kind().several() && mapping.entries().isEmpty() ->
                raws.put(key, new Values.Raw("", mapping.origin()));
            case Node.Mapping mapping -> faults.add(fault.apply("is " + mapping.noun()));
        }
    }

    private boolean repeated(Map<String, Origin> seen, String key, Node.Entry entry) {
        Origin first = seen.putIfAbsent(key, entry.origin());
        if (first != null) {
            faults.add(new Fault(
                    entry.origin(), key, "is written twice (first at " + first.text() + ")", "keep one of them"));
        }
        return first != null;
    }

    private void unknown(String key, String word, Collection<String> near, String prefix, Origin origin) {
        // where nearly everything is unknown, guessing would take long and help nobody
        boolean lost = faults.size() > ConfigException.MAX_FAULTS;
        Optional<String> meant =
                lost ? Optional.empty() : Nearest.to(word, near).map(found -> prefix + found);
        if (meant.isEmpty() && !lost) {
            // Right word, wrong section.
            String last = word.substring(word.lastIndexOf('.') + 1);
            meant = rows.keySet().stream()
                    .filter(row -> row.equalsIgnoreCase(last)
                            || row.toLowerCase(Locale.ROOT).endsWith("." + last.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
        faults.add(new Fault(
                origin,
                key,
                Fault.UNKNOWN,
                meant.map(one -> "did you mean " + one + "?").orElse("")));
    }

    private static List<String> keysOf(SettingList list) {
        return list.rows().stream().<String>map(Setting::key).toList();
    }

    private Set<String> siblings(String prefix) {
        Set<String> siblings = new LinkedHashSet<>();
        for (Set<String> names : List.of(rows.keySet(), sections, lists.keySet())) {
            for (String name : names) {
                if (name.startsWith(prefix)) {
                    String rest = name.substring(prefix.length());
                    int dot = rest.indexOf('.');
                    siblings.add(dot < 0 ? rest : rest.substring(0, dot));
                }
            }
        }
        return siblings;
    }
}
