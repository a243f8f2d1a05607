package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.ConfigException;
import dev.tarry.config.Explained;
import dev.tarry.config.Fault;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.time.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where operators change settings while the server runs: all of a change or nothing of it, decided
/// while nobody else changes anything, kept before it is answered, and told in one line of the log.
/// Thread-safe; writes a file.
public final class SettingsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsDesk.class);

    private final SettingsBook book;
    private final String tagKey;

    /// @param secrets gives one, by which tags tell one secret from another and nobody can guess it from them
    public SettingsDesk(SettingsBook book, Secrets secrets) {
        this.book = book;
        this.tagKey = secrets.token();
    }

    /// What stands for a secret in a tag: another text for another secret, for as long as the server runs.
    String disguised(String secret) {
        return EntityTag.of(List.of(tagKey, secret)).opaque();
    }

    Settings now() {
        return book.now();
    }

    SortedMap<String, String> changes() {
        return book.changes();
    }

    /// What a change did.
    ///
    /// @param after what holds now
    /// @param differences the settings that have another value than before
    record Outcome(Settings after, List<SettingDifference> differences) {
        /// What is to be said to whoever asked for the change: as Exchange does, also that nothing has changed.
        ///
        /// @param name of the object that was to change
        /// @param others what else is to be said
        List<String> warnings(Object name, List<String> others) {
            List<String> all = new ArrayList<>(others);
            if (differences.isEmpty()) {
                all.add("The command completed successfully but no settings of '" + name + "' have been modified.");
            }
            return all;
        }

        /// The names of what differs, and holds only after the next start.
        ///
        /// @param nameOf from a setting's key to what the asker calls it
        List<String> atNextStart(UnaryOperator<String> nameOf) {
            return differences.stream()
                    .filter(SettingDifference::atNextStart)
                    .map(difference -> nameOf.apply(difference.key()))
                    .distinct()
                    .toList();
        }
    }

    /// Changes settings.
    ///
    /// @param decide from what holds to what is to change: full key to text, or to nothing where the
    /// weaker sources are to hold again; may throw, and then nothing is changed
    /// @param nameOf from a setting's full key to what the asker calls it, for what is wrong
    /// @throws OperationRefused if it cannot be, with all that is wrong
    Outcome change(Function<Settings, Map<String, Optional<String>>> decide, UnaryOperator<String> nameOf) {
        return made(
                before -> book.change(settings -> {
                    before.accept(settings);
                    return decide.apply(settings);
                }),
                nameOf);
    }

    /// Changes the elements of one list; see [SettingsBook#changeList].
    ///
    /// @throws OperationRefused if it cannot be, with all that is wrong
    Outcome changeList(
            String list,
            BiConsumer<Settings, List<SequencedMap<String, String>>> decide,
            UnaryOperator<String> nameOf) {
        return made(
                before -> book.changeList(list, (settings, all) -> {
                    before.accept(settings);
                    decide.accept(settings, all);
                }),
                nameOf);
    }

    private interface Change {
        /// @param before told what held
        Settings make(Consumer<Settings> before) throws ConfigException, IOException;
    }

    private static Outcome made(Change change, UnaryOperator<String> nameOf) {
        AtomicReference<Settings> before = new AtomicReference<>();
        try {
            Settings after = change.make(before::set);
            List<SettingDifference> differences = SettingDifference.between(before.get(), after);
            if (!differences.isEmpty()) {
                LOG.info("settings changed over the API: {}", SettingDifference.line(differences));
            }
            return new Outcome(after, differences);
        } catch (ConfigException e) {
            throw new OperationRefused(
                    e.faults().stream().map(fault -> refused(fault, nameOf)).toList());
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the change cannot be kept in the data folder", e);
        }
    }

    private static RefusedSetting refused(Fault fault, UnaryOperator<String> nameOf) {
        return new RefusedSetting(nameOf.apply(fault.key()), fault.what(), fault.right());
    }

    /// The values of the settings that are in no list: key to printed text.
    static Map<String, String> plain(Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Explained one : settings.explained()) {
            if (one.key().equals(one.setting().key())) {
                values.put(one.key(), one.value());
            }
        }
        return values;
    }

    /// The values of each element of a list: of each, key within the element to printed text.
    static List<SequencedMap<String, String>> elements(Settings settings, String list) {
        SequencedMap<String, SequencedMap<String, String>> elements = new LinkedHashMap<>();
        for (Explained one : settings.explained()) {
            if (one.key().startsWith(list + "[")) {
                elements.computeIfAbsent(one.key().substring(0, one.key().indexOf(']') + 1), _ -> new LinkedHashMap<>())
                        .put(one.setting().key(), one.value());
            }
        }
        return List.copyOf(elements.values());
    }

    /// The key within its element, of a full key; a key that is in no list stays as it is.
    static String withinElement(String key) {
        int close = key.indexOf("].");
        return close < 0 ? key : key.substring(close + 2);
    }
}
