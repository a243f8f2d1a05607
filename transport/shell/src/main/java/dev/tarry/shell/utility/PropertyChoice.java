package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.print.Alignment;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// What a -Property parameter names: properties, patterns of names, and calculated ones (`{…}` or `@{Name='…';
/// Expression={…}}`).
sealed interface PropertyChoice {
    /// @param layout what a table or list was told about it
    record Named(String pattern, Layout layout) implements PropertyChoice {}

    /// @param descending for Sort-Object; null where it was not said
    record Calculated(String label, Function<Object, Object> value, Boolean descending, Layout layout)
            implements PropertyChoice {}

    /// @param label another heading; empty: its own
    record Layout(String label, int width, Alignment alignment, String format) {
        static final Layout PLAIN = new Layout("", 0, Alignment.BY_KIND, "");

        Column on(Column column) {
            return column.laidOut(width, alignment).inFormat(format);
        }
    }

    /// Who asks, and so which keys a hash table may have.
    enum Use {
        TABLE("label", "expression", "width", "alignment", "formatstring"),
        LISTING("label", "expression", "formatstring"),
        WIDE("expression", "formatstring"),
        SELECTION("label", "expression"),
        HTML("label", "expression", "width", "alignment", "formatstring"),
        ORDER("expression", "ascending", "descending"),
        VALUE("expression");

        private final Set<String> keys;

        Use(String... keys) {
            this.keys = Set.of(keys);
        }
    }

    static List<PropertyChoice> of(Call call, String parameter, Use use) {
        List<PropertyChoice> choices = new ArrayList<>();
        for (Object given : Conversion.list(call.value(parameter))) {
            choices.add(
                    switch (given) {
                        case ScriptBlock block ->
                            new Calculated(block.text().strip(), item -> call.run(block, item), null, Layout.PLAIN);
                        case HashTable table -> calculated(call, table, use);
                        case null, default -> new Named(TextForm.of(given), Layout.PLAIN);
                    });
        }
        return choices;
    }

    private static PropertyChoice calculated(Call call, HashTable table, Use use) {
        String label = "";
        Object expression = null;
        Boolean descending = null;
        int width = 0;
        Alignment alignment = Alignment.BY_KIND;
        String format = "";
        for (Object key : table.keys()) {
            Object value = table.get(key);
            switch (key(TextForm.of(key), use)) {
                case "label" -> label = TextForm.of(value);
                case "expression" -> expression = value;
                case "descending" -> descending = Conversion.truth(value);
                case "ascending" -> descending = !Conversion.truth(value);
                case "width" -> width = width(value);
                case "alignment" -> alignment = alignment(TextForm.of(value));
                default -> format = TextForm.of(value);
            }
        }
        if (expression == null) {
            throw wrong("DictionaryKeyMandatoryEntry", "The mandatory Expression key is missing.");
        }
        Layout layout = new Layout(label, width, alignment, format);
        if (expression instanceof ScriptBlock block) {
            return new Calculated(
                    label.isEmpty() ? block.text().strip() : label, item -> call.run(block, item), descending, layout);
        }
        String property = TextForm.of(expression);
        return label.isEmpty() && descending == null
                ? new Named(property, layout)
                : new Calculated(
                        label.isEmpty() ? property : label,
                        item -> Members.property(item, property),
                        descending,
                        layout);
    }

    /// The key that is meant: keys may be shortened, and a label is called name too.
    private static String key(String written, Use use) {
        String start = written.toLowerCase(Locale.ROOT);
        if (use.keys.contains("label") && !start.isEmpty() && "name".startsWith(start)) {
            return "label";
        }
        List<String> meant = use.keys.stream()
                .filter(key -> !start.isEmpty() && key.startsWith(start))
                .sorted()
                .toList();
        if (meant.size() != 1) {
            throw wrong("DictionaryKeyIllegal", "The " + written + " key is not valid.");
        }
        return meant.getFirst();
    }

    private static int width(Object value) {
        return Conversion.whole(value)
                .filter(n -> n > 0 && n <= 1_000)
                .orElseThrow(() ->
                        wrong("DictionaryKeyIllegalValue1", "The value of the Width key is a number from 1 to 1000."))
                .intValue();
    }

    private static Alignment alignment(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "left" -> Alignment.LEFT;
            case "center" -> Alignment.CENTER;
            case "right" -> Alignment.RIGHT;
            default ->
                throw wrong(
                        "DictionaryKeyIllegalValue1",
                        "The value \"" + text + "\" of the Alignment key is not one of left, center, right.");
        };
    }

    private static ShellFailure wrong(String id, String message) {
        return ShellFailure.of(ShellFailure.Category.InvalidArgument, id, "NotSupportedException", message);
    }

    /// The columns that choices mean for one object: patterns give all properties that match, a name gives its
    /// column even where the object has no such property.
    static List<Column> columns(List<PropertyChoice> choices, Object item) {
        List<Column> columns = new ArrayList<>();
        for (PropertyChoice choice : choices) {
            switch (choice) {
                case Calculated(String label, Function<Object, Object> value, Boolean _, Layout layout) ->
                    columns.add(layout.on(Column.of(label, value)));
                case Named(String pattern, Layout layout)
                when Wildcard.isPattern(pattern) -> {
                    Wildcard wildcard = new Wildcard(pattern, false);
                    DefaultView.columns(item).stream()
                            .filter(column -> wildcard.matches(column.label()))
                            .filter(column -> columns.stream()
                                    .noneMatch(there -> there.label().equalsIgnoreCase(column.label())))
                            .map(layout::on)
                            .forEach(columns::add);
                }
                case Named(String name, Layout layout) -> columns.add(layout.on(Column.of(spelt(item, name))));
            }
        }
        return columns;
    }

    private static String spelt(Object item, String name) {
        return DefaultView.columns(item).stream()
                .map(Column::label)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    /// What one choice gives of an object, for sorting, grouping and measuring.
    static Object value(PropertyChoice choice, Object item) {
        return switch (choice) {
            case Calculated calculated -> calculated.value().apply(item);
            case Named named -> Members.property(item, named.pattern());
        };
    }

    /// What a choice is called.
    static String name(PropertyChoice choice) {
        return switch (choice) {
            case Calculated calculated -> calculated.label();
            case Named named -> named.pattern();
        };
    }
}
