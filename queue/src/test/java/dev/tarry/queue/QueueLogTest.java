package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.log.CsvLine;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueLogTest {
    private final QueueBench bench = new QueueBench();
    private final List<QueueLogRow> rows = new ArrayList<>();

    private void log(Duration interval, int threshold) {
        bench.queues.snapshots(interval, threshold, rows::add);
        bench.run();
    }

    private void fail(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.attemptFailed(
                attempt,
                new ErrorRecord("451 4.4.0 DNS query failed", domain, "", bench.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        bench.run();
    }

    @Test
    void queues_over_the_threshold_are_seen_once_an_interval_at_whole_minutes() {
        log(Duration.ofMinutes(1), 3);
        for (int i = 0; i < 3; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        bench.send("a@company.com", "b@yahoo.com");
        fail("gmail.com");
        bench.pass(Duration.ofSeconds(150));
        assertEquals(2, rows.size());
        for (QueueLogRow row : rows) {
            assertEquals("gmail.com", row.queue().key().nextHopDomain());
            assertEquals(3, row.queue().messageCount());
            assertEquals("451 4.4.0 DNS query failed", row.queue().lastError().details());
            assertEquals(0, row.time().getEpochSecond() % 60);
        }
        assertEquals(
                Duration.ofMinutes(1),
                Duration.between(rows.get(0).time(), rows.get(1).time()));
        log(Duration.ofMinutes(1), 1);
        bench.pass(Duration.ofMinutes(1));
        assertEquals(4, rows.size(), "the other queue too, from now on");
        log(Duration.ZERO, 1);
        bench.pass(Duration.ofMinutes(10));
        assertEquals(4, rows.size(), "and none when it is off");
    }

    @Test
    void while_there_is_no_mail_nothing_is_looked_at_and_it_goes_on_when_mail_comes() {
        log(Duration.ofMinutes(1), 1);
        bench.pass(Duration.ofDays(400));
        assertEquals(List.of(), rows);
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(Duration.ofMinutes(2));
        assertEquals(2, rows.size());
    }

    @Test
    void a_line_has_all_columns_and_nobody_can_forge_another() {
        log(Duration.ofMinutes(1), 1);
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.attemptFailed(
                attempt,
                new ErrorRecord("451 4.4.0 =cmd,\"x\"\r\n2026-01-01,forged", "gmail.com", "", bench.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        bench.pass(Duration.ofMinutes(1));
        QueueLogFormat format = new QueueLogFormat();
        String line = format.line(rows.getFirst());
        assertTrue(line.chars().noneMatch(c -> c == '\r' || c == '\n'), line);
        List<String> fields = CsvLine.parse(line).orElseThrow();
        assertEquals(QueueLogFormat.FIELDS.size(), fields.size());
        assertEquals("MAIL\\" + rows.getFirst().queue().id(), fields.get(2));
        assertEquals("DnsConnectorDelivery", fields.get(3));
        assertEquals("gmail.com", fields.get(5));
        assertEquals("Retry", fields.get(7));
        assertEquals("1", fields.get(8));
        assertEquals("0;0;0;0", fields.get(10));
        assertEquals("0;1;0;0", fields.get(11));
        assertEquals("451 4.4.0 =cmd,\"x\"\\u000D\\u000A2026-01-01,forged", fields.getLast());
        assertTrue(
                format.header(Instant.EPOCH).endsWith("#Fields: " + String.join(",", QueueLogFormat.FIELDS) + "\r\n"));
    }
}
