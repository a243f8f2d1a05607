package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.tracking.TrackingEvent.Event;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Suspend-Queue, Resume-Queue, Suspend-Message, Resume-Message.
final class SuspensionsTest {
    private static final QueueOrder SUSPEND_QUEUE = new QueueOrder.Suspend();
    private static final QueueOrder RESUME_QUEUE = new QueueOrder.Resume();
    private static final MessageOrder SUSPEND = new MessageOrder.Suspend();
    private static final MessageOrder RESUME = new MessageOrder.Resume();
    private static final String GMAIL = "gmail.com";

    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);

    private QueueStatus status(String domain) {
        return bench.view(domain).status();
    }

    // ---- queues

    @Test
    void nothing_leaves_a_suspended_queue_and_what_comes_in_stays() {
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(Orders.DONE, orders.queue(SUSPEND_QUEUE, GMAIL));
        Queues.Attempt before = orders.connected(GMAIL);
        assertEquals(QueueStatus.SUSPENDED, status(GMAIL));
        assertTrue(bench.lease(before, 10).isEmpty(), "the connection that was under way gets nothing");
        bench.queues.disconnected(before);
        bench.send("a@company.com", "c@gmail.com");
        bench.pass(Duration.ofHours(3));
        assertTrue(bench.attempts.isEmpty());
        assertEquals(2, bench.view(GMAIL).messageCount());
        assertEquals(List.of(0, 2, 0, 0), bench.view(GMAIL).countsPerPriority());

        assertEquals(new Outcome.Done(2), orders.queue(RESUME_QUEUE, GMAIL));
        assertEquals(2, orders.deliverAll(GMAIL));
    }

    @Test
    void suspending_or_resuming_twice_changes_nothing() {
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(Orders.UNCHANGED, orders.queue(RESUME_QUEUE, GMAIL));
        orders.queue(SUSPEND_QUEUE, GMAIL);
        assertEquals(Orders.UNCHANGED, orders.queue(SUSPEND_QUEUE, GMAIL));
        assertEquals(Orders.GONE, orders.queue(SUSPEND_QUEUE, 4711));
    }

    @Test
    void what_is_in_flight_when_its_queue_is_suspended_finishes() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = orders.connected(GMAIL);
        Leased leased = bench.lease(attempt, 1).getFirst();
        assertTrue(bench.queues.mayLeave(leased));
        orders.queue(SUSPEND_QUEUE, GMAIL);
        assertEquals(MessageRow.Status.ACTIVE, orders.status(orders.only(GMAIL)));
        assertTrue(!bench.queues.mayLeave(leased), "if no host has been told of it yet, it goes back");
        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        assertEquals(0, bench.messages());
    }

    @Test
    void a_queue_in_retry_that_is_suspended_is_not_tried_and_goes_on_with_its_episode() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        orders.queue(SUSPEND_QUEUE, GMAIL);
        assertEquals(MessageRow.Status.RETRY, orders.status(orders.only(GMAIL)), "its messages' status stays");
        assertTrue(bench.view(GMAIL).nextRetryTime().isEmpty());
        assertEquals(Orders.UNCHANGED, orders.queue(new QueueOrder.Retry(), GMAIL));

        bench.pass(Duration.ofSeconds(30));
        orders.queue(RESUME_QUEUE, GMAIL);
        assertEquals(QueueStatus.RETRY, status(GMAIL), "its time has not come");
        assertTrue(bench.attempts.isEmpty());
        orders.queue(SUSPEND_QUEUE, GMAIL);
        bench.pass(Duration.ofMinutes(10));
        assertTrue(bench.attempts.isEmpty());
        orders.queue(RESUME_QUEUE, GMAIL);
        orders.failDns(GMAIL); // its time came meanwhile
        assertEquals(1, bench.view(GMAIL).retryCount());
        assertEquals(1, bench.tracked(Event.DEFER).size());
    }

    @Test
    void an_attempt_that_fails_while_its_queue_is_suspended_leads_to_retry_when_it_is_resumed() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt(GMAIL);
        orders.queue(SUSPEND_QUEUE, GMAIL);
        orders.failDns(attempt);
        assertEquals(QueueStatus.SUSPENDED, status(GMAIL));
        assertEquals(Orders.DNS_FAILED, bench.view(GMAIL).lastError().details());
        orders.queue(RESUME_QUEUE, GMAIL);
        assertEquals(QueueStatus.RETRY, status(GMAIL));
    }

    @Test
    void new_mail_rests_in_a_suspended_submission_queue_and_is_categorized_when_that_is_resumed() {
        assertEquals(new Outcome.Done(0), orders.queue(SUSPEND_QUEUE, Shelves.SUBMISSION_ID));
        bench.send("a@company.com", "b@gmail.com");
        bench.send("a@company.com", "c@gmail.com");
        assertNull(bench.view(GMAIL));
        assertEquals(2, orders.view(Shelves.SUBMISSION_ID).messageCount());
        assertEquals(QueueStatus.SUSPENDED, orders.view(Shelves.SUBMISSION_ID).status());

        assertEquals(new Outcome.Done(2), orders.queue(RESUME_QUEUE, Shelves.SUBMISSION_ID));
        assertEquals(0, orders.view(Shelves.SUBMISSION_ID).messageCount());
        assertEquals(2, orders.deliverAll(GMAIL));
    }

    @Test
    void a_suspended_unreachable_queue_is_not_offered_when_the_connectors_change() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        orders.queue(SUSPEND_QUEUE, Shelves.UNREACHABLE_ID);
        bench.categorizer = message -> List.of(new Placement.Shelf(QueueBench.hop(GMAIL), message.recipients()));
        bench.queues.offerUnreachable();
        bench.run();
        assertEquals(1, orders.view(Shelves.UNREACHABLE_ID).messageCount());
        orders.queue(RESUME_QUEUE, Shelves.UNREACHABLE_ID);
        assertEquals(1, orders.deliverAll(GMAIL));
    }

    @Test
    void a_queue_stays_suspended_over_a_kill_and_so_do_the_persistent_ones() {
        bench.send("a@company.com", "b@gmail.com");
        orders.queue(SUSPEND_QUEUE, GMAIL);
        orders.queue(SUSPEND_QUEUE, Shelves.SUBMISSION_ID);
        orders.queue(SUSPEND_QUEUE, Shelves.UNREACHABLE_ID);
        QueueBench after = bench.killed();
        Orders then = new Orders(after);
        assertEquals(QueueStatus.SUSPENDED, after.view(GMAIL).status());
        assertTrue(after.attempts.isEmpty());
        after.send("a@company.com", "c@gmail.com");
        assertEquals(1, then.view(Shelves.SUBMISSION_ID).messageCount());
        assertEquals(QueueStatus.SUSPENDED, then.view(Shelves.UNREACHABLE_ID).status());
        then.queue(RESUME_QUEUE, Shelves.SUBMISSION_ID);
        then.queue(RESUME_QUEUE, GMAIL);
        QueueBench last = after.killed();
        assertEquals(2, new Orders(last).deliverAll(GMAIL));
    }

    @Test
    void an_empty_queue_that_is_suspended_does_not_go_away() {
        bench.send("a@company.com", "b@gmail.com");
        orders.deliverAll(GMAIL);
        orders.queue(SUSPEND_QUEUE, GMAIL);
        bench.pass(Duration.ofHours(1));
        assertNotNull(bench.view(GMAIL));
        bench.send("a@company.com", "b@gmail.com");
        assertTrue(bench.attempts.isEmpty());
        orders.queue(RESUME_QUEUE, GMAIL);
        orders.deliverAll(GMAIL);
        bench.pass(Duration.ofMinutes(3));
        assertNull(bench.view(GMAIL));
    }

    // ---- messages

    @Test
    void a_suspended_message_stays_while_the_others_leave_and_leaves_when_it_is_resumed() {
        bench.send("a@company.com", "b@gmail.com");
        bench.send("a@company.com", "c@gmail.com");
        List<CopyId> both = orders.copies(bench.view(GMAIL).id());
        assertEquals(Orders.DONE, orders.message(SUSPEND, both.getFirst()));
        assertEquals(Orders.UNCHANGED, orders.message(SUSPEND, both.getFirst()));
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(both.getFirst()));
        assertEquals(1, orders.deliverAll(GMAIL));
        assertEquals(1, bench.view(GMAIL).messageCount());
        bench.pass(Duration.ofHours(1));
        assertTrue(bench.attempts.isEmpty());

        assertEquals(Orders.DONE, orders.message(RESUME, both.getFirst()));
        assertEquals(Orders.UNCHANGED, orders.message(RESUME, both.getFirst()));
        assertEquals(1, orders.deliverAll(GMAIL));
        assertEquals(Orders.GONE, orders.message(SUSPEND, both.getFirst()));
    }

    @Test
    void a_message_in_flight_is_suspended_only_if_its_attempt_fails() {
        for (boolean fails : new boolean[] {true, false}) {
            bench.send("a@company.com", "b@gmail.com");
            CopyId copy = orders.only(GMAIL);
            Queues.Attempt attempt = orders.connected(GMAIL);
            Leased leased = bench.lease(attempt, 1).getFirst();
            assertEquals(Orders.PENDING, orders.message(SUSPEND, copy));
            assertEquals(Orders.UNCHANGED, orders.message(SUSPEND, copy));
            assertEquals(MessageRow.Status.PENDING_SUSPEND, orders.status(copy));
            if (fails) {
                orders.settleDeferred(leased);
                assertEquals(MessageRow.Status.SUSPENDED, orders.status(copy));
                bench.pass(Duration.ofHours(1));
                assertEquals(MessageRow.Status.SUSPENDED, orders.status(copy), "its own wait does not wake it");
                orders.message(RESUME, copy);
                leased = bench.lease(attempt, 1).getFirst();
            }
            bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
            bench.queues.disconnected(attempt);
            bench.run();
            assertNull(orders.status(copy));
        }
        assertEquals(2, bench.tracked(Event.SEND).size());
    }

    @Test
    void a_message_in_flight_whose_attempt_is_broken_off_is_suspended_and_may_be_resumed_before() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        Queues.Attempt attempt = orders.connected(GMAIL);
        Leased leased = bench.lease(attempt, 1).getFirst();
        orders.message(SUSPEND, copy);
        assertEquals(Orders.DONE, orders.message(RESUME, copy));
        assertEquals(Orders.UNCHANGED, orders.message(RESUME, copy));
        bench.queues.giveBack(leased);
        assertEquals(MessageRow.Status.READY, orders.status(copy));

        leased = bench.lease(attempt, 1).getFirst();
        orders.message(SUSPEND, copy);
        bench.queues.giveBack(leased);
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(copy));
        assertTrue(bench.lease(attempt, 1).isEmpty());
    }

    @Test
    void a_message_that_comes_back_before_the_disk_knows_of_the_order_is_suspended_all_the_same() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        Queues.Attempt attempt = orders.connected(GMAIL);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.reading = false;
        assertNull(orders.messages(SUSPEND, List.of(copy)), "not before it is durable");
        bench.queues.giveBack(leased);
        bench.reading = true;
        bench.run();
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(copy));
        assertEquals(MessageRow.Status.SUSPENDED, new Orders(bench.killed()).status(copy));
    }

    @Test
    void a_suspended_message_stays_so_over_a_kill_and_so_does_one_that_was_in_flight() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        CopyId resting = orders.only(GMAIL);
        CopyId flying = orders.only("yahoo.com");
        orders.message(SUSPEND, resting);
        bench.lease(orders.connected("yahoo.com"), 1);
        assertEquals(Orders.PENDING, orders.message(SUSPEND, flying));
        QueueBench after = bench.killed();
        Orders then = new Orders(after);
        assertTrue(after.attempts.isEmpty());
        assertEquals(MessageRow.Status.SUSPENDED, then.status(resting));
        assertEquals(MessageRow.Status.SUSPENDED, then.status(flying));
        then.messages(RESUME, List.of(resting, flying));
        QueueBench last = after.killed();
        assertEquals(1, new Orders(last).deliverAll(GMAIL));
        assertEquals(1, new Orders(last).deliverAll("yahoo.com"));
    }

    @Test
    void resuming_a_queue_does_not_resume_its_messages() {
        bench.send("a@company.com", "b@gmail.com");
        orders.message(SUSPEND, orders.only(GMAIL));
        orders.queue(SUSPEND_QUEUE, GMAIL);
        orders.queue(RESUME_QUEUE, GMAIL);
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(orders.only(GMAIL)));
    }

    @Test
    void suspended_messages_hear_of_delays_and_expire_with_the_error_of_their_queue() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        orders.message(SUSPEND, orders.only(GMAIL));
        bench.pass(Duration.ofHours(5));
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(orders.only(GMAIL)));
        bench.pass(Duration.ofHours(44));
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(
                List.of("550 5.4.300 Message expired -> " + Orders.DNS_FAILED),
                bench.tracked(Event.FAIL).getFirst().recipientStatus());
        assertEquals(0, bench.view(GMAIL) == null ? 0 : bench.view(GMAIL).messageCount());
    }

    @Test
    void a_queue_in_retry_whose_messages_are_all_suspended_waits_for_nothing() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        CopyId copy = orders.only(GMAIL);
        orders.message(SUSPEND, copy);
        assertTrue(bench.view(GMAIL).nextRetryTime().isEmpty());
        bench.pass(Duration.ofHours(1));
        assertTrue(bench.attempts.isEmpty());
        assertEquals(Orders.DNS_FAILED, bench.view(GMAIL).lastError().details());
        orders.message(RESUME, copy);
        assertEquals(1, orders.deliverAll(GMAIL), "the next attempt was due long ago");
    }

    @Test
    void messages_in_submission_and_unreachable_are_suspended_too() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        CopyId unreachable = orders.copies(Shelves.UNREACHABLE_ID).getFirst();
        assertEquals(Orders.DONE, orders.message(SUSPEND, unreachable));
        bench.categorizer = message -> List.of(new Placement.Shelf(QueueBench.hop(GMAIL), message.recipients()));
        bench.queues.offerUnreachable();
        bench.run();
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(unreachable));
        orders.message(RESUME, unreachable);
        assertEquals(1, orders.deliverAll(GMAIL), "it is looked at anew when it is resumed");

        orders.queue(SUSPEND_QUEUE, Shelves.SUBMISSION_ID);
        bench.send("a@company.com", "b@gmail.com");
        CopyId submitted = orders.copies(Shelves.SUBMISSION_ID).getFirst();
        assertEquals(Orders.DONE, orders.message(SUSPEND, submitted));
        orders.queue(RESUME_QUEUE, Shelves.SUBMISSION_ID);
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(submitted));
        orders.message(RESUME, submitted);
        assertEquals(1, orders.deliverAll(GMAIL));
    }

    @Test
    void an_order_about_a_message_of_which_a_report_is_being_made_waits_for_it() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        bench.reading = false;
        bench.pass(Duration.ofHours(4)); // the delay is due: the copy is held
        assertNull(orders.messages(SUSPEND, List.of(copy)));
        bench.reading = true;
        bench.run();
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(copy));
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(MessageRow.Status.SUSPENDED, new Orders(bench.killed()).status(copy));
    }

    @Test
    void many_copies_are_treated_each_for_itself_in_order() {
        for (int i = 0; i < 5; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        List<CopyId> all = orders.copies(bench.view(GMAIL).id());
        orders.message(SUSPEND, all.get(1));
        List<Outcome> outcomes =
                orders.messages(SUSPEND, List.of(all.get(0), all.get(1), new CopyId(1, 4), all.get(2), all.get(2)));
        assertEquals(List.of(Orders.DONE, Orders.UNCHANGED, Orders.GONE, Orders.DONE, Orders.UNCHANGED), outcomes);
        assertEquals(List.of(), orders.messages(SUSPEND, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> bench.queues
                        .administration()
                        .carryOut(SUSPEND, Collections.nCopies(Administration.MAX_COPIES + 1, all.getFirst())));
        orders.messages(RESUME, all.reversed());
        assertEquals(all, orders.copies(all.getFirst().queueId()));
        assertEquals(5, orders.deliverAll(GMAIL));
    }

    @Test
    void whoever_waits_for_an_order_hears_when_the_store_fails() {
        bench.send("a@company.com", "b@gmail.com");
        bench.reading = false;
        var waiting = bench.queues.administration().carryOut(SUSPEND, List.of(orders.only(GMAIL)));
        bench.breakStore();
        assertTrue(waiting.isCompletedExceptionally());
        bench.reading = true;
        bench.mendStore();
        assertEquals(Orders.DONE, orders.message(SUSPEND, orders.only(GMAIL)));
    }
}
