package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.print.Formatted;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Optional;

/// Format-Table, Format-List, Format-Wide: they say what of an object is shown; how wide, the screen says that it comes
/// to.
public final class FormatCmdlets {
    private static final int DEFAULT_WIDE_COLUMNS = 2;
    private static final int MAX_WIDE_COLUMNS = 1_000;
    private static final Parameter GROUP_BY = Parameter.of("GroupBy", ANY);

    /// Shows also what would rather not be, such as the properties of an error.
    private static final Parameter FORCE = Parameter.of("Force", SWITCH);

    private static final String ERRORS = "Errors of calculated properties are always shown.";
    private static final String NO_VIEWS = "A type has one view; name the properties instead.";

    private FormatCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Format-Table", "ft")
                        .example(
                                "Get-Queue | Format-Table Identity, MessageCount, LastError -Wrap",
                                "Shows three properties, the long one on several lines.")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("AutoSize", SWITCH),
                                Parameter.of("Wrap", SWITCH),
                                Parameter.of("HideTableHeaders", SWITCH),
                                GROUP_BY,
                                FORCE,
                                INPUT)
                        .refuses(NO_VIEWS, "View", "Expand")
                        .refuses(ERRORS, SWITCH, "ShowError", "DisplayError")
                        .summary("Formats the output as a table.")
                        .remark(
                                "Columns are always as wide as the first 200 rows need, with -AutoSize as all rows need;"
                                        + " where a line is too narrow the widest column is cut first, and a column is left"
                                        + " out, with a warning, only where nothing else helps.")
                        .does(Table::new),
                Cmdlet.named("Format-List", "fl")
                        .example("Get-Queue fabrikam.com | Format-List *", "Shows all properties of a queue.")
                        .takes(Parameter.of("Property", ANYS).at(0), GROUP_BY, FORCE, INPUT)
                        .refuses(NO_VIEWS, "View", "Expand")
                        .refuses(ERRORS, SWITCH, "ShowError", "DisplayError")
                        .summary("Formats the output as a list of properties in which each property appears on a new"
                                + " line.")
                        .does(Listing::new),
                Cmdlet.named("Format-Wide", "fw")
                        .takes(
                                Parameter.of("Property", ANY).at(0),
                                Parameter.of("AutoSize", SWITCH),
                                Parameter.of("Column", WHOLE),
                                GROUP_BY,
                                FORCE,
                                INPUT)
                        .oneOf("AutoSize", "Column")
                        .summary("Formats objects as a wide table that displays only one property of each object.")
                        .does(Wide::new));
    }

    /// What all three have in common: hash tables come apart, and groups have a name and a value.
    private abstract static class Format implements Stage {
        private Optional<PropertyChoice> groupBy = Optional.empty();
        private DefaultView view;

        @Override
        public void begin(Call call) {
            groupBy = PropertyChoice.of(call, "GroupBy", PropertyChoice.Use.LISTING).stream()
                    .findFirst();
            view = new DefaultView(call.views());
        }

        @Override
        public final void process(Call call) {
            switch (call.input()) {
                case null -> {}
                case Formatted formatted -> call.write(formatted);
                case ShellFailure failure
                when !call.flag("Force") -> view.of(failure).forEach(call::write);
                case HashTable table
                when !call.has("Property") -> DefaultView.entries(table).forEach(entry -> format(call, entry));
                case List<?> several -> several.forEach(one -> format(call, one));
                case Object item -> format(call, item);
            }
        }

        abstract void format(Call call, Object item);

        /// An object with properties, none of which a pattern matches: there is nothing to show of it.
        static boolean nothingMatches(List<PropertyChoice> choices, Object item) {
            return !choices.isEmpty() && !DefaultView.columns(item).isEmpty();
        }

        final DefaultView view() {
            return view;
        }

        final Optional<String> groupLabel() {
            return groupBy.map(PropertyChoice::name);
        }

        final Object group(Object item) {
            return groupBy.map(choice -> PropertyChoice.value(choice, item)).orElse(null);
        }
    }

    private static final class Table extends Format {
        private List<PropertyChoice> choices;
        private Formatted.TableStyle style;
        private String kind = "";

        @Override
        public void begin(Call call) {
            super.begin(call);
            choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.TABLE);
        }

        /// With properties that are named all objects are one table, whatever they are.
        @Override
        void format(Call call, Object item) {
            boolean goesOn = style != null && (!choices.isEmpty() || kind.equals(view().kind(item)));
            if (!goesOn) {
                List<Column> columns = choices.isEmpty() ? view().table(item) : PropertyChoice.columns(choices, item);
                kind = view().kind(item);
                style = new Formatted.TableStyle(
                        columns,
                        call.flag("AutoSize"),
                        call.flag("Wrap"),
                        !call.flag("HideTableHeaders"),
                        groupLabel());
            }
            if (style.columns().isEmpty()) {
                if (!nothingMatches(choices, item)) {
                    call.write(new Formatted.Line(TextForm.display(item)));
                }
                style = null;
            } else {
                call.write(DefaultView.row(item, style, group(item)));
            }
        }
    }

    private static final class Listing extends Format {
        private List<PropertyChoice> choices;
        private Formatted.ListStyle style;

        @Override
        public void begin(Call call) {
            super.begin(call);
            choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.LISTING);
            style = new Formatted.ListStyle(groupLabel());
        }

        @Override
        void format(Call call, Object item) {
            List<Column> columns =
                    choices.isEmpty() ? DefaultView.columns(item) : PropertyChoice.columns(choices, item);
            if (!columns.isEmpty()) {
                call.write(DefaultView.entry(item, columns, style, group(item)));
            } else if (!nothingMatches(choices, item)) {
                call.write(new Formatted.Line(TextForm.display(item)));
            }
        }
    }

    private static final class Wide extends Format {
        private List<PropertyChoice> choices;
        private Formatted.WideStyle style;

        @Override
        public void begin(Call call) {
            super.begin(call);
            choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.WIDE);
            long columns = call.whole("Column").orElse(call.flag("AutoSize") ? 0L : DEFAULT_WIDE_COLUMNS);
            if (columns < 0 || columns > MAX_WIDE_COLUMNS || columns == 0 && call.has("Column")) {
                throw Inputs.notInRange("Column", "It takes 1 to " + MAX_WIDE_COLUMNS + ".");
            }
            style = new Formatted.WideStyle((int) columns, groupLabel());
        }

        /// Without a property: the name or identity that an object goes by, else its first.
        @Override
        void format(Call call, Object item) {
            List<Column> columns = choices.isEmpty() ? view().table(item) : PropertyChoice.columns(choices, item);
            Optional<Column> shown = columns.stream()
                    .filter(column -> choices.isEmpty() && column.label().matches("(?i)name|identity"))
                    .findFirst()
                    .or(() -> columns.stream().findFirst());
            call.write(shown.<Formatted>map(column -> new Formatted.WideItem(
                            style, group(item), column.text(column.value().apply(item))))
                    .orElseGet(() -> new Formatted.Line(TextForm.display(item))));
        }
    }
}
