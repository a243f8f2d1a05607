package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// RetryCount and LastError of a message are about attempts made for it: none that was over before it came
/// (reference §1.8).
final class RetryCountTest {
    private final QueueBench bench = new QueueBench();

    private void failAttempt() {
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.attemptFailed(
                attempt,
                new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", bench.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        bench.run();
    }

    private static List<MessageRow> rows(QueueBench bench) {
        var rows = bench.queues.messages(Optional.empty());
        bench.run();
        return rows.join();
    }

    private static List<Integer> counts(QueueBench bench) {
        return rows(bench).stream().map(MessageRow::attempts).toList();
    }

    @Test
    void a_message_that_came_after_the_failure_has_no_attempt_and_no_error_until_the_next() {
        bench.send("a@company.com", "first@gmail.com");
        failAttempt();
        bench.pass(Duration.ofSeconds(30));
        bench.send("a@company.com", "second@gmail.com");
        assertEquals(List.of(1, 0), counts(bench));
        assertTrue(rows(bench).getLast().queueError().isNone(), "it is not about this one");
        assertEquals(MessageRow.Status.RETRY, rows(bench).getLast().status(), "it waits with its queue all the same");
        bench.pass(Duration.ofSeconds(30));
        failAttempt();
        assertEquals(List.of(2, 1), counts(bench));
        assertEquals(
                "451 4.4.0 DNS query failed", rows(bench).getLast().queueError().details());
    }

    @Test
    void so_it_is_after_a_restart() {
        bench.send("a@company.com", "first@gmail.com");
        failAttempt();
        bench.pass(Duration.ofSeconds(30));
        bench.send("a@company.com", "second@gmail.com");
        bench.pass(Duration.ofSeconds(30));
        failAttempt();
        bench.pass(Duration.ofSeconds(30));
        bench.send("a@company.com", "third@gmail.com");
        QueueBench after = bench.killed();
        assertEquals(List.of(2, 1, 0), counts(after));
        assertEquals(
                List.of(false, false, true),
                rows(after).stream().map(row -> row.queueError().isNone()).toList());
    }
}
