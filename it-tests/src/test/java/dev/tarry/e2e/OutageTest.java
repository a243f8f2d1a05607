package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.FirewallRule;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DNS breaks, the queue waits, DNS is mended or is not.
@ExtendWith(SharedServer.class)
final class OutageTest {
    private static final String QUERY_FAILED =
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry";

    private static void send(TarryProcess server, String from, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(from, TarryProcess.octets("Subject: outage", "", "Hello."), to);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servfail", "refused", "noanswer"})
    void a_queue_whose_dns_fails_waits_in_retry_with_451_4_4_0_and_drains_when_it_is_mended(
            String what, TarryProcess server) throws IOException {
        String domain = what + ".example";
        server.client().addFault(Map.of("where", "dns", "what", what, "name", domain));
        waitsAndDrains(server, domain, "weathered-" + what + "@company.com");
    }

    @Test
    void port_53_blocked_by_the_firewall_over_udp_and_tcp_is_an_outage_too(TarryProcess server) throws IOException {
        for (String protocol : List.of("UDP", "TCP")) {
            server.client()
                    .addFirewallRule(new FirewallRule(
                            "",
                            "No DNS over " + protocol,
                            "Outbound",
                            protocol,
                            "Any",
                            "53",
                            "Any",
                            "Block",
                            true,
                            "Any"));
        }
        waitsAndDrains(server, "walled.example", "walled@company.com");
    }

    private static void waitsAndDrains(TarryProcess server, String domain, String sender) throws IOException {
        Seen seen = new Seen(server);
        String recipient = "john.smith@" + domain;
        send(server, sender, recipient);
        Wait.until(domain + " has a queue", () -> seen.queue(domain).isPresent());
        // answers that never come are waited for in lab time, up to the budget of one look-up
        server.client().advanceClock(Duration.ofSeconds(61));

        SequencedMap<String, Object> queue = seen.inRetry(domain, 1);
        assertTrue(String.valueOf(queue.get("LastError")).contains("{LED=" + QUERY_FAILED + "}"), queue::toString);
        assertEquals("DnsConnectorDelivery", queue.get("DeliveryType"));
        long before = (Long) queue.get("RetryCount");
        Instant first = (Instant) queue.get("FirstRetryTime");
        Instant next = (Instant) queue.get("NextRetryTime");
        assertTrue(next.isAfter(server.client().clock().now().minusSeconds(1)), queue::toString);

        server.client().advanceClock(Duration.ofSeconds(121));
        queue = seen.inRetry(domain, 1);
        assertTrue((Long) queue.get("RetryCount") > before, queue::toString);
        assertEquals(first, queue.get("FirstRetryTime"));
        assertTrue(((Instant) queue.get("NextRetryTime")).isAfter(next));
        assertEquals(0, seen.labMail(recipient).size());

        server.client().resetLab();
        server.client().retryQueue(String.valueOf(queue.get("Identity")), false);
        assertEquals(sender, seen.oneLabMail(recipient).from());
        Wait.until(
                domain + " is empty",
                () -> seen.queue(domain)
                        .map(q -> q.get("MessageCount").equals(0L)
                                && q.get("Status").equals("Ready"))
                        .orElse(true));
        assertEquals(0, seen.mailbox(sender).size());
        Wait.untilNoError(
                "the tracking lines",
                () -> assertEquals(List.of("RECEIVE", "DEFER", "SEND"), Seen.ids(seen.eventsFrom(sender))));
    }

    @Test
    void a_domain_that_does_not_exist_is_reported_at_once_and_not_tried_again(TarryProcess server) throws Exception {
        Seen seen = new Seen(server);
        server.client().addFault(Map.of("where", "dns", "what", "nxdomain", "name", "*gone.example"));
        send(server, "typist@company.com", "somebody@gone.example");
        String report = seen.oneReport("typist@company.com");
        DeliveryStatus status = status(report);
        assertEquals("5.4.4", status.getRecipientDSN(0).getHeader("Status", null));
        assertTrue(report.contains("554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain"), report);
        Wait.untilNoError(
                "the tracking lines",
                () -> assertEquals(List.of("RECEIVE", "FAIL"), Seen.ids(seen.eventsFrom("typist@company.com"))));
    }

    @Test
    void what_works_goes_on_while_another_domain_is_broken(TarryProcess server) throws IOException {
        Seen seen = new Seen(server);
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "lame.example"));
        send(server, "both@company.com", "one@lame.example");
        send(server, "both@company.com", "one@sound.example");
        seen.oneLabMail("one@sound.example");
        seen.inRetry("lame.example", 1);
    }

    @Test
    void forty_eight_hours_without_dns_end_in_one_notice_of_the_delay_and_exactly_one_ndr(TarryProcess server)
            throws Exception {
        Seen seen = new Seen(server);
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "external-company.com"));
        send(server, "patient@company.com", "john.smith@external-company.com");
        seen.inRetry("external-company.com", 1);
        server.client().advanceClock(Duration.ofHours(3).plusMinutes(50));
        assertEquals(0, seen.mailbox("patient@company.com").size());
        server.client().advanceClock(Duration.ofMinutes(20));
        String late = seen.oneReport("Delivery delayed", "patient@company.com");
        assertEquals("delayed", status(late).getRecipientDSN(0).getHeader("Action", null));
        assertEquals("4.4.7", status(late).getRecipientDSN(0).getHeader("Status", null));
        assertTrue(late.replace("=\r\n", "").contains("returned '" + QUERY_FAILED + "'"), late);
        server.client().advanceClock(Duration.ofHours(43).plusMinutes(40));
        seen.inRetry("external-company.com", 1);
        assertEquals(1, seen.mailbox("patient@company.com").size());

        server.client().advanceClock(Duration.ofMinutes(20));
        String report = seen.oneReport("Undeliverable", "patient@company.com");
        MimeMessage message = Seen.mime(report);
        assertEquals("Undeliverable: outage", message.getSubject());
        assertEquals("<>", message.getHeader("Return-Path", null));
        assertTrue(message.getFrom()[0].toString().contains("MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@"));
        DeliveryStatus status = status(report);
        assertEquals(1, status.getRecipientDSNCount());
        assertEquals("failed", status.getRecipientDSN(0).getHeader("Action", null));
        assertEquals("5.4.300", status.getRecipientDSN(0).getHeader("Status", null));
        assertEquals(
                "smtp;550 5.4.300 Message expired -> " + QUERY_FAILED,
                status.getRecipientDSN(0).getHeader("Diagnostic-Code", null));

        List<String> expected = List.of("RECEIVE", "DEFER", "FAIL", "DSN", "DELIVER", "DSN", "DELIVER");
        Wait.untilNoError("the tracking lines", () -> {
            List<SequencedMap<String, Object>> events = new ArrayList<>(seen.eventsFrom("patient@company.com"));
            events.addAll(seen.eventsTo("patient@company.com"));
            assertEquals(expected, Seen.ids(events));
        });

        server.client().advanceClock(Duration.ofHours(60));
        assertEquals(2, seen.mailbox("patient@company.com").size());
        assertEquals(0, seen.labMail("john.smith@external-company.com").size());
    }

    private static DeliveryStatus status(String report) throws Exception {
        MultipartReport parts =
                assertInstanceOf(MultipartReport.class, Seen.mime(report).getContent());
        return assertInstanceOf(DeliveryStatus.class, parts.getReport());
    }
}
