package dev.tarry.connectivity;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTime;
import java.time.Instant;
import java.util.List;

/// The file format of the connectivity log (reference §8.1, §8.6). Pure; any thread.
public final class ConnectivityFormat implements LogFormat<ConnectivityRow> {
    /// Columns in file order.
    public static final List<String> FIELDS =
            List.of("date-time", "session", "source", "destination", "direction", "description");

    @Override
    public String prefix() {
        return "CONNECTLOG";
    }

    @Override
    public String type() {
        return "Transport Connectivity Log";
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Instant time(ConnectivityRow entry) {
        return entry.time();
    }

    @Override
    public String line(ConnectivityRow row) {
        return new CsvLine()
                .field(LogTime.text(row.time()))
                .field(row.session())
                .field(FieldText.escaped(row.source()))
                .field(FieldText.escaped(row.destination()))
                // the signs are ours, and Exchange's: they are no beginnings of formulas
                .field(row.direction().sign())
                .field(FieldText.escaped(row.description()))
                .toString();
    }
}
