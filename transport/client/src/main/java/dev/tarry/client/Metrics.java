package dev.tarry.client;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What the server counts and measures, at one moment: Prometheus' text, read.
public final class Metrics {
    /// @param labels as they are written, `to="host"`; empty where there are none
    private record Line(String name, String labels, double value) {}

    private final List<Line> lines;

    private Metrics(List<Line> lines) {
        this.lines = lines;
    }

    /// @throws UnexpectedAnswerException where a line is none of Prometheus'
    static Metrics of(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int end = line.lastIndexOf(' ');
            int labels = line.indexOf('{');
            int name = labels >= 0 && labels < end ? labels : end;
            try {
                String value = line.substring(end + 1);
                lines.add(new Line(
                        line.substring(0, Math.max(0, name)),
                        name == labels ? line.substring(labels + 1, line.lastIndexOf('}', end)) : "",
                        value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value)));
            } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                throw new UnexpectedAnswerException("The server's metrics have a line that does not read: " + line, e);
            }
        }
        return new Metrics(List.copyOf(lines));
    }

    /// All of a metric's lines that have these labels, added up.
    ///
    /// @param labels as in `result="greeted"`
    /// @return nothing where there is no such line
    public OptionalDouble sum(String name, String... labels) {
        List<Line> meant = lines.stream()
                .filter(line -> line.name.equals(name))
                .filter(line -> List.of(labels).stream().allMatch(line.labels::contains))
                .toList();
        return meant.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(meant.stream().mapToDouble(Line::value).sum());
    }
}
