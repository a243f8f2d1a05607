package dev.tarry.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScrapeTest {
    private final Metrics metrics = new Metrics();
    private Optional<List<QueueView>> queues = Optional.of(
            List.of(queue(4, QueueStatus.RETRY, 3), queue(5, QueueStatus.RETRY, 4), queue(6, QueueStatus.ACTIVE, 1)));
    private final Scrape scrape = new Scrape(
            metrics,
            new Scrape.Gauges(() -> queues, () -> 12_345, () -> 7),
            InstantSource.fixed(Instant.parse("2026-03-04T09:15:00Z")));

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

    private void assertLine(String line) {
        String text = scrape.print("").text();
        assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    }

    @Test
    void what_the_queues_did_is_counted() {
        metrics.accepted(1_000);
        metrics.accepted(500);
        metrics.delivered(3);
        metrics.deferred(2);
        metrics.failed(4, TrackingEvent.Source.DNS);
        metrics.reported();
        metrics.attemptFailed(TrackingEvent.Source.SMTP);
        assertLine("tarry_messages_accepted_total 2.0");
        assertLine("tarry_messages_accepted_bytes_total 1500.0");
        assertLine("tarry_recipients_delivered_total 3.0");
        assertLine("tarry_recipients_deferred_total 2.0");
        assertLine("tarry_recipients_failed_total{source=\"DNS\"} 4.0");
        assertLine("tarry_recipients_failed_total{source=\"QUEUE\"} 0.0");
        assertLine("tarry_reports_total 1.0");
        assertLine("tarry_queue_attempts_failed_total{source=\"SMTP\"} 1.0");
    }

    @Test
    void what_clients_did_is_counted() {
        metrics.connected();
        metrics.connected();
        metrics.disconnected();
        metrics.turnedAway();
        metrics.accepted(10, 3);
        metrics.refused(452);
        metrics.refused(550);
        metrics.refused(554);
        assertLine("tarry_receive_connections_total 2.0");
        assertLine("tarry_receive_connections_open 1.0");
        assertLine("tarry_receive_connections_refused_total 1.0");
        assertLine("tarry_receive_messages_total 1.0");
        assertLine("tarry_receive_recipients_total 3.0");
        assertLine("tarry_receive_refusals_total{class=\"4xx\"} 1.0");
        assertLine("tarry_receive_refusals_total{class=\"5xx\"} 2.0");
    }

    @Test
    void queues_are_looked_at_when_somebody_asks() {
        assertLine("tarry_queues{status=\"Retry\"} 2.0");
        assertLine("tarry_queues{status=\"Suspended\"} 0.0");
        assertLine("tarry_queue_messages{status=\"Retry\"} 7.0");
        assertLine("tarry_queue_messages{status=\"Active\"} 1.0");
        assertLine("tarry_store_bytes 12345.0");
        assertLine("tarry_queue_loop_backlog 7.0");
        queues = Optional.empty();
        assertLine("tarry_queues{status=\"Retry\"} 0.0");
    }

    @Test
    void no_label_comes_from_mail() {
        String text = scrape.print("").text();
        assertFalse(text.contains("example"), text);
        assertTrue(text.contains("jvm_memory_used_bytes"), text);
    }

    @Test
    void open_metrics_is_given_to_those_who_ask_for_it() {
        Scrape.Printed printed = scrape.print("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertTrue(printed.mediaType().startsWith("application/openmetrics-text"));
        assertTrue(printed.text().endsWith("# EOF\n"));
        assertEquals(Scrape.TEXT, scrape.print("text/html").mediaType());
    }
}
