package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// However long a queue is, and however many there are, one turn of the loop passes few of them.
final class LongQueuesTest {
    private static final String GMAIL = "gmail.com";

    /// A queue is long if it takes many turns.
    private static final int LONG = 3_000;

    /// What one turn may pass.
    private static final int MOST = 640;

    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);
    private long passed;
    private long most;
    private int told;
    private int mostTold;

    private void fill(int messages, int domains) {
        for (int i = 0; i < messages; i++) {
            bench.send("a@company.com", "b@" + (domains == 1 ? GMAIL : "d" + i % domains + ".example"));
        }
        measure();
    }

    /// From here on.
    private void measure() {
        long before = bench.queues.passed();
        passed = before;
        most = 0;
        told = bench.tracked.size();
        mostTold = 0;
        bench.afterEach = () -> {
            most = Math.max(most, bench.queues.passed() - passed);
            passed = bench.queues.passed();
            mostTold = Math.max(mostTold, bench.tracked.size() - told);
            told = bench.tracked.size();
        };
    }

    private void assertSlices() {
        assertTrue(most > 0, "something was passed");
        assertTrue(most <= MOST, "at most " + MOST + " in one turn, not " + most);
        assertTrue(mostTold <= MOST, "at most " + MOST + " lines in one turn, not " + mostTold);
    }

    private void fail(String words) {
        bench.queues.attemptFailed(
                bench.attempt(GMAIL),
                new ErrorRecord("451 4.4.0 " + words, "gmail.com", "", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.DNS);
        bench.run();
    }

    private List<Long> deferred() {
        return bench.tracked(Event.DEFER).stream()
                .map(TrackingEvent::internalMessageId)
                .toList();
    }

    @Test
    void a_failure_is_told_of_a_long_queue_in_slices_in_order_and_once_for_each_message() {
        fill(LONG, 1);
        fail("DNS query failed");
        assertSlices();
        List<Long> first = deferred();
        assertEquals(LONG, first.size());
        assertEquals(first.stream().sorted().distinct().toList(), first);
    }

    @Test
    void when_nothing_is_left_to_tell_the_next_failure_looks_at_none() {
        fill(LONG, 1);
        fail("DNS query failed");
        long before = bench.queues.passed();
        bench.pass(Duration.ofMinutes(2));
        fail("DNS query failed");
        assertEquals(before, bench.queues.passed());
        assertEquals(LONG, deferred().size());
    }

    @Test
    void of_a_failure_that_is_no_news_only_those_who_came_in_since_are_told() {
        fill(LONG, 1);
        fail("DNS query failed");
        bench.send("a@company.com", "new@gmail.com");
        bench.pass(Duration.ofMinutes(2));
        long before = bench.queues.passed();
        fail("DNS query failed");
        assertEquals(LONG + 1, deferred().size());
        assertEquals(1, bench.queues.passed() - before);
        bench.pass(Duration.ofMinutes(2));
        fail("another error");
        assertEquals(2 * (LONG + 1), deferred().size(), "all of another error");
        assertSlices();
    }

    @Test
    void what_was_away_when_the_queue_failed_is_told_of_when_it_fails_again() {
        bench.send("a@company.com", "b@gmail.com");
        bench.send("a@company.com", "c@gmail.com");
        Queues.Attempt attempt = bench.attempt(GMAIL);
        bench.queues.connected(attempt);
        Leased away = bench.lease(attempt, 1).getFirst();
        bench.queues.connectionLost(
                attempt,
                new ErrorRecord("451 4.4.2 lost", "", "", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        bench.run();
        assertEquals(1, deferred().size());
        bench.queues.giveBack(away);
        bench.pass(Duration.ofMinutes(2));
        bench.queues.attemptFailed(
                bench.attempt(GMAIL),
                new ErrorRecord("451 4.4.2 lost", "", "", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        bench.run();
        assertEquals(2, deferred().size());
        assertTrue(deferred().contains(away.message().id()));
    }

    @Test
    void a_long_queue_is_resubmitted_in_slices_each_message_once() {
        fill(LONG, 1);
        fail("DNS query failed");
        Set<Long> asked = new HashSet<>();
        List<Long> inOrder = new ArrayList<>();
        bench.categorizer = message -> {
            assertTrue(asked.add(message.message().id()), "each once");
            inOrder.add(message.message().id());
            return QueueBench.byDomain(message);
        };
        measure();
        assertEquals(
                new Administration.Outcome.Done(LONG),
                orders.queue(new QueueOrder.Resubmit(), bench.view(GMAIL).id()));
        assertSlices();
        assertEquals(inOrder.stream().sorted().toList(), inOrder);
        assertEquals(LONG, bench.view(GMAIL).messageCount());
    }

    @Test
    void what_has_no_way_out_is_offered_in_slices_and_anew_when_connectors_change_once_more() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        fill(LONG, 1);
        List<Long> asked = new ArrayList<>();
        bench.categorizer = message -> {
            asked.add(message.message().id());
            return List.of(new Placement.Nowhere(message.recipients()));
        };
        measure();
        bench.queues.offerUnreachable();
        bench.queues.offerUnreachable(); // before the first round has come far
        bench.run();
        assertSlices();
        assertEquals(LONG, Set.copyOf(asked).size());
        assertTrue(asked.size() <= LONG + 64, "the first round gives way to the second: " + asked.size());
    }

    @Test
    void mail_that_comes_into_a_long_submission_queue_is_offered_alone() {
        bench.categorizer = message -> {
            throw new IllegalStateException("a drill");
        };
        orders.queue(new QueueOrder.Suspend(), Shelves.SUBMISSION_ID);
        fill(LONG, 1);
        List<Long> asked = new ArrayList<>();
        bench.categorizer = message -> {
            asked.add(message.message().id());
            return QueueBench.byDomain(message);
        };
        orders.queue(new QueueOrder.Resume(), Shelves.SUBMISSION_ID);
        assertSlices();
        assertEquals(LONG, asked.size());
        assertEquals(LONG, bench.view(GMAIL).messageCount());
    }

    @Test
    void all_that_wait_on_their_own_account_wake_in_slices() {
        fill(LONG, 1);
        Queues.Attempt attempt = bench.attempt(GMAIL);
        deferAll(attempt);
        assertEquals(LONG, bench.view(GMAIL).deferredCount());
        measure();
        bench.pass(Duration.ofMinutes(6));
        assertSlices();
        assertEquals(0, bench.view(GMAIL).deferredCount());
        assertEquals(LONG, bench.lease(attempt, LONG).size());
    }

    private void deferAll(Queues.Attempt attempt) {
        bench.queues.connected(attempt);
        for (List<Leased> some = bench.lease(attempt, 64); !some.isEmpty(); some = bench.lease(attempt, 64)) {
            for (Leased leased : some) {
                List<Verdict> verdicts = new ArrayList<>();
                for (RecipientRecord r : leased.copy().recipients()) {
                    verdicts.add(new Verdict.Deferred(
                            r.recipient(), new ErrorRecord("451 4.7.1 later", "mx", "", bench.time.millis())));
                }
                bench.queues.settle(leased, verdicts, Endpoint.NONE);
            }
            bench.run();
        }
    }

    @Test
    void another_interval_holds_at_once_for_all_that_wait_and_is_written_into_them_in_slices() {
        fill(LONG, 1);
        Queues.Attempt attempt = bench.attempt(GMAIL);
        deferAll(attempt);
        measure();
        for (int minutes : List.of(20, 10)) {
            bench.queues.settings(ChangedSettingsTest.messageInterval(Duration.ofMinutes(minutes)));
            bench.afterEach.run();
        }
        bench.run();
        assertSlices();
        bench.pass(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(LONG, bench.view(GMAIL).deferredCount());
        bench.pass(Duration.ofMillis(1));
        assertEquals(0, bench.view(GMAIL).deferredCount());
    }

    @Test
    void many_queues_hear_of_other_settings_in_slices() {
        fill(1_500, 1_500);
        bench.queues.settings(ChangedSettingsTest.messageInterval(Duration.ofMinutes(20)));
        bench.run();
        assertSlices();
        QueueBench after = bench.killed();
        assertEquals(1_500, after.messages());
        assertEquals(1_500, after.attempts.size(), "each is tried");
    }
}
