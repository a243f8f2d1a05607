package dev.tarry.shell.windows;

import dev.tarry.client.LoggedEvent;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What Get-WinEvent's -FilterHashtable says: one key after the other sifts.
final class FilterTable {
    private FilterTable() {}

    /// The events that fit all keys.
    ///
    /// @throws ShellFailure where a key is none, or its value cannot be one of it
    static WantedEvents wanted(Call call, HashTable table) {
        WantedEvents events = WantedEvents.ALL;
        for (Object key : table.keys()) {
            String name = TextForm.of(key);
            Object value = table.get(key);
            events = switch (name.toLowerCase(Locale.ROOT)) {
                case "logname" -> {
                    texts(value).forEach(EventLogCmdlets::requireLog);
                    yield events;
                }
                case "providername" -> {
                    texts(value).forEach(EventLogCmdlets::requireProvider);
                    yield events;
                }
                case "id" -> events.ids(EventLogCmdlets.wholes(name, value));
                case "level" ->
                    events.levels(EventLogCmdlets.wholes(name, value).stream()
                            .map(FilterTable::level)
                            .toList());
                case "starttime" -> events.from(date(call, name, value).toInstant());
                case "endtime" -> events.until(date(call, name, value).toInstant());
                case "keywords" -> {
                    long mask = EventLogCmdlets.wholes(name, value).stream().reduce(0L, (a, b) -> a | b);
                    yield events.also(_ -> mask == 0 || (mask & EventXPath.CLASSIC) != 0);
                }
                case "data" ->
                    events.also(event -> texts(value).stream()
                            .anyMatch(text -> event.details().values().stream().anyMatch(text::equalsIgnoreCase)));
                case "suppresshashfilter" -> {
                    if (!(value instanceof HashTable suppressed)) {
                        throw ShellFailure.cannotConvert(
                                value, "System.Collections.Hashtable", "The key " + name + " takes a hash table.");
                    }
                    WantedEvents unwanted = wanted(call, suppressed);
                    yield events.also(event -> !unwanted.has(event));
                }
                default -> events.also(told(call, name, texts(value)));
            };
        }
        return events;
    }

    /// A key that is none of Windows' is the name of something that events tell. One that no event has is a slip.
    private static Predicate<LoggedEvent> told(Call call, String name, List<String> values) {
        WantedEvents telling =
                WantedEvents.ALL.also(event -> event.details().keySet().stream().anyMatch(name::equalsIgnoreCase));
        if (telling.find(call.client(), 1, false, _ -> {}) == 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "FilterKeyNotSupported",
                    "ArgumentException",
                    "The key '" + name
                            + "' of -FilterHashtable is not supported here: it takes LogName, ProviderName, ID,"
                            + " Level, Keywords, StartTime, EndTime, Data, SuppressHashFilter, and what some event has in"
                            + " Details.");
        }
        return event -> event.details().entrySet().stream()
                .anyMatch(detail -> detail.getKey().equalsIgnoreCase(name)
                        && values.stream().anyMatch(detail.getValue()::equalsIgnoreCase));
    }

    private static ZonedDateTime date(Call call, String key, Object value) {
        return Conversion.date(value, call.io().zone())
                .orElseThrow(() -> ShellFailure.cannotConvert(
                        value,
                        "System.DateTime",
                        "The key " + key + " takes a moment, such as (Get-Date).AddHours(-1)."));
    }

    /// As Windows numbers them.
    private static String level(long number) {
        return switch (Math.toIntExact(Math.clamp(number, -1, 100))) {
            case 2 -> "Error";
            case 3 -> "Warning";
            case 0, 4 -> "Information";
            default -> "";
        };
    }

    private static List<String> texts(Object value) {
        return Conversion.list(value).stream().map(TextForm::of).toList();
    }
}
