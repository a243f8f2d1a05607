package dev.tarry.shell.print;

import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.List;

/// Rows under headings: dashes under each name, columns one space apart, values that do not fit cut with `...`
/// (reference §11.3). A blank line before and after.
public final class TableLayout {
    private static final int MIN_COLUMN = 4;

    private final List<Column> columns;
    private final int widthColumns;

    public TableLayout(List<Column> columns, int widthColumns) {
        this.columns = List.copyOf(columns);
        this.widthColumns = widthColumns;
    }

    public List<String> lines(List<?> rows, boolean withHeadings) {
        List<List<String>> cells = new ArrayList<>();
        boolean[] right = new boolean[columns.size()];
        for (Object row : rows) {
            List<String> line = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Object value = columns.get(i).value().apply(row);
                if (cells.isEmpty()) {
                    right[i] = value instanceof Number && !columns.get(i).alwaysLeft();
                }
                line.add(SafeText.line(TextForm.display(value)));
            }
            cells.add(line);
        }
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (withHeadings) {
            List<String> headings =
                    columns.stream().map(c -> SafeText.line(c.label())).toList();
            lines.add(line(headings, widths, right));
            lines.add(line(headings.stream().map(h -> "-".repeat(h.length())).toList(), widths, right));
        }
        cells.forEach(row -> lines.add(line(row, widths, right)));
        lines.add("");
        return lines;
    }

    private int[] widths(List<List<String>> cells) {
        int[] widths = new int[columns.size()];
        int total = columns.size() - 1;
        for (int i = 0; i < widths.length; i++) {
            widths[i] =
                    Math.max(columns.get(i).minWidth(), columns.get(i).label().length());
            for (List<String> row : cells) {
                widths[i] =
                        Math.max(widths[i], Math.min(widthColumns, row.get(i).length()));
            }
            total += widths[i];
        }
        // The widest gives way first; headings stay whole as long as that is possible.
        while (total > widthColumns) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean canShrink =
                        widths[i] > Math.max(MIN_COLUMN, columns.get(i).label().length());
                if (canShrink && (widest < 0 || widths[i] >= widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cut(cells.get(i), widths[i]);
            String pad = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : " ").append(right[i] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }
}
