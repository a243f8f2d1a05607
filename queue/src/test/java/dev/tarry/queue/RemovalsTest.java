package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.store.ContentRef;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Remove-Message.
final class RemovalsTest {
    private static final MessageOrder WITH_NDR = new MessageOrder.Remove(true);
    private static final MessageOrder SILENTLY = new MessageOrder.Remove(false);
    private static final String GMAIL = "gmail.com";

    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);

    private Leased leased(Queues.Attempt attempt) {
        return bench.lease(attempt, 1).getFirst();
    }

    @Test
    void a_message_is_removed_and_its_sender_told() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        CopyId copy = orders.only(GMAIL);
        assertEquals(Orders.DONE, orders.message(WITH_NDR, copy));
        assertNull(orders.status(copy));
        TrackingEvent fail = bench.tracked(Event.FAIL).getFirst();
        assertEquals(Source.ADMIN, fail.source());
        assertEquals(List.of("b@gmail.com"), fail.recipients());
        assertEquals(
                List.of("550 4.3.2 QUEUE.Admin; message deleted by administrative action"), fail.recipientStatus());
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(fail.reference(), bench.reports("Undeliverable").getFirst().messageId());
        Leased report = leased(orders.connected("company.com"));
        String text = bench.store().content(report.message().content());
        assertTrue(text.contains("Final-Recipient: rfc822;b@gmail.com\r\nAction: failed\r\nStatus: 4.3.2\r\n"), text);
        assertEquals(1, bench.view("yahoo.com").messageCount(), "the other copy stays");
        assertEquals(Orders.GONE, orders.message(WITH_NDR, copy));
    }

    @Test
    void a_message_is_removed_in_silence() {
        bench.send("a@company.com", "b@gmail.com");
        ContentRef content = leased(orders.connected(GMAIL)).message().content();
        QueueBench after = bench.killed();
        Orders then = new Orders(after);
        assertTrue(after.store().has(content));
        assertEquals(Orders.DONE, then.message(SILENTLY, then.only(GMAIL)));
        assertEquals(Source.ADMIN, after.tracked(Event.FAIL).getFirst().source());
        assertEquals(0, after.tracked(Event.DSN).size());
        assertEquals(0, after.messages());
        assertFalse(after.store().has(content));
        assertTrue(after.killed().tracked.isEmpty(), "nothing is there after a kill");
    }

    @Test
    void nobody_is_told_of_a_message_from_nobody() {
        bench.send("", "b@gmail.com");
        assertEquals(Orders.DONE, orders.message(WITH_NDR, orders.only(GMAIL)));
        assertEquals(0, bench.tracked(Event.DSN).size());
        assertEquals(0, bench.messages());
    }

    @Test
    void messages_are_removed_whatever_they_wait_for() {
        bench.send("a@company.com", "b@gmail.com");
        orders.settleDeferred(leased(orders.connected(GMAIL)));
        assertEquals(MessageRow.Status.RETRY, orders.status(orders.only(GMAIL)));
        assertEquals(Orders.DONE, orders.message(WITH_NDR, orders.only(GMAIL)));

        bench.send("a@company.com", "b@yahoo.com");
        orders.failDns("yahoo.com");
        assertEquals(Orders.DONE, orders.message(SILENTLY, orders.only("yahoo.com")));
        assertEquals(QueueStatus.READY, bench.view("yahoo.com").status(), "an empty queue waits for nothing");

        bench.send("a@company.com", "b@outlook.com");
        orders.message(new MessageOrder.Suspend(), orders.only("outlook.com"));
        assertEquals(Orders.DONE, orders.message(WITH_NDR, orders.only("outlook.com")));
        assertEquals(2, bench.reports("Undeliverable").size());
    }

    @Test
    void messages_in_submission_are_not_removed() {
        orders.queue(new QueueOrder.Suspend(), Shelves.SUBMISSION_ID);
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.copies(Shelves.SUBMISSION_ID).getFirst();
        assertEquals(new Outcome.Refused(Refusal.SUBMISSION_QUEUE), orders.message(SILENTLY, copy));
        assertEquals(MessageRow.Status.READY, orders.status(copy));
    }

    @Test
    void a_message_in_flight_that_is_delivered_is_not_removed() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        Queues.Attempt attempt = orders.connected(GMAIL);
        Leased leased = leased(attempt);
        assertEquals(Orders.PENDING, orders.message(WITH_NDR, copy));
        assertEquals(Orders.UNCHANGED, orders.message(SILENTLY, copy));
        assertEquals(Orders.UNCHANGED, orders.message(new MessageOrder.Suspend(), copy));
        assertEquals(Orders.UNCHANGED, orders.message(new MessageOrder.Resume(), copy));
        assertEquals(MessageRow.Status.PENDING_REMOVE, orders.status(copy));
        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
        assertEquals(0, bench.messages());
        assertEquals(0, bench.tracked(Event.FAIL).size());
        assertEquals(1, bench.tracked(Event.SEND).size());
    }

    @Test
    void a_message_in_flight_that_comes_back_is_removed() {
        for (boolean deferred : new boolean[] {true, false}) {
            bench.send("a@company.com", "b@gmail.com");
            CopyId copy = orders.only(GMAIL);
            Queues.Attempt attempt = orders.connected(GMAIL);
            Leased leased = leased(attempt);
            assertEquals(Orders.PENDING, orders.message(new MessageOrder.Suspend(), copy));
            assertEquals(Orders.PENDING, orders.message(WITH_NDR, copy), "the later word counts");
            if (deferred) {
                orders.settleDeferred(leased);
            } else {
                bench.queues.giveBack(leased);
                bench.run();
            }
            assertNull(orders.status(copy));
            bench.queues.disconnected(attempt);
            bench.run();
        }
        assertEquals(2, bench.reports("Undeliverable").size());
        assertEquals(2, bench.tracked(Event.FAIL).size());
    }

    @Test
    void a_message_that_was_to_be_removed_and_met_a_kill_is_suspended() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        leased(orders.connected(GMAIL));
        orders.message(WITH_NDR, copy);
        QueueBench after = bench.killed();
        assertEquals(MessageRow.Status.SUSPENDED, new Orders(after).status(copy));
        assertTrue(after.attempts.isEmpty(), "what was to be removed is not sent");
    }

    @Test
    void a_message_whose_report_cannot_be_made_stays() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        orders.message(new MessageOrder.Suspend(), copy);
        Queues.Attempt attempt = orders.connected(GMAIL);
        assertTrue(bench.lease(attempt, 1).isEmpty());
        orders.message(new MessageOrder.Resume(), copy);
        leased(attempt);
        QueueBench after = bench.killed();
        Orders then = new Orders(after);
        after.unreadableBodies();
        assertEquals(new Outcome.Refused(Refusal.NO_REPORT), then.message(WITH_NDR, copy));
        assertEquals(MessageRow.Status.READY, then.status(copy));
        then.message(new MessageOrder.Suspend(), copy);
        assertEquals(new Outcome.Refused(Refusal.NO_REPORT), then.message(WITH_NDR, copy));
        assertEquals(MessageRow.Status.SUSPENDED, then.status(copy));
        assertEquals(0, after.tracked(Event.FAIL).size());
        assertEquals(Orders.DONE, then.message(SILENTLY, copy));
    }

    @Test
    void removal_and_report_are_one_whatever_moment_a_kill_comes_at() {
        int whole = 0;
        for (int tasks = 0; tasks < 60; tasks++) {
            QueueBench house = new QueueBench();
            Orders hands = new Orders(house);
            house.send("a@company.com", "b@gmail.com");
            CopyId copy = hands.only(GMAIL);
            house.patience = tasks;
            house.queues.administration().carryOut(WITH_NDR, List.of(copy));
            house.run();
            QueueBench after = house.killed();
            Orders then = new Orders(after);
            boolean there = then.status(copy) != null;
            QueueView mailboxes = after.view("company.com");
            assertEquals(there ? 0 : 1, mailboxes == null ? 0 : mailboxes.messageCount(), "after " + tasks);
            whole += there ? 0 : 1;
        }
        assertTrue(whole > 0 && whole < 60, "both came to pass");
    }

    @Test
    void a_message_whose_report_of_delay_is_being_made_is_removed_after_it() {
        bench.send("a@company.com", "b@gmail.com");
        CopyId copy = orders.only(GMAIL);
        bench.reading = false;
        bench.pass(Duration.ofHours(4));
        assertNull(orders.messages(WITH_NDR, List.of(copy)));
        bench.reading = true;
        bench.run();
        assertNull(orders.status(copy));
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(1, bench.reports("Undeliverable").size());
    }
}
