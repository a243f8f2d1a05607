package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.log.LogTime;
import dev.tarry.protocol.ProtocolSearch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What was said over SMTP, out of one of the protocol logs. Thread-safe; blocks while it reads files.
public final class ProtocolLogOperations {
    private final ProtocolSearch search;

    public ProtocolLogOperations(ProtocolSearch search) {
        this.search = search;
    }

    /// What to look for, as text; absent: anything.
    ///
    /// @param connector `Internet`, or `MAIL\\Default Frontend MAIL`
    /// @param session   all that one session has, as tracking and other lines name it
    /// @param remote    an address, or an address and port
    /// @param text      stands in what was said
    /// @param start     the earliest moment: `2026-03-04T09:15:00Z` or `2026-03-04`
    /// @param end       the moment before which
    /// @param size      so many of the newest lines
    public record Wanted(
            Optional<String> connector,
            Optional<String> session,
            Optional<String> remote,
            Optional<String> text,
            Optional<String> start,
            Optional<String> end,
            ResultSize size) {}

    /// Lines, oldest first: of many the newest.
    ///
    /// @throws OperationRefused if a moment is none, or the log cannot be read
    public Listing list(Wanted wanted) {
        ProtocolSearch.Found found = find(new ProtocolSearch.Wanted(
                wanted.connector(),
                wanted.session(),
                wanted.remote(),
                wanted.text(),
                wanted.start().map(Moment::of).map(LogTime::text),
                wanted.end().map(Moment::of).map(LogTime::text),
                wanted.size().most()));
        return to -> {
            found.lines().forEach(line -> to.accept(bag(line)));
            return found.more();
        };
    }

    private ProtocolSearch.Found find(ProtocolSearch.Wanted wanted) {
        try {
            return search.find(wanted);
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the protocol log cannot be read", e);
        }
    }

    private static SequencedMap<String, Object> bag(ProtocolSearch.Line line) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("DateTime", line.field("date-time"));
        bag.put("ConnectorId", line.field("connector-id"));
        bag.put("SessionId", line.field("session-id"));
        bag.put("SequenceNumber", Long.parseLong(line.field("sequence-number")));
        bag.put("LocalEndpoint", line.field("local-endpoint"));
        bag.put("RemoteEndpoint", line.field("remote-endpoint"));
        bag.put("Event", line.field("event"));
        bag.put("Data", line.field("data"));
        bag.put("Context", line.field("context"));
        return bag;
    }
}
