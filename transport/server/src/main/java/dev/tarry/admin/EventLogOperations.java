package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.eventlog.EventKind;
import dev.tarry.eventlog.EventLevel;
import dev.tarry.eventlog.EventQuery;
import dev.tarry.eventlog.EventRecord;
import dev.tarry.eventlog.FileEventLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What Get-WinEvent does for the source MSExchangeTransport. Thread-safe; blocks while it reads the log.
public final class EventLogOperations {
    private final FileEventLog log;

    public EventLogOperations(FileEventLog log) {
        this.log = log;
    }

    /// What to look for, as text; absent: anything.
    ///
    /// @param id       a number, such as 2000
    /// @param level    Error, Warning or Information, in any case
    /// @param source   all events are MSExchangeTransport's
    /// @param category SmtpSend, SmtpReceive, DSN, ResourceManager …, in any case
    /// @param start    the earliest moment: `2026-03-04T09:15:00Z` or `2026-03-04`
    /// @param end      the moment before which
    /// @param size     how many at most
    /// @param oldestFirst whether the oldest come first, and of too many the oldest are given
    public record Wanted(
            Optional<String> id,
            Optional<String> level,
            Optional<String> source,
            Optional<String> category,
            Optional<String> start,
            Optional<String> end,
            ResultSize size,
            boolean oldestFirst) {}

    /// Events, newest first unless it is to be otherwise.
    ///
    /// @throws OperationRefused if a part has a value that it cannot have, or the log cannot be read
    public Listing list(Wanted wanted) {
        EventQuery query = new EventQuery(
                wanted.id().map(EventLogOperations::id),
                wanted.level().map(EventLogOperations::level),
                wanted.category(),
                wanted.start().map(Moment::of),
                wanted.end().map(Moment::of),
                wanted.size().most());
        if (wanted.source()
                .filter(source -> !source.equalsIgnoreCase(EventKind.SOURCE))
                .isPresent()) {
            return _ -> false;
        }
        FileEventLog.Found found = find(query, !wanted.oldestFirst());
        return to -> {
            found.records().forEach(record -> to.accept(bag(record)));
            return found.more();
        };
    }

    private FileEventLog.Found find(EventQuery query, boolean newestFirst) {
        try {
            return log.find(query, newestFirst);
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the event log cannot be read", e);
        }
    }

    private static SequencedMap<String, Object> bag(EventRecord record) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("RecordId", record.number());
        bag.put("TimeCreated", record.time());
        bag.put("Id", record.kind().id());
        bag.put("Level", record.kind().level().shellName());
        bag.put("Source", EventKind.SOURCE);
        bag.put("Category", record.kind().category());
        bag.put("Message", record.message());
        bag.put("Suppressed", record.suppressed());
        bag.put("Details", record.details());
        return bag;
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw refused("an id is a whole number, such as 2000, not " + OperationRefused.quoted(text));
        }
    }

    private static EventLevel level(String text) {
        return Arrays.stream(EventLevel.values())
                .filter(level -> level.shellName().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> refused("a level is "
                        + Arrays.stream(EventLevel.values())
                                .map(EventLevel::shellName)
                                .collect(Collectors.joining(", "))
                        + "; not " + OperationRefused.quoted(text)));
    }

    private static OperationRefused refused(String message) {
        return new OperationRefused(Reason.INVALID_PARAMETER, message);
    }
}
