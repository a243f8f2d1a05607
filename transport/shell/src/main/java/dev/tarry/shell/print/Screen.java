package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a statement's output ends up when nothing else takes it. One screen a statement.
///
/// What belongs to one table, list or group is kept together. A table is laid out by its first rows and then printed
/// row by row, so that a long output begins early and needs little memory; with -AutoSize it waits for all of them.
/// Blank lines are where PowerShell 5.1 has them: a table has one before and two behind it, a list two and three.
public final class Screen {
    /// How many rows decide how wide the columns of a table are.
    static final int SAMPLE_ROWS = 200;

    private final DefaultView view;
    private final int widthColumns;
    private final Consumer<String> printer;
    private final Consumer<String> warner;
    private Section open;

    /// @param views the columns of the default table by object type
    /// @param printer takes finished, safe lines
    /// @param warner is told what could not be shown
    public Screen(
            Map<String, List<Column>> views, int widthColumns, Consumer<String> printer, Consumer<String> warner) {
        this.view = new DefaultView(views);
        this.widthColumns = widthColumns;
        this.printer = printer;
        this.warner = warner;
    }

    public void show(Object value) {
        view.of(value).forEach(this::print);
    }

    /// Prints what is still held back, and ends what is open.
    public void flush() {
        end(false);
    }

    /// @param goesOn whether only a group ends, and another one of the same table or list follows
    private void end(boolean goesOn) {
        if (open != null) {
            Section ended = open;
            open = null;
            ended.end();
            blank(goesOn ? 1 : ended.blankLinesAfter());
        }
    }

    private void blank(int lines) {
        for (int i = 0; i < lines; i++) {
            printer.accept("");
        }
    }

    private void print(Formatted piece) {
        boolean goesOn = open != null && open.style() == style(piece);
        if (open != null && !open.takes(piece)) {
            end(goesOn);
        }
        switch (piece) {
            case Formatted.Line(String text) -> {
                for (String line : SafeText.lines(text).split("\n", -1)) {
                    printer.accept(line);
                }
            }
            case Formatted.TableRow row -> {
                if (open == null) {
                    title(row.style().groupLabel(), row.group(), goesOn);
                    open = new Table(row);
                }
                ((Table) open).add(row);
            }
            case Formatted.ListEntry entry -> {
                if (open == null) {
                    title(entry.style().groupLabel(), entry.group(), goesOn);
                    blank(entry.style().groupLabel().isPresent() ? 0 : 1);
                    open = new Listing(entry);
                }
                printer.accept("");
                ListLayout.lines(entry, widthColumns).forEach(printer);
            }
            case Formatted.WideItem item -> {
                if (open == null) {
                    title(item.style().groupLabel(), item.group(), goesOn);
                    open = new Wide(item);
                }
                ((Wide) open).add(item);
            }
        }
    }

    private void title(Optional<String> label, Object group, boolean goesOn) {
        label.ifPresent(name -> {
            blank(goesOn ? 1 : 2);
            printer.accept("   " + SafeText.line(name) + ": "
                    + SafeText.line(Column.of(name).text(group)));
        });
    }

    /// What tells one run of a Format cmdlet from the next; null for lines, which belong to none.
    private static Object style(Formatted piece) {
        return switch (piece) {
            case Formatted.TableRow row -> row.style();
            case Formatted.ListEntry entry -> entry.style();
            case Formatted.WideItem item -> item.style();
            case Formatted.Line _ -> null;
        };
    }

    /// What is being printed.
    private interface Section {
        /// Whether a piece goes on with it.
        boolean takes(Formatted piece);

        Object style();

        void end();

        /// How many blank lines PowerShell 5.1 has behind it.
        int blankLinesAfter();
    }

    private final class Table implements Section {
        private final Formatted.TableRow first;
        private final List<Formatted.TableRow> sample = new ArrayList<>();
        private TableLayout layout;

        Table(Formatted.TableRow first) {
            this.first = first;
        }

        @Override
        public boolean takes(Formatted piece) {
            return piece instanceof Formatted.TableRow row
                    && row.style() == first.style()
                    && Objects.equals(row.group(), first.group());
        }

        void add(Formatted.TableRow row) {
            if (layout != null) {
                layout.lines(row).forEach(printer);
                return;
            }
            sample.add(row);
            if (sample.size() >= SAMPLE_ROWS && !first.style().autoSize()) {
                begin();
            }
        }

        private void begin() {
            layout = new TableLayout(first.style(), sample, widthColumns, warner);
            printer.accept("");
            layout.headings().forEach(printer);
            sample.forEach(row -> layout.lines(row).forEach(printer));
            sample.clear();
        }

        @Override
        public void end() {
            if (layout == null) {
                begin();
            }
        }

        @Override
        public Object style() {
            return first.style();
        }

        @Override
        public int blankLinesAfter() {
            return 2;
        }
    }

    private final class Listing implements Section {
        private final Formatted.ListEntry first;

        Listing(Formatted.ListEntry first) {
            this.first = first;
        }

        @Override
        public boolean takes(Formatted piece) {
            return piece instanceof Formatted.ListEntry entry
                    && entry.style() == first.style()
                    && Objects.equals(entry.group(), first.group());
        }

        @Override
        public void end() {}

        @Override
        public Object style() {
            return first.style();
        }

        @Override
        public int blankLinesAfter() {
            return 3;
        }
    }

    private final class Wide implements Section {
        private final Formatted.WideItem first;
        private final List<Formatted.WideItem> line = new ArrayList<>();
        private WideLayout layout;

        Wide(Formatted.WideItem first) {
            this.first = first;
        }

        @Override
        public boolean takes(Formatted piece) {
            return piece instanceof Formatted.WideItem item
                    && item.style() == first.style()
                    && Objects.equals(item.group(), first.group());
        }

        void add(Formatted.WideItem item) {
            line.add(item);
            if (layout == null && line.size() >= SAMPLE_ROWS) {
                begin();
            }
            if (layout != null && line.size() >= layout.columns()) {
                full();
            }
        }

        private void begin() {
            layout = new WideLayout(first.style(), line, widthColumns);
            printer.accept("");
        }

        private void full() {
            while (line.size() >= layout.columns()) {
                List<Formatted.WideItem> items = line.subList(0, layout.columns());
                printer.accept(layout.line(items));
                items.clear();
            }
        }

        @Override
        public void end() {
            if (layout == null) {
                begin();
            }
            full();
            if (!line.isEmpty()) {
                printer.accept(layout.line(line));
            }
        }

        @Override
        public Object style() {
            return first.style();
        }

        @Override
        public int blankLinesAfter() {
            return 2;
        }
    }
}
