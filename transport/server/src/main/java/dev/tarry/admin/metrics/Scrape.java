package dev.tarry.admin.metrics;

import dev.tarry.admin.metrics.MetricRow.Point;
import dev.tarry.admin.metrics.MetricRow.Reading;
import dev.tarry.admin.metrics.MetricRow.Spread;
import dev.tarry.admin.metrics.MetricRow.Type;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.QueueAges;
import dev.tarry.queue.QueueView;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Prints the counts in Prometheus' format, and with them what is looked up at that moment: queues, store, memory. One
/// scrape at a time; may block.
public final class Scrape {
    /// What Prometheus takes unless it asks for another.
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /// What can be told only when it is asked for.
    ///
    /// @param queues           all queues, or nothing while they cannot answer
    /// @param ages             how old what is queued is, by these limits, or nothing as above
    /// @param storeBytes       bytes on disk
    /// @param queueLoopBacklog tasks that wait for the queue loop
    /// @param ioLoopBacklog    tasks that wait for the io loops
    /// @param trackingWaiting  tracking events that are in no file yet
    /// @param trackingDropped  tracking events that were not kept
    /// @param logs             the other logs, by name: `connectivity`, `queue`, `dns`, `receive`, `send`
    /// @param operations       verbs on everything that matches a filter that go on
    /// @param pressure         how short resources are
    /// @param memory           of messages that are coming in
    /// @param labTime          the lab's clock
    /// @param version          the server's
    public record Gauges(
            Supplier<Optional<List<QueueView>>> queues,
            Function<List<Duration>, Optional<QueueAges>> ages,
            LongSupplier storeBytes,
            LongSupplier queueLoopBacklog,
            LongSupplier ioLoopBacklog,
            LongSupplier trackingWaiting,
            LongSupplier trackingDropped,
            Map<String, Backlog> logs,
            LongSupplier operations,
            BackPressure pressure,
            IncomingMemory memory,
            InstantSource labTime,
            String version) {}

    /// How a log keeps up.
    ///
    /// @param waiting lines that are in no file yet
    /// @param dropped lines that were not kept
    public record Backlog(LongSupplier waiting, LongSupplier dropped) {}

    private final PrometheusMeterRegistry registry;
    private final Looked looked;
    private final List<MetricRow> rows = MetricTable.rows();
    /// what is registered, which the registry itself would not keep alive
    private final Map<List<String>, Point> points = new HashMap<>();

    /// @param time what the registry's clock shows
    public Scrape(Metrics metrics, Gauges gauges, InstantSource time) {
        PrometheusRegistry prometheus = new PrometheusRegistry();
        this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, clock(time));
        this.looked = new Looked(metrics, gauges);
        new JvmMemoryMetrics().bindTo(registry);
        for (MetricRow row : rows) {
            switch (row.reading()) {
                case Reading.Spreads(var spreads) ->
                    prometheus.register((Collector) () -> histogram(row, spreads.apply(looked)));
                case Reading.Facts(var values) ->
                    prometheus.register((Collector) () -> info(row, values.apply(looked)));
                case Reading.Numbers _, Reading.Library _ -> {} // the first are registered when they are seen
            }
        }
    }

    /// @param accept the Accept header; OpenMetrics is given to those who ask for it
    public synchronized Printed print(String accept) {
        looked.look();
        for (MetricRow row : rows) {
            if (row.reading() instanceof Reading.Numbers(var numbers)) {
                numbers.apply(looked).forEach(point -> register(row, point));
            }
        }
        boolean openMetrics = accept.contains("application/openmetrics-text");
        String type = openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : TEXT;
        return new Printed(type, registry.scrape(type));
    }

    /// @param mediaType of the text
    public record Printed(String mediaType, String text) {}

    /// Each once, when it is first seen. The values of labels are few: those of the table, and as many servers as
    /// [DnsCounts#MAX_SERVERS].
    private void register(MetricRow row, Point point) {
        List<String> id = new ArrayList<>(point.labels());
        id.add(row.name());
        if (points.putIfAbsent(id, point) != null) {
            return;
        }
        Tags tags = tags(row, point.labels());
        if (row.type() == Type.COUNTER) {
            FunctionCounter.builder(row.name(), point, p -> p.value().getAsDouble())
                    .description(row.says())
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(row.name(), point, p -> p.value().getAsDouble())
                    .description(row.says())
                    .tags(tags)
                    .register(registry);
        }
    }

    private static Tags tags(MetricRow row, List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(row.labels().get(i).name(), values.get(i)));
        }
        return Tags.of(tags);
    }

    private static HistogramSnapshot histogram(MetricRow row, List<Spread> spreads) {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(row.name()).help(row.says());
        for (Spread spread : spreads) {
            Buckets buckets = spread.buckets();
            long[] bounds = buckets.bounds();
            long[] counts = buckets.counts();
            ClassicHistogramBuckets.Builder classic = ClassicHistogramBuckets.builder();
            for (int i = 0; i < counts.length; i++) {
                double upTo = i < bounds.length ? bounds[i] / spread.perUnit() : Double.POSITIVE_INFINITY;
                classic.bucket(upTo, counts[i]);
            }
            snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(classic.build())
                    .sum(buckets.sum() / spread.perUnit())
                    .labels(labels(row, spread.labels()))
                    .build());
        }
        return snapshot.build();
    }

    private static InfoSnapshot info(MetricRow row, List<String> values) {
        return InfoSnapshot.builder()
                .name(row.name().replaceFirst("_info$", "")) // which it is given again
                .help(row.says())
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(labels(row, values))
                        .build())
                .build();
    }

    private static Labels labels(MetricRow row, List<String> values) {
        String[] names = row.labels().stream().map(MetricRow.Label::name).toArray(String[]::new);
        return Labels.of(names, values.toArray(String[]::new));
    }

    private static Clock clock(InstantSource time) {
        return new Clock() {
            @Override
            public long wallTime() {
                return time.millis();
            }

            @Override
            public long monotonicTime() {
                return TimeUnit.MILLISECONDS.toNanos(time.millis());
            }
        };
    }
}
