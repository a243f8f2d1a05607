package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiPredicate;

/// The elements of one list of settings as objects: connectors, domains. Stateless but for the desk.
///
/// @param desk where they are changed
/// @param list the key of the list
/// @param noun what an element is called: `send connector`
/// @param table its properties
/// @param means whether an element's bag is meant by an identity
record SettingElements(
        SettingsDesk desk,
        String list,
        String noun,
        SettingTable table,
        BiPredicate<SequencedMap<String, Object>, String> means) {
    /// The key under which values tell the server's short name.
    static final String SERVER = "server.computerName";

    private static final String SOURCES = "sourceTransportServers";

    /// One element, and where it stands.
    record Found(int index, SequencedMap<String, String> values, SequencedMap<String, Object> bag) {
        EntityTag tag() {
            return EntityTag.of(bag);
        }
    }

    /// Decides what an element is to have.
    @FunctionalInterface
    interface Decision {
        /// @param all the list as it would be written, without what the environment and the command line
        /// fix; to be changed in place
        void decide(Settings settings, List<SequencedMap<String, String>> all);
    }

    /// Every element's bag, in the order of the list.
    List<SequencedMap<String, Object>> all(Settings settings) {
        return elements(settings).stream().map(table::bag).toList();
    }

    /// Of each element: key within it to printed text; and what properties need to know of the server.
    private List<SequencedMap<String, String>> elements(Settings settings) {
        List<SequencedMap<String, String>> elements = SettingsDesk.elements(settings, list);
        elements.forEach(values -> complete(values, settings));
        return elements;
    }

    /// A connector that names no source server is this server's.
    private static void complete(Map<String, String> values, Settings settings) {
        values.putAll(server(settings));
        values.replace(SOURCES, "", settings.server().computerName());
    }

    private static Map<String, String> server(Settings settings) {
        return Map.of(SERVER, settings.server().computerName());
    }

    /// What a new element has where nothing is said.
    SequencedMap<String, String> beginning(Settings settings) {
        SequencedMap<String, String> values = new LinkedHashMap<>(server(settings));
        table.properties()
                .forEach(property -> property.row()
                        .filter(row -> !row.required())
                        .ifPresent(row -> values.put(row.key(), row.defaultIn(settings.world()))));
        complete(values, settings);
        return values;
    }

    /// @throws OperationRefused if there is none
    Found find(Settings settings, String identity) {
        List<SequencedMap<String, String>> elements = elements(settings);
        for (int i = 0; i < elements.size(); i++) {
            SequencedMap<String, Object> bag = table.bag(elements.get(i));
            if (means.test(bag, identity)) {
                return new Found(i, elements.get(i), bag);
            }
        }
        throw new OperationRefused(
                Reason.UNKNOWN_OBJECT, "there is no " + noun + " " + OperationRefused.quoted(identity));
    }

    /// Changes the list.
    SettingsDesk.Outcome change(Decision decision) {
        return desk.changeList(list, decision::decide, key -> table.nameOf(SettingsDesk.withinElement(key)));
    }

    /// @throws OperationRefused if an identity is taken already
    void requireNew(Settings settings, String identity) {
        if (all(settings).stream().anyMatch(bag -> means.test(bag, identity))) {
            throw new OperationRefused(
                    Reason.CONFLICT, "there is a " + noun + " " + OperationRefused.quoted(identity) + " already");
        }
    }

    /// What of an element is to be written so that it gets these properties.
    ///
    /// @throws OperationRefused with all that is wrong
    SequencedMap<String, String> changes(
            Map<String, ?> wanted, Map<String, String> values, List<RefusedSetting> faults) {
        SequencedMap<String, String> changes = table.changes(wanted, values, faults);
        if (!faults.isEmpty()) {
            throw new OperationRefused(faults);
        }
        return changes;
    }
}
