package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.store.Batch;
import dev.tarry.store.ContentRef;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.QueueRecord;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.store.Write;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The disk fails and comes back: what was in hand then belongs to a house that is no more.
final class StoreFailureTest {
    private final QueueBench bench = new QueueBench();

    @Test
    void while_the_store_is_closed_clients_are_refused_and_afterwards_mail_comes_in_again() {
        bench.send("a@company.com", "b@gmail.com");
        bench.breakStore();
        assertInstanceOf(Submission.Acceptance.Refused.class, bench.send("a@company.com", "c@gmail.com"));
        bench.mendStore();
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "d@gmail.com"));
        assertEquals(2, bench.view("gmail.com").messageCount());
    }

    @Test
    void a_body_that_was_begun_before_the_failure_is_refused_after_it() {
        Submission.Body body = bench.queues.submission().newBody();
        body.append(Unpooled.wrappedBuffer(new byte[StoredBody.CHUNK_BYTES + 1]));
        bench.run(); // the first chunk is in the store, and no record covers it
        bench.breakStore();
        bench.mendStore();
        List<Submission.Acceptance> answers = new ArrayList<>();
        bench.queues.submission().accept(incoming(), body, answers::add);
        bench.run();
        assertEquals(1, answers.size());
        assertTrue(
                answers.getFirst() instanceof Submission.Acceptance.Refused(var reply) && reply.code() == 452,
                () -> answers.toString());
    }

    private static Incoming incoming() {
        return new Incoming(
                Envelope.of(ReversePath.of(EmailAddress.of("a@company.com")), List.of(Recipient.of("b@gmail.com"))),
                "<1@client.example>",
                "",
                Optional.empty(),
                0,
                Incoming.NORMAL_PRIORITY,
                new Incoming.Source("SMTP:Default", "", "SMTP", "", "", "", ""));
    }

    @Test
    void mail_that_never_left_is_not_told_as_loaded_when_the_store_is_opened_again() {
        bench.send("a@company.com", "b@gmail.com");
        bench.breakStore();
        bench.mendStore();
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(0, bench.tracked(TrackingEvent.Event.LOAD).size());
    }

    @Test
    void mail_is_told_as_loaded_once_where_the_store_was_found_damaged_while_it_was_loaded() {
        bench.send("a@company.com", "b@outlook.com");
        bench.send("a@company.com", "b@gmail.com");
        int gmail = bench.view("gmail.com").id();
        QueueRecord record = new QueueRecord(
                gmail, "DnsConnectorDelivery", "gmail.com", new UUID(0, 1), false, 0, 0, 0, 0, ErrorRecord.NONE);
        bench.store().commit(new Write.DropQueue(gmail));
        int[] repairs = {0};
        bench.repairing = () -> {
            repairs[0]++;
            try (MessageStore store = MemoryMessageStore.open(bench.disk, StoreFaults.NONE)) {
                long epoch = store.open(Queues.SHARD, new MessageStore.Loader() {
                            @Override
                            public void queue(QueueRecord queue) {}

                            @Override
                            public void message(MessageRecord message, List<CopyRecord> copies) {}

                            @Override
                            public void item(MailboxItem item) {}
                        })
                        .epoch();
                store.commit(List.of(new Batch(Queues.SHARD, epoch, true, List.of(new Write.PutQueue(record)))));
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        };
        bench.queues.stop();
        bench.run();
        CompletableFuture<Void> started = bench.queues.start();
        bench.run();
        started.join();
        assertEquals(1, repairs[0]);
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(
                List.of("b@outlook.com", "b@gmail.com"),
                bench.tracked(TrackingEvent.Event.LOAD).stream()
                        .map(line -> line.recipients().getFirst())
                        .toList());
        bench.queues.stop();
        bench.run();
        bench.queues.start();
        bench.run();
        assertEquals(4, bench.tracked(TrackingEvent.Event.LOAD).size(), "each start tells");
    }

    @Test
    void an_attempt_of_before_the_failure_leaves_no_mark_on_the_queue_of_after() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt before = bench.attempt("gmail.com");
        bench.queues.connected(before);
        Leased leased = bench.lease(before, 1).getFirst();
        bench.breakStore();
        bench.mendStore();

        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(before);
        assertEquals(0, bench.lease(before, 1).size());
        assertEquals(0, bench.view("gmail.com").connections());
        assertEquals(QueueStatus.CONNECTING, bench.view("gmail.com").status());
        assertEquals(1, bench.view("gmail.com").messageCount(), "at least once: nobody knows of the first delivery");
        Queues.Attempt after = bench.attempt("gmail.com");
        bench.queues.connected(after);
        bench.queues.settle(bench.lease(after, 1).getFirst(), List.of(), Endpoint.NONE);
        bench.queues.disconnected(after);
        bench.attempt("gmail.com");
    }

    @Test
    void messages_still_expire_when_the_store_failed_in_the_middle_of_expiring() {
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(Duration.ofHours(1));
        bench.send("a@company.com", "c@gmail.com");
        bench.reading = false;
        bench.pass(Duration.ofHours(47)); // the first expires; its record is being read
        bench.breakStore();
        bench.mendStore();
        bench.reading = true;
        bench.pass(Duration.ofHours(2));
        assertEquals(2, bench.tracked(Event.FAIL).size());
        assertEquals(2, bench.reports("Undeliverable").size());
    }

    @Test
    void a_client_whose_answer_fails_keeps_no_other_from_its_own() {
        Submission.Body body = bench.queues.submission().newBody();
        body.append(Unpooled.wrappedBuffer(new byte[10]));
        bench.queues.submission().accept(incoming(), body, _ -> {
            throw new IllegalStateException("the client has gone mad");
        });
        bench.send("a@company.com", "c@gmail.com"); // in the same turn
        assertEquals(2, bench.messages());
    }

    @Test
    void removing_from_a_mailbox_while_the_store_is_closed_fails_and_does_not_hang() {
        bench.breakStore();
        var removed = bench.queues.removeItem(
                new MailboxItem("b@company.com", 1, 0, "", "", "", "", new ContentRef(1, 1, 1)));
        bench.run();
        assertTrue(removed.isCompletedExceptionally());
    }

    @Test
    void a_slow_disk_holds_the_answer_back_for_as_long_in_lab_time_and_loses_none() {
        bench.faults = slowOnce(Duration.ofSeconds(5));
        List<Submission.Acceptance> answers = new ArrayList<>();
        hand(answers);
        bench.run();
        bench.faults = StoreFaults.NONE;
        hand(answers); // waits behind it
        bench.pass(Duration.ofMillis(4_999));
        assertEquals(List.of(), answers);
        assertTrue(bench.ledger.settled(), "nothing is in flight: time may be moved through it");
        bench.pass(Duration.ofMillis(1));
        assertEquals(2, answers.size());
        answers.forEach(answer -> assertInstanceOf(Submission.Acceptance.Queued.class, answer));
        assertEquals(2, bench.messages());
    }

    private void hand(List<Submission.Acceptance> answers) {
        Submission.Body body = bench.queues.submission().newBody();
        body.append(Unpooled.wrappedBuffer(new byte[10]));
        bench.queues.submission().accept(incoming(), body, answers::add);
    }

    private StoreFaults slowOnce(Duration by) {
        return (operation, _) -> {
            if (operation != StoreFaults.Operation.COMMIT) {
                return Optional.empty();
            }
            bench.faults = StoreFaults.NONE;
            return Optional.of(new StoreFault.Slow(by));
        };
    }

    @Test
    void what_a_slow_disk_holds_back_is_on_the_disk_when_the_server_is_killed_meanwhile() {
        bench.faults = slowOnce(Duration.ofSeconds(5));
        List<Submission.Acceptance> answers = new ArrayList<>();
        hand(answers);
        bench.run();
        assertEquals(List.of(), answers);
        assertEquals(1, bench.killed().messages(), "never promised, and there");
    }

    @Test
    void a_store_that_cannot_be_opened_is_tried_again_until_it_can_be() {
        bench.send("a@company.com", "b@gmail.com");
        bench.breakStore();
        int[] tries = {0};
        bench.faults = (operation, _) -> {
            tries[0] += operation == StoreFaults.Operation.OPEN ? 1 : 0;
            return Optional.of(new StoreFault.Fail());
        };
        bench.pass(Duration.ofSeconds(11));
        assertEquals(5, tries[0], "every two seconds, where wire time goes on");
        assertInstanceOf(Submission.Acceptance.Refused.class, bench.send("a@company.com", "c@gmail.com"));
        bench.faults = StoreFaults.NONE;
        bench.pass(Duration.ofSeconds(2));
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "d@gmail.com"));
        assertEquals(2, bench.view("gmail.com").messageCount());
    }

    @Test
    void a_full_disk_and_a_broken_one_are_told_with_452() {
        bench.faults = (_, _) -> Optional.of(new StoreFault.Full());
        assertEquals(452, refused(bench.send("a@company.com", "b@gmail.com")));
        bench.faults = StoreFaults.NONE;
        bench.mendStore();
        bench.faults = (_, _) -> Optional.of(new StoreFault.Torn());
        assertEquals(452, refused(bench.send("a@company.com", "b@gmail.com")));
        bench.faults = StoreFaults.NONE;
        bench.mendStore();
        assertEquals(0, bench.messages(), "what was refused is not there");
    }

    @Test
    void what_was_refused_and_is_on_the_disk_all_the_same_is_taken_out_unseen() {
        bench.send("a@company.com", "waits@gmail.com");
        bench.faults = (_, _) -> Optional.of(new StoreFault.Fail());
        assertEquals(452, refused(bench.send("a@company.com", "b@gmail.com", "c@fabrikam.com")));
        bench.faults = StoreFaults.NONE;
        bench.tracked.clear();
        bench.mendStore();
        assertEquals(1, bench.messages());
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(List.of(), bench.tracked(Event.LOAD), "nothing was loaded: the service has not started");
        bench.send("a@company.com", "b@gmail.com", "c@fabrikam.com");
        assertEquals(2, bench.view("gmail.com").messageCount(), "the client has sent it again");
        assertEquals(2, bench.killed().messages(), "for good");
    }

    @Test
    void what_was_refused_is_taken_out_also_if_the_disk_fails_once_more_meanwhile() {
        bench.faults = (_, _) -> Optional.of(new StoreFault.Fail());
        bench.send("a@company.com", "b@gmail.com");
        bench.faults = (operation, _) ->
                operation == StoreFaults.Operation.COMMIT ? Optional.of(new StoreFault.Fail()) : Optional.empty();
        bench.pass(Duration.ofSeconds(11));
        bench.faults = StoreFaults.NONE;
        bench.mendStore();
        assertEquals(0, bench.messages());
        assertEquals(List.of(), bench.tracked(Event.LOAD));
        assertEquals(0, bench.killed().messages());
    }

    @Test
    void a_report_whose_commit_failed_is_there_again_with_what_it_reports() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.faults = (operation, _) ->
                operation == StoreFaults.Operation.COMMIT ? Optional.of(new StoreFault.Fail()) : Optional.empty();
        bench.queues.settle(leased, rejected(leased), Endpoint.NONE);
        bench.run();
        bench.faults = StoreFaults.NONE;
        bench.mendStore();
        assertEquals(1, bench.messages(), "the report, and not what it reports");
        assertEquals(1, bench.view("company.com").messageCount());
    }

    private static List<Verdict> rejected(Leased leased) {
        return leased.copy().recipients().stream()
                .<Verdict>map(r -> new Verdict.Failed(
                        r.recipient(), Reply.of(550, "5.1.1 User unknown"), Source.SMTP, ErrorRecord.NONE))
                .toList();
    }

    private static int refused(Submission.Acceptance answer) {
        return assertInstanceOf(Submission.Acceptance.Refused.class, answer)
                .reply()
                .code();
    }

    @Test
    void a_message_that_cannot_be_read_waits_and_leaves_when_it_can_be() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        bench.faults = (operation, _) ->
                operation == StoreFaults.Operation.READ ? Optional.of(new StoreFault.Corrupt()) : Optional.empty();
        assertEquals(List.of(), bench.lease(attempt, 1));
        bench.queues.disconnected(attempt);
        bench.faults = StoreFaults.NONE;
        assertEquals(1, bench.messages());
        bench.pass(Duration.ofMinutes(5));
        Queues.Attempt later = bench.attempt("gmail.com");
        bench.queues.connected(later);
        assertEquals(1, bench.lease(later, 1).size());
    }
}
