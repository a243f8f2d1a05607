package dev.tarry.admin.metrics;

import dev.tarry.admin.metrics.MetricRow.Label;
import dev.tarry.admin.metrics.MetricRow.Point;
import dev.tarry.admin.metrics.MetricRow.Reading;
import dev.tarry.admin.metrics.MetricRow.Spread;
import dev.tarry.admin.metrics.MetricRow.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// How the table's rows are written down.
final class Rows {
    private Rows() {}

    interface CountOf<E> {
        long of(E thing);
    }

    static MetricRow counter(String name, String unit, String says, ToDoubleFunction<Metrics> count) {
        return counterOf(name, unit, says, l -> count.applyAsDouble(l.metrics));
    }

    static MetricRow counterOf(String name, String unit, String says, ToDoubleFunction<Looked> count) {
        return new MetricRow(name, Type.COUNTER, unit, List.of(), says, single(count));
    }

    static MetricRow counter(String name, String unit, String says, Label label, Function<Looked, List<Point>> points) {
        return counter(name, unit, says, List.of(label), points);
    }

    static MetricRow counter(
            String name, String unit, String says, List<Label> labels, Function<Looked, List<Point>> points) {
        return new MetricRow(name, Type.COUNTER, unit, labels, says, new Reading.Numbers(points));
    }

    static MetricRow gauge(String name, String unit, String says, ToDoubleFunction<Looked> value) {
        return new MetricRow(name, Type.GAUGE, unit, List.of(), says, single(value));
    }

    static MetricRow gauge(String name, String unit, String says, Label label, Function<Looked, List<Point>> points) {
        return gauge(name, unit, says, List.of(label), points);
    }

    static MetricRow gauge(
            String name, String unit, String says, List<Label> labels, Function<Looked, List<Point>> points) {
        return new MetricRow(name, Type.GAUGE, unit, labels, says, new Reading.Numbers(points));
    }

    private static Reading single(ToDoubleFunction<Looked> value) {
        return new Reading.Numbers(l -> List.of(new Point(List.of(), () -> value.applyAsDouble(l))));
    }

    static MetricRow histogram(
            String name, String unit, String says, Function<Looked, Buckets> buckets, double perUnit) {
        return new MetricRow(
                name,
                Type.HISTOGRAM,
                unit,
                List.of(),
                says,
                new Reading.Spreads(l -> List.of(new Spread(List.of(), buckets.apply(l), perUnit))));
    }

    static MetricRow histogram(
            String name, String unit, String says, Label label, Function<Looked, List<Spread>> spreads) {
        return new MetricRow(name, Type.HISTOGRAM, unit, List.of(label), says, new Reading.Spreads(spreads));
    }

    /// What the metrics library gives of itself.
    static MetricRow library(String name, String unit, String says, Label... labels) {
        return new MetricRow(name, Type.GAUGE, unit, List.of(labels), says, new Reading.Library());
    }

    static Label label(String name, String... values) {
        return new Label(name, List.of(values), "");
    }

    /// A label whose values cannot be listed.
    static Label open(String name, String says) {
        return new Label(name, List.of(), says);
    }

    static <E extends Enum<E>> Label by(String name, Class<E> things) {
        return label(
                name, Arrays.stream(things.getEnumConstants()).map(Counts::word).toArray(String[]::new));
    }

    static <E extends Enum<E>> List<Point> points(Class<E> things, CountOf<E> count) {
        return Arrays.stream(things.getEnumConstants())
                .map(thing -> new Point(List.of(Counts.word(thing)), () -> count.of(thing)))
                .toList();
    }
}
