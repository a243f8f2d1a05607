package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When the store is asked to give back the space of dead mail. Asking is a reader's work.
final class TidyingTest {
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int MEBIBYTE = 1 << 20;

    private QueueBench bench = new QueueBench();

    private void relay(int messages, int bytes) {
        for (int i = 0; i < messages; i++) {
            bench.send(
                    QueueBench.text("a@company.com") + "x".repeat(bytes),
                    "a@company.com",
                    List.of(Recipient.of("b@gmail.com")));
        }
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        for (int i = 0; i < messages; i++) {
            bench.lease(attempt, 1)
                    .forEach(leased -> bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE));
        }
        bench.queues.disconnected(attempt);
        bench.run();
    }

    private int readsWithin(Duration span) {
        int before = bench.reads;
        bench.pass(span);
        return bench.reads - before;
    }

    @Test
    void few_messages_are_no_reason_unless_they_are_large() {
        relay(20, 1_000);
        assertEquals(0, readsWithin(QUIET.plusSeconds(1)));
        relay(2, 31 * MEBIBYTE);
        assertEquals(0, readsWithin(QUIET.plusSeconds(1)), "62 MB");
        relay(1, 3 * MEBIBYTE);
        assertEquals(0, readsWithin(QUIET.minusSeconds(1)), "65 MB; not yet");
        assertEquals(2, readsWithin(Duration.ofSeconds(2)), "a step, and one that finds nothing more");
    }

    @Test
    void what_safety_net_lets_go_of_counts_when_it_does() {
        assertEquals(readsAfterTheHoldTime(1_000) + 2, readsAfterTheHoldTime(25 * MEBIBYTE));
    }

    /// With three messages in Safety Net.
    private int readsAfterTheHoldTime(int bytes) {
        Duration hold = Duration.ofDays(2);
        bench = QueueBench.with(
                QueueBench.settings(ExchangeProfile.E2019, false).with(new QueueSettings.Keeping(hold, true, 2)));
        relay(3, bytes);
        assertEquals(0, readsWithin(QUIET.multipliedBy(2)));
        return readsWithin(hold.plusHours(1));
    }
}
