package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.EventLogSettings;
import dev.tarry.config.EventLogSettings.Level;
import dev.tarry.eventlog.EventKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What Get- and Set-EventLogLevel do: how much each category tells. Up to Medium the same about the same thing is told
/// once an hour, at High and Expert each time. Thread-safe; blocks.
public final class EventLevelOperations {
    private final SettingsDesk desk;

    public EventLevelOperations(SettingsDesk desk) {
        this.desk = desk;
    }

    /// All categories, in alphabetical order: Identity, Name, EventLevel.
    public List<SequencedMap<String, Object>> list() {
        EventLogSettings now = desk.now().eventLog();
        return EventKind.categories().stream().map(name -> bag(now, name)).toList();
    }

    private static SequencedMap<String, Object> bag(EventLogSettings now, String category) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Identity", EventKind.SOURCE + "\\" + category);
        bag.put("Name", category);
        bag.put("EventLevel", now.level(category).word());
        return bag;
    }

    /// @param category `SmtpSend`, in any case, as the level
    /// @return the category then
    /// @throws OperationRefused if there is no such category or level
    public SequencedMap<String, Object> set(String category, String level) {
        String name = EventKind.categories().stream()
                .filter(category::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new OperationRefused(
                        Reason.UNKNOWN_OBJECT,
                        "there is no category " + OperationRefused.quoted(category) + " of events; there are "
                                + String.join(", ", EventKind.categories())));
        Level wanted = Arrays.stream(Level.values())
                .filter(one -> one.word().equalsIgnoreCase(level))
                .findFirst()
                .orElseThrow(() -> new OperationRefused(
                        Reason.INVALID_PARAMETER,
                        OperationRefused.quoted(level) + " is no level; they are "
                                + Arrays.stream(Level.values()).map(Level::word).collect(Collectors.joining(", "))));
        SettingsDesk.Outcome outcome = desk.change(
                settings -> Map.of(
                        EventLogSettings.key(),
                        Optional.of(settings.eventLog().with(name, wanted).written())),
                UnaryOperator.identity());
        EventLogSettings now = outcome.after().eventLog();
        if (now.level(name) != wanted) {
            throw new OperationRefused(
                    Reason.CONFLICT,
                    "the setting " + EventLogSettings.key()
                            + " was given at the start of the server, and what is set now"
                            + " does not hold against that");
        }
        return bag(now, name);
    }
}
