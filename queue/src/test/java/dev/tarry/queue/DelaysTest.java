package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// When the sender of a message that still waits hears so.
final class DelaysTest {
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private QueueBench bench = new QueueBench();

    private List<Instant> told() {
        return bench.reports("Delayed").stream().map(TrackingEvent::time).toList();
    }

    private static Recipient wanting(String address, String notify) {
        return new Recipient(Recipient.of(address).address(), Notify.parse(notify), Optional.empty());
    }

    private void send(String from, Recipient... to) {
        bench.send(QueueBench.text(from), from, List.of(to));
    }

    private void failDns(String domain) {
        bench.queues.attemptFailed(
                bench.attempt(domain),
                new ErrorRecord("451 4.4.0 DNS query failed", domain, "", bench.time.millis()),
                new Endpoint("Internet", "", ""),
                Source.DNS);
        bench.run();
    }

    /// The newest message for the mailboxes.
    private String newestReport() {
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        return bench.store()
                .content(bench.lease(attempt, 1_000).getLast().message().content())
                .replace("=\r\n", "");
    }

    @Test
    void four_hours_after_receipt_to_the_millisecond_and_once() {
        bench.send("a@company.com", "b@gmail.com");
        failDns("gmail.com");
        bench.pass(FOUR_HOURS.minusMillis(1));
        assertEquals(List.of(), told());
        bench.pass(Duration.ofMillis(1));
        assertEquals(List.of(QueueBench.START.plus(FOUR_HOURS)), told());
        bench.pass(Duration.ofHours(44).minusMillis(1));
        assertEquals(1, told().size());
        assertEquals(0, bench.reports("Undeliverable").size());
        bench.pass(Duration.ofMillis(1));
        assertEquals(1, told().size());
        assertEquals(1, bench.reports("Undeliverable").size());
        assertEquals(1, bench.tracked(Event.FAIL).size());
    }

    @Test
    void it_says_what_happened_so_far_and_until_when_it_is_tried() {
        bench.send("a@company.com", "b@gmail.com");
        failDns("gmail.com");
        bench.pass(FOUR_HOURS);
        String report = newestReport();
        assertTrue(report.contains("Subject: Delivery delayed:hello\r\n"), report);
        assertTrue(report.contains("for the next 1 days, 20 hours and 0 minutes."), report);
        assertTrue(
                report.contains("3/2/2026 12:00:00 PM - Server at mail.company.com returned '400 4.4.7 Message delayed'"
                        + "\r\n3/2/2026 8:00:00 AM - Server at gmail.com returned '451 4.4.0 DNS query failed'\r\n"),
                report);
        assertTrue(report.contains("\r\nAction: delayed\r\nStatus: 4.4.7\r\n"), report);
        assertTrue(report.contains("\r\nWill-Retry-Until: Wed, 4 Mar 2026 08:00:00 +0000\r\n"), report);
        assertFalse(report.contains("Remote-MTA"), report);
        assertFalse(report.contains("X-MS-Exchange-Message-Is-Ndr"), report);
    }

    @Test
    void a_host_that_said_later_is_named() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx.gmail.com", "203.0.113.7", bench.time.millis()))),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.pass(FOUR_HOURS);
        assertTrue(newestReport().contains("Remote-MTA: dns;mx.gmail.com\r\n"));
    }

    @Test
    void every_recipient_that_waits_stands_in_one_report_in_whatever_queue_it_is() {
        send(
                "a@company.com",
                wanting("b@gmail.com", "DELAY"),
                wanting("c@gmail.com", "FAILURE,DELAY"),
                wanting("silent@gmail.com", "FAILURE,SUCCESS"),
                wanting("never@outlook.com", "NEVER"),
                Recipient.of("d@outlook.com"));
        bench.pass(FOUR_HOURS);
        assertEquals(1, told().size());
        String report = newestReport();
        for (String in : List.of("b@gmail.com", "c@gmail.com", "d@outlook.com")) {
            assertTrue(report.contains("Final-Recipient: rfc822;" + in + "\r\n"), in);
        }
        assertFalse(report.contains("Final-Recipient: rfc822;silent@"), report);
        assertFalse(report.contains("Final-Recipient: rfc822;never@"), report);
    }

    @Test
    void who_has_been_delivered_to_is_not_late() {
        bench.send("a@company.com", "b@gmail.com", "c@outlook.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.pass(FOUR_HOURS);
        assertEquals(1, told().size());
        assertFalse(newestReport().contains("Final-Recipient: rfc822;b@gmail.com"));
    }

    @Test
    void nobody_hears_of_what_is_from_nobody_and_nobody_of_what_he_did_not_ask_for() {
        bench.send("", "b@gmail.com");
        send("a@company.com", wanting("c@gmail.com", "NEVER"), wanting("d@gmail.com", "SUCCESS,FAILURE"));
        bench.pass(Duration.ofHours(47));
        assertEquals(List.of(), bench.tracked(Event.DSN));
    }

    @Test
    void a_report_that_cannot_be_delivered_is_itself_never_called_late() {
        bench.send("a@elsewhere.example", "b@gmail.com");
        bench.pass(FOUR_HOURS);
        assertEquals(1, bench.view("elsewhere.example").messageCount(), "the report waits for its next hop");
        bench.pass(Duration.ofHours(43));
        assertEquals(1, bench.tracked(Event.DSN).size());
    }

    @Test
    void what_waits_in_unreachable_is_late_too() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@elsewhere.example", "b@gmail.com");
        bench.pass(FOUR_HOURS);
        assertEquals(1, told().size());
        bench.pass(Duration.ofHours(1));
        assertEquals(1, told().size());
    }

    @Test
    void a_kill_before_makes_nobody_miss_it_and_a_kill_after_makes_nobody_hear_it_twice() {
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(FOUR_HOURS.minusSeconds(1));
        bench = bench.killed();
        bench.pass(Duration.ofSeconds(1));
        assertEquals(List.of(QueueBench.START.plus(FOUR_HOURS)), told());
        bench = bench.killed();
        bench.pass(Duration.ofHours(40));
        assertEquals(List.of(), told());
    }

    @Test
    void whose_moment_came_while_the_server_was_down_is_told_when_it_is_up_again() {
        bench.send("a@company.com", "b@gmail.com");
        QueueBench later = bench.killedAt(QueueBench.START.plus(Duration.ofHours(9)));
        later.pass(Duration.ZERO);
        assertEquals(1, later.reports("Delayed").size());
        assertEquals(
                QueueBench.START.plus(Duration.ofHours(9)),
                later.reports("Delayed").getFirst().time());
    }

    @Test
    void what_expired_while_the_server_was_down_is_not_called_late() {
        bench.send("a@company.com", "b@gmail.com");
        QueueBench later = bench.killedAt(QueueBench.START.plus(Duration.ofHours(49)));
        later.pass(Duration.ofHours(1));
        assertEquals(0, later.reports("Delayed").size());
        assertEquals(1, later.reports("Undeliverable").size());
    }

    @Test
    void at_every_point_of_a_kill_the_report_and_its_mark_are_both_there_or_both_are_not() {
        int told = 0;
        for (int tasks = 0; tasks < 40; tasks++) {
            QueueBench killed = new QueueBench();
            killed.send("a@company.com", "b@gmail.com", "c@outlook.com");
            killed.pass(FOUR_HOURS.minusMillis(1));
            killed.patience = tasks;
            killed.pass(Duration.ofMillis(1));
            QueueBench after = killed.killed();
            told += after.messages() - 1;
            after.pass(Duration.ofHours(1));
            assertEquals(2, after.messages(), "the message and one report, killed after tasks: " + tasks);
        }
        assertTrue(told > 0 && told < 40, "some were killed before and some after the commit: " + told);
    }

    @Test
    void a_copy_that_a_host_has_in_hand_is_told_of_when_it_comes_back_and_not_if_it_was_delivered() {
        for (boolean delivered : List.of(true, false)) {
            bench = new QueueBench();
            bench.send("a@company.com", "b@gmail.com");
            Queues.Attempt attempt = bench.attempt("gmail.com");
            bench.queues.connected(attempt);
            bench.pass(FOUR_HOURS.minusSeconds(1));
            Leased leased = bench.lease(attempt, 1).getFirst();
            bench.pass(Duration.ofSeconds(3));
            assertEquals(0, told().size(), "the host may take it yet");
            if (delivered) {
                bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
            } else {
                bench.queues.giveBack(leased);
            }
            bench.pass(Duration.ZERO);
            assertEquals(delivered ? 0 : 1, told().size());
            bench.pass(Duration.ofHours(1));
            assertEquals(delivered ? 0 : 1, told().size());
        }
    }

    @Test
    void while_it_is_being_told_nobody_can_deliver_it_and_afterwards_it_is_where_it_was() {
        bench.send("a@company.com", "b@gmail.com", "w@outlook.com");
        Queues.Attempt waits = bench.attempt("outlook.com");
        bench.queues.connected(waits);
        bench.pass(FOUR_HOURS.minusMinutes(1));
        Leased later = bench.lease(waits, 1).getFirst();
        bench.queues.settle(
                later,
                List.of(new Verdict.Deferred(
                        later.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx", "203.0.113.1", bench.time.millis()))),
                Endpoint.NONE);
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        bench.reading = false;
        bench.pass(Duration.ofMinutes(1));
        assertEquals(List.of(), bench.lease(attempt, 1));
        bench.reading = true;
        bench.run();
        assertEquals(1, told().size());
        assertEquals(1, bench.lease(attempt, 1).size());
        assertEquals(1, bench.view("outlook.com").deferredCount(), "it goes on waiting on its own account");
        assertEquals(List.of(), bench.lease(waits, 1));
        bench.pass(Duration.ofMinutes(4));
        assertEquals(1, bench.lease(waits, 1).size(), "five minutes after its 450");
    }

    @Test
    void where_delays_are_not_reported_nobody_is_told_also_not_when_they_are_again() {
        bench = QueueBench.with(new QueueSettings.DsnSettings(
                "postmaster@company.com", quiet(), QueueSettings.DsnStyle.EXCHANGE, Set.of(), List.of()));
        bench.send("a@company.com", "b@gmail.com");
        bench.send("stranger@elsewhere.example", "c@gmail.com");
        bench.pass(FOUR_HOURS);
        assertEquals(
                List.of(List.of("stranger@elsewhere.example")),
                bench.reports("Delayed").stream().map(TrackingEvent::recipients).toList());
        bench = bench.killed(); // and now they are
        bench.pass(Duration.ofHours(1));
        assertEquals(0, told().size());
    }

    private static QueueSettings.DsnStyle quiet() {
        return new QueueSettings.DsnStyle(false, 10, true, Optional.empty());
    }

    @Test
    void a_report_that_cannot_be_made_is_made_later() {
        bench.send("a@company.com", "b@gmail.com");
        bench.pass(FOUR_HOURS.minusSeconds(1));
        bench.faults = (operation, _) ->
                operation == StoreFaults.Operation.READ ? Optional.of(new StoreFault.Fail()) : Optional.empty();
        bench.pass(Duration.ofMinutes(1));
        assertEquals(0, told().size());
        bench.faults = StoreFaults.NONE;
        bench.pass(Duration.ofMinutes(5));
        assertEquals(1, told().size());
        bench.pass(Duration.ofHours(1));
        assertEquals(1, told().size());
    }

    @Test
    void a_flood_tells_each_sender_once_in_slices() {
        for (int i = 0; i < 500; i++) {
            bench.send("a" + i + "@company.com", "b@domain" + i % 7 + ".example", "c@gmail.com");
        }
        bench.pass(FOUR_HOURS);
        assertEquals(500, told().size());
        assertEquals(
                500,
                bench.reports("Delayed").stream()
                        .map(TrackingEvent::recipients)
                        .distinct()
                        .count());
    }

    @Test
    void a_message_that_is_routed_anew_is_not_told_of_again() {
        bench.categorizer = message -> List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@elsewhere.example", "b@gmail.com");
        bench.pass(FOUR_HOURS);
        assertEquals(1, told().size());
        bench = bench.killed(); // now there is a route for it
        assertEquals(1, bench.view("gmail.com").messageCount());
        bench.pass(Duration.ofHours(10));
        assertEquals(0, told().size());
    }

    @Test
    void when_nothing_is_left_that_could_be_late_nothing_is_set_to_ring_for_it() {
        send("a@company.com", wanting("b@gmail.com", "FAILURE"));
        assertEquals(Optional.of(QueueBench.START.plus(Duration.ofHours(48))), bench.time.nextAlarm());
    }

    @Test
    void in_every_generation_it_is_the_same_moment_and_the_same_code() {
        Stream.of(ExchangeProfile.values()).forEach(profile -> {
            bench = new QueueBench(profile);
            bench.send("a@company.com", "b@gmail.com");
            bench.pass(FOUR_HOURS);
            assertEquals(
                    List.of("400 4.4.7 Message delayed"),
                    bench.reports("Delayed").getFirst().recipientStatus());
            assertEquals(
                    "<1@client.example>", bench.reports("Delayed").getFirst().reference());
        });
    }

    @Test
    void a_recipient_that_failed_meanwhile_is_not_late() {
        bench.send("a@company.com", "b@gmail.com", "c@gmail.com");
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
                new Endpoint("Internet", "mx", "203.0.113.1"));
        bench.queues.disconnected(attempt);
        bench.pass(FOUR_HOURS);
        String report = newestReport();
        assertTrue(report.contains("Final-Recipient: rfc822;c@gmail.com"), report);
        assertFalse(report.contains("Final-Recipient: rfc822;b@gmail.com"), report);
    }
}
