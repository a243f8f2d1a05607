package dev.tarry.shell.utility;

import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.value.DateForm;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// Objects as lines of comma-separated values (RFC 4180, everything quoted as PowerShell 5.1 quotes it) and back.
final class CsvForm {
    /// How many columns a file may have.
    static final int MAX_COLUMNS = 16_384;

    private CsvForm() {}

    /// The names of an object's columns.
    static List<String> names(Object item) {
        return switch (item) {
            case String _ -> List.of("Length");
            case HashTable table -> table.keys().stream().map(TextForm::of).toList();
            case null, default ->
                DefaultView.columns(item).stream().map(Column::label).toList();
        };
    }

    /// Names in quotation marks.
    static String header(List<String> names, char delimiter) {
        return String.join(
                String.valueOf(delimiter), names.stream().map(CsvForm::quoted).toList());
    }

    /// An object's values for these columns; what it does not have stays empty, without quotation marks.
    static String line(Object item, List<String> names, char delimiter) {
        List<String> cells = new ArrayList<>();
        for (String name : names) {
            Object value = Members.property(item, name);
            cells.add(value == null ? "" : quoted(text(value)));
        }
        return String.join(String.valueOf(delimiter), cells);
    }

    private static String text(Object value) {
        return value instanceof ZonedDateTime date ? DateForm.display(date) : TextForm.of(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /// The records of a text: a quoted field may hold delimiters, line ends and doubled quotation marks.
    ///
    /// @throws ShellFailure where a quoted field never ends
    static List<List<String>> records(String text, char delimiter) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.toString().isBlank()) {
                field.setLength(0);
                quoted = true;
                begun = true;
            } else if (c == delimiter) {
                record.add(field.toString());
                field.setLength(0);
                begun = true;
            } else if (c == '\n' || c == '\r') {
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                if (begun || !field.isEmpty()) {
                    record.add(field.toString());
                    records.add(record);
                }
                record = new ArrayList<>();
                field.setLength(0);
                begun = false;
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw Inputs.invalid("UnterminatedField", "The CSV ends inside a field: a quotation mark is never closed.");
        }
        if (begun || !field.isEmpty()) {
            record.add(field.toString());
            records.add(record);
        }
        return records;
    }

    /// Objects of records, named by the header given or else by the first record. A `#TYPE` line is passed over.
    static List<Row> rows(List<List<String>> records, List<String> header) {
        List<List<String>> left = new ArrayList<>(records);
        if (!left.isEmpty() && left.getFirst().getFirst().startsWith("#TYPE")) {
            left.removeFirst();
        }
        if (left.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        int unnamed = 1;
        for (String name : header.isEmpty() ? left.removeFirst() : header) {
            String own = name.isBlank() ? "H" + unnamed++ : name;
            if (names.stream().anyMatch(own::equalsIgnoreCase)) {
                throw Inputs.invalid(
                        "MemberAlreadyPresent",
                        "The member \"" + own + "\" is already present: two columns of the CSV have one name.");
            }
            names.add(own);
        }
        if (names.size() > MAX_COLUMNS) {
            throw Inputs.invalid("TooManyColumns", "A CSV may have " + MAX_COLUMNS + " columns at most.");
        }
        List<Row> rows = new ArrayList<>();
        for (List<String> record : left) {
            Row row = new Row(Row.CUSTOM);
            for (int i = 0; i < names.size(); i++) {
                row.with(names.get(i), i < record.size() ? record.get(i) : null);
            }
            rows.add(row);
        }
        return rows;
    }
}
