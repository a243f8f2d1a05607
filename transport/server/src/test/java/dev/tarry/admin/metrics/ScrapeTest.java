package dev.tarry.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsProtocol;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.DnsRow;
import dev.tarry.dns.DnsSearch;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.dsn.DsnKind;
import dev.tarry.eventlog.EventSink;
import dev.tarry.mail.Reply;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueAges;
import dev.tarry.queue.QueueMeter;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.receive.ReceiveMeter;
import dev.tarry.send.SendMeter;
import dev.tarry.store.CommitResult;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ScrapeTest {
    private static final Instant NOW = Instant.parse("2026-03-04T09:15:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Metrics metrics = new Metrics(nanos::get);
    private Optional<List<QueueView>> queues = Optional.of(
            List.of(queue(4, QueueStatus.RETRY, 3), queue(5, QueueStatus.RETRY, 4), queue(6, QueueStatus.ACTIVE, 1)));
    private final Scrape scrape = new Scrape(
            metrics,
            new Scrape.Gauges(
                    () -> queues,
                    limits -> {
                        assertEquals(8, limits.size());
                        return Optional.of(new QueueAges(
                                List.of(1, 0, 2, 0, 0, 0, 0, 0, 5),
                                Map.of(QueueStatus.RETRY, Duration.ofMillis(90_500))));
                    },
                    () -> 12_345,
                    () -> 7,
                    () -> 8,
                    () -> 9,
                    () -> 10,
                    Map.of(
                            "connectivity", new Scrape.Backlog(() -> 31, () -> 32),
                            "queue", new Scrape.Backlog(() -> 41, () -> 42),
                            "dns", new Scrape.Backlog(() -> 51, () -> 52),
                            "receive", new Scrape.Backlog(() -> 61, () -> 62),
                            "send", new Scrape.Backlog(() -> 71, () -> 72)),
                    () -> 2,
                    new BackPressure(InstantSource.fixed(NOW), EventSink.NONE, BackPressure.Effects.NONE),
                    new IncomingMemory(),
                    InstantSource.fixed(NOW),
                    "1.2.3"),
            InstantSource.fixed(NOW));

    private static QueueView queue(int id, QueueStatus status, int messages) {
        return new QueueView(
                id,
                new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, "d" + id + ".example", NextHopKey.NO_CONNECTOR),
                status,
                messages,
                ErrorRecord.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(0, 0, 0, 0),
                List.of(0, 0, 0, 0),
                0,
                0,
                0);
    }

    private static DnsQuery query(InetSocketAddress server, DnsOutcome outcome, long millis, boolean cached) {
        ServerAttempt attempt =
                new ServerAttempt(server, DnsProtocol.UDP, "gmail.com MX", "words", outcome, Duration.ofMillis(millis));
        return new DnsQuery(
                NOW, 1, DnsQuery.Asker.DELIVERY, "gmail.com", "gmail.com", "MX", attempt, Set.of(), cached, List.of());
    }

    private static InetSocketAddress server(int last, int port) {
        return new InetSocketAddress("192.0.2." + last, port);
    }

    private void assertLine(String line) {
        String text = scrape.print("").text();
        assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    }

    private static Set<String> names(String text) {
        return text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() {
        return MetricTable.rows().stream().map(MetricRow::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void from_the_first_scrape_on_there_is_what_the_table_says_and_nothing_else() {
        assertEquals(documented(), names(scrape.print("").text()));
    }

    @Test
    void what_the_logs_keep_waiting_and_have_lost_is_told_by_log() {
        assertLine("tarry_log_lines_waiting{log=\"connectivity\"} 31.0");
        assertLine("tarry_log_lines_waiting{log=\"queue\"} 41.0");
        assertLine("tarry_log_lines_dropped_total{log=\"connectivity\"} 32.0");
        assertLine("tarry_log_lines_dropped_total{log=\"queue\"} 42.0");
    }

    @Test
    void the_reserve_of_the_disk_is_told() {
        assertLine("tarry_disk_reserve_bytes 0.0");
        metrics.diskReserve(4_096);
        assertLine("tarry_disk_reserve_bytes 4096.0");
    }

    @Test
    void every_value_of_every_label_is_there_from_the_start() {
        metrics.dnsServers(List.of(server(1, 53)));
        String text = scrape.print("").text();
        for (MetricRow row : MetricTable.rows()) {
            for (MetricRow.Label label : row.labels()) {
                if (row.reading() instanceof MetricRow.Reading.Library) {
                    continue; // as the JVM has it
                }
                label.values()
                        .forEach(value -> assertTrue(
                                text.lines()
                                        .anyMatch(line -> line.startsWith(row.name())
                                                && line.contains(label.name() + "=\"" + value + "\"")),
                                () -> row.name() + " lacks " + label.name() + "=" + value));
            }
        }
        assertLine("tarry_dns_queries_total{outcome=\"servfail\",server=\"192.0.2.1\"} 0.0");
        assertLine("tarry_store_sync_seconds_count 0");
    }

    @Test
    void what_the_queues_did_is_counted() {
        metrics.accepted(1_000);
        metrics.accepted(500);
        metrics.delivered(3);
        metrics.stored(1);
        metrics.deferred(2, QueueMeter.Deferral.CONNECTION);
        metrics.failed(4, TrackingEvent.Source.DNS);
        metrics.failed(1, TrackingEvent.Source.QUEUE);
        metrics.failed(1, TrackingEvent.Source.ADMIN);
        metrics.reported(DsnKind.FAILURE);
        metrics.reported(new DsnKind.Delay(NOW));
        metrics.attemptFailed(TrackingEvent.Source.SMTP);
        assertLine("tarry_messages_accepted_total 2.0");
        assertLine("tarry_messages_accepted_bytes_total 1500.0");
        assertLine("tarry_recipients_delivered_total{to=\"host\"} 3.0");
        assertLine("tarry_recipients_delivered_total{to=\"mailbox\"} 1.0");
        assertLine("tarry_recipients_deferred_total{reason=\"connection\"} 2.0");
        assertLine("tarry_recipients_deferred_total{reason=\"host\"} 0.0");
        assertLine("tarry_recipients_failed_total{reason=\"dns\"} 4.0");
        assertLine("tarry_recipients_failed_total{reason=\"expired\"} 1.0");
        assertLine("tarry_recipients_failed_total{reason=\"other\"} 1.0");
        assertLine("tarry_recipients_failed_total{reason=\"host\"} 0.0");
        assertLine("tarry_reports_total{kind=\"failure\"} 1.0");
        assertLine("tarry_reports_total{kind=\"delay\"} 1.0");
        assertLine("tarry_reports_total{kind=\"relayed\"} 0.0");
        assertLine("tarry_queue_attempts_failed_total{reason=\"connection\"} 1.0");
    }

    @Test
    void a_sync_is_measured_from_its_beginning_to_its_end() {
        metrics.committing();
        nanos.addAndGet(3_000_000);
        metrics.committed(5, true, false);
        metrics.committing();
        nanos.addAndGet(700_000_000);
        metrics.committed(1, false, false);
        metrics.committing();
        metrics.committed(2, true, true);
        assertLine("tarry_store_sync_seconds_count 1");
        assertLine("tarry_store_sync_seconds_sum 0.003");
        assertLine("tarry_store_sync_seconds_bucket{le=\"0.0025\"} 0");
        assertLine("tarry_store_sync_seconds_bucket{le=\"0.005\"} 1");
        assertLine("tarry_store_sync_batches_bucket{le=\"4.0\"} 0");
        assertLine("tarry_store_sync_batches_bucket{le=\"8.0\"} 1");
        assertLine("tarry_store_commits_total{result=\"synced\"} 1.0");
        assertLine("tarry_store_commits_total{result=\"unsynced\"} 1.0");
        assertLine("tarry_store_commits_total{result=\"failed\"} 1.0");
    }

    @Test
    void a_store_that_fails_is_told() {
        assertLine("tarry_store_open 0.0");
        metrics.storeOpened();
        assertLine("tarry_store_open 1.0");
        metrics.storeFailed(new CommitResult.Failed("no space", true));
        metrics.storeFailed(new CommitResult.Failed("sync", false));
        metrics.storeFailed(new CommitResult.Fenced(3));
        assertLine("tarry_store_open 0.0");
        assertLine("tarry_store_failures_total{reason=\"full\"} 1.0");
        assertLine("tarry_store_failures_total{reason=\"broken\"} 1.0");
        assertLine("tarry_store_failures_total{reason=\"fenced\"} 1.0");
    }

    @Test
    void what_clients_did_is_counted() {
        metrics.connected();
        metrics.connected();
        metrics.disconnected();
        metrics.turnedAway();
        metrics.accepted(10, 3);
        metrics.refused(Reply.of(452, "4.3.1 Insufficient system resources"));
        metrics.refused(Reply.of(452, "4.3.10 no such thing"));
        metrics.refused(Reply.of(550, "5.1.1 User unknown"));
        metrics.refused(Reply.of(554, "5.9.9 otherwise"));
        metrics.paused(ReceiveMeter.Pause.DISK_BEHIND);
        metrics.secured(ReceiveMeter.Handshake.FAILED);
        assertLine("tarry_receive_connections_total{result=\"accepted\"} 2.0");
        assertLine("tarry_receive_connections_total{result=\"refused\"} 1.0");
        assertLine("tarry_receive_connections_open 1.0");
        assertLine("tarry_receive_messages_total 1.0");
        assertLine("tarry_receive_recipients_total 3.0");
        assertLine("tarry_receive_refusals_total{reply=\"452 4.3.1\"} 1.0");
        assertLine("tarry_receive_refusals_total{reply=\"other 4xx\"} 1.0");
        assertLine("tarry_receive_refusals_total{reply=\"550 5.1.1\"} 1.0");
        assertLine("tarry_receive_refusals_total{reply=\"other 5xx\"} 1.0");
        assertLine("tarry_receive_pauses_total{reason=\"disk_behind\"} 1.0");
        assertLine("tarry_receive_tls_handshakes_total{result=\"failed\"} 1.0");
    }

    @Test
    void what_hosts_did_is_counted() {
        metrics.greeted();
        metrics.greeted();
        metrics.greeted();
        metrics.parted();
        metrics.broken(SendMeter.Trouble.LOST);
        metrics.unusable(SendMeter.Trouble.CONNECT_REFUSED);
        metrics.sent(2_000, 3);
        assertLine("tarry_send_connections_total{result=\"greeted\"} 3.0");
        assertLine("tarry_send_connections_total{result=\"connect_refused\"} 1.0");
        assertLine("tarry_send_connections_open 1.0");
        assertLine("tarry_send_connections_broken_total{reason=\"lost\"} 1.0");
        assertLine("tarry_send_messages_total 1.0");
        assertLine("tarry_send_bytes_total 2000.0");
    }

    @Test
    void dns_servers_are_told_apart_and_the_seventeenth_is_another() {
        metrics.queried(query(server(1, 53), DnsOutcome.NO_ANSWER, 5_000, false));
        metrics.queried(query(server(2, 5353), DnsOutcome.RECORDS, 3, false));
        metrics.queried(query(server(2, 5353), DnsOutcome.RECORDS, 0, true));
        metrics.searched(new DnsSearch(
                1,
                DnsQuery.Asker.DELIVERY,
                "gmail.com",
                "gmail.com",
                NOW,
                NOW,
                new MxAnswer.NullMx("gmail.com"),
                Set.of(DnsRow.D19)));
        metrics.failed(DnsRow.D16);
        metrics.expired(3, "D9");
        metrics.expired(2, "");
        metrics.expired(2, "D99");
        assertLine("tarry_dns_cached_total 1.0");
        assertLine("tarry_dns_outcomes_total{row=\"d19\"} 1.0");
        assertLine("tarry_dns_outcomes_total{row=\"d16\"} 1.0");
        assertLine("tarry_dns_outcomes_total{row=\"d20\"} 3.0");
        assertLine("tarry_dns_outcomes_total{row=\"d9\"} 0.0");
        assertLine("tarry_dns_queries_total{outcome=\"no_answer\",server=\"192.0.2.1\"} 1.0");
        assertLine("tarry_dns_queries_total{outcome=\"records\",server=\"192.0.2.2:5353\"} 1.0");
        assertLine("tarry_dns_query_seconds_sum{server=\"192.0.2.1\"} 5.0");
        assertLine("tarry_dns_query_seconds_bucket{server=\"192.0.2.2:5353\",le=\"0.005\"} 1");
        assertLine("tarry_dns_searches_total{result=\"null_mx\"} 1.0");
        for (int i = 3; i < 200; i++) {
            metrics.queried(query(server(i, 53), DnsOutcome.RECORDS, 3, false));
        }
        assertLine("tarry_dns_queries_total{outcome=\"records\",server=\"192.0.2.16\"} 1.0");
        assertLine("tarry_dns_queries_total{outcome=\"records\",server=\"other\"} 183.0");
        assertFalse(scrape.print("").text().contains("192.0.2.17"), "bounded");
    }

    @Test
    void queues_are_looked_at_when_somebody_asks() {
        assertLine("tarry_queues{status=\"Retry\"} 2.0");
        assertLine("tarry_queues{status=\"Suspended\"} 0.0");
        assertLine("tarry_queue_messages{status=\"Retry\"} 7.0");
        assertLine("tarry_queue_messages{status=\"Active\"} 1.0");
        assertLine("tarry_queue_oldest_message_age_seconds{status=\"Retry\"} 90.5");
        assertLine("tarry_queue_oldest_message_age_seconds{status=\"Active\"} 0.0");
        assertLine("tarry_queue_messages_by_age{age=\"5m-15m\"} 2.0");
        assertLine("tarry_queue_messages_by_age{age=\"48h-\"} 5.0");
        assertLine("tarry_store_bytes 12345.0");
        assertLine("tarry_loop_tasks_waiting{loop=\"queue\"} 7.0");
        assertLine("tarry_loop_tasks_waiting{loop=\"io\"} 8.0");
        assertLine("tarry_tracking_events_waiting 9.0");
        assertLine("tarry_tracking_events_dropped_total 10.0");
        assertLine("tarry_log_lines_dropped_total{log=\"send\"} 72.0");
        assertLine("tarry_lab_time_seconds 1.7726157E9");
        queues = Optional.empty();
        assertLine("tarry_queues{status=\"Retry\"} 0.0");
    }

    @Test
    void no_label_comes_from_mail() {
        String text = scrape.print("").text();
        assertFalse(text.contains("example"), text);
        assertTrue(text.contains("tarry_build_info{java=\"" + Runtime.version() + "\",version=\"1.2.3\"} 1"), text);
    }

    @Test
    void open_metrics_is_given_to_those_who_ask_for_it() {
        Scrape.Printed printed = scrape.print("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertTrue(printed.mediaType().startsWith("application/openmetrics-text"));
        assertTrue(printed.text().endsWith("# EOF\n"));
        assertEquals(Scrape.TEXT, scrape.print("text/html").mediaType());
    }
}
