package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;

/// Values side by side, in columns of one width.
final class WideLayout {
    private final int columns;
    private final int cells;

    /// @param sample the values that decide how wide a column is, where their number on a line is free
    WideLayout(Formatted.WideStyle style, List<Formatted.WideItem> sample, int widthColumns) {
        int longest = sample.stream()
                .mapToInt(item -> CellText.width(text(item)))
                .max()
                .orElse(1);
        this.columns =
                style.columns() > 0 ? style.columns() : Math.max(1, (widthColumns + 1) / (Math.max(1, longest) + 1));
        this.cells = Math.max(1, (widthColumns + 1) / columns - 1);
    }

    int columns() {
        return columns;
    }

    String line(List<Formatted.WideItem> items) {
        List<String> padded = new ArrayList<>();
        items.forEach(item -> padded.add(CellText.padded(CellText.cut(text(item), cells), cells, Alignment.LEFT)));
        return String.join(" ", padded).stripTrailing();
    }

    private static String text(Formatted.WideItem item) {
        return SafeText.line(item.text());
    }
}
