package dev.tarry.admin.metrics;

import dev.tarry.admin.metrics.MetricRow.Label;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All metrics there are: what is registered, and what the page about them says.
final class MetricTable {
    private record Part(String title, List<MetricRow> rows) {}

    MetricTable() {}

    private static List<Part> parts() {
        return List.of(
                new Part("Mail, queues and store", MailRows.rows()),
                new Part("Connections and DNS", WireRows.rows()),
                new Part("Loops, memory, process", ProcessRows.rows()));
    }

    static List<MetricRow> rows() {
        return parts().stream().flatMap(part -> part.rows().stream()).toList();
    }

    /// The tables of METRICS.md.
    static String markdown() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts()) {
            text.append("\n## ")
                    .append(part.title())
                    .append("\n\n| metric | type | unit | labels | |\n|---|---|---|---|---|\n");
            part.rows().forEach(row -> text.append(line(row)));
        }
        return text.append('\n').toString();
    }

    private static String line(MetricRow row) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s |\n",
                row.name(),
                row.type().name().toLowerCase(Locale.ROOT),
                row.unit(),
                row.labels().stream().map(MetricTable::label).collect(Collectors.joining("; ")),
                row.says());
    }

    private static String label(Label label) {
        Stream<String> values = label.values().stream().map(value -> "`" + value + "`");
        return "`" + label.name() + "`: "
                + (label.values().isEmpty() ? label.says() : values.collect(Collectors.joining(", ")));
    }
}
