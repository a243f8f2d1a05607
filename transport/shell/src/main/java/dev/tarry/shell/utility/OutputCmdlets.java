package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;
import static dev.tarry.shell.utility.SelectionCmdlets.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.FormattedText;
import dev.tarry.shell.print.JsonText;
import dev.tarry.shell.print.ListLayout;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.Screen;
import dev.tarry.shell.print.TableLayout;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.List;

/// How objects become text: the Format, ConvertTo, Out and Write cmdlets.
public final class OutputCmdlets {
    private static final long DEFAULT_JSON_DEPTH = 2;
    private static final long MAX_JSON_DEPTH = 100;

    private static final String[] COLOURS = {
        "Black",
        "DarkBlue",
        "DarkGreen",
        "DarkCyan",
        "DarkRed",
        "DarkMagenta",
        "DarkYellow",
        "Gray",
        "DarkGray",
        "Blue",
        "Green",
        "Cyan",
        "Red",
        "Magenta",
        "Yellow",
        "White"
    };

    private OutputCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Format-Table", "ft")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("AutoSize", SWITCH),
                                Parameter.of("HideTableHeaders", SWITCH),
                                INPUT)
                        .does(FormatTable::new),
                Cmdlet.named("Format-List", "fl")
                        .takes(Parameter.of("Property", ANYS).at(0), INPUT)
                        .does(FormatList::new),
                Cmdlet.named("ConvertTo-Json")
                        .takes(
                                Parameter.of("InputObject", ANY)
                                        .at(0)
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("Depth", WHOLE),
                                Parameter.of("Compress", SWITCH),
                                Parameter.of("AsArray", SWITCH))
                        .does(ToJson::new),
                Cmdlet.named("Out-Null").takes(INPUT).simply(_ -> {}),
                Cmdlet.named("Out-String")
                        .takes(Parameter.of("Width", WHOLE), INPUT)
                        .does(ToText::new),
                Cmdlet.named("Write-Output", "write", "echo")
                        .takes(Parameter.of("InputObject", ANYS)
                                .at(0)
                                .required()
                                .takingTheRest()
                                .pipedWhole())
                        .simply(call ->
                                Conversion.list(call.value("InputObject")).forEach(call::write)),
                Cmdlet.named("Write-Host")
                        .takes(
                                Parameter.of("Object", ANYS)
                                        .at(0)
                                        .takingTheRest()
                                        .pipedWhole(),
                                Parameter.of("NoNewline", SWITCH),
                                Parameter.of("Separator", TEXT),
                                Parameter.of("ForegroundColor", TEXT).oneOf(COLOURS),
                                Parameter.of("BackgroundColor", TEXT).oneOf(COLOURS))
                        .simply(OutputCmdlets::writeHost));
    }

    private static void writeHost(Call call) {
        String separator = call.text("Separator").orElse(" ");
        StringBuilder text = new StringBuilder();
        for (Object value : Conversion.list(call.value("Object"))) {
            text.append(text.isEmpty() ? "" : separator)
                    .append(value instanceof List<?> list ? TextForm.joined(list, separator) : displayed(value));
        }
        String safe = SafeText.lines(text.toString());
        if (call.flag("NoNewline")) {
            call.io().out().print(safe);
        } else {
            call.io().out().println(safe);
        }
    }

    private static String displayed(Object value) {
        return value instanceof Row ? TextForm.of(value) : TextForm.display(value);
    }

    private static final class FormatTable extends OrderCmdlets.Gathering {
        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property");
            List<Object> run = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (Object item : items) {
                if (item == null) {
                    continue;
                }
                boolean same = run.isEmpty()
                        || !choices.isEmpty()
                        || kind(run.getFirst()).equals(kind(item));
                if (!same) {
                    flush(call, choices, run, lines);
                }
                run.add(item);
            }
            flush(call, choices, run, lines);
            if (!lines.isEmpty()) {
                call.write(new FormattedText(lines));
            }
        }

        private static String kind(Object item) {
            return item instanceof Row row ? row.type() + row.names() : "";
        }

        private static void flush(Call call, List<PropertyChoice> choices, List<Object> run, List<String> lines) {
            if (run.isEmpty()) {
                return;
            }
            Object first = run.getFirst();
            if (choices.isEmpty() && !(first instanceof Row)) {
                run.forEach(item -> lines.add(SafeText.line(TextForm.display(item))));
            } else {
                List<Column> columns = !choices.isEmpty()
                        ? PropertyChoice.columns(choices, first)
                        : call.views().getOrDefault(((Row) first).type(), Screen.columns((Row) first));
                lines.addAll(
                        new TableLayout(columns, call.io().widthColumns()).lines(run, !call.flag("HideTableHeaders")));
            }
            run.clear();
        }
    }

    private static final class FormatList extends OrderCmdlets.Gathering {
        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property");
            ListLayout layout = new ListLayout(call.io().widthColumns());
            List<String> lines = new ArrayList<>();
            for (Object item : items) {
                if (item instanceof Row || !choices.isEmpty()) {
                    List<Column> columns =
                            choices.isEmpty() ? Screen.columns((Row) item) : PropertyChoice.columns(choices, item);
                    lines.addAll(layout.lines(item, columns));
                } else if (item != null) {
                    lines.add(SafeText.line(TextForm.display(item)));
                }
            }
            if (!lines.isEmpty()) {
                lines.add("");
                call.write(new FormattedText(lines));
            }
        }
    }

    private static final class ToJson extends OrderCmdlets.Gathering {
        @Override
        public void end(Call call) {
            long depth = call.whole("Depth").orElse(DEFAULT_JSON_DEPTH);
            if (depth < 0 || depth > MAX_JSON_DEPTH) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ParameterArgumentValidationError",
                        "ParameterBindingValidationException",
                        "Cannot validate argument on parameter 'Depth'. It takes 0 to " + MAX_JSON_DEPTH + ".");
            }
            if (items.isEmpty()) {
                return;
            }
            Object value = items.size() > 1 || call.flag("AsArray") ? items : items.getFirst();
            // The array around several objects is not a level of the objects.
            long levels = items.size() > 1 || call.flag("AsArray") ? depth + 1 : depth;
            JsonText json = JsonText.of(value, (int) levels, call.flag("Compress"));
            if (json.isTruncated()) {
                call.warn("Resulting JSON is truncated as serialization has exceeded the set depth of " + depth + ".");
            }
            call.write(json.text());
        }
    }

    private static final class ToText extends OrderCmdlets.Gathering {
        @Override
        public void end(Call call) {
            int width = call.whole("Width").map(Long::intValue).orElse(call.io().widthColumns());
            List<String> lines = new ArrayList<>();
            Screen screen = new Screen(call.views(), width, lines::add);
            items.forEach(screen::show);
            screen.flush();
            lines.add("");
            call.write(String.join("\n", lines));
        }
    }
}
