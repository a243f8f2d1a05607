package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.TEXT;

import dev.tarry.dsn.OriginalTexts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/// What New-, Get-, Set- and Remove-SystemMessage do: texts of the operator's own in reports of failures, one for a
/// code, a language and a side (reference §7.3). A change holds for reports that are made from then on. Thread-safe.
public final class SystemMessageOperations {
    private static final String KEY = "dsn.texts";
    private static final String KIND = "system message";

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("Text", TEXT)
            .row("Internal", FLAG)
            .row("Language", TEXT)
            .row("DsnCode", TEXT)
            .fixed("QuotaMessageType", TEXT, null)
            .fixed("AdminDisplayName", TEXT, null)
            .fixed("ExchangeVersion", TEXT, "0.1 (8.0.535.0)")
            .derived("Name", TEXT, values -> values.get("dsnCode"), "The same as DsnCode.")
            .derived(
                    "Identity",
                    TEXT,
                    SystemMessageOperations::identity,
                    "Language, side and code: En\\Internal\\5.4.4.")
            .derived(
                    "Guid",
                    TEXT,
                    values -> UUID.nameUUIDFromBytes((KIND + " " + identity(values)).getBytes(StandardCharsets.UTF_8))
                            .toString(),
                    "Made of the identity, the same at every start.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .done();

    private final SettingElements texts;

    public SystemMessageOperations(SettingsDesk desk) {
        texts = new SettingElements(
                desk,
                KEY,
                KIND,
                TABLE,
                (bag, identity) -> List.of("Identity", "Guid").stream()
                        .anyMatch(property -> identity.equalsIgnoreCase((String) bag.get(property))));
    }

    /// The properties of a system message.
    public static SettingTable table() {
        return TABLE;
    }

    private static String identity(Map<String, String> values) {
        boolean internal = Boolean.parseBoolean(values.get("internal"));
        return values.get("language") + (internal ? "\\Internal\\" : "\\External\\") + values.get("dsnCode");
    }

    /// Get-SystemMessage: the operator's own, in the order in which they were made.
    public List<SequencedMap<String, Object>> list() {
        return texts.all(texts.desk().now());
    }

    /// Get-SystemMessage -Original: what reports say of a code where no text of the operator's own stands for it.
    public List<SequencedMap<String, Object>> originals() {
        List<SequencedMap<String, Object>> all = new ArrayList<>();
        for (String side : List.of("true", "false")) {
            OriginalTexts.byCode()
                    .forEach((code, text) -> all.add(
                            TABLE.bag(Map.of("dsnCode", code, "internal", side, "language", "En", "text", text))));
        }
        return all;
    }

    /// @param identity `En\Internal\5.4.4` or the GUID, in any case
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String identity) {
        return texts.find(texts.desk().now(), identity).bag();
    }

    /// New-SystemMessage.
    ///
    /// @param wanted property to value: `DsnCode`, `Internal`, `Language` and `Text`
    /// @throws OperationRefused with all that is wrong
    public Changed create(Map<String, ?> wanted) {
        SettingsDesk.Outcome outcome = texts.change((settings, all) -> {
            List<RefusedSetting> faults = new ArrayList<>();
            for (String property : List.of("DsnCode", "Internal", "Language", "Text")) {
                if (wanted.get(property) == null) {
                    faults.add(new RefusedSetting(property, "is missing", "a system message has one"));
                }
            }
            SequencedMap<String, String> beginning = texts.beginning(settings);
            SequencedMap<String, String> changes = texts.changes(wanted, beginning, faults);
            SequencedMap<String, String> values = new LinkedHashMap<>(beginning);
            values.putAll(changes);
            texts.requireNew(settings, identity(values));
            all.add(new LinkedHashMap<>(changes));
        });
        return changed(outcome, texts.all(outcome.after()).getLast());
    }

    /// Set-SystemMessage: another text for the same code.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed change(String identity, Map<String, ?> wanted, Precondition expected) {
        int[] at = new int[1];
        SettingsDesk.Outcome outcome = texts.change((settings, all) -> {
            SettingElements.Found found = texts.find(settings, identity);
            expected.require(found.tag());
            at[0] = found.index();
            List<RefusedSetting> faults = new ArrayList<>();
            Map<String, Object> properties = new LinkedHashMap<>(wanted);
            properties
                    .entrySet()
                    .removeIf(one -> one.getValue() != null
                            && one.getValue().equals(found.bag().get(one.getKey())));
            for (String property : List.of("DsnCode", "Internal", "Language")) {
                if (properties.containsKey(property)) {
                    faults.add(new RefusedSetting(
                            property, "cannot be changed", "make another system message, and remove this one"));
                }
            }
            all.get(at[0]).putAll(texts.changes(properties, found.values(), faults));
        });
        return changed(outcome, texts.all(outcome.after()).get(at[0]));
    }

    /// Remove-SystemMessage: reports have Exchange's own sentence again.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused if there is none
    public void remove(String identity, Precondition expected) {
        texts.change((settings, all) -> {
            SettingElements.Found found = texts.find(settings, identity);
            expected.require(found.tag());
            all.remove(found.index());
        });
    }

    private static Changed changed(SettingsDesk.Outcome outcome, SequencedMap<String, Object> bag) {
        return new Changed(
                bag,
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                outcome.warnings(bag.get("Identity"), List.of()));
    }
}
