package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Alignment;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// ConvertTo-Html: a page or a table for reports. What stands in -Head, -Body, -PreContent and -PostContent is the
/// script's own HTML and goes in as it is; every value of an object is escaped.
public final class HtmlCmdlets {
    private HtmlCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("ConvertTo-Html")
                .takes(
                        Parameter.of("Property", ANYS).at(0),
                        Parameter.of("Head", TEXTS).at(1),
                        Parameter.of("Title", TEXT).at(2),
                        Parameter.of("Body", TEXTS).at(3),
                        Parameter.of("As", TEXT).oneOf("Table", "List"),
                        Parameter.of("CssUri", TEXT).alias("cu", "uri"),
                        Parameter.of("PreContent", TEXTS),
                        Parameter.of("PostContent", TEXTS),
                        Parameter.of("Fragment", SWITCH),
                        INPUT)
                .oneOf("Fragment", "Head")
                .oneOf("Fragment", "CssUri")
                .oneOf("Fragment", "Title")
                .oneOf("Fragment", "Body")
                .summary("Converts objects into HTML that can be displayed in a Web browser.")
                .does(Page::new));
    }

    private static final class Page implements Stage {
        private List<PropertyChoice> choices;
        private List<Column> columns;
        private boolean list;
        private boolean any;

        @Override
        public void begin(Call call) {
            choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.HTML);
            list = call.text("As").filter("List"::equals).isPresent();
            if (!call.flag("Fragment")) {
                call.write("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
                        + " \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">");
                call.write("<html xmlns=\"http://www.w3.org/1999/xhtml\">");
                call.write("<head>");
                if (call.has("Head")) {
                    call.texts("Head").forEach(call::write);
                } else {
                    call.write("<title>" + escaped(call.text("Title").orElse("HTML TABLE")) + "</title>");
                }
                call.text("CssUri")
                        .ifPresent(uri -> call.write(
                                "<link rel=\"stylesheet\" type=\"text/css\" href=\"" + escaped(uri) + "\" />"));
                call.write("</head><body>");
                call.texts("Body").forEach(call::write);
            }
            call.texts("PreContent").forEach(call::write);
            call.write("<table>");
        }

        @Override
        public void process(Call call) {
            Object item = Inputs.unformatted(call);
            if (item == null) {
                return;
            }
            boolean first = !any;
            any = true;
            if (columns == null || list) {
                columns = columns(item);
            }
            if (list) {
                entry(call, item, first);
                return;
            }
            if (first) {
                heading(call);
            }
            StringBuilder line = new StringBuilder("<tr>");
            for (Column column : columns) {
                line.append("<td>").append(value(column, item)).append("</td>");
            }
            call.write(line.append("</tr>").toString());
        }

        private List<Column> columns(Object item) {
            if (!choices.isEmpty()) {
                return PropertyChoice.columns(choices, item);
            }
            List<Column> all = DefaultView.columns(item);
            return all.isEmpty() ? List.of(Column.of("*", target -> target)) : all;
        }

        private void heading(Call call) {
            StringBuilder group = new StringBuilder("<colgroup>");
            StringBuilder names = new StringBuilder("<tr>");
            for (Column column : columns) {
                group.append("<col")
                        .append(column.width() > 0 ? " width=\"" + column.width() + "\"" : "")
                        .append(
                                column.alignment() == Alignment.BY_KIND
                                        ? ""
                                        : " align=\""
                                                + column.alignment().name().toLowerCase(Locale.ROOT) + "\"")
                        .append("/>");
                names.append("<th>").append(escaped(column.label())).append("</th>");
            }
            call.write(group.append("</colgroup>").toString());
            call.write(names.append("</tr>").toString());
        }

        private void entry(Call call, Object item, boolean first) {
            if (!first) {
                call.write("<tr><td><hr></td></tr>");
            }
            for (Column column : columns) {
                call.write("<tr><td>" + escaped(column.label()) + ":</td><td>" + value(column, item) + "</td></tr>");
            }
        }

        private static String value(Column column, Object item) {
            Object value = column.value().apply(item);
            boolean plain = column.format().isEmpty() && !(value instanceof ZonedDateTime);
            return escaped(plain ? TextForm.of(value) : column.text(value));
        }

        @Override
        public void end(Call call) {
            call.write("</table>");
            List<String> after = new ArrayList<>(call.texts("PostContent"));
            after.forEach(call::write);
            if (!call.flag("Fragment")) {
                call.write("</body></html>");
            }
        }

        private static String escaped(String text) {
            StringBuilder safe = new StringBuilder();
            for (char c : SafeText.lines(text).toCharArray()) {
                switch (c) {
                    case '<' -> safe.append("&lt;");
                    case '>' -> safe.append("&gt;");
                    case '&' -> safe.append("&amp;");
                    case '"' -> safe.append("&quot;");
                    case '\'' -> safe.append("&#39;");
                    default -> safe.append(c);
                }
            }
            return safe.toString();
        }
    }
}
