package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a report says of the other end.
final class ReportsTest {
    private final QueueBench bench = new QueueBench(ExchangeProfile.E2013);

    private Queues.Attempt sent() {
        bench.send("a@company.com", "b@gmail.com");
        return bench.attempt("gmail.com");
    }

    private String report() {
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        return bench.store()
                .content(bench.lease(attempt, 2).getLast().message().content())
                .replace("=\r\n", "");
    }

    private static Verdict.Failed failed(Leased leased, Source source) {
        Recipient recipient = leased.copy().recipients().getFirst().recipient();
        return new Verdict.Failed(recipient, Reply.of(550, "5.1.1 User unknown"), source, ErrorRecord.NONE);
    }

    @Test
    void a_host_that_was_dialled_in_vain_is_the_receiving_server_and_no_remote_mta() {
        bench.queues.attemptFailed(
                sent(),
                new ErrorRecord("441 4.4.1 Connection refused", "mx.gmail.com", "203.0.113.7", bench.time.millis()),
                new Endpoint("Internet", "mx.gmail.com", "203.0.113.7"),
                Source.SMTP);
        bench.pass(Duration.ofHours(48));
        String report = report();
        assertTrue(report.contains("Receiving server: mx.gmail.com (203.0.113.7)\r\n"), report);
        assertTrue(
                report.contains("Remote Server at mx.gmail.com (203.0.113.7) returned '550 4.4.7 QUEUE.Expired;"),
                report);
        assertFalse(report.contains("Remote-MTA"), report);
    }

    @Test
    void a_host_that_said_later_until_the_message_expired_is_the_remote_mta() {
        Queues.Attempt attempt = sent();
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("450 4.2.0 later", "mx.gmail.com", "203.0.113.7", bench.time.millis()))),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.pass(Duration.ofHours(48));
        assertTrue(report().contains("Remote-MTA: dns;mx.gmail.com\r\n"));
    }

    @Test
    void a_dns_failure_names_no_receiving_server() {
        bench.queues.attemptFailed(
                sent(),
                new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", bench.time.millis()),
                new Endpoint("Internet", "", ""),
                Source.DNS);
        bench.pass(Duration.ofHours(48));
        String report = report();
        assertFalse(report.contains("Receiving server"), report);
        assertFalse(report.contains("Remote-MTA"), report);
    }

    @Test
    void what_a_host_refused_names_it_as_remote_mta() {
        Queues.Attempt attempt = sent();
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased, List.of(failed(leased, Source.SMTP)), new Endpoint("Internet", "mx.gmail.com", "203.0.113.7"));
        assertTrue(report().contains("Remote-MTA: dns;mx.gmail.com\r\n"));
    }

    @Test
    void a_local_rejection_carries_no_time() {
        Queues.Attempt attempt = sent();
        bench.queues.attemptRejected(
                attempt,
                Reply.of(554, "5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain"),
                Source.DNS,
                new Endpoint("Internet", "", ""));
        String report = report();
        assertTrue(report.contains("\r\nRemote Server returned '554 5.4.4 SMTPSEND.DNS.NonExistentDomain;"), report);
        assertFalse(report.contains("Remote-MTA"), report);
    }
}
