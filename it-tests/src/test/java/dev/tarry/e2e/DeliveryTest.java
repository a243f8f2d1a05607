package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.LabMail;
import dev.tarry.client.MessageQuery;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
final class DeliveryTest {
    @Test
    void a_message_arrives_at_the_remote_host_byte_for_byte_below_one_received_field(TarryProcess server)
            throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(TarryProcess.octets(
                "From: alice@company.com",
                "To: user@gmail.com",
                "Subject: every octet",
                "Message-ID: <every-octet@company.com>",
                "Date: Sun, 04 Jan 2026 10:00:00 +0000",
                "X-Folded: one",
                "\ttwo ",
                "",
                ".",
                "..",
                ".a line that begins with a dot",
                " trailing blanks  ",
                "",
                "x".repeat(998)));
        for (int octet = 1; octet < 256; octet++) {
            if (octet != '\r' && octet != '\n') {
                message.write(octet);
            }
        }
        message.write(TarryProcess.octets("", "", "the end", ""));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            String reply = client.transaction("alice@company.com", message.toByteArray(), "user@gmail.com");
            assertTrue(
                    reply.matches("250 2\\.6\\.0 <every-octet@company\\.com> \\[InternalId=\\d+,"
                            + " Hostname=mail\\.company\\.com\\] .*Queued mail for delivery"),
                    reply);
            assertTrue(client.command("QUIT").startsWith("221 2.0.0"));
            assertTrue(client.hungUp());
        }

        Seen seen = new Seen(server);
        LabMail mail = seen.oneLabMail("user@gmail.com");
        assertEquals("gmail-smtp-in.l.google.com", mail.host());
        assertEquals("alice@company.com", mail.from());
        assertEquals("mail.company.com", mail.heloName());
        assertEquals(TarryProcess.text(message.toByteArray()), Seen.belowReceived(seen.labContent(mail)));
        assertTrue(seen.labContent(mail).startsWith("Received: from stranger.example (127.0.0.1)"));

        Wait.untilNoError("the tracking lines", () -> {
            List<String> events = Seen.ids(seen.eventsTo("user@gmail.com"));
            assertEquals(List.of("RECEIVE", "SEND"), events);
        });
    }

    @Test
    void a_message_of_angus_mail_for_two_domains_becomes_one_copy_a_queue(TarryProcess server) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.submission().getHostString());
        properties.put("mail.smtp.port", Integer.toString(server.submission().getPort()));
        properties.put("mail.smtp.from", "angus@company.com");
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("angus@company.com");
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse("one@outlook.com, two@yahoo.com"));
        message.setSubject("Gr\u00fc\u00dfe", "UTF-8");
        message.setText("Zwei Zeilen,\r\n.und ein Punkt.\r\n", "UTF-8");
        Transport.send(message);

        Seen seen = new Seen(server);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        message.writeTo(sent);
        LabMail first = seen.oneLabMail("one@outlook.com");
        LabMail second = seen.oneLabMail("two@yahoo.com");
        assertEquals(List.of("one@outlook.com"), first.recipients());
        assertEquals(List.of("two@yahoo.com"), second.recipients());
        assertEquals(sent.toString(StandardCharsets.ISO_8859_1), Seen.belowReceived(seen.labContent(first)));
        assertEquals(seen.labContent(first), seen.labContent(second));
    }

    @Test
    void one_transaction_delivers_one_recipient_defers_another_and_fails_the_third(TarryProcess server)
            throws Exception {
        server.client()
                .addFault(Map.of(
                        "where",
                        "smtp",
                        "what",
                        "reply",
                        "stage",
                        "rcpt",
                        "recipient",
                        "busy@fabrikam.com",
                        "code",
                        451,
                        "text",
                        "4.7.1 Greylisted, come again"));
        server.client()
                .addFault(Map.of(
                        "where",
                        "smtp",
                        "what",
                        "reply",
                        "stage",
                        "rcpt",
                        "recipient",
                        "gone@fabrikam.com",
                        "code",
                        550,
                        "text",
                        "5.1.1 User unknown here"));
        byte[] message =
                TarryProcess.octets("Subject: three ways", "Message-ID: <three-ways@company.com>", "", "Hello.");
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "tristan@company.com", message, "here@fabrikam.com", "busy@fabrikam.com", "gone@fabrikam.com");
        }

        Seen seen = new Seen(server);
        assertEquals(
                List.of("here@fabrikam.com"),
                seen.oneLabMail("here@fabrikam.com").recipients());

        MimeMessage report = Seen.mime(seen.oneReport("tristan@company.com"));
        assertEquals("Undeliverable: three ways", report.getSubject());
        MultipartReport parts = assertInstanceOf(MultipartReport.class, report.getContent());
        assertTrue(((String) readable(report)).contains("gone@fabrikam.com"));
        DeliveryStatus status = assertInstanceOf(DeliveryStatus.class, parts.getReport());
        assertEquals("dns;mail.company.com", status.getMessageDSN().getHeader("Reporting-MTA", null));
        assertEquals(1, status.getRecipientDSNCount());
        InternetHeaders failed = status.getRecipientDSN(0);
        assertEquals("rfc822;gone@fabrikam.com", failed.getHeader("Final-Recipient", null));
        assertEquals("failed", failed.getHeader("Action", null));
        assertEquals("5.1.1", failed.getHeader("Status", null));
        assertEquals("smtp;550 5.1.1 User unknown here", failed.getHeader("Diagnostic-Code", null));
        assertEquals("<three-ways@company.com>", parts.getReturnedMessage().getMessageID());

        List<? extends Map<String, Object>> waiting = server.client()
                .messages(new MessageQuery(
                        Optional.empty(),
                        Optional.of("FromAddress -eq 'tristan@company.com'"),
                        dev.tarry.client.ResultLimit.unlimited(),
                        true));
        assertEquals(1, waiting.size());
        String recipients = String.valueOf(waiting.getFirst().get("Recipients"));
        assertTrue(recipients.contains("busy@fabrikam.com"), recipients);
        assertTrue(recipients.contains("4.7.1 Greylisted, come again"), recipients);

        server.client().resetLab();
        server.client().advanceClock(Duration.ofMinutes(11));
        assertEquals(
                List.of("busy@fabrikam.com"),
                seen.oneLabMail("busy@fabrikam.com").recipients());
        assertEquals(1, seen.labMail("here@fabrikam.com").size());
        assertEquals(0, seen.labMail("gone@fabrikam.com").size());
        assertEquals(1, seen.mailbox("tristan@company.com").size());
        Wait.untilNoError(
                "the tracking lines",
                () -> assertEquals(
                        List.of("DEFER", "FAIL", "RECEIVE", "SEND", "SEND"),
                        Seen.ids(seen.eventsFrom("tristan@company.com")).stream()
                                .sorted()
                                .toList()));
    }

    @Test
    void mail_for_an_accepted_domain_lands_in_its_mailbox_with_the_return_path_first(TarryProcess server)
            throws IOException {
        byte[] message = TarryProcess.octets("Subject: inside", "", "Home.");
        try (SmtpDialogue client = server.dial()) {
            client.ok("HELO stranger.example");
            client.transaction("somebody@gmail.com", message, "inside@contoso.com");
        }
        String content = new Seen(server).oneReport("inside@contoso.com");
        assertTrue(content.startsWith("Return-Path: <somebody@gmail.com>\r\n"), Seen.head(content));
        assertTrue(content.endsWith("\r\n\r\nHome.\r\n"), content);
        assertEquals(0, new Seen(server).labMail("inside@contoso.com").size());
    }

    @Test
    void loopback_may_relay(TarryProcess server) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.ok("MAIL FROM:<nobody@elsewhere.example>");
            client.ok("RCPT TO:<nobody@nowhere.example>");
            client.ok("RSET");
        }
    }

    @Test
    void nothing_but_a_dot_alone_between_crlfs_ends_the_data(TarryProcess server) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.ok("MAIL FROM:<smuggler@company.com>");
            client.ok("RCPT TO:<smuggled@gmail.com>");
            assertTrue(client.command("DATA").startsWith("354"));
            client.send("Subject: two in one\r\n\r\nfirst\n.\nMAIL FROM:<x@company.com>\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            client.send("first\r.\rfirst\n.\r\nfirst\r\n.\n".getBytes(StandardCharsets.ISO_8859_1));
            String reply = client.command("\r\n.");
            assertTrue(reply.startsWith("550") || reply.startsWith("5"), reply);
            assertTrue(client.command("NOOP").startsWith("250"), "it is a command again");
        }
        assertFalse(new Seen(server)
                .labMail("smuggled@gmail.com").stream().findAny().isPresent());
        assertNull(new Seen(server).queue("x.example").orElse(null));
    }

    @Test
    void a_failure_is_reported_to_a_foreign_sender_with_a_null_reverse_path_and_to_the_null_sender_never(
            TarryProcess server) throws IOException {
        server.client()
                .addFault(Map.of(
                        "where",
                        "smtp",
                        "what",
                        "reply",
                        "stage",
                        "rcpt",
                        "recipient",
                        "gone@relayed.example",
                        "code",
                        550,
                        "text",
                        "5.1.1 User unknown here"));
        byte[] message = TarryProcess.octets("Subject: reported", "", "Hello.");
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("", message, "gone@relayed.example");
            client.transaction("writer@abroad.example", message, "gone@relayed.example");
        }
        Seen seen = new Seen(server);
        LabMail report = seen.oneLabMail("writer@abroad.example");
        assertEquals("", report.from());
        assertTrue(seen.labContent(report).contains("\r\nSubject: Undeliverable: reported\r\n"));
        Wait.untilNoError(
                "both have failed",
                () -> assertEquals(
                        2,
                        Seen.ids(seen.eventsTo("gone@relayed.example")).stream()
                                .filter("FAIL"::equals)
                                .count()));
        server.client().advanceClock(Duration.ofMinutes(1));
        assertEquals(
                1,
                seen.eventsTo("writer@abroad.example").stream()
                        .filter(event -> event.get("EventId").equals("DSN"))
                        .count());
        assertEquals(
                1, server.client().faults().size(), "the fault is still there, and nothing was tried a third time");
        assertEquals(2L, server.client().faults().getFirst().get("fired"));
    }

    @Test
    void the_second_host_takes_what_the_first_refuses_within_one_attempt(TarryProcess server) throws IOException {
        server.client()
                .addFault(Map.of("where", "connect", "what", "refuse", "host", "alt1.gmail-smtp-in.l.google.com"));
        server.client().addFault(Map.of("where", "connect", "what", "refuse", "host", "gmail-smtp-in.l.google.com"));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "second@company.com", TarryProcess.octets("Subject: 2", "", "Hello."), "failover@gmail.com");
        }
        Seen seen = new Seen(server);
        assertEquals(
                "alt2.gmail-smtp-in.l.google.com",
                seen.oneLabMail("failover@gmail.com").host());
        Wait.untilNoError(
                "the tracking lines",
                () -> assertEquals(List.of("RECEIVE", "SEND"), Seen.ids(seen.eventsFrom("second@company.com"))));
    }

    @Test
    void a_whole_session_in_one_write_is_answered_reply_by_reply(TarryProcess server) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.send(TarryProcess.octets(
                    "EHLO stranger.example", "MAIL FROM:<hasty@company.com>", "RCPT TO:<hasty@gmail.com>", "DATA"));
            client.expect("250");
            client.expect("250 2.1.0");
            client.expect("250 2.1.5");
            client.expect("354");
            client.send(TarryProcess.octets("Subject: hasty", "", "Hello.", ".", "NOOP", "QUIT"));
            client.expect("250 2.6.0");
            client.expect("250");
            client.expect("221");
            assertTrue(client.hungUp());
        }
        new Seen(server).oneLabMail("hasty@gmail.com");
    }

    private static Object readable(MimeMessage report) throws Exception {
        MultipartReport parts = (MultipartReport) report.getContent();
        jakarta.mail.internet.MimeMultipart first =
                (jakarta.mail.internet.MimeMultipart) parts.getBodyPart(0).getContent();
        String text = (String) first.getBodyPart(0).getContent();
        assertTrue(text.contains("Delivery has failed to these recipients or groups:"), text);
        assertTrue(text.contains("Diagnostic information for administrators:"), text);
        return text;
    }
}
