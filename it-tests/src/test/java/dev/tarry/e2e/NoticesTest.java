package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What senders are told, who ask for it as RFC 3461 has it; the notices are read by somebody else's reader.
@ExtendWith(SharedServer.class)
final class NoticesTest {
    private static final String SEND = """
            import smtplib, sys
            host, port, sender, mail_options, recipients = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:]
            text = sys.stdin.readline()
            with smtplib.SMTP(host, port, 'python.example') as client:
                client.ehlo_or_helo_if_needed()
                assert client.has_extn('dsn'), client.esmtp_features
                client.mail(sender, mail_options.split())
                for recipient in recipients:
                    address, options = (recipient + ' ').split(' ', 1)
                    code, words = client.rcpt(address, options.split())
                    assert code == 250, (recipient, code, words)
                code, words = client.data('From: ' + sender + '\\r\\nSubject: ' + text.strip() + '\\r\\n\\r\\nHello.\\r\\n')
                assert code == 250, (code, words)
            print('sent')
            """;

    /// As Python's smtplib sends it.
    private static void send(
            TarryProcess server, Path folder, String sender, String mailOptions, String subject, String... recipients) {
        String[] at = server.ready("smtp").split(":");
        List<String> words = new ArrayList<>(List.of("-c", SEND, at[0], at[1], sender, mailOptions));
        words.addAll(List.of(recipients));
        String said = Program.run(folder, "python3", "python3", subject + "\n", words);
        assertEquals("sent", said.strip());
    }

    private static String ask(TarryProcess server, String method, String path, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.admin().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(2, answer.statusCode() / 100, answer::body);
            return answer.body();
        }
    }

    /// What a host of the lab was told about the one message for this recipient.
    private static String said(TarryProcess server, String recipient) throws Exception {
        return ask(server, "GET", "/lab/v1/mail?recipient=" + recipient, "");
    }

    private static DeliveryStatus status(String report) throws Exception {
        MultipartReport parts =
                assertInstanceOf(MultipartReport.class, Seen.mime(report).getContent());
        return assertInstanceOf(DeliveryStatus.class, parts.getReport());
    }

    @Test
    void four_hours_bring_one_notice_of_the_delay_and_forty_eight_one_ndr_to_who_asked_with_his_own_words(
            TarryProcess server, @TempDir Path folder) throws Exception {
        Seen seen = new Seen(server);
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "*.late.example"));
        send(
                server,
                folder,
                "asker@company.com",
                "RET=HDRS ENVID=Q+2B1",
                "asked",
                "b@one.late.example NOTIFY=DELAY,FAILURE ORCPT=rfc822;Bob+2BLists@dest.example",
                "c@two.late.example",
                "quiet@two.late.example NOTIFY=FAILURE",
                "never@two.late.example NOTIFY=NEVER");
        server.client().advanceClock(Duration.ofHours(4).minusSeconds(1));
        assertEquals(0, seen.mailbox("asker@company.com").size());
        server.client().advanceClock(Duration.ofSeconds(1));
        String late = seen.oneReport("Delivery delayed", "asker@company.com");
        DeliveryStatus delayed = status(late);
        assertEquals("Q+1", delayed.getMessageDSN().getHeader("Original-Envelope-Id", null));
        assertEquals(2, delayed.getRecipientDSNCount());
        InternetHeaders first = delayed.getRecipientDSN(0);
        assertEquals("rfc822;b@one.late.example", first.getHeader("Final-Recipient", null));
        assertEquals("rfc822;Bob+Lists@dest.example", first.getHeader("Original-Recipient", null));
        assertEquals("delayed", first.getHeader("Action", null));
        assertEquals("smtp;400 4.4.7 Message delayed", first.getHeader("Diagnostic-Code", null));
        assertEquals("rfc822;c@two.late.example", delayed.getRecipientDSN(1).getHeader("Final-Recipient", null));

        server.client().advanceClock(Duration.ofHours(44));
        Wait.until(
                "both NDRs",
                () -> seen.reports("Undeliverable", "asker@company.com").size() == 2);
        server.client().advanceClock(Duration.ofHours(48));
        assertEquals(3, seen.mailbox("asker@company.com").size(), "one notice, one NDR for each next hop, no more");
        StringBuilder ndrs = new StringBuilder();
        for (var ndr : seen.reports("Undeliverable", "asker@company.com")) {
            String text = TarryProcess.text(server.client().mailboxMessageContent("asker@company.com", ndr.id()));
            MultipartReport parts = (MultipartReport) Seen.mime(text).getContent();
            assertTrue(parts.getBodyPart(2).isMimeType("text/rfc822-headers"), "RET=HDRS");
            ndrs.append(text);
        }
        for (String told : List.of("b@one", "c@two", "quiet@two")) {
            assertTrue(ndrs.toString().contains("Final-Recipient: rfc822;" + told + ".late.example\r\n"), told);
        }
        assertFalse(ndrs.toString().contains("never@two"), "of whom nothing is to be said");

        List<SequencedMap<String, Object>> lines = seen.eventsTo("asker@company.com").stream()
                .filter(line -> line.get("EventId").equals("DSN"))
                .toList();
        assertEquals(
                List.of("Delayed", "Undeliverable", "Undeliverable"),
                lines.stream().map(line -> line.get("SourceContext")).toList());
    }

    @Test
    void what_reaches_a_mailbox_is_said_to_be_delivered_in_one_notice(TarryProcess server, @TempDir Path folder)
            throws Exception {
        Seen seen = new Seen(server);
        send(
                server,
                folder,
                "proud@company.com",
                "RET=FULL ENVID=first",
                "arrived",
                "in@company.com NOTIFY=SUCCESS",
                "also@company.com NOTIFY=SUCCESS,FAILURE",
                "unasked@company.com");
        String report = seen.oneReport("Delivered", "proud@company.com");
        DeliveryStatus status = status(report);
        assertEquals("first", status.getMessageDSN().getHeader("Original-Envelope-Id", null));
        assertEquals(2, status.getRecipientDSNCount());
        assertEquals("delivered", status.getRecipientDSN(0).getHeader("Action", null));
        assertEquals("rfc822;also@company.com", status.getRecipientDSN(1).getHeader("Final-Recipient", null));
        MultipartReport parts = (MultipartReport) Seen.mime(report).getContent();
        assertTrue(parts.getBodyPart(2).isMimeType("text/rfc822-headers"), "RET is about failures");
        assertEquals(1, seen.mailbox("proud@company.com").size());
        assertEquals(1, seen.mailbox("unasked@company.com").size());
    }

    @Test
    void a_host_that_speaks_dsn_is_told_what_the_sender_wants_and_for_one_that_does_not_the_server_speaks(
            TarryProcess server, @TempDir Path folder) throws Exception {
        Seen seen = new Seen(server);
        ask(
                server,
                "PUT",
                "/lab/v1/hosts/mail.fabrikam.com",
                "{\"extensions\":[\"PIPELINING\",\"SIZE\",\"8BITMIME\"]}");
        String asks = " NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;first@dest.example";
        send(
                server,
                folder,
                "relayer@company.com",
                "RET=HDRS ENVID=relay-7",
                "passed",
                "speaks@external-company.com" + asks,
                "mute@fabrikam.com" + asks,
                "mute-unasked@fabrikam.com");
        seen.oneLabMail("speaks@external-company.com");
        String passed = said(server, "speaks@external-company.com");
        assertTrue(passed.contains("\"RET=HDRS\",\"ENVID=relay-7\""), passed);
        assertTrue(passed.contains("\"NOTIFY=SUCCESS,FAILURE,DELAY\",\"ORCPT=rfc822;first@dest.example\""), passed);
        seen.oneLabMail("mute@fabrikam.com");
        String mute = said(server, "mute@fabrikam.com");
        assertTrue(mute.contains("\"mute@fabrikam.com\""), mute);
        for (String parameter : List.of("NOTIFY", "ORCPT", "RET=", "ENVID")) {
            assertFalse(mute.contains(parameter), mute);
        }

        DeliveryStatus status = status(seen.oneReport("Relayed", "relayer@company.com"));
        assertEquals(1, status.getRecipientDSNCount());
        InternetHeaders of = status.getRecipientDSN(0);
        assertEquals("rfc822;mute@fabrikam.com", of.getHeader("Final-Recipient", null));
        assertEquals("rfc822;first@dest.example", of.getHeader("Original-Recipient", null));
        assertEquals("relayed", of.getHeader("Action", null));
        assertEquals("2", of.getHeader("Status", null).substring(0, 1));
        assertEquals("dns;mail.fabrikam.com", of.getHeader("Remote-MTA", null));
        assertEquals(1, seen.mailbox("relayer@company.com").size());
    }

    @Test
    void a_failure_whose_code_is_listed_is_shown_to_the_postmaster_too_and_in_the_operator_s_words(@TempDir Path folder)
            throws Exception {
        try (TarryProcess server = TarryProcess.serve(
                folder,
                "--set",
                "dsn.texts=[{dsnCode: 5.4.4, text: 'Ask <B>Eve</B> (<A HREF=\"https://help.example/?a=1&amp;b=2\">"
                        + "help</A>) &lt;now&gt;'}]",
                "--set",
                "dsn.internalDsnReportingAuthority=post.company.com")) {
            Seen seen = new Seen(server);
            server.client().addFault(Map.of("where", "dns", "what", "nxdomain", "name", "*gone.example"));
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                client.transaction(
                        "typist@company.com", TarryProcess.octets("Subject: gone", "", "Hello."), "a@gone.example");
            }
            String report = seen.oneReport("Undeliverable", "typist@company.com");
            String copy = seen.oneReport("Undeliverable", "postmaster@company.com");
            assertEquals(report, copy);
            String unfolded = report.replace("=\r\n", "").replace("=3D", "=");
            assertTrue(
                    unfolded.contains("Ask <b>Eve</b> (<a href=\"https://help.example/?a=1&amp;b=2\">help</a>) "
                            + "&lt;now&gt;<br>\r\n"),
                    unfolded);
            assertTrue(unfolded.contains("\r\nAsk Eve (help<https://help.example/?a=1&b=2>) <now>\r\n"), unfolded);
            assertFalse(unfolded.contains("A problem occurred during the delivery"), unfolded);
            assertEquals("dns;post.company.com", status(report).getMessageDSN().getHeader("Reporting-MTA", null));
            MimeMessage message = Seen.mime(report);
            assertEquals("typist@company.com", message.getAllRecipients()[0].toString());
            assertEquals(1, message.getAllRecipients().length, "the copy is not told of");
            server.stop();
        }
    }

    @Test
    void a_failing_ndr_is_dropped_and_the_log_says_so(TarryProcess server, @TempDir Path folder) throws IOException {
        Seen seen = new Seen(server);
        server.client().addFault(Map.of("where", "dns", "what", "nxdomain", "name", "*forged.example"));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "nobody@forged.example",
                    TarryProcess.octets("Subject: spam", "", "Hello."),
                    "victim@also-forged.example");
        }
        Wait.untilNoError("the trail", () -> {
            List<SequencedMap<String, Object>> toSender = seen.eventsTo("nobody@forged.example");
            assertEquals(List.of("DSN", "FAIL", "DROP"), Seen.ids(toSender));
            assertEquals("", String.valueOf(toSender.get(1).get("Reference")).replaceAll("[\\[\\]{}]|null", ""));
        });
        assertEquals(
                1,
                seen.events("DSN").stream()
                        .filter(line -> String.valueOf(line).contains("forged.example"))
                        .count());
    }
}
