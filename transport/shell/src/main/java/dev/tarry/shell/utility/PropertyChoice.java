package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What a -Property parameter names: properties, patterns of names, and calculated ones (`{…}` or `@{Name='…';
/// Expression={…}}`).
sealed interface PropertyChoice {
    record Named(String pattern) implements PropertyChoice {}

    /// @param descending for Sort-Object; null where it was not said
    record Calculated(String label, Function<Object, Object> value, Boolean descending) implements PropertyChoice {}

    static List<PropertyChoice> of(Call call, String parameter) {
        List<PropertyChoice> choices = new ArrayList<>();
        for (Object given : Conversion.list(call.value(parameter))) {
            choices.add(
                    switch (given) {
                        case ScriptBlock block ->
                            new Calculated(block.text().strip(), item -> call.run(block, item), null);
                        case HashTable table -> calculated(call, table);
                        case null, default -> new Named(TextForm.of(given));
                    });
        }
        return choices;
    }

    private static Calculated calculated(Call call, HashTable table) {
        String label = "";
        Object expression = null;
        Boolean descending = null;
        for (Object key : table.keys()) {
            Object value = table.get(key);
            switch (TextForm.of(key).toLowerCase(Locale.ROOT)) {
                case "n", "name", "l", "label" -> label = TextForm.of(value);
                case "e", "expression" -> expression = value;
                case "descending" -> descending = Conversion.truth(value);
                case "ascending" -> descending = !Conversion.truth(value);
                default ->
                    throw ShellFailure.of(
                            ShellFailure.Category.InvalidArgument,
                            "DictionaryKeyUnknown",
                            "NotSupportedException",
                            "The " + TextForm.of(key) + " key is not valid.");
            }
        }
        if (expression == null) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "DictionaryKeyMissing",
                    "NotSupportedException",
                    "The 'Expression' key is missing in the calculated property.");
        }
        if (expression instanceof ScriptBlock block) {
            return new Calculated(
                    label.isEmpty() ? block.text().strip() : label, item -> call.run(block, item), descending);
        }
        String property = TextForm.of(expression);
        return new Calculated(label.isEmpty() ? property : label, item -> Members.property(item, property), descending);
    }

    /// The columns that choices mean for one object: patterns give all properties that match, a name gives its
    /// column even where the object has no such property.
    static List<Column> columns(List<PropertyChoice> choices, Object item) {
        List<Column> columns = new ArrayList<>();
        for (PropertyChoice choice : choices) {
            switch (choice) {
                case Calculated(String label, Function<Object, Object> value, Boolean _) ->
                    columns.add(new Column(label, value, 0, false));
                case Named(String pattern)
                when Wildcard.isPattern(pattern) -> {
                    Wildcard wildcard = new Wildcard(pattern, false);
                    if (item instanceof Row row) {
                        row.names().stream()
                                .filter(wildcard::matches)
                                .map(Column::of)
                                .forEach(columns::add);
                    }
                }
                case Named(String name) -> columns.add(Column.of(item instanceof Row row ? row.spelt(name) : name));
            }
        }
        return columns;
    }

    /// What one choice gives of an object, for sorting, grouping and measuring.
    static Object value(PropertyChoice choice, Object item) {
        return switch (choice) {
            case Calculated calculated -> calculated.value().apply(item);
            case Named(String name) -> Members.property(item, name);
        };
    }
}
