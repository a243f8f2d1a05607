package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Retry-Queue -Resubmit and MaxIdleTimeBeforeResubmit.
final class ResubmitsTest {
    private static final QueueOrder RESUBMIT = new QueueOrder.Resubmit();
    private static final String GMAIL = "gmail.com";
    private static final String YAHOO = "yahoo.com";
    private static final String SMART = "smart.example";

    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);

    /// Reports go to their mailbox.
    private static Function<Submitted, List<Placement>> to(String domain) {
        return message -> List.of(new Placement.Shelf(
                QueueBench.hop(message.message().sender().isNull() ? "company.com" : domain), message.recipients()));
    }

    private List<String> recipients(Leased leased) {
        return leased.copy().recipients().stream()
                .map(r -> r.recipient().address().toString())
                .toList();
    }

    @Test
    void what_a_queue_in_retry_holds_is_routed_again_and_leaves_by_its_new_way_in_order() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        orders.failDns(GMAIL);
        orders.copies(bench.view(GMAIL).id()).forEach(copy -> ids.add(copy.messageId()));
        Instant received = bench.time.instant();
        bench.pass(Duration.ofSeconds(10));
        bench.categorizer = to(SMART);
        assertEquals(new Outcome.Done(200), orders.queue(RESUBMIT, GMAIL));
        assertEquals(0, bench.view(GMAIL).messageCount());
        assertTrue(bench.view(GMAIL).lastError().isNone());
        List<Leased> leaving = bench.lease(orders.connected(SMART), 1_000);
        assertEquals(
                ids, leaving.stream().map(l -> l.message().id()).toList(), "the integers stay, and so their order");
        assertEquals(
                received.plus(Duration.ofHours(48)).toEpochMilli(),
                leaving.getFirst().message().expiresMillis());
        assertEquals(200, bench.tracked(Event.DEFER).size());
        QueueBench after = bench.killed();
        assertEquals(200, after.view(SMART).messageCount());
        assertEquals(0, after.view(GMAIL).messageCount());
    }

    @Test
    void where_mail_stays_in_its_queue_that_starts_anew_and_its_error_stands_until_the_next_attempt() {
        bench.send("a@company.com", "b@gmail.com");
        for (int i = 0; i < 4; i++) {
            orders.failDns(GMAIL);
            bench.pass(Duration.ofMinutes(1));
        }
        orders.failDns(GMAIL);
        assertEquals(4, bench.view(GMAIL).retryCount());
        Instant again = bench.time.instant();
        assertEquals(Orders.DONE, orders.queue(RESUBMIT, GMAIL));
        QueueView view = bench.view(GMAIL);
        assertEquals(QueueStatus.CONNECTING, view.status(), "it is tried at once");
        assertEquals(Orders.DNS_FAILED, view.lastError().details());
        orders.failDns(GMAIL);
        assertEquals(0, bench.view(GMAIL).retryCount());
        assertEquals(again, bench.view(GMAIL).firstRetryTime().orElseThrow());
        assertEquals(
                again.plus(Duration.ofMinutes(1)),
                bench.view(GMAIL).nextRetryTime().orElseThrow(),
                "the ladder begins again");
        assertEquals(1, bench.tracked(Event.DEFER).size(), "nothing has changed for the message");
    }

    @Test
    void suspended_messages_stay_and_waiting_ones_go() {
        bench.send("a@company.com", "suspended@gmail.com");
        bench.send("a@company.com", "waiting@gmail.com");
        bench.send("a@company.com", "ready@gmail.com");
        CopyId suspended = orders.copies(bench.view(GMAIL).id()).getFirst();
        orders.message(new MessageOrder.Suspend(), suspended);
        Queues.Attempt attempt = orders.connected(GMAIL);
        orders.settleDeferred(bench.lease(attempt, 1).getFirst());
        bench.queues.connectionLost(
                attempt,
                new dev.tarry.store.ErrorRecord("451 4.4.2 lost", "mx", "203.0.113.1", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        bench.run();
        bench.categorizer = to(SMART);
        assertEquals(new Outcome.Done(2), orders.queue(RESUBMIT, GMAIL));
        assertEquals(suspended, orders.only(GMAIL));
        assertEquals(MessageRow.Status.SUSPENDED, orders.status(suspended));
        assertEquals(2, bench.lease(orders.connected(SMART), 10).size());
    }

    @Test
    void only_a_queue_in_retry_and_unreachable_are_resubmitted() {
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(Orders.UNCHANGED, orders.queue(RESUBMIT, GMAIL));
        Queues.Attempt attempt = bench.attempt(GMAIL);
        assertEquals(Orders.UNCHANGED, orders.queue(RESUBMIT, GMAIL));
        orders.failDns(attempt);
        orders.queue(new QueueOrder.Suspend(), GMAIL);
        assertEquals(Orders.UNCHANGED, orders.queue(RESUBMIT, GMAIL));
        assertEquals(new Outcome.Refused(Refusal.SUBMISSION_QUEUE), orders.queue(RESUBMIT, Shelves.SUBMISSION_ID));
        assertEquals(
                new Outcome.Refused(Refusal.SUBMISSION_QUEUE),
                orders.queue(new QueueOrder.Retry(), Shelves.SUBMISSION_ID));
        assertEquals(
                new Outcome.Refused(Refusal.UNREACHABLE_WANTS_RESUBMIT),
                orders.queue(new QueueOrder.Retry(), Shelves.UNREACHABLE_ID));
        assertEquals(new Outcome.Done(0), orders.queue(RESUBMIT, Shelves.UNREACHABLE_ID));
    }

    @Test
    void a_retry_queue_is_tried_at_once_and_any_other_is_not() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt(GMAIL);
        assertEquals(Orders.UNCHANGED, orders.queue(new QueueOrder.Retry(), GMAIL));
        orders.failDns(attempt);
        assertEquals(Orders.DONE, orders.queue(new QueueOrder.Retry(), GMAIL));
        orders.failDns(GMAIL);
        assertEquals(1, bench.view(GMAIL).retryCount());
    }

    @Test
    void unreachable_mail_is_resubmitted_by_hand() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(Orders.DONE, orders.queue(RESUBMIT, Shelves.UNREACHABLE_ID));
        assertEquals(1, orders.view(Shelves.UNREACHABLE_ID).messageCount(), "there is no way yet");
        bench.categorizer = to(GMAIL);
        assertEquals(Orders.DONE, orders.queue(RESUBMIT, Shelves.UNREACHABLE_ID));
        assertEquals(1, orders.deliverAll(GMAIL));
    }

    @Test
    void while_submission_is_suspended_resubmitted_mail_rests_there() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        orders.queue(new QueueOrder.Suspend(), Shelves.SUBMISSION_ID);
        assertEquals(Orders.DONE, orders.queue(RESUBMIT, GMAIL));
        assertEquals(1, orders.view(Shelves.SUBMISSION_ID).messageCount());
        assertEquals(0, bench.view(GMAIL).messageCount());
        QueueBench after = bench.killed();
        Orders then = new Orders(after);
        assertEquals(1, then.view(Shelves.SUBMISSION_ID).messageCount());
        then.queue(new QueueOrder.Resume(), Shelves.SUBMISSION_ID);
        assertEquals(1, then.deliverAll(GMAIL));
    }

    @Test
    void parts_of_a_message_that_get_the_same_way_become_one() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com", "d@outlook.com");
        orders.failDns(GMAIL);
        orders.failDns(YAHOO);
        orders.failDns("outlook.com");
        bench.categorizer = to(SMART);
        bench.collecting = false;
        int gmail = bench.view(GMAIL).id();
        int yahoo = bench.view(YAHOO).id();
        var first = bench.queues.administration().carryOut(RESUBMIT, gmail);
        var second = bench.queues.administration().carryOut(RESUBMIT, yahoo); // at the same moment
        bench.run();
        assertEquals(Orders.DONE, first.join());
        assertEquals(Orders.DONE, second.join());
        assertEquals(Orders.DONE, orders.queue(RESUBMIT, "outlook.com"));
        assertEquals(1, bench.view(SMART).messageCount());
        bench.collecting = true;
        bench.queues.nextAttempt().ifPresent(bench.attempts::add);
        Leased one = bench.lease(orders.connected(SMART), 10).getFirst();
        assertEquals(
                List.of("b@gmail.com", "c@yahoo.com", "d@outlook.com"),
                recipients(one).stream().sorted().toList());
        bench.queues.settle(one, QueueBench.delivered(one), Endpoint.NONE);
        bench.run();
        assertEquals(0, bench.messages());
        assertEquals(0, bench.killed().messages());
    }

    @Test
    void a_part_waits_for_another_that_is_on_its_way_to_the_same_next_hop() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        orders.failDns(GMAIL);
        orders.failDns(YAHOO);
        bench.categorizer = to(SMART);
        orders.queue(RESUBMIT, GMAIL);
        Queues.Attempt smart = orders.connected(SMART);
        Leased one = bench.lease(smart, 1).getFirst();
        orders.queue(RESUBMIT, YAHOO);
        assertEquals(1, bench.view(YAHOO).messageCount());
        bench.queues.settle(one, QueueBench.delivered(one), Endpoint.NONE);
        bench.run();
        assertEquals(0, bench.view(YAHOO).messageCount());
        assertEquals(List.of("c@yahoo.com"), recipients(bench.lease(smart, 1).getFirst()));
    }

    @Test
    void a_part_that_another_one_suspended_is_in_the_way_of_waits_in_submission() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        orders.failDns(GMAIL);
        orders.failDns(YAHOO);
        bench.categorizer = to(YAHOO);
        CopyId stopped = orders.only(YAHOO);
        orders.message(new MessageOrder.Suspend(), stopped);
        orders.queue(RESUBMIT, GMAIL);
        assertEquals(1, orders.view(Shelves.SUBMISSION_ID).messageCount());
        orders.message(new MessageOrder.Resume(), stopped);
        bench.pass(Duration.ofMinutes(31));
        assertEquals(0, orders.view(Shelves.SUBMISSION_ID).messageCount());
        assertEquals(1, orders.deliverAll(YAHOO));
        assertEquals(2, bench.tracked(Event.SEND).getFirst().recipients().size());
    }

    @Test
    void the_error_of_the_queue_goes_with_those_who_were_there_when_it_failed() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        bench.send("a@company.com", "late@gmail.com");
        bench.categorizer = to(YAHOO);
        orders.queue(RESUBMIT, GMAIL);
        List<CopyId> moved = orders.copies(bench.view(YAHOO).id());
        assertEquals(2, moved.size());
        assertEquals(
                Orders.DNS_FAILED,
                bench.lastError(moved.get(0).messageId(), moved.get(0).queueId()));
        assertEquals("", bench.lastError(moved.get(1).messageId(), moved.get(1).queueId()));
    }

    @Test
    void a_queue_without_success_for_twelve_hours_is_resubmitted_by_itself() {
        bench.send("a@company.com", "b@gmail.com");
        Instant first = bench.time.instant();
        orders.failDns(GMAIL);
        List<RecipientRecord> asked = new ArrayList<>();
        bench.categorizer = message -> {
            if (!message.message().sender().isNull()) {
                asked.addAll(message.recipients());
            }
            return to(GMAIL).apply(message);
        };
        int failures = 1;
        while (Duration.between(first, bench.time.instant()).compareTo(Duration.ofHours(12)) < 0) {
            assertEquals(0, asked.size(), "at " + bench.time.instant());
            bench.pass(Duration.ofMinutes(1));
            if (bench.attempts.stream().anyMatch(a -> a.key().equals(QueueBench.hop(GMAIL)))) {
                orders.failDns(GMAIL);
                failures++;
            }
        }
        assertEquals(Instant.parse("2026-03-02T20:00:00Z"), bench.time.instant());
        assertEquals(1, asked.size());
        // reference §2.2: 4, 6, then each ten minutes up to 714; and the one at 720
        assertEquals(1 + 4 + 6 + 68 + 1, failures);
        assertEquals(0, bench.view(GMAIL).retryCount());
        assertEquals(1, bench.tracked(Event.DEFER).size());
    }

    @Test
    void mail_that_finds_another_way_after_twelve_hours_expires_with_the_error_it_had() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        bench.categorizer = to(SMART);
        bench.pass(Duration.ofMinutes(1));
        orders.failDns(GMAIL);
        bench.pass(Duration.ofHours(1));
        Queues.Attempt silent = bench.attempt(GMAIL);
        bench.pass(Duration.ofHours(20));
        assertNull(bench.view(SMART), "an attempt that is under way is not cut off");
        orders.failDns(silent);
        bench.pass(Duration.ofMillis(1));
        bench.attempt(SMART); // nobody answers
        bench.pass(Duration.ofHours(48));
        assertEquals(
                List.of("550 5.4.300 Message expired -> " + Orders.DNS_FAILED),
                bench.tracked(Event.FAIL).getFirst().recipientStatus());
        assertEquals(
                1,
                bench.tracked(Event.FAIL).stream()
                        .filter(fail -> fail.recipients().contains("b@gmail.com"))
                        .count());
    }

    @Test
    void what_tells_an_error_from_others_with_its_words_goes_with_it() {
        bench.send("a@company.com", "b@gmail.com");
        bench.queues.attemptFailed(
                bench.attempt(GMAIL),
                new ErrorRecord(Orders.DNS_FAILED, GMAIL, "", bench.time.millis(), "D7 ServerFailure: gmail.com"),
                Endpoint.NONE,
                TrackingEvent.Source.DNS);
        bench.run();
        bench.categorizer = to(SMART);
        orders.queue(RESUBMIT, GMAIL);
        bench.pass(Duration.ofHours(48));
        TrackingEvent failure = bench.tracked(Event.FAIL).getFirst();
        assertEquals("D7 ServerFailure: gmail.com", failure.sourceContext());
    }

    @Test
    void a_shorter_idle_time_counts_at_once() {
        bench.send("a@company.com", "b@gmail.com");
        orders.failDns(GMAIL);
        bench.categorizer = to(SMART);
        bench.pass(Duration.ofSeconds(50));
        QueueSettings s = QueueBench.settings(dev.tarry.mail.ExchangeProfile.E2019, false);
        bench.queues.settings(QueueBench.idleBeforeResubmit(s, Duration.ofSeconds(30)));
        bench.pass(Duration.ofMillis(1));
        assertEquals(1, bench.view(SMART).messageCount());
    }

    @Test
    void mailbox_queues_have_their_own_interval() {
        bench.send("b@gmail.com", "a@company.com");
        for (int i = 0; i < 12; i++) {
            orders.failDns("company.com");
            assertEquals(
                    bench.time.instant().plus(Duration.ofMinutes(5)),
                    bench.view("company.com").nextRetryTime().orElseThrow());
            bench.pass(Duration.ofMinutes(5));
        }
    }

    @Test
    void who_stays_is_on_the_disk_when_another_recipient_of_the_same_copy_is_rejected() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("", "x@gmail.com", "y@gmail.com");
        bench.categorizer = message -> List.of(
                new Placement.Nowhere(message.recipients().subList(0, 1)),
                new Placement.Rejected(
                        Reply.of(550, "5.1.1 RESOLVER.ADR.RecipNotFound"),
                        message.recipients().subList(1, 2)));
        orders.queue(RESUBMIT, Shelves.UNREACHABLE_ID);
        assertEquals(
                List.of("y@gmail.com"), bench.tracked(Event.FAIL).getFirst().recipients());
        assertEquals(1, orders.view(Shelves.UNREACHABLE_ID).messageCount());
        QueueBench after = bench.killed();
        assertEquals(
                List.of("x@gmail.com"),
                recipients(after.lease(new Orders(after).connected(GMAIL), 10).getFirst()));
    }

    @Test
    void a_part_that_comes_while_another_is_being_read_is_not_overwritten() {
        bench.send("a@company.com", "g1@gmail.com", "g2@gmail.com", "y@yahoo.com", "o@outlook.com");
        List<String> all = List.of(GMAIL, YAHOO, "outlook.com");
        all.forEach(orders::failDns);
        bench.collecting = false;
        bench.categorizer = message -> {
            Map<String, List<RecipientRecord>> ways = new LinkedHashMap<>();
            for (RecipientRecord r : message.recipients()) {
                String address = r.recipient().address().toString();
                boolean outlook = address.startsWith("g2") || address.startsWith("o");
                ways.computeIfAbsent(outlook ? "outlook.com" : SMART, _ -> new ArrayList<>())
                        .add(r);
            }
            List<Placement> placements = new ArrayList<>();
            ways.forEach((way, rs) -> placements.add(new Placement.Shelf(QueueBench.hop(way), rs)));
            return placements;
        };
        int gmail = bench.view(GMAIL).id();
        int yahoo = bench.view(YAHOO).id();
        bench.queues.administration().carryOut(RESUBMIT, gmail);
        bench.queues.administration().carryOut(RESUBMIT, yahoo);
        bench.run();
        assertEquals(1, bench.view(SMART).messageCount());
        QueueBench after = bench.killed();
        List<String> left = new ArrayList<>();
        for (String way : List.of(SMART, "outlook.com")) {
            after.lease(new Orders(after).connected(way), 10)
                    .forEach(l -> recipients(l).forEach(r -> left.add(r + " by " + way)));
        }
        assertEquals(
                List.of(
                        "g1@gmail.com by smart.example",
                        "g2@gmail.com by outlook.com",
                        "o@outlook.com by outlook.com",
                        "y@yahoo.com by smart.example"),
                left.stream().sorted().toList());
    }

    @Test
    void a_queue_is_not_tried_while_its_messages_are_at_the_categorizer() {
        for (int i = 0; i < 200; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        orders.failDns(GMAIL);
        orders.queue(new QueueOrder.Suspend(), GMAIL);
        bench.pass(Duration.ofHours(13)); // its next attempt is due meanwhile
        List<Boolean> tried = new ArrayList<>();
        bench.categorizer = message -> {
            tried.add(bench.attempts.stream().anyMatch(a -> a.key().equals(QueueBench.hop(GMAIL))));
            return QueueBench.byDomain(message);
        };
        orders.queue(new QueueOrder.Resume(), GMAIL);
        assertEquals(200, tried.size());
        assertFalse(tried.contains(true));
        orders.failDns(GMAIL); // afterwards it is
    }

    @Test
    void what_is_written_down_as_waiting_during_a_resubmission_goes_too() {
        bench.send("a@company.com", "waiting@gmail.com");
        bench.send("a@company.com", "ready@gmail.com");
        Queues.Attempt attempt = orders.connected(GMAIL);
        Leased first = bench.lease(attempt, 1).getFirst();
        bench.committing = false;
        orders.settleDeferred(first);
        bench.queues.connectionLost(
                attempt,
                new dev.tarry.store.ErrorRecord("451 4.4.2 lost", "mx", "203.0.113.1", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        bench.categorizer = to(SMART);
        bench.queues.administration().carryOut(RESUBMIT, bench.view(GMAIL).id());
        bench.run();
        bench.committing = true;
        bench.run();
        assertEquals(0, bench.view(GMAIL).messageCount());
        assertEquals(2, bench.view(SMART).messageCount());
    }

    @Test
    void while_submission_is_suspended_what_is_unreachable_rests_and_nobody_has_it() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        orders.queue(new QueueOrder.Suspend(), Shelves.SUBMISSION_ID);
        bench.categorizer = to(GMAIL);
        bench.queues.offerUnreachable();
        bench.run();
        List<MessageRow> rows = orders.done(bench.queues.messages(Optional.empty()));
        assertEquals(1, rows.size());
        assertEquals(MessageRow.Status.READY, rows.getFirst().status());
        orders.queue(new QueueOrder.Resume(), Shelves.SUBMISSION_ID);
        bench.run();
        assertEquals(1, orders.deliverAll(GMAIL));
    }

    @Test
    void nothing_is_lost_or_doubled_whatever_moment_a_kill_comes_at() {
        boolean[] moved = new boolean[2];
        for (int tasks = 0; tasks < 120; tasks++) {
            QueueBench house = new QueueBench();
            Orders hands = new Orders(house);
            house.send("a@company.com", "b@gmail.com", "c@yahoo.com");
            hands.failDns(GMAIL);
            hands.failDns(YAHOO);
            house.categorizer = to(SMART);
            house.collecting = false;
            List<Integer> both = IntStream.of(
                            house.view(GMAIL).id(), house.view(YAHOO).id())
                    .boxed()
                    .toList();
            house.patience = tasks;
            both.forEach(id -> house.queues.administration().carryOut(RESUBMIT, id));
            house.run();
            QueueBench after = house.killed();
            after.collecting = true;
            List<String> all = new ArrayList<>();
            for (String domain : List.of(GMAIL, YAHOO, SMART)) {
                if (after.view(domain) != null && after.view(domain).messageCount() > 0) {
                    moved[domain.equals(SMART) ? 1 : 0] = true;
                    after.lease(new Orders(after).connected(domain), 10).forEach(l -> all.addAll(recipients(l)));
                }
            }
            assertEquals(
                    List.of("b@gmail.com", "c@yahoo.com"), all.stream().sorted().toList(), "after " + tasks);
        }
        assertTrue(moved[0] && moved[1], "both came to pass");
    }
}
