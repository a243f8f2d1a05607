package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ContentRef;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class QueuesTest {
    private static final String DNS_FAILED =
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry";
    private static final Reply OK = Reply.of(250, "2.0.0 OK");

    private QueueBench bench = new QueueBench();

    private void failDns(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.attemptFailed(
                attempt,
                new ErrorRecord(DNS_FAILED, domain, "", bench.time.millis()),
                new Endpoint("Internet", domain, ""),
                Source.DNS);
        bench.run();
    }

    private void deliverAll(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.connected(attempt);
        for (Leased leased : bench.lease(attempt, 100)) {
            bench.queues.settle(
                    leased, QueueBench.delivered(leased), new Endpoint("Internet", "mx." + domain, "203.0.113.1"));
        }
        bench.queues.disconnected(attempt);
        bench.run();
    }

    @Test
    void a_message_waits_in_the_queue_of_its_next_hop_and_leaves_without_a_trace_on_disk() {
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "b@gmail.com"));
        assertEquals(1, bench.view("gmail.com").messageCount());
        Queues.Attempt attempt = bench.attempt("gmail.com");
        assertEquals(QueueStatus.CONNECTING, bench.view("gmail.com").status());
        bench.queues.connected(attempt);
        assertEquals(QueueStatus.ACTIVE, bench.view("gmail.com").status());
        Leased leased = bench.lease(attempt, 10).getFirst();
        ContentRef content = leased.message().content();
        assertEquals(QueueBench.text("a@company.com"), bench.store().content(content));

        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();

        assertEquals(QueueStatus.READY, bench.view("gmail.com").status());
        assertEquals(0, bench.messages());
        assertFalse(bench.store().has(content));
        assertEquals(1, bench.tracked(Event.RECEIVE).size());
        assertEquals(
                List.of("250 2.0.0 OK"), bench.tracked(Event.SEND).getFirst().recipientStatus());
    }

    @Test
    void a_queue_whose_dns_fails_climbs_exchanges_ladder() {
        bench.send("a@company.com", "b@external-company.com");
        Instant first = bench.time.instant();
        List<Long> minutes = new ArrayList<>();
        failDns("external-company.com");
        for (int i = 0; i < 13; i++) {
            QueueView view = bench.view("external-company.com");
            assertEquals(QueueStatus.RETRY, view.status());
            assertEquals(i, view.retryCount());
            assertEquals(first, view.firstRetryTime().orElseThrow());
            assertTrue(bench.attempts.isEmpty(), "an attempt before its time");
            bench.pass(
                    Duration.between(bench.time.instant(), view.nextRetryTime().orElseThrow()));
            minutes.add(Duration.between(first, bench.time.instant()).toMinutes());
            failDns("external-company.com");
        }
        // reference §2.2
        assertEquals(List.of(1L, 2L, 3L, 4L, 9L, 14L, 19L, 24L, 29L, 34L, 44L, 54L, 64L), minutes);
        assertEquals(1, bench.tracked(Event.DEFER).size());
        assertEquals(Source.DNS, bench.tracked(Event.DEFER).getFirst().source());
    }

    @Test
    void mailboxes_need_not_wait_behind_hosts_for_which_there_is_no_connection_left() {
        bench.collecting = false;
        bench.send("a@company.com", "b@gmail.com", "c@company.com");
        assertEquals(
                QueueBench.hop("company.com"),
                bench.queues.nextMailboxAttempt().orElseThrow().key());
        assertEquals(Optional.empty(), bench.queues.nextMailboxAttempt());
        assertEquals(
                QueueBench.hop("gmail.com"),
                bench.queues.nextAttempt().orElseThrow().key());
    }

    @Test
    void every_failed_attempt_is_tracked_where_that_is_asked_for() {
        bench = QueueBench.trackingEachAttempt();
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.pass(Duration.ofMinutes(1));
        failDns("external-company.com");
        assertEquals(2, bench.tracked(Event.DEFER).size());
    }

    @Test
    void a_new_message_does_not_wake_a_queue_in_retry() {
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.send("a@company.com", "c@external-company.com");
        assertTrue(bench.attempts.isEmpty());
        assertEquals(2, bench.view("external-company.com").deferredCount());
        bench.pass(Duration.ofMinutes(1));
        failDns("external-company.com");
        assertEquals(
                2, bench.tracked(Event.DEFER).size(), "the second message is tracked when its first attempt fails");
    }

    @Test
    void a_connection_ends_the_episode_and_the_error() {
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.pass(Duration.ofMinutes(1));
        deliverAll("external-company.com");
        QueueView view = bench.view("external-company.com");
        assertEquals(QueueStatus.READY, view.status());
        assertEquals(0, view.retryCount());
        assertTrue(view.lastError().isNone());
        assertEquals(Optional.empty(), view.nextRetryTime());
    }

    @Test
    void an_empty_queue_goes_away_after_three_minutes_and_one_that_fills_stays() {
        bench.send("a@company.com", "b@gmail.com");
        deliverAll("gmail.com");
        bench.pass(Duration.ofSeconds(179));
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(Duration.ofSeconds(10));
        assertEquals(1, bench.view("gmail.com").messageCount());
        deliverAll("gmail.com");
        bench.pass(Duration.ofSeconds(180));
        assertNull(bench.view("gmail.com"));
    }

    @Test
    void when_the_last_message_has_gone_nothing_is_set_to_ring_for_its_expiry() {
        bench.send("a@company.com", "b@gmail.com");
        deliverAll("gmail.com");
        bench.pass(Duration.ofMinutes(4));
        assertEquals(Optional.empty(), bench.time.nextAlarm());
    }

    @Test
    void an_expired_message_has_exactly_one_report_with_the_last_error_in_it() {
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        for (int i = 0; i < 400 && bench.tracked(Event.FAIL).isEmpty(); i++) {
            bench.pass(Duration.ofMinutes(10));
            if (!bench.attempts.isEmpty()
                    && bench.view("external-company.com") != null
                    && bench.attempts.getFirst().key().equals(QueueBench.hop("external-company.com"))) {
                failDns("external-company.com");
            }
        }
        assertEquals(
                QueueBench.START.plus(Duration.ofHours(48)),
                bench.tracked(Event.FAIL).getFirst().time(),
                "48 hours are 48 hours");
        assertEquals(
                List.of("550 5.4.300 Message expired -> " + DNS_FAILED),
                bench.tracked(Event.FAIL).getFirst().recipientStatus());
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(2, bench.messages(), "the report of the delay, this one, and nothing else");

        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        Leased report = bench.lease(attempt, 10).getLast();
        String text = bench.store().content(report.message().content());
        assertTrue(report.message().sender().isNull());
        assertTrue(text.contains("Delivery has failed to these recipients or groups:"), text);
        assertTrue(text.contains("Status: 5.4.300"), text);
        assertEquals(
                bench.tracked(Event.FAIL).getFirst().reference(),
                report.message().internetMessageId());
    }

    @Test
    void nobody_is_told_about_a_message_from_nobody_or_one_that_wants_no_report() {
        bench.send("", "b@external-company.com");
        bench.send(
                QueueBench.text("a@company.com"),
                "a@company.com",
                List.of(new Recipient(
                        Recipient.of("c@external-company.com").address(),
                        Optional.of(Notify.NEVER),
                        Optional.empty())));
        bench.attempt("external-company.com");
        bench.pass(Duration.ofHours(49));
        assertEquals(2, bench.tracked(Event.FAIL).size());
        assertEquals(0, bench.tracked(Event.DSN).size());
        assertEquals(0, bench.messages());
    }

    @Test
    void one_transaction_may_deliver_some_defer_some_and_fail_some() {
        bench.send("a@company.com", "ok@gmail.com", "later@gmail.com", "never@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        List<Recipient> to =
                leased.copy().recipients().stream().map(r -> r.recipient()).toList();
        bench.queues.settle(
                leased,
                List.of(
                        new Verdict.Delivered(to.get(0), OK, true),
                        new Verdict.Deferred(
                                to.get(1), new ErrorRecord("452 4.2.2 Mailbox full", "mx", "", bench.time.millis())),
                        new Verdict.Failed(
                                to.get(2), Reply.of(550, "5.1.1 User unknown"), Source.SMTP, ErrorRecord.NONE)),
                new Endpoint("Internet", "mx.gmail.com", "203.0.113.1"));
        bench.run();
        assertEquals(1, bench.tracked(Event.SEND).size());
        assertEquals(1, bench.tracked(Event.DEFER).size());
        assertEquals(1, bench.tracked(Event.FAIL).size());
        assertEquals(1, bench.tracked(Event.DSN).size());
        assertEquals(0, bench.lease(attempt, 1).size(), "the deferred one waits on its own account");
        bench.pass(Duration.ofMinutes(5));
        Leased again = bench.lease(attempt, 1).getFirst();
        assertEquals(
                List.of("later@gmail.com"),
                again.copy().recipients().stream()
                        .map(r -> r.recipient().address().toString())
                        .toList());
        assertEquals(
                "452 4.2.2 Mailbox full",
                again.copy().recipients().getFirst().lastError().details());

        Endpoint endpoint = new Endpoint("Internet", "mx.gmail.com", "203.0.113.1");
        bench.queues.settle(again, List.of(deferred(again, "452 4.2.2 Mailbox full")), endpoint);
        bench.run();
        assertEquals(1, bench.tracked(Event.DEFER).size(), "the same words are not tracked again");
        bench.pass(Duration.ofMinutes(5));
        again = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(again, List.of(deferred(again, "451 4.3.0 Try later")), endpoint);
        bench.run();
        assertEquals(2, bench.tracked(Event.DEFER).size(), "other words are");
    }

    private Verdict deferred(Leased leased, String words) {
        Recipient recipient = leased.copy().recipients().getFirst().recipient();
        return new Verdict.Deferred(recipient, new ErrorRecord(words, "mx", "", bench.time.millis()));
    }

    @Test
    void copies_share_content_that_goes_with_the_last_of_them() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        Queues.Attempt gmail = bench.attempt("gmail.com");
        bench.queues.connected(gmail);
        Leased one = bench.lease(gmail, 1).getFirst();
        ContentRef content = one.message().content();
        bench.queues.settle(one, QueueBench.delivered(one), Endpoint.NONE);
        bench.run();
        assertTrue(bench.store().has(content));
        Queues.Attempt yahoo = bench.attempt("yahoo.com");
        bench.queues.connected(yahoo);
        Leased other = bench.lease(yahoo, 1).getFirst();
        assertEquals(one.message().id(), other.message().id());
        bench.queues.settle(other, QueueBench.delivered(other), Endpoint.NONE);
        bench.run();
        assertFalse(bench.store().has(content));
    }

    @Test
    void a_kill_loses_nothing_and_the_episode_goes_on() {
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.pass(Duration.ofMinutes(1));
        failDns("external-company.com");
        bench.send("a@company.com", "c@external-company.com"); // synced, and everything before it

        QueueBench after = bench.killed();
        QueueView view = after.view("external-company.com");
        assertEquals(2, view.messageCount());
        assertEquals(1, view.retryCount());
        assertEquals(QueueBench.START, view.firstRetryTime().orElseThrow());
        assertEquals(DNS_FAILED, view.lastError().details());
        assertEquals(1, after.attempts.size(), "a queue in Retry is tried once after a restart");
        assertEquals(2, after.tracked(Event.LOAD).size());
        Queues.Attempt again = after.attempt("external-company.com");
        after.queues.attemptFailed(
                again,
                new ErrorRecord(DNS_FAILED, "external-company.com", "", after.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        after.run();
        assertEquals(1, after.tracked(Event.DEFER).size(), "only the message that no attempt has met before");
    }

    @Test
    void a_message_of_many_queues_survives_a_kill_between_its_deliveries() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        deliverAll("gmail.com");
        QueueBench after = bench.killed();
        assertEquals(0, after.view("gmail.com").messageCount());
        assertEquals(1, after.view("yahoo.com").messageCount());
        assertEquals(1, after.messages());
    }

    @Test
    void what_no_route_takes_waits_in_unreachable_and_is_routed_anew_at_start() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        assertTrue(bench.attempts.isEmpty());
        QueueBench after = bench.killed(); // which has a categorizer that knows the way
        after.run();
        assertEquals(1, after.view("gmail.com").messageCount());
        assertEquals(1, after.messages());
    }

    @Test
    void what_the_categorizer_rejects_is_reported() {
        bench.categorizer = message -> message.message().sender().isNull()
                ? List.of(new Placement.Shelf(QueueBench.hop("company.com"), message.recipients()))
                : List.of(new Placement.Rejected(Reply.of(550, "5.3.4 too large"), message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        assertEquals(Source.ROUTING, bench.tracked(Event.FAIL).getFirst().source());
        assertEquals(1, bench.view("company.com").messageCount());
        assertEquals(1, bench.messages());
    }

    @Test
    void a_next_hop_that_does_not_exist_fails_everything_that_waits_for_it() {
        for (int i = 0; i < 150; i++) {
            bench.send("a@company.com", "b" + i + "@nowhere.example");
        }
        Queues.Attempt attempt = bench.attempt("nowhere.example");
        bench.queues.attemptRejected(attempt, Reply.of(554, "5.4.4 nonexistent domain"), Source.DNS, Endpoint.NONE);
        bench.run();
        assertEquals(0, bench.view("nowhere.example").messageCount());
        assertEquals(QueueStatus.READY, bench.view("nowhere.example").status());
        assertEquals(150, bench.tracked(Event.DSN).size());
        assertEquals(150, bench.view("company.com").messageCount());
    }

    @Test
    void a_queue_in_retry_whose_only_message_waits_on_its_own_account_is_tried_when_that_wait_is_over() {
        bench.send("a@company.com", "b@gmail.com");
        bench.queues.attemptFailed(
                bench.attempt("gmail.com"),
                new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", bench.time.millis()),
                Endpoint.NONE,
                Source.DNS);
        bench.run();
        bench.pass(Duration.ofMinutes(1));
        Queues.Attempt again = bench.attempt("gmail.com");
        Leased leased = bench.lease(again, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("451 4.3.0 no report could be made", "", "", bench.time.millis()))),
                Endpoint.NONE);
        bench.queues.attemptAbandoned(again);
        bench.run();
        QueueView waits = bench.view("gmail.com");
        assertEquals(QueueStatus.RETRY, waits.status());
        assertEquals(Optional.of(bench.time.instant().plus(Duration.ofMinutes(5))), waits.nextRetryTime());
        bench.pass(Duration.ofMinutes(5));
        bench.attempt("gmail.com");
        assertEquals(QueueStatus.CONNECTING, bench.view("gmail.com").status());
    }

    @Test
    void local_mail_and_its_settling_are_one_commit_and_the_mailbox_keeps_the_content() {
        bench.send("a@company.com", "b@company.com");
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Stored(
                        leased.copy().recipients().getFirst().recipient(), "b@company.com", "Return-Path: <>\r\n")),
                Endpoint.NONE);
        bench.run();
        assertEquals(0, bench.messages());
        assertTrue(bench.store().has(leased.message().content()));
        assertEquals(1, bench.tracked(Event.DELIVER).size());
    }

    @Test
    void a_connection_that_breaks_with_messages_left_sends_the_queue_to_retry() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(leased, List.of(), Endpoint.NONE);
        bench.queues.connectionLost(
                attempt,
                new ErrorRecord("451 4.4.397 Error communicating with target host.", "mx", "203.0.113.1", 1),
                Endpoint.NONE,
                Source.SMTP);
        bench.run();
        assertEquals(QueueStatus.RETRY, bench.view("gmail.com").status());
        assertEquals(1, bench.view("gmail.com").messageCount());
    }

    @Test
    void retry_now_tries_at_once_and_consumes_a_step_of_the_ladder() {
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.queues.retryNow(bench.view("external-company.com").id());
        bench.run();
        failDns("external-company.com");
        assertEquals(1, bench.view("external-company.com").retryCount());
    }

    @Test
    void an_expired_message_of_which_no_report_can_be_made_waits_and_is_tried_again() {
        bench.send("a@company.com", "b@gmail.com");
        Leased leased = bench.lease(bench.attempt("gmail.com"), 1).getFirst();
        bench = bench.killed();
        bench.pass(Duration.ofHours(1));
        bench.unreadableBodies();
        bench.pass(Duration.ofHours(48));
        assertEquals(1, bench.view("gmail.com").deferredCount(), "it is kept");
        assertEquals(0, bench.tracked(Event.FAIL).size());
        int asides =
                bench.store().attempts(leased.copy().messageId(), leased.copy().queueId());
        assertTrue(asides > 5 && asides < 30, "every five minutes, not without end: " + asides);
    }

    @Test
    void a_report_that_is_being_made_when_the_queues_close_is_not_lost() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Failed(
                        leased.copy().recipients().getFirst().recipient(),
                        Reply.of(550, "5.1.1 User unknown"),
                        Source.SMTP,
                        ErrorRecord.NONE)),
                Endpoint.NONE);
        bench.reading = false;
        var closed = bench.queues.close();
        bench.run();
        assertFalse(closed.isDone(), "a report is being made");
        bench.reading = true;
        bench.run();
        assertTrue(closed.isDone());
        QueueBench after = bench.killed();
        assertEquals(1, after.messages());
        assertEquals(1, after.view("company.com").messageCount());
    }

    @Test
    void many_that_no_route_takes_are_each_routed_once_at_start() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        for (int i = 0; i < 200; i++) {
            bench.send("a@company.com", "b" + i + "@gmail.com");
        }
        List<Long> routed = new ArrayList<>();
        QueueBench after = bench.killed(message -> {
            routed.add(message.message().id());
            if (routed.size() > 400) {
                throw new AssertionError("round and round");
            }
            return List.of(new Placement.Nowhere(message.recipients()));
        });
        assertEquals(200, routed.size());
        assertEquals(200, after.messages());
    }

    @Test
    void recipients_that_are_rejected_with_different_words_are_all_reported() {
        bench.categorizer = message -> message.message().sender().isNull()
                ? List.of(new Placement.Shelf(QueueBench.hop("company.com"), message.recipients()))
                : List.of(
                        new Placement.Rejected(
                                Reply.of(550, "5.3.4 too large"),
                                message.recipients().subList(0, 1)),
                        new Placement.Rejected(
                                Reply.of(550, "5.1.1 unknown"),
                                message.recipients().subList(1, 2)));
        bench.send("a@company.com", "b@gmail.com", "c@gmail.com");
        assertEquals(
                List.of("550 5.3.4 too large", "550 5.1.1 unknown"),
                bench.tracked(Event.FAIL).stream()
                        .flatMap(e -> e.recipientStatus().stream())
                        .toList());
        assertEquals(1, bench.tracked(Event.DSN).size());
        assertEquals(1, bench.messages(), "the report, and nothing else");
    }

    @Test
    void an_extra_connection_that_fails_is_not_dialled_again_while_another_is_up() {
        for (int i = 0; i < 100; i++) {
            bench.send("a@company.com", "b" + i + "@gmail.com");
        }
        Queues.Attempt first = bench.attempt("gmail.com");
        bench.queues.connected(first);
        bench.run();
        assertFalse(bench.attempts.isEmpty(), "a hundred messages are worth more than one connection");
        while (!bench.attempts.isEmpty()) {
            assertTrue(bench.attempts.size() < 10);
            failDns("gmail.com");
            assertEquals(QueueStatus.ACTIVE, bench.view("gmail.com").status());
        }
        bench.queues.disconnected(first);
        bench.attempt("gmail.com");
    }

    private List<MailboxItem> store(String... to) {
        bench.send("a@company.com", to);
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                leased.copy().recipients().stream()
                        .<Verdict>map(r -> new Verdict.Stored(
                                r.recipient(),
                                r.recipient().address().toString().toLowerCase(Locale.ROOT),
                                ""))
                        .toList(),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
        return bench.store().items(to);
    }

    @Test
    void who_removes_an_item_twice_takes_nothing_from_another_mailbox() {
        List<MailboxItem> items = store("b@company.com", "c@company.com");
        var once = bench.queues.removeItem(items.getFirst());
        var twice = bench.queues.removeItem(items.getFirst());
        bench.run();
        var late = bench.queues.removeItem(items.getFirst());
        bench.run();
        assertTrue(once.isDone() && twice.isDone() && late.isDone());
        assertTrue(bench.store().has(items.getLast().content()));
        bench.queues.removeItem(items.getLast());
        bench.run();
        assertFalse(bench.store().has(items.getLast().content()));
    }

    @Test
    void a_mailbox_that_is_named_twice_holds_the_message_once_and_frees_it_when_that_is_removed() {
        List<MailboxItem> items = store("b@company.com", "b@company.com");
        assertEquals(items.getFirst(), items.getLast());
        bench.queues.removeItem(items.getFirst());
        bench.run();
        assertFalse(bench.store().has(items.getFirst().content()));
    }

    @Test
    void the_same_recipient_twice_has_two_verdicts() {
        bench.send("a@company.com", "b@gmail.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        Recipient b = leased.copy().recipients().getFirst().recipient();
        bench.queues.settle(
                leased,
                List.of(
                        new Verdict.Delivered(b, OK, true),
                        new Verdict.Deferred(b, new ErrorRecord("452 4.5.3 Too many recipients", "mx", "", 1))),
                Endpoint.NONE);
        bench.pass(Duration.ofMinutes(5));
        assertEquals(1, bench.lease(attempt, 1).getFirst().copy().recipients().size());
    }

    @Test
    void five_thousand_recipients_settle_without_comparing_each_with_each() {
        List<Recipient> to = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            to.add(Recipient.of("b" + i + "@gmail.com"));
        }
        bench.send(QueueBench.text("a@company.com"), "a@company.com", to);
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(leased, QueueBench.delivered(leased).subList(1, 5_000), Endpoint.NONE);
        bench.run();
        assertEquals(
                List.of(to.getFirst()),
                bench.lease(attempt, 1).getFirst().copy().recipients().stream()
                        .map(r -> r.recipient())
                        .toList());
    }

    @Test
    void copies_count_under_their_own_priority_wherever_they_are() {
        bench.priority = 0;
        bench.send("a@company.com", "b@gmail.com");
        bench.priority = 2;
        bench.send("a@company.com", "c@gmail.com");
        bench.send("a@company.com", "d@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        bench.lease(attempt, 1);
        assertEquals(List.of(1, 0, 2, 0), bench.view("gmail.com").countsPerPriority());
        Leased low = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                low,
                List.of(new Verdict.Deferred(
                        low.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx", "", 1))),
                Endpoint.NONE);
        assertEquals(List.of(1, 0, 1, 0), bench.view("gmail.com").countsPerPriority());
        assertEquals(List.of(0, 0, 1, 0), bench.view("gmail.com").deferredPerPriority());
        assertEquals(1, bench.view("gmail.com").deferredCount());
        bench.queues.connectionLost(
                attempt, new ErrorRecord("451 4.4.2 lost", "mx", "", 1), Endpoint.NONE, Source.SMTP);
        assertEquals(List.of(1, 0, 0, 0), bench.view("gmail.com").countsPerPriority());
        assertEquals(List.of(0, 0, 2, 0), bench.view("gmail.com").deferredPerPriority());
        assertEquals(2, bench.view("gmail.com").deferredCount());
    }

    @Test
    void a_clock_that_is_behind_what_the_store_speaks_of_is_told_before_anything_is_taken_up() {
        bench.pass(Duration.ofHours(5));
        bench.send("a@company.com", "b@external-company.com");
        failDns("external-company.com");
        bench.send("a@company.com", "c@external-company.com");
        Instant newest = bench.time.instant();
        QueueBench after = bench.killedAt(QueueBench.START);
        assertEquals(newest, after.time.instant());
        assertTrue(
                after.tracked(Event.LOAD).stream().noneMatch(line -> line.time().isBefore(newest)));
        assertEquals(2, after.tracked(Event.LOAD).size());
    }

    @Test
    void a_message_whose_time_runs_out_while_a_host_has_it_expires_when_it_comes_back() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        bench.pass(Duration.ofHours(47));
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.pass(Duration.ofHours(2));
        assertEquals(0, bench.tracked(Event.FAIL).size(), "the host may still take it");
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx", "203.0.113.1", 1))),
                Endpoint.NONE);
        bench.pass(Duration.ZERO);
        assertEquals(1, bench.tracked(Event.FAIL).size());
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(2, bench.messages());
    }

    @Test
    void a_message_that_waits_on_its_own_account_expires_at_its_moment() {
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(Duration.ofHours(48).minusMinutes(1));
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx", "203.0.113.1", 1))),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.pass(Duration.ofMinutes(1));
        assertEquals(
                List.of("550 5.4.300 Message expired -> 450 4.2.0 later"),
                bench.tracked(Event.FAIL).getFirst().recipientStatus());
        assertEquals(
                QueueBench.START.plus(Duration.ofHours(48)),
                bench.tracked(Event.FAIL).getFirst().time());
        bench.pass(Duration.ofHours(1));
        assertEquals(1, bench.tracked(Event.FAIL).size());
        assertNull(bench.view("gmail.com"));
    }

    @Test
    void a_flood_of_expiries_reports_each_message_once() {
        for (int i = 0; i < 300; i++) {
            bench.send("a@company.com", "b" + i + "@domain" + i % 7 + ".example");
        }
        bench.pass(Duration.ofHours(48));
        assertEquals(300, bench.tracked(Event.FAIL).size());
        assertEquals(300, bench.reports("Undeliverable").size());
        assertEquals(300, bench.reports("Delayed").size());
        assertEquals(600, bench.messages());
        QueueBench after = bench.killed();
        after.pass(Duration.ofMinutes(1));
        assertEquals(0, after.tracked(Event.FAIL).size());
        assertEquals(600, after.messages());
    }
}
