package dev.tarry.admin.metrics;

import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
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
    /// @param storeBytes       bytes on disk
    /// @param queueLoopBacklog tasks that wait for the queue loop
    public record Gauges(
            Supplier<Optional<List<QueueView>>> queues, LongSupplier storeBytes, LongSupplier queueLoopBacklog) {}

    private final PrometheusMeterRegistry registry;
    private final Gauges gauges;
    private Map<QueueStatus, int[]> byStatus = Map.of();

    /// @param time what the registry's clock shows
    public Scrape(Metrics metrics, Gauges gauges, InstantSource time) {
        this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock(time));
        this.gauges = gauges;
        counters(metrics);
        gauges(metrics);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /// @param accept the Accept header; OpenMetrics is given to those who ask for it
    public synchronized Printed print(String accept) {
        byStatus = gauges.queues.get().map(Scrape::count).orElse(Map.of());
        boolean openMetrics = accept.contains("application/openmetrics-text");
        String type = openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : TEXT;
        return new Printed(type, registry.scrape(type));
    }

    /// @param mediaType of the text
    public record Printed(String mediaType, String text) {}

    private static Map<QueueStatus, int[]> count(List<QueueView> queues) {
        Map<QueueStatus, int[]> counts = new EnumMap<>(QueueStatus.class);
        for (QueueView queue : queues) {
            int[] count = counts.computeIfAbsent(queue.status(), _ -> new int[2]);
            count[0]++;
            count[1] += queue.messageCount();
        }
        return counts;
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

    private void counters(Metrics m) {
        counter("tarry.messages.accepted", "Messages taken into the queues, reports included", m.accepted);
        counter("tarry.messages.accepted.bytes", "Bytes of messages taken into the queues", m.acceptedBytes);
        counter("tarry.recipients.delivered", "Recipients delivered", m.delivered);
        counter("tarry.recipients.deferred", "Recipients refused for now", m.deferred);
        counter("tarry.reports", "Reports made", m.reports);
        counter("tarry.store.failures", "Failures of the store", m.storeFailures);
        m.failed.forEach((source, count) ->
                counter("tarry.recipients.failed", "Recipients failed for good", count, "source", source.name()));
        m.attemptsFailed.forEach((source, count) -> counter(
                "tarry.queue.attempts.failed",
                "Attempts after which a queue waits in Retry",
                count,
                "source",
                source.name()));
        counter("tarry.receive.connections", "Connections of clients", m.connectionsOpened);
        counter("tarry.receive.connections.refused", "Connections above the limits", m.connectionsTurnedAway);
        counter("tarry.receive.messages", "Messages taken from clients", m.received);
        counter("tarry.receive.bytes", "Bytes of messages taken from clients", m.receivedBytes);
        counter("tarry.receive.recipients", "Recipients of messages taken from clients", m.receivedRecipients);
        counter("tarry.receive.refusals", "Commands and messages refused", m.refusedForNow, "class", "4xx");
        counter("tarry.receive.refusals", "Commands and messages refused", m.refusedForGood, "class", "5xx");
    }

    private void counter(String name, String description, LongAdder count, String... tags) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauges(Metrics m) {
        for (QueueStatus status : QueueStatus.values()) {
            Tags tags = Tags.of("status", status.shellName());
            gauge("tarry.queues", "Queues by status", tags, () -> ofStatus(status, 0));
            gauge("tarry.queue.messages", "Messages by the status of their queue", tags, () -> ofStatus(status, 1));
        }
        gauge("tarry.store.bytes", "Bytes on disk", Tags.empty(), gauges.storeBytes::getAsLong);
        gauge(
                "tarry.queue.loop.backlog",
                "Tasks that wait for the queue loop",
                Tags.empty(),
                gauges.queueLoopBacklog::getAsLong);
        gauge(
                "tarry.receive.connections.open",
                "Connections of clients that are open",
                Tags.empty(),
                () -> m.connectionsOpened.sum() - m.connectionsClosed.sum());
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            gauge(
                    "tarry.network.direct.bytes",
                    "Direct memory that the network's buffers hold",
                    Tags.empty(),
                    () -> allocator.metric().usedDirectMemory());
        }
    }

    private int ofStatus(QueueStatus status, int what) {
        int[] count = byStatus.get(status);
        return count == null ? 0 : count[what];
    }

    private void gauge(String name, String description, Tags tags, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
