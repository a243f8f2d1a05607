package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.store.ErrorRecord;
import dev.tarry.time.Chance;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryJitterTest {
    private static final QueueSettings PLAIN = QueueBench.settings(ExchangeProfile.E2019, false);

    @Test
    void without_it_waits_are_those_of_the_ladder() {
        assertSame(RetrySchedule.EXCHANGE, RetryWaits.spread(RetrySchedule.EXCHANGE, 0, new Chance(1), 4));
    }

    @Test
    void waits_are_spread_both_ways_and_never_further_than_it_says() {
        List<Long> millis = new ArrayList<>();
        for (int queue = 4; queue < 2_004; queue++) {
            RetryWaits waits = RetryWaits.spread(RetrySchedule.EXCHANGE, 20, new Chance(1), queue);
            millis.add(waits.waitAfter(0).toMillis());
        }
        assertTrue(millis.stream().allMatch(m -> m >= 48_000 && m <= 72_000), millis.toString());
        assertTrue(millis.stream().anyMatch(m -> m < 49_000), millis.toString());
        assertTrue(millis.stream().anyMatch(m -> m > 71_000), millis.toString());
        double mean = millis.stream().mapToLong(m -> m).average().orElseThrow();
        assertTrue(mean > 59_000 && mean < 61_000, mean + " ms");
        assertTrue(new HashSet<>(millis).size() > 1_500, "they are not spread");
    }

    @Test
    void a_seed_draws_the_same_for_a_queue_and_attempt_and_another_draws_another() {
        RetryWaits one = RetryWaits.spread(RetrySchedule.EXCHANGE, 20, new Chance(1), 4);
        assertEquals(
                one.waitAfter(3),
                RetryWaits.spread(RetrySchedule.EXCHANGE, 20, new Chance(1), 4).waitAfter(3));
        assertNotEquals(
                one.waitAfter(3),
                RetryWaits.spread(RetrySchedule.EXCHANGE, 20, new Chance(2), 4).waitAfter(3));
        assertNotEquals(one.waitAfter(2), one.waitAfter(3));
    }

    @Test
    void an_alarm_that_is_set_moves_when_it_is_switched_on_and_back_when_off() {
        QueueBench bench = QueueBench.with(PLAIN);
        bench.send("alice@company.com", "b@gmail.com");
        bench.queues.attemptFailed(
                bench.attempt("gmail.com"),
                new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", bench.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        bench.run();
        Duration minute = Duration.ofMinutes(1);
        assertEquals(
                QueueBench.START.plus(minute),
                bench.view("gmail.com").nextRetryTime().orElseThrow());
        bench.queues.settings(PLAIN.withJitter(50));
        bench.run();
        var moved = bench.view("gmail.com").nextRetryTime().orElseThrow();
        assertNotEquals(QueueBench.START.plus(minute), moved);
        assertTrue(Duration.between(QueueBench.START, moved).minus(minute).abs().toSeconds() <= 30, moved.toString());
        bench.queues.settings(PLAIN);
        bench.run();
        assertEquals(
                QueueBench.START.plus(minute),
                bench.view("gmail.com").nextRetryTime().orElseThrow());
    }
}
