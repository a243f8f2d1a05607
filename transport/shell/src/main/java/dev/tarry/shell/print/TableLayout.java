package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Rows under headings: dashes under each name, columns one space apart, values that do not fit cut with `...` or, if
/// the table wraps, going on below (reference §11.3). Made once the first rows are known, and not changed by later
/// ones.
final class TableLayout {
    private static final int MIN_COLUMN = 4;

    private final Formatted.TableStyle style;
    private final int[] widths;
    private final Alignment[] alignments;
    private final int shown;

    /// @param sample the rows that decide how wide the columns are
    /// @param warner is told which columns have no room at all
    TableLayout(
            Formatted.TableStyle style, List<Formatted.TableRow> sample, int widthColumns, Consumer<String> warner) {
        this.style = style;
        this.widths = new int[style.columns().size()];
        this.alignments = new Alignment[widths.length];
        for (int i = 0; i < widths.length; i++) {
            alignments[i] = alignment(style.columns().get(i), sample, i);
            widths[i] = wanted(style.columns().get(i), sample, i, widthColumns);
        }
        this.shown = fit(widthColumns);
        if (shown < widths.length) {
            List<String> lost = new ArrayList<>();
            style.columns()
                    .subList(shown, widths.length)
                    .forEach(column -> lost.add("'" + SafeText.line(column.label()) + "'"));
            warner.accept(
                    lost.size() == 1
                            ? "column " + lost.getFirst() + " does not fit into the display and was removed."
                            : lost.size() + " columns do not fit into the display and were removed: "
                                    + String.join(", ", lost) + ".");
        }
    }

    private static Alignment alignment(Column column, List<Formatted.TableRow> sample, int i) {
        if (column.alignment() != Alignment.BY_KIND) {
            return column.alignment();
        }
        boolean number = !sample.isEmpty() && sample.getFirst().values().get(i) instanceof Number;
        return number ? Alignment.RIGHT : Alignment.LEFT;
    }

    private static int wanted(Column column, List<Formatted.TableRow> sample, int i, int widthColumns) {
        if (column.width() > 0) {
            return column.width();
        }
        int width = Math.max(column.minWidth(), CellText.width(SafeText.line(column.label())));
        for (Formatted.TableRow row : sample) {
            width = Math.max(width, CellText.width(text(row, i)));
        }
        return Math.min(width, widthColumns);
    }

    /// The widest gives way first; headings stay whole as long as that is possible. What has no room even so is left
    /// out from the right.
    ///
    /// @return how many columns are shown
    private int fit(int widthColumns) {
        int count = widths.length;
        while (count > 1 && !shrunk(count, widthColumns)) {
            count--;
        }
        if (count == 1) {
            widths[0] = Math.min(widths[0], widthColumns);
        }
        return count;
    }

    private boolean shrunk(int count, int widthColumns) {
        int total = count - 1;
        for (int i = 0; i < count; i++) {
            total += widths[i];
        }
        int[] before = widths.clone();
        while (total > widthColumns) {
            int widest = -1;
            for (int i = 0; i < count; i++) {
                Column column = style.columns().get(i);
                boolean canShrink = column.width() == 0
                        && widths[i] > Math.max(MIN_COLUMN, CellText.width(SafeText.line(column.label())));
                if (canShrink && (widest < 0 || widths[i] >= widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                System.arraycopy(before, 0, widths, 0, widths.length);
                return false;
            }
            widths[widest]--;
            total--;
        }
        return true;
    }

    /// The headings and the dashes under them; nothing where the table has none.
    List<String> headings() {
        if (!style.headings()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        List<String> dashes = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            String name = CellText.cut(SafeText.line(style.columns().get(i).label()), widths[i]);
            names.add(name);
            dashes.add("-".repeat(CellText.width(name)));
        }
        return List.of(line(names), line(dashes));
    }

    List<String> lines(Formatted.TableRow row) {
        List<String> cells = new ArrayList<>();
        if (!style.wraps()) {
            for (int i = 0; i < shown; i++) {
                cells.add(CellText.cut(text(row, i), widths[i]));
            }
            return List.of(line(cells));
        }
        List<List<String>> broken = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < shown; i++) {
            broken.add(CellText.wrapped(SafeText.lines(raw(row, i)), widths[i]));
            height = Math.max(height, broken.getLast().size());
        }
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < height; at++) {
            cells.clear();
            for (List<String> pieces : broken) {
                cells.add(at < pieces.size() ? pieces.get(at) : "");
            }
            lines.add(line(cells));
        }
        return lines;
    }

    private static String text(Formatted.TableRow row, int i) {
        return SafeText.line(raw(row, i));
    }

    private static String raw(Formatted.TableRow row, int i) {
        return row.style().columns().get(i).text(row.values().get(i));
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : " ").append(CellText.padded(cells.get(i), widths[i], alignments[i]));
        }
        return line.toString().stripTrailing();
    }
}
