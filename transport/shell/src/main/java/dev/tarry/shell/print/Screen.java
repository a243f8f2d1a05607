package dev.tarry.shell.print;

import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Where a statement's output ends up when nothing else takes it. One screen a statement.
///
/// What belongs to one table, list or group is kept together. A table is laid out by its first rows and then printed
/// row by row, so that a long output begins early and needs little memory; with -AutoSize it waits for all of them.
/// Blank lines are where PowerShell 5.1 has them: a table has one before and two behind it, a list two and three.
public final class Screen {
    /// How many rows decide how wide the columns of a table are.
    static final int SAMPLE_ROWS = 200;
    /// A group whose label begins so stands one further in, and further from its table, as PowerShell has it of
    /// folders.
    static final String FRAMED = " ";

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
            blank(goesOn ? 1 : ended.blankLinesAfter);
        }
    }

    private void blank(int lines) {
        for (int i = 0; i < lines; i++) {
            printer.accept("");
        }
    }

    private void print(Formatted piece) {
        switch (piece) {
            case Formatted.Line(String text) -> {
                end(false);
                for (String line : SafeText.lines(text).split("\n", -1)) {
                    printer.accept(line);
                }
            }
            case Formatted.Failed(ShellFailure failure) -> {
                end(false);
                ErrorText.of(failure, widthColumns).forEach(printer);
            }
            case Formatted.Part part -> print(part);
        }
    }

    private void print(Formatted.Part part) {
        boolean goesOn = open != null && open.first.style() == part.style();
        if (open != null && !open.takes(part)) {
            end(goesOn);
        }
        boolean begins = open == null;
        if (begins) {
            title(part, goesOn);
        }
        switch (part) {
            case Formatted.TableRow row -> {
                open = begins ? new Table(row) : open;
                ((Table) open).add(row);
            }
            case Formatted.ListEntry entry -> {
                if (begins) {
                    blank(entry.style().groupLabel().isPresent() ? 0 : 1);
                    open = new Section(entry, 3);
                }
                printer.accept("");
                ListLayout.lines(entry, widthColumns).forEach(printer);
            }
            case Formatted.WideItem item -> {
                open = begins ? new Wide(item) : open;
                ((Wide) open).add(item);
            }
        }
    }

    private void title(Formatted.Part first, boolean goesOn) {
        first.style().groupLabel().ifPresent(name -> {
            blank(goesOn ? 1 : 2);
            printer.accept("   " + SafeText.line(name) + ": "
                    + SafeText.line(Column.of(name).text(first.group())));
            if (name.startsWith(FRAMED)) {
                blank(1);
            }
        });
    }

    /// What is being printed: a list, or what prints itself.
    private static class Section {
        private final Formatted.Part first;
        private final int blankLinesAfter;

        /// @param blankLinesAfter how many PowerShell 5.1 has behind it
        Section(Formatted.Part first, int blankLinesAfter) {
            this.first = first;
            this.blankLinesAfter = blankLinesAfter;
        }

        /// Whether a piece goes on with it: the very style is what tells one run of a Format cmdlet from the next.
        final boolean takes(Formatted.Part part) {
            return part.style() == first.style() && Objects.equals(part.group(), first.group());
        }

        /// Prints what is still held back.
        void end() {}
    }

    private final class Table extends Section {
        private final Formatted.TableStyle style;
        private final List<Formatted.TableRow> sample = new ArrayList<>();
        private TableLayout layout;

        Table(Formatted.TableRow first) {
            super(first, 2);
            this.style = first.style();
        }

        void add(Formatted.TableRow row) {
            if (layout != null) {
                layout.lines(row).forEach(printer);
                return;
            }
            sample.add(row);
            if (sample.size() >= SAMPLE_ROWS && !style.autoSize()) {
                begin();
            }
        }

        private void begin() {
            layout = new TableLayout(style, sample, widthColumns, warner);
            printer.accept("");
            layout.headings().forEach(printer);
            sample.forEach(row -> layout.lines(row).forEach(printer));
            sample.clear();
        }

        @Override
        void end() {
            if (layout == null) {
                begin();
            }
        }
    }

    private final class Wide extends Section {
        private final Formatted.WideStyle style;
        private final List<Formatted.WideItem> line = new ArrayList<>();
        private WideLayout layout;

        Wide(Formatted.WideItem first) {
            super(first, 2);
            this.style = first.style();
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
            layout = new WideLayout(style, line, widthColumns);
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
        void end() {
            if (layout == null) {
                begin();
            }
            full();
            if (!line.isEmpty()) {
                printer.accept(layout.line(line));
            }
        }
    }
}
