package dev.tarry.admin.metrics;

import static dev.tarry.admin.metrics.Rows.counter;
import static dev.tarry.admin.metrics.Rows.counterOf;
import static dev.tarry.admin.metrics.Rows.gauge;
import static dev.tarry.admin.metrics.Rows.label;
import static dev.tarry.admin.metrics.Rows.library;
import static dev.tarry.admin.metrics.Rows.open;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.tarry.admin.metrics.MetricRow.Point;
import dev.tarry.admin.metrics.MetricRow.Spread;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Loops, memory, and the process.
final class ProcessRows {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private ProcessRows() {}

    static List<MetricRow> rows() {
        List<MetricRow> rows = new ArrayList<>();
        loops(rows);
        memory(rows);
        process(rows);
        return rows;
    }

    private static void loops(List<MetricRow> rows) {
        MetricRow.Label loop = label("loop", "queue", "io");
        rows.add(Rows.histogram(
                "tarry_loop_lag_seconds",
                "seconds",
                "How long a task waited for its loop, in real time: measured twice a second with a task that does"
                        + " nothing. While a loop is stuck the measurements that it keeps waiting count too.",
                loop,
                l -> List.of(
                        new Spread(List.of("queue"), l.metrics.queueLoopLag, NANOS),
                        new Spread(List.of("io"), l.metrics.ioLoopLag, NANOS))));
        rows.add(gauge(
                "tarry_loop_tasks_waiting",
                "tasks",
                "Tasks that wait for the queue loop, or for any io loop.",
                loop,
                l -> List.of(
                        new Point(
                                List.of("queue"),
                                () -> l.gauges.queueLoopBacklog().getAsLong()),
                        new Point(List.of("io"), () -> l.gauges.ioLoopBacklog().getAsLong()))));
    }

    private static void memory(List<MetricRow> rows) {
        rows.add(gauge(
                "tarry_network_buffers_bytes",
                "bytes",
                "Memory that the network's buffers hold.",
                label("memory", "direct", "heap"),
                _ -> List.of(
                        new Point(List.of("direct"), () -> buffers(ByteBufAllocatorMetric::usedDirectMemory)),
                        new Point(List.of("heap"), () -> buffers(ByteBufAllocatorMetric::usedHeapMemory)))));
        MetricRow.Label area = label("area", "heap", "nonheap");
        MetricRow.Label pool = open("id", "the JVM's memory pools");
        MetricRow.Label buffers = open("id", "the JVM's buffer pools");
        rows.add(library("jvm_memory_used_bytes", "bytes", "Memory in use.", area, pool));
        rows.add(library("jvm_memory_committed_bytes", "bytes", "Memory taken from the system.", area, pool));
        rows.add(library("jvm_memory_max_bytes", "bytes", "Memory that may be taken; -1: no limit.", area, pool));
        rows.add(library("jvm_buffer_count_buffers", "buffers", "Buffers outside the heap.", buffers));
        rows.add(library("jvm_buffer_memory_used_bytes", "bytes", "Memory that they hold.", buffers));
        rows.add(library("jvm_buffer_total_capacity_bytes", "bytes", "What they could hold.", buffers));
        MetricRow.Label collector = open("gc", "the JVM's garbage collectors");
        rows.add(counter(
                "jvm_gc_collections_total",
                "collections",
                "Garbage collections.",
                collector,
                _ -> collectors(GarbageCollectorMXBean::getCollectionCount, 1)));
        rows.add(counter(
                "jvm_gc_seconds_total",
                "seconds",
                "Time spent in garbage collections.",
                collector,
                _ -> collectors(GarbageCollectorMXBean::getCollectionTime, MILLIS)));
        rows.add(gauge(
                "jvm_threads",
                "threads",
                "Live platform threads.",
                _ -> ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private static double buffers(ToLongFunction<ByteBufAllocatorMetric> what) {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator
                ? what.applyAsLong(allocator.metric())
                : 0;
    }

    private static List<Point> collectors(ToLongFunction<GarbageCollectorMXBean> what, double perUnit) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(gc -> new Point(List.of(gc.getName()), () -> Math.max(0, what.applyAsLong(gc)) / perUnit))
                .toList();
    }

    private static void process(List<MetricRow> rows) {
        rows.add(new MetricRow(
                "tarry_build_info",
                MetricRow.Type.INFO,
                "1",
                List.of(open("version", "tarry's"), open("java", "Java's")),
                "Which tarry, on which Java.",
                new MetricRow.Reading.Facts(
                        l -> List.of(l.gauges.version(), Runtime.version().toString()))));
        rows.add(gauge(
                "tarry_lab_time_seconds",
                "seconds",
                "What the lab's clock shows, since 1970.",
                l -> l.gauges.labTime().millis() / MILLIS));
        rows.add(gauge(
                "process_start_time_seconds",
                "seconds",
                "When the process began, since 1970.",
                _ -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS));
        rows.add(gauge(
                "process_uptime_seconds",
                "seconds",
                "For how long the process has been running.",
                _ -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS));
        rows.add(counterOf(
                "process_cpu_seconds_total",
                "seconds",
                "Processor time used.",
                _ -> system().map(OperatingSystemMXBean::getProcessCpuTime).orElse(0L) / NANOS));
        rows.add(gauge(
                "process_open_fds",
                "files",
                "Files and sockets that are open.",
                _ -> system().map(s ->
                                s instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0L)
                        .orElse(0L)));
        rows.add(gauge(
                "process_max_fds",
                "files",
                "Files and sockets that may be open.",
                _ -> system().map(s ->
                                s instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : 0L)
                        .orElse(0L)));
    }

    private static Optional<OperatingSystemMXBean> system() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Optional.of(system)
                : Optional.empty();
    }
}
