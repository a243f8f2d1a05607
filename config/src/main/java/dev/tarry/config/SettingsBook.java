package dev.tarry.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The settings that hold, and how they are changed while the server runs. What was changed is kept in the data
/// folder and holds at the next start as well, above the settings file and below the environment and `--set`
/// (design §4).
///
/// Any thread; changes are made one after the other.
public final class SettingsBook {
    /// The file within the data folder that keeps what was set at run time.
    public static final String FILE = "settings.yaml";

    /// Where settings come from.
    ///
    /// @param file        the settings file, if there is one
    /// @param environment all variables; only `TARRY_…` are looked at
    /// @param sets        `key=value`, as after `--set`
    /// @param freePorts   whether every listener takes a free port (`--ephemeral`)
    public record Sources(Optional<Path> file, Map<String, String> environment, List<String> sets, boolean freePorts) {
        /// Copied.
        public Sources {
            environment = Map.copyOf(environment);
            sets = List.copyOf(sets);
        }
    }

    /// As in `sendConnectors[Internet].port` and `sendConnectors.0.port`.
    private static final Pattern ELEMENT = Pattern.compile("(\\[[^\\]]*\\]|\\.\\d{1,4})\\.");

    private final Sources sources;
    private final Path kept;
    private final List<Consumer<Settings>> checks = new CopyOnWriteArrayList<>();
    private final List<Function<Settings, Runnable>> preparations = new CopyOnWriteArrayList<>();
    private final List<Consumer<Settings>> listeners = new CopyOnWriteArrayList<>();
    private final Settings started;
    private final List<String> notices;
    /// kept, but not applied
    private SortedMap<String, String> aside;
    private SortedMap<String, String> changes;
    private volatile Settings now;

    private SettingsBook(
            Sources sources,
            Path kept,
            SortedMap<String, String> changes,
            SortedMap<String, String> aside,
            List<String> notices,
            Settings now) {
        this.sources = sources;
        this.kept = kept;
        this.changes = changes;
        this.aside = aside;
        this.notices = notices;
        this.started = now;
        this.now = now;
    }

    /// Reads all sources, and from the data folder that they name what was set at run time. Of that, what
    /// this version does not know (another wrote it), or what belongs to an element that is gone, is not
    /// applied but kept, and told in the notices: a server that ran yesterday starts today.
    ///
    /// @throws ConfigException with every fault found
    public static SettingsBook open(Sources sources) throws ConfigException {
        Settings first = load(sources, Map.of(), List.of());
        Path kept = first.data().resolve(FILE);
        SortedMap<String, Origin> places = new TreeMap<>();
        SortedMap<String, String> changes = read(kept, places);
        SortedMap<String, String> aside = new TreeMap<>();
        List<String> notices = new ArrayList<>();
        while (true) {
            try {
                return new SettingsBook(sources, kept, changes, aside, notices, load(sources, changes, notices));
            } catch (ConfigException e) {
                List<Fault> ofNothing = e.faults().stream()
                        .filter(fault -> fault.origin() instanceof Origin.RunTime
                                && fault.ofNothing()
                                && changes.containsKey(fault.key()))
                        .toList();
                if (ofNothing.isEmpty()) {
                    throw new ConfigException(placed(e.faults(), places));
                }
                for (Fault fault : ofNothing) {
                    aside.put(fault.key(), changes.remove(fault.key()));
                    notices.add(fault.at(places.get(fault.key())) + " (it was set at run time, and is left aside)");
                }
            }
        }
    }

    /// What was set at run time stands in a file, and somebody has written there.
    private static List<Fault> placed(List<Fault> faults, Map<String, Origin> places) {
        return faults.stream()
                .map(fault -> {
                    if (!(fault.origin() instanceof Origin.RunTime)) {
                        return fault;
                    }
                    return places.entrySet().stream()
                            .filter(one -> fault.key().equals(one.getKey())
                                    || fault.key().startsWith(one.getKey() + "["))
                            .findFirst()
                            .map(one -> fault.at(one.getValue()))
                            .orElse(fault);
                })
                .toList();
    }

    /// What is set now; of it holds at once what does not say "at the next start" (see [#running]).
    public Settings now() {
        return now;
    }

    /// What holds in the server now: what is set, but for what says "at the next start".
    public Settings running() {
        return running(now);
    }

    private Settings running(Settings settings) {
        Settings running = settings.runningSince(started);
        return sources.freePorts() ? running.onFreePortsSince(started) : running;
    }

    /// What is set and waits for the next start: full keys, in the order of the table.
    public List<String> pending() {
        Map<String, Explained> before = Running.byKey(started);
        Map<String, Explained> after = Running.byKey(now);
        List<String> keys = new ArrayList<>();
        after.forEach((key, one) -> {
            Explained was = before.get(key);
            if (one.setting().effect() == Effect.AT_START
                    && (was == null || !was.value().equals(one.value()))) {
                keys.add(key);
            }
        });
        before.forEach((key, one) -> {
            if (one.setting().effect() == Effect.AT_START && !after.containsKey(key)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /// Asked before a change is kept, with what would be set.
    ///
    /// @param check throws an [IllegalArgumentException], whose message is for people, if that cannot be
    public void check(Consumer<Settings> check) {
        checks.add(check);
    }

    /// Asked last, when nothing else is wrong with a change, with what would hold in the server ([#running]): gets
    /// ready what the change needs. One at a time.
    ///
    /// @param preparation throws an [IllegalArgumentException], whose message is for people, if that cannot be had;
    /// what it returns is run if the change cannot be kept after all
    public void prepare(Function<Settings, Runnable> preparation) {
        preparations.add(preparation);
    }

    /// What was set at run time: key to value, as text.
    public synchronized SortedMap<String, String> changes() {
        return new TreeMap<>(changes);
    }

    /// Calls with what then holds in the server ([#running]) after each change, one call at a time, on the
    /// thread that changes them; the change is made when all have returned.
    public void onChange(Consumer<Settings> listener) {
        listeners.add(listener);
    }

    /// Changes several settings at once, or none. Nobody else changes anything meanwhile.
    ///
    /// @param decide from what holds to what is to change: full key to its new value as text (of a list, all
    /// of it as YAML), or to nothing where the weaker sources are to hold again; without any
    /// key nothing happens. What it throws comes out, and nothing is changed
    /// @return what holds now
    /// @throws ConfigException if the whole would have a fault, or a stronger source keeps a value from
    /// holding, with all such faults; nothing is changed
    /// @throws IOException if it cannot be kept; nothing is changed
    public synchronized Settings change(Function<Settings, Map<String, Optional<String>>> decide)
            throws ConfigException, IOException {
        Map<String, Optional<String>> wanted = new TreeMap<>(decide.apply(now));
        return wanted.isEmpty() ? now : change(wanted, true);
    }

    /// Changes the elements of one list. What the environment and the command line fix in it is not kept, unless
    /// the change names it: in its place stays what the weaker sources say.
    ///
    /// @param list   `receiveConnectors`, `sendConnectors` …
    /// @param decide gets what holds, and the elements, to be changed in place: of each, key within the element to
    /// value, those that are required or not the default, without what is fixed. What it throws comes out, and
    /// nothing is changed
    /// @return what holds now
    /// @throws ConfigException as [#change]
    /// @throws IOException if it cannot be kept; nothing is changed
    public synchronized Settings changeList(
            String list, BiConsumer<Settings, List<SequencedMap<String, String>>> decide)
            throws ConfigException, IOException {
        ListChange change = new ListChange(list, now, withoutStronger(changes));
        decide.accept(now, change.all());
        if (!change.isChange()) {
            return now;
        }
        List<Fault> faults = change.faults();
        strongerList(list).ifPresent(origin -> faults.add(Fault.fixed(list, origin)));
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        // what stronger sources say of its elements, the change has looked at
        return change(Map.of(list, Optional.of(change.text())), false);
    }

    private Settings change(Map<String, Optional<String>> wanted, boolean mayBeOverruled)
            throws ConfigException, IOException {
        SortedMap<String, String> next = new TreeMap<>(changes);
        SortedMap<String, String> nextAside = new TreeMap<>(aside);
        wanted.forEach((key, value) -> {
            nextAside.remove(key);
            next.keySet().removeIf(other -> other.startsWith(key + "[") || other.startsWith(key + "."));
            value.ifPresentOrElse(text -> next.put(key, text), () -> next.remove(key));
        });
        List<Fault> faults = new ArrayList<>(ofNothing(next, wanted));
        Settings settings;
        try {
            settings = load(sources, next, notices);
        } catch (ConfigException e) {
            faults.addAll(e.faults());
            throw new ConfigException(faults);
        }
        if (mayBeOverruled) {
            faults.addAll(overruled(settings, next, wanted));
        }
        for (Consumer<Settings> check : checks) {
            try {
                check.accept(settings);
            } catch (IllegalArgumentException objection) {
                faults.add(new Fault(new Origin.RunTime(), "", String.valueOf(objection.getMessage()), ""));
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        SortedMap<String, String> both = new TreeMap<>(nextAside);
        both.putAll(next);
        keep(both, running(settings));
        changes = next;
        aside = nextAside;
        now = settings;
        Settings running = running();
        listeners.forEach(listener -> listener.accept(running));
        return settings;
    }

    private void keep(SortedMap<String, String> all, Settings running) throws ConfigException, IOException {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            for (Function<Settings, Runnable> preparation : preparations) {
                undo.push(preparation.apply(running));
            }
            write(all);
        } catch (IllegalArgumentException objection) {
            undo.forEach(Runnable::run);
            throw new ConfigException(
                    List.of(new Fault(new Origin.RunTime(), "", String.valueOf(objection.getMessage()), "")));
        } catch (IOException | RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    private static Settings freed(Sources sources, Settings settings) {
        return sources.freePorts() ? settings.onFreePorts() : settings;
    }

    private static Settings load(Sources sources, Map<String, String> changes, List<String> notices)
            throws ConfigException {
        return freed(sources, Settings.load(sources.file(), changes, sources.environment(), sources.sets(), notices));
    }

    /// What is to be taken back, and is none of ours: neither set at run time nor anything that could be.
    private List<Fault> ofNothing(Map<String, String> next, Map<String, Optional<String>> wanted) {
        SortedMap<String, String> asked = new TreeMap<>();
        wanted.forEach((key, value) -> {
            boolean known = changes.containsKey(key)
                    || aside.containsKey(key)
                    || Settings.lists().stream().anyMatch(list -> list.key().equals(key));
            if (value.isEmpty() && !known) {
                asked.put(key, "");
            }
        });
        if (asked.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> all = new TreeMap<>(next);
        all.putAll(asked);
        try {
            load(sources, all, List.of());
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream()
                    .filter(fault -> fault.ofNothing() && asked.containsKey(fault.key()))
                    .toList();
        }
    }

    /// What a stronger source says otherwise than what is set. That it says the same is no fault, nor that it says
    /// something of a list's element where what is set says nothing.
    private List<Fault> overruled(Settings settings, Map<String, String> next, Map<String, Optional<String>> wanted) {
        Optional<Map<String, Explained>> otherwise = withoutStronger(next).map(Running::byKey);
        Map<String, Explained> holds = Running.byKey(settings);
        List<Fault> faults = new ArrayList<>();
        wanted.forEach((key, value) -> {
            if (value.isEmpty()) {
                return;
            }
            Optional<Origin> whole = strongerList(key);
            if (whole.isPresent() && !sameOf(key, holds, otherwise.orElse(Map.of()))) {
                faults.add(Fault.fixed(key, whole.get()));
                return;
            }
            holds.values().stream()
                    .filter(one -> isOf(key, one.key()) && one.origin().isStronger())
                    .filter(one -> otherwise
                            .map(weaker -> weaker.get(one.key()))
                            .map(said -> said.origin() instanceof Origin.RunTime
                                    && !said.value().equals(one.value()))
                            .orElse(true))
                    .forEach(one -> faults.add(Fault.fixed(one.key(), one.origin())));
        });
        return faults;
    }

    private static boolean isOf(String key, String full) {
        return full.equals(key) || full.startsWith(key + "[");
    }

    private static boolean sameOf(String key, Map<String, Explained> some, Map<String, Explained> others) {
        return values(key, some).equals(values(key, others));
    }

    private static Map<String, String> values(String key, Map<String, Explained> all) {
        Map<String, String> values = new TreeMap<>();
        all.forEach((full, one) -> {
            if (isOf(key, full)) {
                values.put(full, one.value());
            }
        });
        return values;
    }

    /// Who outranks what is set at run time with a whole list of this key, if anybody does.
    private Optional<Origin> strongerList(String key) {
        if (Settings.lists().stream().noneMatch(list -> list.key().equals(key))) {
            return Optional.empty();
        }
        boolean set = sources.sets().stream()
                .anyMatch(one -> one.contains("=")
                        && one.substring(0, one.indexOf('=')).strip().equals(key));
        if (set) {
            return Optional.of(new Origin.CommandLine());
        }
        String variable = Setting.variable(key);
        return sources.environment().containsKey(variable)
                ? Optional.of(new Origin.Environment(variable))
                : Optional.empty();
    }

    /// What would hold without the environment and the command line; absent where that makes no whole.
    private Optional<Settings> withoutStronger(Map<String, String> next) {
        try {
            return Optional.of(Settings.load(sources.file(), next, Map.of(), List.of()));
        } catch (ConfigException _) {
            return Optional.empty();
        }
    }

    private static SortedMap<String, String> read(Path kept, Map<String, Origin> places) throws ConfigException {
        SortedMap<String, String> changes = new TreeMap<>();
        if (!Files.exists(kept)) {
            return changes;
        }
        List<Fault> faults = new ArrayList<>();
        YamlReader.file(kept, faults).ifPresent(root -> {
            if (root instanceof Node.Mapping mapping) {
                for (Node.Entry entry : mapping.entries()) {
                    Origin first = places.putIfAbsent(entry.key(), entry.origin());
                    if (first != null) {
                        faults.add(new Fault(
                                entry.origin(),
                                entry.key(),
                                "is written twice (first at " + first.text() + ")",
                                "keep one of them"));
                    } else if (entry.value() instanceof Node.Scalar scalar) {
                        changes.put(entry.key(), scalar.text());
                    } else {
                        faults.add(new Fault(
                                entry.origin(), entry.key(), "is not a text", "leave this file to the server"));
                    }
                }
            } else {
                faults.add(new Fault(root.origin(), "", "is not key: value", "leave this file to the server"));
            }
        });
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return changes;
    }

    /// The old file or the new one is there, never half of one.
    private void write(SortedMap<String, String> next) throws IOException {
        StringBuilder text = new StringBuilder("# What was set at run time. The server writes this file.\n");
        next.forEach((key, value) ->
                text.append(quoted(key)).append(": ").append(quoted(value)).append('\n'));
        Path beside = kept.resolveSibling(FILE + ".new");
        Files.createDirectories(kept.toAbsolutePath().getParent());
        Files.deleteIfExists(beside);
        Files.createFile(beside, ownerOnly(beside));
        Files.writeString(beside, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(kept.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException _) {
            // some systems sync no folders
        }
    }

    /// There may be a secret among the values.
    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// A list's elements as a change of the whole list takes them.
    ///
    /// @param elements key within the element to value, as text
    public static String listText(List<? extends Map<String, String>> elements) {
        StringBuilder text = new StringBuilder("[");
        for (Map<String, String> element : elements) {
            text.append(text.length() == 1 ? "{" : ", {");
            String between = "";
            for (Map.Entry<String, String> value : element.entrySet()) {
                text.append(between).append(quoted(value.getKey())).append(": ").append(quoted(value.getValue()));
                between = ", ";
            }
            text.append('}');
        }
        return text.append(']').toString();
    }

    /// What was set at run time, for people to see: without secrets.
    ///
    /// @param key  of a setting, of an element's, or of a whole list
    /// @param text its value, as [#changes] has it
    public static String withoutSecrets(String key, String text) {
        Setting<?> row = Settings.table().get(ELEMENT.matcher(key).replaceAll("[]."));
        if (row != null) {
            return row.secret() && !text.isEmpty() ? Setting.HIDDEN : text;
        }
        List<Setting<?>> secrets = Settings.lists().stream()
                .filter(list -> list.key().equals(key))
                .flatMap(list -> list.rows().stream())
                .filter(Setting::secret)
                .toList();
        return secrets.isEmpty() ? text : withoutSecrets(text, secrets);
    }

    private static String withoutSecrets(String list, List<Setting<?>> secrets) {
        Optional<Node> node = YamlReader.text(list, new Origin.RunTime(), new ArrayList<>());
        if (!(node.orElse(null) instanceof Node.Sequence sequence)) {
            return Setting.HIDDEN;
        }
        boolean any = false;
        List<Map<String, String>> elements = new ArrayList<>();
        for (Node item : sequence.items()) {
            Map<String, String> element = new LinkedHashMap<>();
            if (item instanceof Node.Mapping mapping) {
                for (Node.Entry entry : mapping.entries()) {
                    boolean secret = secrets.stream().anyMatch(row -> row.key().equals(entry.key()));
                    any |= secret;
                    element.put(entry.key(), secret ? Setting.HIDDEN : text(entry.value()));
                }
            }
            elements.add(element);
        }
        return any ? listText(elements) : list;
    }

    private static String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence items ->
                items.items().stream().map(SettingsBook::text).collect(Collectors.joining(","));
            case Node.Mapping _ -> "";
        };
    }

    /// A YAML double-quoted scalar.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
