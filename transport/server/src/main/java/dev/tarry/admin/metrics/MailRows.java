package dev.tarry.admin.metrics;

import static dev.tarry.admin.metrics.Rows.by;
import static dev.tarry.admin.metrics.Rows.counter;
import static dev.tarry.admin.metrics.Rows.gauge;
import static dev.tarry.admin.metrics.Rows.histogram;
import static dev.tarry.admin.metrics.Rows.label;

import dev.tarry.admin.metrics.MetricRow.Point;
import dev.tarry.pickup.Drop;
import dev.tarry.pressure.Resource;
import dev.tarry.queue.QueueMeter;
import dev.tarry.queue.QueueStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Mail, queues, and where they are kept.
final class MailRows {
    private static final double NANOS = 1e9;
    private static final String[] LOGS = {"connectivity", "queue", "dns", "receive", "send"};

    private MailRows() {}

    static List<MetricRow> rows() {
        List<MetricRow> rows = new ArrayList<>();
        mail(rows);
        queues(rows);
        store(rows);
        return rows;
    }

    private static void mail(List<MetricRow> rows) {
        rows.add(counter(
                "tarry_messages_accepted_total",
                "messages",
                "Messages taken into the queues, durable, reports included.",
                m -> m.accepted.sum()));
        rows.add(counter(
                "tarry_messages_accepted_bytes_total",
                "bytes",
                "Size of the messages taken into the queues.",
                m -> m.acceptedBytes.sum()));
        rows.add(counter(
                "tarry_recipients_delivered_total",
                "recipients",
                "Recipients who have the message: their host took it (host), or it is in their mailbox here (mailbox).",
                label("to", "host", "mailbox"),
                l -> List.of(
                        new Point(List.of("host"), l.metrics.delivered::sum),
                        new Point(List.of("mailbox"), l.metrics.stored::sum))));
        rows.add(counter(
                "tarry_recipients_deferred_total",
                "recipients",
                "Recipients who have to wait: once an episode of their queue's Retry (dns, connection, other), and each"
                        + " time a host refuses them for now (host).",
                by("reason", QueueMeter.Deferral.class),
                l -> Rows.points(QueueMeter.Deferral.class, l.metrics.deferred::of)));
        rows.add(counter(
                "tarry_recipients_failed_total",
                "recipients",
                "Recipients failed for good: refused by a host, by what DNS says of their domain, by routing, or"
                        + " expired.",
                by("reason", Metrics.Failure.class),
                l -> Rows.points(Metrics.Failure.class, l.metrics.failed::of)));
        rows.add(counter(
                "tarry_messages_poisoned_total",
                "messages",
                "Messages set aside in the Poison queue.",
                m -> m.poisoned.sum()));
        rows.add(counter(
                "tarry_pickup_files_total",
                "files",
                "Files of the Pickup and Replay directories that were taken into the queues.",
                by("directory", Drop.class),
                l -> Rows.points(Drop.class, l.metrics.picked::of)));
        rows.add(counter(
                "tarry_pickup_bad_files_total",
                "files",
                "Files of the Pickup and Replay directories that were set aside as .bad.",
                by("directory", Drop.class),
                l -> Rows.points(Drop.class, l.metrics.badFiles::of)));
        rows.add(counter(
                "tarry_reports_total",
                "reports",
                "Reports made: failure (NDR), delay, delivered, relayed.",
                by("kind", Metrics.Report.class),
                l -> Rows.points(Metrics.Report.class, l.metrics.reports::of)));
    }

    private static void queues(List<MetricRow> rows) {
        MetricRow.Label status = label(
                "status",
                Arrays.stream(QueueStatus.values()).map(QueueStatus::shellName).toArray(String[]::new));
        rows.add(counter(
                "tarry_queue_attempts_failed_total",
                "attempts",
                "Attempts after which a queue waits in Retry.",
                by("reason", Metrics.Attempt.class),
                l -> Rows.points(Metrics.Attempt.class, l.metrics.attemptsFailed::of)));
        rows.add(gauge("tarry_queues", "queues", "Queues by status.", status, l -> statuses(l::queues)));
        rows.add(gauge(
                "tarry_queue_messages",
                "messages",
                "Messages by the status of their queue; one for each queue that it is in.",
                status,
                l -> statuses(l::messages)));
        rows.add(gauge(
                "tarry_operations_running",
                "operations",
                "Verbs on everything that matches a filter that go on.",
                l -> l.gauges.operations().getAsLong()));
        rows.add(gauge(
                "tarry_queue_oldest_message_age_seconds",
                "seconds",
                "For how long, in lab time, the oldest message in queues of a status has been here, messages on a"
                        + " connection aside; 0 if there is none.",
                status,
                l -> statuses(l::oldest)));
        rows.add(gauge(
                "tarry_queue_messages_by_age",
                "messages",
                "Messages by how long they have been here in lab time, exact to ten seconds; one for each queue.",
                label("age", ages()),
                l -> {
                    List<Point> points = new ArrayList<>();
                    for (int i = 0; i < ages().length; i++) {
                        int bucket = i;
                        points.add(new Point(List.of(ages()[i]), () -> l.ofAge(bucket)));
                    }
                    return points;
                }));
    }

    private interface OfStatus {
        double of(QueueStatus status);
    }

    private static List<Point> statuses(OfStatus number) {
        return Arrays.stream(QueueStatus.values())
                .map(s -> new Point(List.of(s.shellName()), () -> number.of(s)))
                .toList();
    }

    /// `0-1m`, `1m-5m`, … `48h-`.
    private static String[] ages() {
        List<String> names = new ArrayList<>();
        String from = "0";
        for (Duration limit : Looked.AGES) {
            String to = limit.toHours() > 0 ? limit.toHours() + "h" : limit.toMinutes() + "m";
            names.add(from + "-" + to);
            from = to;
        }
        names.add(from + "-");
        return names.toArray(String[]::new);
    }

    private static List<Point> logs(Looked looked, Function<Scrape.Backlog, LongSupplier> which) {
        return Arrays.stream(LOGS)
                .filter(looked.gauges.logs()::containsKey)
                .map(log -> new Point(
                        List.of(log),
                        () -> which.apply(looked.gauges.logs().get(log)).getAsLong()))
                .toList();
    }

    private static void store(List<MetricRow> rows) {
        rows.add(gauge(
                "tarry_store_open", "1 or 0", "Whether the store takes mail.", l -> l.metrics.storeOpen() ? 1 : 0));
        rows.add(gauge(
                "tarry_store_bytes",
                "bytes",
                "The store's files.",
                l -> l.gauges.storeBytes().getAsLong()));
        rows.add(counter(
                "tarry_store_failures_total",
                "failures",
                "Failures of the store: no space, another fault of the disk, or another server that has taken it over.",
                by("reason", Metrics.StoreFailure.class),
                l -> Rows.points(Metrics.StoreFailure.class, l.metrics.storeFailures::of)));
        rows.add(counter(
                "tarry_store_repairs_total",
                "repairs",
                "How often the store was damaged and has been repaired.",
                l -> l.storeRepairs.sum()));
        rows.add(counter(
                "tarry_store_records_lost_total",
                "records",
                "Records that repairs could not read; /api/v1/store names them.",
                l -> l.storeRecordsLost.sum()));
        rows.add(counter(
                "tarry_store_messages_damaged_total",
                "messages",
                "Queued messages whose octets turned out to be damaged.",
                l -> l.damaged.sum()));
        rows.add(gauge(
                "tarry_disk_free_bytes",
                "bytes",
                "Free space of the store's disk; -1 until it was looked at.",
                l -> l.metrics.diskFreeBytes()));
        rows.add(gauge(
                "tarry_disk_pressure",
                "0, 1 or 2",
                "Low, medium, or high: then mail is refused with 452 4.3.1.",
                l -> l.metrics.diskPressure()));
        rows.add(gauge(
                "tarry_resource_pressure",
                "0, 1 or 2",
                "How short a resource is: low; medium, when MAIL is answered late; or high, when mail is refused with"
                        + " 452 4.3.1.",
                by("resource", Resource.class),
                l -> Rows.points(
                        Resource.class,
                        resource -> l.gauges.pressure().level(resource).ordinal())));
        rows.add(gauge(
                "tarry_resource_use",
                "by resource",
                "What was found of a resource at the last look: bytes that are free, per cent of the heap, changes that"
                        + " wait for the store, messages in the Submission queue.",
                by("resource", Resource.class),
                l -> Rows.points(Resource.class, resource -> l.gauges.pressure().use(resource))));
        rows.add(gauge(
                "tarry_receive_memory_bytes",
                "bytes",
                "Memory that messages which are coming in hold; receive.memory bounds it.",
                l -> l.gauges.memory().used()));
        rows.add(gauge(
                "tarry_disk_reserve_bytes",
                "bytes",
                "Kept of the store's disk for when nothing else is left; 0 when that has been given back.",
                l -> l.metrics.diskReserveBytes()));
        rows.add(counter(
                "tarry_store_commits_total",
                "commits",
                "Commits: with a sync, without (parts of bodies), or failed.",
                by("result", Metrics.Commit.class),
                l -> Rows.points(Metrics.Commit.class, l.metrics.commits::of)));
        rows.add(histogram(
                "tarry_store_sync_seconds",
                "seconds",
                "How long commits with a sync took, in real time.",
                l -> l.metrics.syncTook,
                NANOS));
        rows.add(histogram(
                "tarry_store_sync_batches",
                "batches",
                "How many changes one sync made durable.",
                l -> l.metrics.syncBatches,
                1));
        rows.add(gauge(
                "tarry_tracking_events_waiting",
                "events",
                "Tracking events that are not yet in a file.",
                l -> l.gauges.trackingWaiting().getAsLong()));
        rows.add(Rows.counterOf(
                "tarry_tracking_events_dropped_total",
                "events",
                "Tracking events that were not kept, because the disk does not keep up.",
                l -> l.gauges.trackingDropped().getAsLong()));
        rows.add(gauge(
                "tarry_log_lines_waiting",
                "lines",
                "Lines of the logs of connections, queues, DNS and SMTP that are not yet in a file.",
                label("log", LOGS),
                l -> logs(l, Scrape.Backlog::waiting)));
        rows.add(counter(
                "tarry_log_lines_dropped_total",
                "lines",
                "Lines of the logs of connections, queues, DNS and SMTP that were not kept, because the disk does not keep up.",
                label("log", LOGS),
                l -> logs(l, Scrape.Backlog::dropped)));
    }
}
