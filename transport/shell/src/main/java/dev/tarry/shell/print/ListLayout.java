package dev.tarry.shell.print;

import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.List;

/// One property a line, names padded to the longest, long values going on under the value column (reference
/// §11.3). A blank line before, between objects, and after.
public final class ListLayout {
    private static final int MIN_VALUE_COLUMNS = 10;

    private final int widthColumns;

    public ListLayout(int widthColumns) {
        this.widthColumns = widthColumns;
    }

    /// The lines of one object, with the blank one that comes before it.
    public List<String> lines(Object row, List<Column> columns) {
        int longest = columns.stream()
                .mapToInt(c -> SafeText.line(c.label()).length())
                .max()
                .orElse(0);
        String indent = " ".repeat(longest + 3);
        int room = Math.max(MIN_VALUE_COLUMNS, widthColumns - indent.length());
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (Column column : columns) {
            String label = SafeText.line(column.label());
            String head = label + " ".repeat(longest - label.length()) + " : ";
            String value = SafeText.lines(TextForm.display(column.value().apply(row)));
            for (String line : value.split("\n", -1)) {
                for (String piece : pieces(line, room)) {
                    lines.add((head + piece).stripTrailing());
                    head = indent;
                }
            }
        }
        return lines;
    }

    /// Breaks at the last blank that fits; where there is none, in the word.
    private static List<String> pieces(String text, int room) {
        List<String> pieces = new ArrayList<>();
        String rest = text.replace('\t', ' ');
        while (rest.length() > room) {
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > 0 ? blank : room;
            pieces.add(rest.substring(0, end));
            rest = rest.substring(blank > 0 ? end + 1 : end);
        }
        pieces.add(rest);
        return pieces;
    }
}
