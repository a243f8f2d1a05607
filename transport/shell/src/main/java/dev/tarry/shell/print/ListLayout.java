package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;

/// One property a line, names padded to the longest, long values going on under the value column (reference
/// §11.3).
final class ListLayout {
    private static final int MIN_VALUE_COLUMNS = 10;

    private ListLayout() {}

    static List<String> lines(Formatted.ListEntry entry, int widthColumns) {
        List<String> labels = entry.labels().stream().map(SafeText::line).toList();
        int longest = labels.stream().mapToInt(CellText::width).max().orElse(0);
        String indent = " ".repeat(longest + 3);
        int room = Math.max(MIN_VALUE_COLUMNS, widthColumns - indent.length());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String head = CellText.padded(labels.get(i), longest, Alignment.LEFT) + " : ";
            String value = SafeText.lines(entry.texts().get(i));
            for (String piece : CellText.wrapped(value, room)) {
                lines.add((head + piece).stripTrailing());
                head = indent;
            }
        }
        return lines;
    }
}
