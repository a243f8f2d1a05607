package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.eventlog.EventKind;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.store.ContentRef;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoisonTest {
    private static final Function<Submitted, List<Placement>> BROKEN = message -> {
        throw new IllegalStateException("it cannot be categorized");
    };

    private QueueBench bench = new QueueBench();

    private Outcome order(MessageOrder order, MessageRow row) {
        CompletableFuture<List<Outcome>> done =
                bench.queues.administration().carryOut(order, List.of(new CopyId(row.messageId(), row.queueId())));
        bench.run();
        return done.join().getFirst();
    }

    private List<MessageRow> poison() {
        CompletableFuture<List<MessageRow>> rows = bench.queues.messages(Optional.of(Shelves.POISON_ID));
        bench.run();
        return rows.join();
    }

    private boolean seen() {
        CompletableFuture<List<QueueView>> views = bench.queues.views();
        bench.run();
        return views.join().stream().anyMatch(view -> view.id() == Shelves.POISON_ID);
    }

    @Test
    void a_message_that_makes_the_categorizer_throw_twice_is_set_aside_and_others_are_not() {
        bench.categorizer = message ->
                message.message().sender().toString().startsWith("bad") ? BROKEN.apply(message) : fine(message);
        assertFalse(seen());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("bad@company.com", "b@gmail.com"));
        bench.send("good@company.com", "b@gmail.com");
        assertTrue(seen());
        assertEquals(1, poison().size());
        assertEquals(MessageRow.Status.SUSPENDED, poison().getFirst().status());
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(1, bench.tracked(Event.POISONMESSAGE).size());
        assertEquals(
                List.of("b@gmail.com"),
                bench.tracked(Event.POISONMESSAGE).getFirst().recipients());
        assertEquals(
                2,
                bench.events.stream()
                        .filter(e -> e.kind() == EventKind.POISON_SUSPECTED)
                        .count());
        assertEquals(
                1,
                bench.events.stream()
                        .filter(e -> e.kind() == EventKind.POISON_MESSAGE)
                        .count());
    }

    private static List<Placement> fine(Submitted message) {
        return QueueBench.byDomain(message);
    }

    @Test
    void it_survives_a_kill_never_expires_and_nobody_is_told_of_it() {
        bench.categorizer = BROKEN;
        bench.send("a@company.com", "b@gmail.com");
        bench = bench.killed();
        assertEquals(1, poison().size());
        assertEquals(0, bench.reports("Delay").size());
        bench.pass(Duration.ofDays(10));
        assertEquals(1, poison().size());
        assertEquals(0, bench.tracked(Event.DSN).size());
        assertEquals(0, bench.tracked(Event.FAIL).size());
    }

    @Test
    void a_failure_that_does_not_come_back_is_forgiven() {
        int[] calls = {0};
        bench.categorizer = message -> ++calls[0] % 2 == 1 ? BROKEN.apply(message) : fine(message);
        for (int i = 0; i < 3; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        assertEquals(List.of(), poison());
        assertEquals(3, bench.view("gmail.com").messageCount());
    }

    @Test
    void the_threshold_is_the_operators_and_without_detection_it_waits_in_submission() {
        bench.categorizer = BROKEN;
        bench.queues.settings(QueueBench.settings(ExchangeProfile.E2019, false)
                .with(new QueueSettings.Keeping(Duration.ZERO, false, 1)));
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(1, poison().size());
        bench.queues.settings(QueueBench.settings(ExchangeProfile.E2019, false)
                .with(new QueueSettings.Keeping(Duration.ZERO, false, Integer.MAX_VALUE)));
        bench.send("c@company.com", "b@gmail.com");
        bench.pass(Duration.ofHours(1));
        assertEquals(1, poison().size());
        assertEquals(2, bench.messages());
    }

    @Test
    void resumed_it_is_processed_once_more_and_counted_anew() {
        bench.categorizer = BROKEN;
        bench.send("a@company.com", "b@gmail.com");
        assertInstanceOf(Outcome.Done.class, order(new MessageOrder.Resume(), poison().getFirst()));
        assertEquals(1, bench.messages());
        bench.pass(Duration.ofMinutes(31));
        assertEquals(1, poison().size(), "it failed twice more");
        bench.categorizer = PoisonTest::fine;
        assertInstanceOf(Outcome.Done.class, order(new MessageOrder.Resume(), poison().getFirst()));
        assertEquals(List.of(), poison());
        assertFalse(seen());
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertNotSuspended("gmail.com");
    }

    private void assertNotSuspended(String domain) {
        assertEquals(1, bench.lease(bench.attempt(domain), 10).size());
    }

    @Test
    void only_resuming_and_removing_are_allowed() {
        bench.categorizer = BROKEN;
        bench.send("a@company.com", "b@gmail.com");
        assertInstanceOf(Outcome.Unchanged.class, order(new MessageOrder.Suspend(), poison().getFirst()));
        for (QueueOrder order : List.of(
                new QueueOrder.Suspend(), new QueueOrder.Resume(), new QueueOrder.Retry(), new QueueOrder.Resubmit())) {
            CompletableFuture<Outcome> refused = bench.queues.administration().carryOut(order, Shelves.POISON_ID);
            bench.run();
            assertEquals(new Outcome.Refused(Administration.Refusal.POISON_QUEUE), refused.join());
        }
        assertInstanceOf(Outcome.Done.class, order(new MessageOrder.Remove(false), poison().getFirst()));
        assertEquals(0, bench.messages());
        assertFalse(seen());
    }

    @Test
    void octets_that_are_damaged_are_the_messages_trouble_and_after_the_second_time_it_is_poison() {
        bench.send("a@company.com", "b@gmail.com");
        for (int times = 1; times <= 2; times++) {
            Queues.Attempt attempt = bench.attempt("gmail.com");
            bench.queues.connected(attempt);
            Leased leased = bench.lease(attempt, 10).getFirst();
            bench.queues.unreadable(leased, StoreException.ofDamage("its checksum is wrong"));
            bench.queues.settle(leased, List.of(), Endpoint.NONE);
            bench.queues.disconnected(attempt);
            bench.run();
            assertEquals(QueueStatus.READY, bench.view("gmail.com").status());
            bench.pass(Duration.ofMinutes(5));
        }
        assertEquals(1, poison().size());
        assertEquals(1, bench.messages());
        MessageRow aside = poison().getFirst();
        assertEquals(
                "Damaged in the store: its checksum is wrong", bench.lastError(aside.messageId(), aside.queueId()));
        assertEquals(
                List.of("Moved to the Poison queue: Damaged in the store: its checksum is wrong"),
                bench.tracked(Event.POISONMESSAGE).stream()
                        .map(TrackingEvent::sourceContext)
                        .toList());
        assertEquals(
                1,
                bench.events.stream()
                        .filter(e -> e.kind() == EventKind.CONTENT_DAMAGED)
                        .count());
    }

    @Test
    void a_message_with_damaged_octets_expires_and_its_sender_is_told_without_them() {
        bench.send("a@company.com", "b@gmail.com");
        ContentRef content =
                bench.lease(bench.attempt("gmail.com"), 1).getFirst().message().content();
        bench = bench.killed();
        bench.store().damage(content);
        bench.pass(Duration.ofHours(49));
        assertEquals(1, bench.tracked(Event.FAIL).size());
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(List.of(), poison());
        assertEquals(
                0, bench.view("gmail.com") == null ? 0 : bench.view("gmail.com").messageCount());
    }

    @Test
    void a_message_of_which_no_report_can_ever_be_made_is_set_aside() {
        bench.send("a@company.com", "b@gmail.com");
        bench.lease(bench.attempt("gmail.com"), 1);
        bench = bench.killed();
        bench.pass(Duration.ofHours(5)); // the report of delay was made
        bench.faults = (operation, families) -> {
            if (operation == StoreFaults.Operation.READ && families.contains("content")) {
                throw new IllegalStateException("an error of tarry's own");
            }
            return Optional.empty();
        };
        bench.pass(Duration.ofHours(44));
        assertEquals(1, poison().size());
        assertEquals(
                2,
                bench.events.stream()
                        .filter(e -> e.kind() == EventKind.POISON_SUSPECTED)
                        .count());
        bench.pass(Duration.ofHours(10));
        assertTrue(bench.tracked(Event.FAIL).stream()
                .noneMatch(line -> line.recipients().contains("b@gmail.com")));
        assertEquals(1, bench.tracked(Event.POISONMESSAGE).size());
    }

    @Test
    void a_host_that_refuses_what_cannot_be_reported_is_not_asked_for_ever() {
        bench.send("a@company.com", "b@gmail.com");
        bench.faults = (operation, families) -> {
            if (operation == StoreFaults.Operation.READ && families.contains("content")) {
                throw new IllegalStateException("an error of tarry's own");
            }
            return Optional.empty();
        };
        for (int times = 1; times <= 2; times++) {
            Queues.Attempt attempt = bench.attempt("gmail.com");
            bench.queues.connected(attempt);
            Leased leased = bench.lease(attempt, 10).getFirst();
            bench.queues.settle(leased, refused(leased), Endpoint.NONE);
            bench.queues.disconnected(attempt);
            bench.pass(Duration.ofMinutes(6));
        }
        bench.lease(bench.attempt("gmail.com"), 10);
        assertEquals(1, poison().size());
    }

    private static List<Verdict> refused(Leased leased) {
        return leased.copy().recipients().stream()
                .<Verdict>map(r -> new Verdict.Failed(
                        r.recipient(), Reply.of(550, "5.1.1 No such user"), Source.SMTP, ErrorRecord.NONE))
                .toList();
    }

    @Test
    void a_message_that_could_not_be_read_and_was_settled_all_the_same_leaves_nothing_behind() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 10).getFirst();
        bench.queues.unreadable(leased, StoreException.ofDamage("its checksum is wrong"));
        assertEquals(1, bench.queues.unreadable());
        bench.queues.settle(leased, refused(leased), Endpoint.NONE);
        bench.run();
        assertEquals(0, bench.queues.unreadable());
    }

    @Test
    void a_disk_that_cannot_be_read_just_now_poisons_nothing() {
        bench.send("a@company.com", "b@gmail.com");
        for (int times = 1; times <= 5; times++) {
            Queues.Attempt attempt = bench.attempt("gmail.com");
            bench.queues.connected(attempt);
            Leased leased = bench.lease(attempt, 10).getFirst();
            bench.queues.unreadable(leased, new StoreException("Input/output error"));
            bench.queues.settle(leased, List.of(), Endpoint.NONE);
            bench.queues.disconnected(attempt);
            bench.run();
        }
        assertEquals(List.of(), poison());
        assertEquals(1, bench.view("gmail.com").messageCount());
    }

    @Test
    void one_that_cannot_go_back_because_another_part_is_just_going_there_stays_suspended() {
        Orders orders = new Orders(bench);
        bench.categorizer = message -> List.of(
                new Placement.Shelf(NextHopKey.POISON, message.recipients().subList(0, 1)),
                new Placement.Shelf(
                        QueueBench.hop("yahoo.com"), message.recipients().subList(1, 2)));
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        orders.failDns("yahoo.com");
        orders.queue(new QueueOrder.Suspend(), Shelves.SUBMISSION_ID);
        int yahoo = bench.view("yahoo.com").id();
        CopyId poison = orders.copies(Shelves.POISON_ID).getFirst();
        bench.queues.administration().carryOut(new QueueOrder.Resubmit(), yahoo);
        var resumed = bench.queues.administration().carryOut(new MessageOrder.Resume(), List.of(poison));
        assertEquals(List.of(Orders.UNCHANGED), orders.done(resumed));
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(poison));
        assertEquals(1, orders.view(Shelves.SUBMISSION_ID).messageCount());
    }

    @Test
    void parts_that_are_poison_one_after_the_other_become_one() {
        bench.send("a@company.com", "b@gmail.com", "c@outlook.com");
        for (String domain : List.of("gmail.com", "outlook.com")) {
            for (int times = 1; times <= 2; times++) {
                Queues.Attempt attempt = bench.attempt(domain);
                bench.queues.connected(attempt);
                Leased leased = bench.lease(attempt, 10).getFirst();
                bench.queues.unreadable(leased, StoreException.ofDamage("gone"));
                bench.queues.settle(leased, List.of(), Endpoint.NONE);
                bench.queues.disconnected(attempt);
                bench.pass(Duration.ofMinutes(5));
            }
        }
        assertEquals(1, poison().size());
        assertEquals(1, bench.messages());
        assertEquals(2, bench.tracked(Event.POISONMESSAGE).size());
    }

    // ---- the death of the process

    @Test
    void what_was_in_hand_when_the_process_died_is_under_suspicion_and_the_second_time_is_set_aside(
            @TempDir Path folder) throws IOException {
        Path file = folder.resolve("in-hand");
        // a categorizer that ends the process: nothing of what follows it happens
        for (int deaths = 1; deaths <= 2; deaths++) {
            bench = bench.killed(InHand.open(file), QueueBench::byDomain);
            bench.categorizer = _ -> {
                throw new Died();
            };
            assertFalse(seen(), "after " + (deaths - 1) + " death(s)");
            try {
                bench.send("a@company.com", "b@gmail.com");
                throw new AssertionError("it lives");
            } catch (Died _) {
                // as with SIGKILL
            }
        }
        bench = bench.killed(InHand.open(file), QueueBench::byDomain);
        bench.categorizer = _ -> {
            throw new AssertionError("it must not be looked at again");
        };
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "b@gmail.com"));
        assertEquals(1, poison().size());
    }

    @Test
    void a_delivery_that_ends_the_process_twice_is_not_tried_a_third_time(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("in-hand");
        bench.send("a@company.com", "b@gmail.com");
        bench.send("c@company.com", "d@gmail.com");
        for (int deaths = 1; deaths <= 2; deaths++) {
            bench = bench.killed(InHand.open(file), QueueBench::byDomain);
            Leased leased = bench.lease(bench.attempt("gmail.com"), 1).getFirst();
            assertEquals("a@company.com", leased.message().sender().toString());
            InHandDeath.in(bench.queues, leased);
        }
        bench = bench.killed(InHand.open(file), QueueBench::byDomain);
        List<Leased> lent = bench.lease(bench.attempt("gmail.com"), 10);
        assertEquals(1, lent.size());
        assertEquals("c@company.com", lent.getFirst().message().sender().toString());
        assertEquals(1, poison().size());
    }

    /// Dies in the middle of a part: it never ends, as far as the file is concerned.
    private static final class InHandDeath {
        static void in(Queues queues, Leased leased) {
            Thread dying = Thread.ofPlatform()
                    .daemon(true)
                    .start(() -> queues.processing(leased, () -> {
                        synchronized (InHandDeath.class) {
                            InHandDeath.class.notifyAll();
                        }
                        while (true) {
                            LockSupport.park();
                        }
                    }));
            while (dying.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void a_process_that_ends_in_peace_leaves_nothing_under_suspicion(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("in-hand");
        bench = bench.killed(InHand.open(file), QueueBench::byDomain);
        bench.send("a@company.com", "b@gmail.com");
        assertFalse(InHand.open(file).suspicious());
    }

    @Test
    void marks_outlive_the_process_and_a_file_that_makes_no_sense_is_begun_anew(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("in-hand");
        InHand before = InHand.open(file);
        int slot = before.begin(7);
        before.begin(8);
        before.end(slot);
        before.add(9);
        InHand after = InHand.open(file);
        assertEquals(0, after.count(7));
        assertEquals(1, after.count(8));
        assertEquals(1, after.count(9));
        after.forget(8);
        after.forget(9);
        assertFalse(after.suspicious());
        assertFalse(InHand.open(file).suspicious());
        for (int i = 1; i <= InHand.MAX_SUSPECTS + 5; i++) {
            after.add(i);
        }
        assertEquals(0, InHand.open(file).count(5));
        assertEquals(1, InHand.open(file).count(6));
        Files.write(file, new byte[] {1, 2, 3});
        assertFalse(InHand.open(file).suspicious());
    }

    @Test
    void contents_stay_with_what_is_poison() {
        bench.categorizer = BROKEN;
        bench.send("a@company.com", "b@gmail.com");
        bench.categorizer = PoisonTest::fine;
        order(new MessageOrder.Resume(), poison().getFirst());
        Leased leased = bench.lease(bench.attempt("gmail.com"), 1).getFirst();
        ContentRef content = leased.message().content();
        assertEquals(QueueBench.text("a@company.com"), bench.store().content(content));
    }
}
