package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ContentRef;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.ResubmitRecord;
import dev.tarry.store.ResubmitRecord.Wanted;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SafetyNetTest {
    private static final Duration HOLD = Duration.ofDays(2);

    private QueueBench bench = QueueBench.with(settings(HOLD, false));

    private static QueueSettings settings(Duration hold, boolean relayedToo) {
        return QueueBench.settings(ExchangeProfile.E2019, false).with(new QueueSettings.Keeping(hold, relayedToo, 2));
    }

    /// Sends a message into a mailbox here.
    private ContentRef deliver(String from, String to) {
        bench.send(from, to);
        return deliverAll().getFirst();
    }

    private List<ContentRef> deliverAll() {
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        List<ContentRef> delivered = new ArrayList<>();
        for (Leased leased : bench.lease(attempt, 100)) {
            delivered.add(leased.message().content());
            List<Verdict> stored = leased.copy().recipients().stream()
                    .<Verdict>map(r -> new Verdict.Stored(
                            r.recipient(), r.recipient().address().toString(), ""))
                    .toList();
            bench.queues.settle(leased, stored, Endpoint.NONE);
        }
        bench.queues.disconnected(attempt);
        bench.run();
        return delivered;
    }

    private void relay(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.connected(attempt);
        bench.lease(attempt, 100)
                .forEach(leased -> bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE));
        bench.queues.disconnected(attempt);
        bench.run();
    }

    private void emptyMailbox(String mailbox) {
        MailboxItem item = bench.store().items(mailbox).getFirst();
        CompletableFuture<Void> removed = bench.queues.removeItem(item);
        bench.run();
        removed.join();
    }

    private static Wanted wanted(
            Optional<String> sender, Optional<String> recipient, Optional<String> to, Instant end) {
        return new Wanted(Optional.empty(), sender, recipient, Optional.empty(), to, 0, end.toEpochMilli());
    }

    private static Wanted everything() {
        return wanted(Optional.empty(), Optional.empty(), Optional.empty(), Instant.parse("2030-01-01T00:00:00Z"));
    }

    private ResubmitRecord request(Wanted wanted) {
        CompletableFuture<ResubmitRecord> added = bench.queues.resubmissions().add(wanted);
        bench.run();
        return state(added.join().id());
    }

    private ResubmitRecord state(int id) {
        CompletableFuture<List<ResubmitRecord>> all =
                bench.queues.resubmissions().all();
        bench.run();
        return all.join().stream().filter(r -> r.id() == id).findFirst().orElseThrow();
    }

    @Test
    void what_was_delivered_here_is_kept_for_the_hold_time_and_gone_after_it() {
        ContentRef content = deliver("a@company.com", "b@company.com");
        emptyMailbox("b@company.com");
        assertTrue(bench.store().has(content));
        bench.pass(HOLD.minusSeconds(1));
        assertTrue(bench.store().has(content));
        bench.pass(Duration.ofMinutes(16));
        assertFalse(bench.store().has(content));
        assertEquals(0, request(everything()).resubmitted());
        assertEquals(0, state(1).failed());
    }

    @Test
    void a_mailbox_keeps_its_message_when_safety_net_lets_go_of_it() {
        ContentRef content = deliver("a@company.com", "b@company.com");
        bench.pass(HOLD.plusHours(1));
        assertTrue(bench.store().has(content));
        emptyMailbox("b@company.com");
        assertFalse(bench.store().has(content));
    }

    @Test
    void with_no_hold_time_nothing_is_kept_and_what_was_goes_at_once() {
        ContentRef kept = deliver("a@company.com", "b@company.com");
        emptyMailbox("b@company.com");
        bench.queues.settings(settings(Duration.ZERO, false));
        bench.run();
        assertFalse(bench.store().has(kept));
        ContentRef later = deliver("a@company.com", "c@company.com");
        emptyMailbox("c@company.com");
        assertFalse(bench.store().has(later));
    }

    @Test
    void more_than_a_slice_is_dropped_in_slices() {
        List<ContentRef> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            bench.send("a@company.com", "b@company.com");
        }
        for (int i = 0; i < 3; i++) {
            all.addAll(deliverAll());
        }
        bench.pass(HOLD.plusHours(1));
        CompletableFuture<List<ResubmitRecord>> none =
                bench.queues.resubmissions().all();
        bench.run();
        assertEquals(List.of(), none.join());
        assertEquals(0, request(everything()).resubmitted());
        assertEquals(300, all.size());
    }

    @Test
    void what_another_server_took_is_kept_only_where_the_operator_says_so() {
        bench.send("a@company.com", "b@gmail.com");
        relay("gmail.com");
        assertEquals(0, request(everything()).resubmitted());
        bench.queues.settings(settings(HOLD, true));
        bench.send("a@company.com", "c@gmail.com");
        relay("gmail.com");
        ResubmitRecord request = request(everything());
        assertEquals(1, request.resubmitted());
        assertTrue(request.finished());
        assertEquals(1, bench.view("gmail.com").messageCount());
    }

    @Test
    void a_request_sends_what_it_names_once_more_and_nobody_is_told_of_its_failure() {
        ContentRef content = deliver("a@company.com", "b@company.com");
        deliver("x@company.com", "b@company.com");
        emptyMailbox("b@company.com");
        bench.pass(Duration.ofMinutes(1));
        ResubmitRecord request =
                request(wanted(Optional.of("A@company.com"), Optional.empty(), Optional.empty(), bench.time.instant()));
        assertEquals(1, request.resubmitted());
        assertTrue(request.finished());
        Queues.Attempt attempt = bench.attempt("company.com");
        List<Leased> again = bench.lease(attempt, 10);
        assertEquals(1, again.size());
        Recipient recipient = again.getFirst().copy().recipients().getFirst().recipient();
        assertEquals("b@company.com", recipient.address().toString());
        assertEquals(Optional.of(Notify.NEVER), recipient.notifyOn());
        assertEquals(
                bench.store().content(content),
                bench.store().content(again.getFirst().message().content()));
        assertEquals("SafetyNet", again.getFirst().message().sourceName());
        TrackingEvent told = bench.tracked(Event.RESUBMIT).getFirst();
        assertEquals(TrackingEvent.Source.SAFETYNET, told.source());
        assertEquals("ResubmitRequest 1", told.sourceContext());
        assertEquals(2, bench.tracked(Event.RECEIVE).size());
    }

    @Test
    void only_the_recipient_that_is_named_gets_it_or_whoever_is_to_instead() {
        bench.send("a@company.com", "b@company.com", "c@company.com");
        deliverAll();
        request(wanted(Optional.empty(), Optional.of("c@company.com"), Optional.empty(), everythingUntil()));
        List<Leased> again = bench.lease(bench.attempt("company.com"), 10);
        assertEquals(1, again.getFirst().copy().recipients().size());
        assertEquals(
                "c@company.com",
                again.getFirst()
                        .copy()
                        .recipients()
                        .getFirst()
                        .recipient()
                        .address()
                        .toString());
        request(wanted(
                Optional.of("a@company.com"), Optional.empty(), Optional.of("audit@gmail.com"), everythingUntil()));
        assertEquals(1, bench.view("gmail.com").messageCount());
    }

    private static Instant everythingUntil() {
        return Instant.parse("2030-01-01T00:00:00Z");
    }

    @Test
    void the_window_and_the_database_limit_what_is_sent() {
        deliver("a@company.com", "b@company.com");
        bench.pass(Duration.ofHours(1));
        deliver("a@company.com", "c@company.com");
        long between = bench.time.instant().minusSeconds(60).toEpochMilli();
        Wanted before = new Wanted(
                Optional.empty(),
                Optional.of("a@company.com"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                between);
        assertEquals(1, request(before).resubmitted());
        Wanted elsewhere = new Wanted(
                Optional.of(UUID.nameUUIDFromBytes(new byte[1])),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Long.MAX_VALUE);
        assertEquals(0, request(elsewhere).resubmitted());
        assertTrue(state(2).finished());
    }

    @Test
    void a_request_goes_on_after_a_kill_and_sends_nothing_twice() {
        for (int tasks = 1; tasks < 60; tasks++) {
            bench = QueueBench.with(settings(HOLD, false));
            for (int i = 0; i < 3; i++) {
                bench.send("a@company.com", "b" + i + "@company.com");
            }
            deliverAll();
            CompletableFuture<ResubmitRecord> added =
                    bench.queues.resubmissions().add(everything());
            bench.patience = tasks;
            bench.run();
            bench = bench.killed();
            bench.queues.settings(settings(HOLD, false));
            bench.run();
            CompletableFuture<List<ResubmitRecord>> all =
                    bench.queues.resubmissions().all();
            bench.run();
            if (added.isDone()) {
                assertEquals(1, all.join().size(), "killed after " + tasks);
            }
            int sent = all.join().isEmpty() ? 0 : 3;
            assertEquals(sent, bench.messages(), "killed after " + tasks);
            all.join().forEach(request -> assertEquals(3, request.resubmitted()));
            all.join().forEach(request -> assertTrue(request.finished()));
        }
    }

    @Test
    void what_cannot_be_read_is_told_and_the_others_are_sent() {
        ContentRef lost = deliver("a@company.com", "b@company.com");
        deliver("a@company.com", "c@company.com");
        bench.store().damage(lost);
        ResubmitRecord request = request(everything());
        assertEquals(1, request.failed());
        assertEquals(1, request.resubmitted());
        assertEquals(1, bench.tracked(Event.RESUBMITFAIL).size());
        assertEquals(
                List.of("b@company.com"),
                bench.tracked(Event.RESUBMITFAIL).getFirst().recipients());
    }

    private void failNextRead(String family) {
        bench.faults = (operation, families) -> {
            if (operation != StoreFaults.Operation.READ || !families.contains(family)) {
                return Optional.empty();
            }
            bench.faults = StoreFaults.NONE;
            return Optional.of(new StoreFault.Fail());
        };
    }

    @Test
    void a_disk_that_cannot_be_read_just_now_stops_no_request_and_holds_up_no_other() {
        for (String family : List.of("safetynet", "content")) {
            bench = QueueBench.with(settings(HOLD, false));
            deliver("a@company.com", "b@company.com");
            bench.reading = false;
            CompletableFuture<ResubmitRecord> first =
                    bench.queues.resubmissions().add(everything());
            CompletableFuture<ResubmitRecord> second =
                    bench.queues.resubmissions().add(everything());
            bench.run();
            failNextRead(family);
            bench.reading = true;
            bench.run();
            assertFalse(state(first.join().id()).finished(), family);
            assertTrue(state(first.join().id()).enabled(), family);
            assertTrue(state(second.join().id()).finished(), family);
            assertEquals(1, state(second.join().id()).resubmitted(), family);
            bench.pass(Resubmissions.REST);
            assertTrue(state(first.join().id()).finished(), family);
            assertEquals(1, state(first.join().id()).resubmitted(), family);
            assertEquals(0, state(first.join().id()).failed(), family);
            assertEquals(0, bench.tracked(Event.RESUBMITFAIL).size(), family);
        }
    }

    @Test
    void a_request_that_meets_what_makes_no_sense_rests_and_holds_up_no_other() {
        deliver("a@company.com", "b@company.com");
        bench.reading = false;
        CompletableFuture<ResubmitRecord> first = bench.queues.resubmissions().add(everything());
        CompletableFuture<ResubmitRecord> second = bench.queues.resubmissions().add(everything());
        bench.run();
        bench.faults = (operation, families) -> {
            if (operation == StoreFaults.Operation.READ && families.contains("safetynet")) {
                bench.faults = StoreFaults.NONE;
                throw new IllegalStateException("no sense");
            }
            return Optional.empty();
        };
        bench.reading = true;
        bench.run();
        assertFalse(state(first.join().id()).enabled());
        assertTrue(state(second.join().id()).finished());
    }

    @Test
    void while_new_mail_is_refused_nothing_is_resubmitted_and_later_it_goes_on_by_itself() {
        deliver("a@company.com", "b@company.com");
        AtomicReference<Optional<Reply>> refusal =
                new AtomicReference<>(Optional.of(Reply.of(452, "4.3.1 Insufficient system resources")));
        bench.queues.refusal(refusal::get);
        assertEquals(0, request(everything()).resubmitted());
        bench.pass(Duration.ofHours(1));
        assertEquals(0, state(1).resubmitted());
        assertFalse(state(1).finished());
        refusal.set(Optional.empty());
        bench.pass(Resubmissions.PAUSE);
        assertEquals(1, state(1).resubmitted());
        assertTrue(state(1).finished());
    }

    @Test
    void a_request_can_be_stopped_and_removed() {
        CompletableFuture<Optional<ResubmitRecord>> none =
                bench.queues.resubmissions().enable(1, false);
        bench.run();
        assertTrue(none.join().isEmpty());
        deliver("a@company.com", "b@company.com");
        bench.reading = false;
        CompletableFuture<ResubmitRecord> added = bench.queues.resubmissions().add(everything());
        bench.run();
        CompletableFuture<Optional<ResubmitRecord>> stopped =
                bench.queues.resubmissions().enable(1, false);
        bench.run();
        bench.reading = true;
        bench.run();
        assertTrue(added.isDone());
        assertFalse(stopped.join().orElseThrow().enabled());
        assertEquals(0, bench.messages());
        CompletableFuture<Optional<ResubmitRecord>> on =
                bench.queues.resubmissions().enable(1, true);
        bench.run();
        assertTrue(on.join().orElseThrow().enabled());
        assertEquals(1, bench.messages());
        CompletableFuture<Boolean> removed = bench.queues.resubmissions().remove(1);
        CompletableFuture<Boolean> again = bench.queues.resubmissions().remove(1);
        bench.run();
        assertTrue(removed.join());
        assertFalse(again.join());
    }
}
