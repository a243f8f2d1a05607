package dev.tarry.shell.print;

import dev.tarry.shell.value.DateForm;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.TextForm;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Where a statement's output ends up when nothing else takes it: objects of one kind are gathered and printed
/// as their default view, a table of up to four properties or a list; everything else line by line. One screen
/// a statement.
public final class Screen {
    /// With more properties than this an object without a view of its own is a list.
    private static final int MAX_TABLE_PROPERTIES = 4;

    private final Map<String, List<Column>> views;
    private final int widthColumns;
    private final Consumer<String> printer;
    private final List<Row> gathered = new ArrayList<>();
    private String gatheredShape = "";

    /// @param views the columns of the default table by object type
    /// @param printer takes finished, safe lines
    public Screen(Map<String, List<Column>> views, int widthColumns, Consumer<String> printer) {
        this.views = views;
        this.widthColumns = widthColumns;
        this.printer = printer;
    }

    public void show(Object value) {
        switch (value) {
            case null -> {}
            case Row row -> gather(row);
            case Duration span -> {
                Row row = new Row("TimeSpan");
                Members.SPAN_PROPERTIES.forEach(name -> row.with(name, Members.property(span, name)));
                gather(row);
            }
            case HashTable table ->
                table.keys()
                        .forEach(key -> gather(new Row("Hashtable")
                                .with("Name", TextForm.of(key))
                                .with("Value", table.get(key))));
            case List<?> list -> list.forEach(this::show);
            case FormattedText text -> {
                flush();
                text.lines().forEach(printer);
            }
            case ZonedDateTime date -> {
                flush();
                printer.accept("");
                printer.accept(DateForm.spoken(date));
                printer.accept("");
            }
            default -> {
                flush();
                for (String line : SafeText.lines(TextForm.of(value)).split("\n", -1)) {
                    printer.accept(line);
                }
            }
        }
    }

    /// Prints what is still gathered.
    public void flush() {
        if (gathered.isEmpty()) {
            return;
        }
        List<Row> rows = List.copyOf(gathered);
        gathered.clear();
        Row first = rows.getFirst();
        List<Column> view = views.get(first.type());
        List<String> names = first.names();
        if (view == null && names.size() > MAX_TABLE_PROPERTIES) {
            ListLayout layout = new ListLayout(widthColumns);
            rows.forEach(row -> layout.lines(row, columns(row)).forEach(printer));
            printer.accept("");
        } else if (view != null || !names.isEmpty()) {
            List<Column> columns = view != null ? view : columns(first);
            new TableLayout(columns, widthColumns).lines(rows, true).forEach(printer);
        }
    }

    /// All properties of an object, each under its name.
    public static List<Column> columns(Row row) {
        return row.names().stream().map(Column::of).toList();
    }

    private void gather(Row row) {
        String shape = views.containsKey(row.type()) ? row.type() : row.type() + row.names();
        if (!shape.equals(gatheredShape)) {
            flush();
            gatheredShape = shape;
        }
        gathered.add(row);
    }
}
