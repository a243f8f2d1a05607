package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.dsn.DsnRequest;
import dev.tarry.mail.EnhancedStatus;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Source;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
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

    private static final String HOSTILE_HEADER = "From: a@company.com\r\nSubject: h\u00e9llo\rBcc: x@y.example\r\n"
            + "Message-ID: <1@client.example>\r\n--4a18aa08-28cf-409c-9056-8d84c79248b2--\r\nX-Nul: \0\r\n"
            + "Content-Type: multipart/report; boundary=\"x\r\n\ty\"\r\nX-Long: " + "z".repeat(3_000) + "\r\n"
            + "X-Filler: some words that fill a line\r\n".repeat(25_000) + "\r\n";

    @Test
    void a_hostile_original_is_returned_octet_for_octet_and_breaks_no_report() throws Exception {
        for (String body : List.of("", "no end of line", "\r\n--\r\n--x--\r\n", "eight bits: \u00e9\r\n", "\r\r\n\0")) {
            for (boolean late : List.of(false, true)) {
                QueueBench house = new QueueBench();
                String text = HOSTILE_HEADER + body;
                house.send(text, "a@company.com", List.of(Recipient.of("b@gmail.com")));
                if (late) {
                    house.pass(Duration.ofHours(4));
                } else {
                    Queues.Attempt attempt = house.attempt("gmail.com");
                    house.queues.connected(attempt);
                    Leased leased = house.lease(attempt, 1).getFirst();
                    house.queues.settle(
                            leased,
                            List.of(failed(leased, Source.SMTP)),
                            new Endpoint("Internet", "mx.gmail.com", "203.0.113.7"));
                }
                Queues.Attempt attempt = house.attempt("company.com");
                house.queues.connected(attempt);
                Leased report = house.lease(attempt, 1).getFirst();
                byte[] octets =
                        house.store().content(report.message().content()).getBytes(StandardCharsets.ISO_8859_1);
                MultipartReport parts = (MultipartReport)
                        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets))
                                .getContent();
                assertEquals(3, parts.getCount());
                assertEquals(1, ((DeliveryStatus) parts.getReport()).getRecipientDSNCount());
                byte[] sent = text.getBytes(StandardCharsets.UTF_8);
                if (late) {
                    for (byte octet : octets) {
                        assertTrue(octet >= 0, "a notice of a delay is seven-bit");
                    }
                    assertEquals(Envelope.BodyType.SEVEN_BIT, report.message().body());
                } else {
                    assertArrayEquals(
                            sent,
                            parts.getBodyPart(2)
                                    .getDataHandler()
                                    .getInputStream()
                                    .readAllBytes());
                    assertEquals(
                            Envelope.BodyType.EIGHT_BIT_MIME, report.message().body());
                }
            }
        }
    }

    @Test
    void eight_bits_that_nobody_announced_make_the_report_that_returns_them_eight_bit_and_seven_bits_do_not() {
        for (boolean eight : List.of(true, false)) {
            QueueBench house = new QueueBench();
            house.send(
                    QueueBench.text("a@company.com") + (eight ? "\u00e9\r\n" : "e\r\n"),
                    "a@company.com",
                    List.of(Recipient.of("b@gmail.com")));
            house.pass(Duration.ofHours(48));
            Queues.Attempt attempt = house.attempt("company.com");
            house.queues.connected(attempt);
            Leased report = house.lease(attempt, 2).getLast();
            String text = house.store().content(report.message().content());
            assertEquals(
                    eight ? Envelope.BodyType.EIGHT_BIT_MIME : Envelope.BodyType.SEVEN_BIT,
                    report.message().body());
            assertEquals(eight, text.contains("\r\nContent-Transfer-Encoding: 8bit\r\n"), text);
        }
    }

    @Test
    void each_side_has_its_own_settings() {
        QueueSettings.DsnStyle inside = new QueueSettings.DsnStyle(true, 0, false, Optional.of("in.company.com"));
        QueueSettings.DsnStyle outside =
                new QueueSettings.DsnStyle(true, 1_000_000, true, Optional.of("out.company.com"));
        QueueBench house = QueueBench.with(new QueueSettings.DsnSettings(
                "boss@company.com",
                inside,
                outside,
                Set.of(),
                List.of(text(true, "for our own"), text(false, "for strangers"))));
        house.send("a@company.com", "b@gmail.com");
        house.send("s@elsewhere.example", "b@gmail.com");
        house.pass(Duration.ofHours(1));
        Queues.Attempt attempt = house.attempt("gmail.com");
        house.queues.attemptRejected(
                attempt, Reply.of(554, "5.4.4 nonexistent domain"), Source.DNS, new Endpoint("Internet", "", ""));
        String ours = only(house, "company.com");
        assertTrue(ours.contains("Reporting-MTA: dns;in.company.com\r\n"), ours);
        assertTrue(ours.contains("\r\nfor our own\r\n"), ours);
        assertFalse(ours.contains("text/html"), ours);
        assertTrue(ours.contains("Content-Type: text/rfc822-headers"), ours);
        assertTrue(ours.contains("From: \"Microsoft Outlook\" <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@"));
        String theirs = only(house, "elsewhere.example");
        assertTrue(theirs.contains("Reporting-MTA: dns;out.company.com\r\n"), theirs);
        assertTrue(theirs.contains("<i>for strangers</i>"), theirs);
        assertTrue(theirs.contains("Content-Type: message/rfc822"), theirs);
        assertTrue(theirs.contains("From: <boss@company.com>\r\n"), theirs);
    }

    private static QueueSettings.OwnText text(boolean internal, String words) {
        return new QueueSettings.OwnText(
                internal,
                new DsnRequest.CustomText(
                        EnhancedStatus.parse("5.4.4").orElseThrow(), "<i>" + words + "</i>", List.of(words)));
    }

    private static String only(QueueBench house, String domain) {
        Queues.Attempt attempt = house.attempt(domain);
        house.queues.connected(attempt);
        List<Leased> all = house.lease(attempt, 10);
        assertEquals(1, all.size());
        return house.store().content(all.getFirst().message().content()).replace("=\r\n", "");
    }

    @Test
    void the_postmaster_has_a_copy_of_what_is_listed_if_he_is_here_and_is_not_himself_the_sender() {
        for (String postmaster : List.of("boss@company.com", "boss@elsewhere.example")) {
            QueueBench house = QueueBench.with(new QueueSettings.DsnSettings(
                    postmaster,
                    QueueSettings.DsnStyle.EXCHANGE,
                    QueueSettings.DsnStyle.EXCHANGE,
                    Set.of(EnhancedStatus.parse("5.1.1").orElseThrow()),
                    List.of()));
            fail(house, "a@company.com", "5.1.1 User unknown");
            fail(house, "b@company.com", "5.1.2 Bad host");
            fail(house, "boss@company.com", "5.1.1 User unknown");
            boolean here = postmaster.endsWith("@company.com");
            assertEquals(
                    List.of(
                            here ? List.of("a@company.com", postmaster) : List.of("a@company.com"),
                            List.of("b@company.com"),
                            List.of("boss@company.com")),
                    house.reports("Undeliverable").stream()
                            .map(TrackingEvent::recipients)
                            .toList());
        }
    }

    private static void fail(QueueBench house, String from, String words) {
        house.send(from, "b@gmail.com");
        Queues.Attempt attempt = house.attempt("gmail.com");
        house.queues.connected(attempt);
        Leased leased = house.lease(attempt, 1).getFirst();
        house.queues.settle(
                leased,
                List.of(new Verdict.Failed(
                        leased.copy().recipients().getFirst().recipient(),
                        Reply.of(550, words),
                        Source.SMTP,
                        ErrorRecord.NONE)),
                new Endpoint("Internet", "mx.gmail.com", "203.0.113.7"));
        house.queues.disconnected(attempt);
        house.run();
    }

    @Test
    void in_the_guide_s_form_the_lines_are_the_guide_s() {
        QueueBench house = new QueueBench(ExchangeProfile.SEED);
        house.send("a@company.com", "john.smith@external-company.com");
        String error = "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorDnsQueryFailed";
        house.queues.attemptFailed(
                house.attempt("external-company.com"),
                new ErrorRecord(error, "external-company.com", "", house.time.millis()),
                new Endpoint("Internet", "", ""),
                Source.DNS);
        house.pass(Duration.ofHours(48));
        Queues.Attempt attempt = house.attempt("company.com");
        house.queues.connected(attempt);
        String text = house.store()
                .content(house.lease(attempt, 2).getLast().message().content())
                .replace("=\r\n", "");
        String plain =
                text.substring(text.indexOf("quoted-printable\r\n\r\n"), text.indexOf("Original message headers:"));
        assertEquals(
                List.of(
                        "Delivery has failed to these recipients or groups:",
                        "john.smith@external-company.com",
                        "Your message wasn't delivered due to a DNS problem.",
                        "Exchange will retry delivery for 48 hours.",
                        "Diagnostic information for administrators:",
                        "Generating server: mail.company.com",
                        "Remote Server returned '" + error + "'"),
                plain.lines().skip(1).filter(line -> !line.isBlank()).toList());
        assertEquals(
                List.of("550 4.4.7 QUEUE.Expired; message expired"),
                house.tracked(TrackingEvent.Event.FAIL).getFirst().recipientStatus());
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
