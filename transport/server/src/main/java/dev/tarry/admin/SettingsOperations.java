package dev.tarry.admin;

import dev.tarry.config.Explained;
import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All settings as they are written down, by key, where [ServiceOperations] and the like show them as
/// Exchange's objects. Thread-safe.
public final class SettingsOperations {
    private final SettingsDesk desk;

    public SettingsOperations(SettingsDesk desk) {
        this.desk = desk;
    }

    /// Every setting with the value that holds, in the order of the table: `key`, `value`, `origin`,
    /// `default`, `unit`, `bounds`, `effect`, `exchangeName`, `description`.
    public List<SequencedMap<String, Object>> list() {
        return list(desk.now());
    }

    /// Every setting as [#list] has it, with the tag of them all.
    public record Shown(List<SequencedMap<String, Object>> all, EntityTag tag) {}

    /// All of one moment.
    public Shown shown() {
        Settings settings = desk.now();
        return new Shown(list(settings), tag(settings));
    }

    private static List<SequencedMap<String, Object>> list(Settings settings) {
        return settings.explained().stream().map(one -> bag(settings, one)).toList();
    }

    private static SequencedMap<String, Object> bag(Settings settings, Explained one) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("key", one.key());
        bag.put("value", one.shown());
        bag.put("origin", one.origin().text());
        bag.put("default", one.setting().required() ? null : one.setting().defaultIn(settings.world()));
        bag.put("unit", one.setting().unit());
        bag.put("bounds", one.setting().bounds());
        bag.put("effect", one.setting().effect().words());
        bag.put("exchangeName", one.setting().exchangeName().orElse(null));
        bag.put("description", one.setting().says());
        return bag;
    }

    /// What was set at run time, key to text: what [#change] would have to be given to get here, but
    /// for secrets.
    public SequencedMap<String, Object> changes() {
        SequencedMap<String, Object> changes = new LinkedHashMap<>();
        desk.changes().forEach((key, text) -> changes.put(key, SettingsBook.withoutSecrets(key, text)));
        return changes;
    }

    private static boolean isSecret(String key) {
        Setting<?> row = Settings.table().get(key);
        return row != null && row.secret();
    }

    /// The tag of all settings together.
    public EntityTag tag() {
        return tag(desk.now());
    }

    /// A secret is not in it, and yet another one makes another tag.
    private EntityTag tag(Settings settings) {
        List<String> secrets = settings.explained().stream()
                .filter(one -> one.setting().secret() && !one.value().isEmpty())
                .map(one -> desk.disguised(one.value()))
                .toList();
        return EntityTag.of(List.of(list(settings), secrets));
    }

    /// What a change of settings did.
    ///
    /// @param changed key to value, of what has another value than before; null where its element is
    /// gone
    /// @param atNextStart which of them take effect only when the server is started again
    /// @param tag of all settings together
    public record Done(SequencedMap<String, Object> changed, List<String> atNextStart, EntityTag tag) {}

    /// Changes settings: all of it or nothing.
    ///
    /// @param wanted key to a text, number, truth value, a list of texts, or, for a whole list of
    /// connectors or domains, a list of objects; null takes back what was set at run time
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Done change(Map<String, ?> wanted, Precondition expected) {
        SettingsDesk.Outcome outcome = desk.change(
                settings -> {
                    expected.require(tag(settings));
                    List<RefusedSetting> faults = new ArrayList<>();
                    Map<String, Optional<String>> changes = new TreeMap<>();
                    wanted.forEach((key, value) -> changes.put(key, text(key, value, faults)));
                    if (!faults.isEmpty()) {
                        throw new OperationRefused(faults);
                    }
                    return changes;
                },
                key -> key);
        SequencedMap<String, Object> changed = new LinkedHashMap<>();
        outcome.differences().forEach(difference -> changed.put(difference.key(), difference.shown()));
        return new Done(changed, outcome.atNextStart(key -> key), tag(outcome.after()));
    }

    private static Optional<String> text(String key, Object value, List<RefusedSetting> faults) {
        if (value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Map.class::isInstance)) {
            return Optional.of(SettingsBook.listText(list.stream()
                    .map(element -> element(key, (Map<?, ?>) element, faults))
                    .toList()));
        }
        if (isSecret(key) && Setting.HIDDEN.equals(value)) {
            faults.add(
                    new RefusedSetting(key, "is what stands for a secret", "write the secret itself, or leave it out"));
        }
        return value == null ? Optional.empty() : Optional.of(scalar(key, value, faults));
    }

    private static Map<String, String> element(String key, Map<?, ?> element, List<RefusedSetting> faults) {
        Map<String, String> texts = new LinkedHashMap<>();
        element.forEach((row, value) -> texts.put(row.toString(), scalar(key + "[]." + row, value, faults)));
        return texts;
    }

    private static String scalar(String key, Object value, List<RefusedSetting> faults) {
        String text = written(key, value, faults);
        if (SettingForm.hasControls(text)) {
            faults.add(RefusedSetting.withControls(key));
        }
        return text;
    }

    private static String written(String key, Object value, List<RefusedSetting> faults) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Number number -> number.toString();
            case List<?> items
            when items.stream().allMatch(item -> item instanceof String text && !text.contains(",")) ->
                items.stream().map(Object::toString).collect(Collectors.joining(","));
            case null, default -> {
                faults.add(new RefusedSetting(
                        key, "has another form", "write a text, a number, true or false, or a list of texts"));
                yield "";
            }
        };
    }
}
