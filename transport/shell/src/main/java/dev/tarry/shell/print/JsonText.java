package dev.tarry.shell.print;

import dev.tarry.shell.value.DateForm;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Function;

/// JSON as PowerShell 7 lays it out. Moments are ISO 8601 in UTC; spans and sizes are their text. Whatever
/// could upset a terminal is escaped, which JSON allows anywhere in a string.
public final class JsonText {
    private final int maxDepth;
    private final boolean compressed;
    private final StringBuilder text = new StringBuilder();
    private boolean truncated;

    private JsonText(int maxDepth, boolean compressed) {
        this.maxDepth = maxDepth;
        this.compressed = compressed;
    }

    /// @param maxDepth how many levels below the value are taken apart; deeper objects become their text
    /// @param compressed without blanks and line ends
    public static JsonText of(Object value, int maxDepth, boolean compressed) {
        JsonText json = new JsonText(maxDepth, compressed);
        json.write(value, 0);
        return json;
    }

    public String text() {
        return text.toString();
    }

    /// Whether something lay deeper than was to be taken apart.
    public boolean isTruncated() {
        return truncated;
    }

    private void write(Object value, int depth) {
        switch (value) {
            case null -> text.append("null");
            case Boolean flag -> text.append(flag);
            case Long whole -> text.append(whole);
            case Double real -> {
                if (Double.isFinite(real)) {
                    text.append(real);
                } else {
                    quote(TextForm.of(real));
                }
            }
            case ZonedDateTime date -> quote(DateForm.iso(date));
            case Row row when depth <= maxDepth -> object(row.names(), row::get, depth);
            case HashTable table when depth <= maxDepth -> object(table.keys(), table::get, depth);
            case List<?> list when depth <= maxDepth -> array(list, depth);
            default -> {
                truncated |= value instanceof Row || value instanceof HashTable || value instanceof List<?>;
                quote(TextForm.of(value));
            }
        }
    }

    private <K> void object(List<K> names, Function<K, Object> value, int depth) {
        text.append('{');
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : ",");
            line(depth + 1);
            quote(TextForm.of(names.get(i)));
            text.append(compressed ? ":" : ": ");
            write(value.apply(names.get(i)), depth + 1);
        }
        if (!names.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void array(List<?> list, int depth) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : ",");
            line(depth + 1);
            write(list.get(i), depth + 1);
        }
        if (!list.isEmpty()) {
            line(depth);
        }
        text.append(']');
    }

    private void line(int depth) {
        if (!compressed) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    boolean pair = Character.isHighSurrogate(c)
                            && i + 1 < value.length()
                            && Character.isLowSurrogate(value.charAt(i + 1));
                    if (pair) {
                        text.append(c).append(value.charAt(++i));
                    } else if (SafeText.isDangerous(c) || Character.isSurrogate(c)) {
                        text.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
