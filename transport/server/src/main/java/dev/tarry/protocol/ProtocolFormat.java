package dev.tarry.protocol;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTime;
import java.time.Instant;
import java.util.List;

/// The file format of a protocol log (reference §8.1, §8.7). Pure; any thread.
public enum ProtocolFormat implements LogFormat<ProtocolRow> {
    RECEIVE("RECV", "SMTP Receive Protocol Log"),
    SEND("SEND", "SMTP Send Protocol Log");

    /// Columns in file order.
    public static final List<String> FIELDS = List.of(
            "date-time",
            "connector-id",
            "session-id",
            "sequence-number",
            "local-endpoint",
            "remote-endpoint",
            "event",
            "data",
            "context");

    private final String prefix;
    private final String type;

    ProtocolFormat(String prefix, String type) {
        this.prefix = prefix;
        this.type = type;
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Instant time(ProtocolRow entry) {
        return entry.time();
    }

    @Override
    public String line(ProtocolRow row) {
        return new CsvLine()
                .field(LogTime.text(row.time()))
                .field(FieldText.escaped(row.connector()))
                .field(row.session())
                .field(Integer.toString(row.sequence()))
                .field(row.local())
                .field(row.remote())
                // the signs are ours, and Exchange's: they are no beginnings of formulas
                .field(Character.toString(row.event().sign()))
                .field(FieldText.escaped(row.data()))
                .field(FieldText.escaped(row.context()))
                .toString();
    }
}
