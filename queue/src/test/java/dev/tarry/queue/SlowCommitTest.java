package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.eventlog.EventKind;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreFault;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Reading the disk is not behind writing to it: while a commit is on its way, whoever reads sees the record of before.
final class SlowCommitTest {
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private QueueBench bench = new QueueBench();

    private Queues.Attempt connected(String... to) {
        bench.send("a@company.com", to);
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        return attempt;
    }

    private Verdict delivered(Leased leased, int n) {
        return new Verdict.Delivered(recipient(leased, n).recipient(), Reply.of(250, "2.0.0 OK"), true);
    }

    private Verdict deferred(Leased leased, int n) {
        return new Verdict.Deferred(
                recipient(leased, n).recipient(),
                new ErrorRecord("450 4.2.0 later", "mx", "203.0.113.7", bench.time.millis()));
    }

    private static RecipientRecord recipient(Leased leased, int n) {
        return leased.copy().recipients().get(n);
    }

    private static List<String> addresses(Leased leased) {
        return leased.copy().recipients().stream()
                .map(r -> r.recipient().address().toString())
                .toList();
    }

    /// Settles while nothing is committed, and rings what is due.
    private void settleSlowly(Leased leased, Verdict... verdicts) {
        bench.committing = false;
        bench.queues.settle(leased, List.of(verdicts), Endpoint.NONE);
        bench.pass(Duration.ZERO);
    }

    private void commit() {
        bench.committing = true;
        bench.pass(Duration.ZERO);
    }

    @Test
    void what_is_left_of_a_message_is_not_sent_to_those_who_have_it() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        settleSlowly(leased, delivered(leased, 0));
        List<List<Leased>> given = new ArrayList<>();
        bench.queues.lease(attempt, 1, given::add);
        bench.run();
        assertEquals(List.of(), given, "who asks meanwhile waits, rather than hang up on the rest");
        commit();
        assertEquals(1, given.size());
        assertEquals(List.of("c@gmail.com"), addresses(given.getFirst().getFirst()));
    }

    @Test
    void who_has_the_message_is_not_called_late_and_not_sent_it_again() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.pass(FOUR_HOURS);
        settleSlowly(leased, delivered(leased, 0), deferred(leased, 1));
        assertEquals(0, bench.reports("Delayed").size());
        commit();
        assertEquals(1, bench.reports("Delayed").size());
        bench.pass(Duration.ofMinutes(10));
        assertEquals(List.of("c@gmail.com"), addresses(bench.lease(attempt, 1).getFirst()));
        assertEquals(1, bench.reports("Delayed").size());
    }

    @Test
    void who_has_the_message_does_not_fail_when_its_time_is_over() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.pass(Duration.ofHours(48));
        settleSlowly(leased, delivered(leased, 0), deferred(leased, 1));
        assertEquals(0, bench.tracked(Event.FAIL).size());
        commit();
        assertEquals(
                List.of(List.of("c@gmail.com")),
                bench.tracked(Event.FAIL).stream()
                        .map(TrackingEvent::recipients)
                        .toList());
    }

    @Test
    void who_was_told_of_a_delay_is_not_told_again_after_a_kill() {
        Queues.Attempt attempt = connected("b@gmail.com");
        bench.committing = false;
        bench.pass(FOUR_HOURS);
        List<Leased> taken = new ArrayList<>();
        bench.queues.lease(attempt, 1, taken::addAll); // a host that takes the next as soon as there is one
        bench.run();
        assertEquals(List.of(), taken, "its mark is not in the store");
        commit();
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(1, taken.size());
        bench.queues.settle(taken.getFirst(), List.of(deferred(taken.getFirst(), 0)), Endpoint.NONE);
        bench.run();
        QueueBench next = bench.killed();
        next.pass(Duration.ofHours(1));
        assertEquals(0, next.reports("Delayed").size());
    }

    @Test
    void what_comes_back_when_every_connection_has_ended_is_tried_again() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        settleSlowly(leased, delivered(leased, 0));
        bench.queues.disconnected(attempt);
        bench.run();
        assertEquals(List.of(), bench.attempts);
        commit();
        Queues.Attempt next = bench.attempt("gmail.com");
        bench.queues.connected(next);
        assertEquals(List.of("c@gmail.com"), addresses(bench.lease(next, 1).getFirst()));
    }

    @Test
    void a_connection_lost_while_the_rest_of_its_message_is_coming_back_puts_the_queue_into_retry() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        settleSlowly(leased, delivered(leased, 0));
        lost(attempt);
        commit();
        assertEquals(QueueStatus.RETRY, bench.view("gmail.com").status());
        assertEquals(
                List.of(List.of("c@gmail.com")),
                bench.tracked(Event.DEFER).stream()
                        .map(TrackingEvent::recipients)
                        .toList());
    }

    private void lost(Queues.Attempt attempt) {
        bench.queues.connectionLost(
                attempt,
                new ErrorRecord("451 4.4.2 Connection dropped", "mx", "203.0.113.7", bench.time.millis()),
                Endpoint.NONE,
                Source.SMTP);
        bench.run();
    }

    @Test
    void a_connection_lost_while_its_messages_are_being_told_of_puts_the_queue_into_retry_and_none_is_left_out() {
        Queues.Attempt attempt = connected("b@gmail.com");
        bench.reading = false;
        bench.pass(FOUR_HOURS);
        lost(attempt);
        assertEquals(QueueStatus.RETRY, bench.view("gmail.com").status());
        bench.reading = true;
        bench.run();
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(1, bench.tracked(Event.DEFER).size());
    }

    @Test
    void a_message_that_waited_while_it_was_told_of_has_one_line_a_failed_attempt() {
        bench = QueueBench.trackingEachAttempt();
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(FOUR_HOURS.minusMinutes(1));
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(leased, List.of(deferred(leased, 0)), Endpoint.NONE);
        bench.send("a@company.com", "c@gmail.com");
        bench.pass(Duration.ofMinutes(1));
        assertEquals(1, bench.reports("Delayed").size());
        int before = bench.tracked(Event.DEFER).size();
        lost(attempt);
        assertEquals(2, bench.tracked(Event.DEFER).size() - before, "one each");
    }

    @Test
    void a_copy_whose_record_never_got_to_the_store_is_as_the_store_has_it() {
        Queues.Attempt attempt = connected("b@gmail.com", "c@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.committing = false;
        bench.queues.settle(leased, List.of(delivered(leased, 0)), Endpoint.NONE);
        bench.run();
        bench.committing = true;
        bench.breakStore();
        bench.mendStore();
        assertEquals(1, bench.view("gmail.com").messageCount());
        Queues.Attempt next = bench.attempt("gmail.com");
        bench.queues.connected(next);
        assertEquals(
                List.of("b@gmail.com", "c@gmail.com"),
                addresses(bench.lease(next, 1).getFirst()));
    }

    @Test
    void a_way_out_made_while_the_delay_is_told_of_is_taken() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@elsewhere.example", "b@gmail.com");
        bench.committing = false;
        bench.pass(FOUR_HOURS);
        bench.categorizer = message -> List.of(new Placement.Shelf(QueueBench.hop("gmail.com"), message.recipients()));
        bench.queues.offerUnreachable();
        bench.run();
        commit();
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(1, bench.reports("Delayed").size());
    }

    @Test
    void the_server_ends_also_when_the_store_failed_while_a_delay_was_being_told_of() {
        bench.send("a@company.com", "b@gmail.com");
        bench.reading = false;
        bench.pass(FOUR_HOURS);
        bench.breakStore();
        var closed = bench.queues.close();
        bench.run();
        assertTrue(closed.isDone(), "there is nothing to wait for");
    }

    @Test
    void the_server_ends_also_when_the_store_fails_after_it_was_told_to() {
        Queues.Attempt attempt = connected("b@gmail.com");
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.send("a@company.com", "c@outlook.com");
        bench.reading = false;
        bench.pass(FOUR_HOURS);
        var closed = bench.queues.close();
        bench.run();
        assertFalse(closed.isDone(), "a report is being made");
        bench.faults = (_, _) -> Optional.of(new StoreFault.Full());
        bench.queues.settle(leased, List.of(delivered(leased, 0)), Endpoint.NONE);
        bench.run();
        bench.reading = true;
        bench.run();
        assertTrue(closed.isDone());
    }

    @Test
    void a_failed_delivery_is_told_to_the_administrator_when_it_is_in_the_store_and_else_never() {
        for (boolean stored : List.of(true, false)) {
            bench = new QueueBench();
            Queues.Attempt attempt = connected("b@gmail.com");
            Leased leased = bench.lease(attempt, 1).getFirst();
            bench.committing = false;
            Verdict failed = new Verdict.Failed(
                    recipient(leased, 0).recipient(),
                    Reply.of(550, "5.1.1 User unknown"),
                    Source.SMTP,
                    ErrorRecord.NONE);
            bench.queues.settle(leased, List.of(failed), Endpoint.NONE);
            bench.run();
            assertEquals(0, failedDeliveries());
            if (!stored) {
                bench.faults = (_, _) -> Optional.of(new StoreFault.Full());
            }
            bench.committing = true;
            bench.run();
            assertEquals(stored ? 1 : 0, failedDeliveries());
        }
    }

    private long failedDeliveries() {
        return bench.events.stream()
                .filter(event -> event.kind() == EventKind.DELIVERY_FAILED)
                .count();
    }

    @Test
    void the_server_does_not_end_before_what_it_told_is_in_the_store() {
        bench.send("a@company.com", "b@gmail.com");
        bench.committing = false;
        bench.pass(FOUR_HOURS);
        var closed = bench.queues.close();
        bench.run();
        assertFalse(closed.isDone());
        bench.committing = true;
        bench.run();
        assertTrue(closed.isDone());
        QueueBench next = bench.killed();
        next.pass(Duration.ofHours(1));
        assertEquals(0, next.reports("Delayed").size());
        assertEquals(2, next.messages(), "the message and its report");
    }
}
