package dev.tarry.admin.metrics;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/// One metric: what it is called, what it means, and where its numbers come from. It is registered from this, and
/// documented from this.
///
/// @param name    as Prometheus has it, with its unit and, for counters, `_total`
/// @param unit    of its values: `bytes`, `seconds`, `messages` …
/// @param labels  in order; none for a single number
/// @param says    one sentence
/// @param reading where the numbers come from
record MetricRow(String name, Type type, String unit, List<Label> labels, String says, Reading reading) {
    /// As Prometheus knows them.
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        /// always 1: what it says is in its labels
        INFO
    }

    /// @param values all that there can be; empty: those that `says` tells
    /// @param says   what the values are where they cannot be listed; else empty
    record Label(String name, List<String> values, String says) {
        Label {
            values = List.copyOf(values);
        }
    }

    /// Where the numbers of a metric come from.
    sealed interface Reading {
        /// One number for each set of label values; asked at each scrape, since there may be new ones.
        record Numbers(Function<Looked, List<Point>> points) implements Reading {}

        /// One histogram for each set of label values.
        record Spreads(Function<Looked, List<Spread>> spreads) implements Reading {}

        /// The values of the labels, which do not change.
        record Facts(Function<Looked, List<String>> values) implements Reading {}

        /// The library's own.
        record Library() implements Reading {}
    }

    /// @param labels values, in the order of the row's labels
    record Point(List<String> labels, DoubleSupplier value) {}

    /// @param labels  values, in the order of the row's labels
    /// @param perUnit how many of what the buckets count make one of the metric's unit
    record Spread(List<String> labels, Buckets buckets, double perUnit) {}

    MetricRow {
        labels = List.copyOf(labels);
    }
}
