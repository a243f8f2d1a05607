package dev.tarry.eventlog;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A line of the log's files, both ways, in the form of Exchange's other logs. Level, source and category stand there
/// for people; reading goes by the id. Pure; any thread.
final class EventFormat {
    private static final List<String> FIELDS = List.of(
            "record-id", "date-time", "event-id", "level", "source", "category", "suppressed", "message", "details");

    private EventFormat() {}

    /// The lines that a file begins with, with CRLFs.
    static String header() {
        return "#Software: Microsoft Exchange Server\r\n#Log-type: Event Log\r\n#Fields: " + String.join(",", FIELDS)
                + "\r\n";
    }

    /// One line, without its CRLF.
    static String line(EventRecord record) {
        List<String> details = new ArrayList<>();
        record.details().forEach((name, value) -> details.add(name + "=" + value));
        return new CsvLine()
                .field(Long.toString(record.number()))
                .field(LogTime.text(record.time()))
                .field(Integer.toString(record.kind().id()))
                .field(record.kind().level().shellName())
                .field(EventKind.SOURCE)
                .field(record.kind().category())
                .field(Integer.toString(record.suppressed()))
                .field(FieldText.escaped(record.message()))
                .field(FieldText.joined(details))
                .toString();
    }

    /// @return empty if it is no record: a header line, a torn line, another version's
    static Optional<EventRecord> parse(String line) {
        return line.isEmpty() || line.charAt(0) == '#'
                ? Optional.empty()
                : CsvLine.parse(line).filter(f -> f.size() == FIELDS.size()).flatMap(EventFormat::record);
    }

    private static Optional<EventRecord> record(List<String> f) {
        try {
            SequencedMap<String, String> details = new LinkedHashMap<>();
            for (String pair : FieldText.split(f.get(8))) {
                int equals = pair.indexOf('=');
                details.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            long number = Long.parseLong(f.get(0));
            long millis = LogTime.millis(f.get(1));
            if (millis == LogTime.NONE) {
                return Optional.empty();
            }
            Instant time = Instant.ofEpochMilli(millis);
            int suppressed = Integer.parseInt(f.get(6));
            return EventKind.of(Integer.parseInt(f.get(2)))
                    .map(kind ->
                            new EventRecord(number, time, kind, suppressed, FieldText.unescaped(f.get(7)), details));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
