package dev.tarry.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fields with commas between them; a field that holds a comma or a quote stands in quotes, its own doubled (RFC 4180,
/// reference §8.1). Line ends never come here: [FieldText] has none.
public final class CsvLine {
    private final StringBuilder out = new StringBuilder(512);
    private boolean empty = true;

    /// @param text without line ends
    public CsvLine field(String text) {
        if (!empty) {
            out.append(',');
        }
        empty = false;
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /// @return empty if the quotes don't match
    public static Optional<List<String>> parse(String line) {
        List<String> fields = new ArrayList<>(32);
        int at = 0;
        while (true) {
            if (at < line.length() && line.charAt(at) == '"') {
                StringBuilder field = new StringBuilder();
                at++;
                while (true) {
                    int quote = line.indexOf('"', at);
                    if (quote < 0) {
                        return Optional.empty();
                    }
                    field.append(line, at, quote);
                    at = quote + 1;
                    if (at == line.length() || line.charAt(at) != '"') {
                        break;
                    }
                    field.append('"');
                    at++;
                }
                fields.add(field.toString());
            } else {
                int comma = line.indexOf(',', at);
                int end = comma < 0 ? line.length() : comma;
                String field = line.substring(at, end);
                if (field.indexOf('"') >= 0) {
                    return Optional.empty();
                }
                fields.add(field);
                at = end;
            }
            if (at == line.length()) {
                return Optional.of(fields);
            }
            if (line.charAt(at) != ',') {
                return Optional.empty();
            }
            at++;
        }
    }
}
