package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Every shape that mail has on the wire, from a client through the server to a host or mailbox.
@ExtendWith(SharedServer.class)
final class ShapesTest {
    private static final String ALL_EXTENSIONS =
            "{\"extensions\":[\"PIPELINING\",\"SIZE\",\"8BITMIME\",\"CHUNKING\",\"BINARYMIME\",\"SMTPUTF8\",\"DSN\"]}";

    @Test
    void binary_octets_arrive_as_they_were_sent_where_the_host_takes_them_and_encoded_where_not(TarryProcess server)
            throws Exception {
        ask(server, "PUT", "/lab/v1/hosts/mail.fabrikam.com", ALL_EXTENSIONS);
        byte[] attachment = new byte[200_000];
        new Random(5).nextBytes(attachment);
        byte[] message = joined(
                "MIME-Version: 1.0\r\nSubject: binary\r\nContent-Type: application/octet-stream\r\n"
                        + "Content-Transfer-Encoding: binary\r\n\r\n",
                attachment);
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO c");
            client.ok("MAIL FROM:<shapes@company.com> BODY=BINARYMIME");
            for (String recipient : new String[] {"binary@company.com", "binary@fabrikam.com", "binary@gmail.com"}) {
                client.ok("RCPT TO:<" + recipient + ">");
            }
            int from = 0;
            for (int size : new int[] {7, 0, 70_000, message.length - 70_007}) {
                client.send(joined("BDAT " + size + "\r\n", Arrays.copyOfRange(message, from, from + size)));
                client.expect("250 2.6.0 CHUNK received OK, " + size + " octets");
                from += size;
            }
            client.ok("BDAT 0 LAST");
        }
        Seen seen = new Seen(server);
        assertArrayEquals(message, below(seen.oneReport("binary@company.com"), message.length));
        assertArrayEquals(message, below(seen.labContent(seen.oneLabMail("binary@fabrikam.com")), message.length));
        assertTrue(ask(server, "GET", "/lab/v1/mail?recipient=binary@fabrikam.com", "")
                .contains("BODY=BINARYMIME"));
        MimeMessage encoded = Seen.mime(seen.labContent(seen.oneLabMail("binary@gmail.com")));
        assertEquals("base64", encoded.getEncoding());
        assertArrayEquals(attachment, encoded.getInputStream().readAllBytes());
    }

    @Test
    void an_internationalised_domain_is_one_domain_however_it_is_written(@TempDir Path folder) throws Exception {
        // in a file: where the locale is C, no process is given such words
        Path settings = Files.writeString(
                folder.resolve("tarry.yaml"),
                "acceptedDomains: [{domainName: company.com, default: true}, {domainName: bücher.example}]\n");
        try (TarryProcess server = TarryProcess.serve(folder, "--config", settings.toString());
                SmtpDialogue client = server.dial()) {
            ask(server, "PUT", "/lab/v1/hosts/mail.fabrikam.com", ALL_EXTENSIONS);
            client.ok("EHLO c");
            client.ok(octets("MAIL FROM:<jürgen@bücher.example> SMTPUTF8"));
            client.ok(octets("RCPT TO:<Üser@BÜCHER.example>"));
            client.ok(octets("RCPT TO:<üser@xn--bcher-kva.example>"));
            client.ok(octets("RCPT TO:<\"üser\"@bücher.example>"));
            client.ok(octets("RCPT TO:<用户@fabrikam.com>"));
            client.ok(octets("RCPT TO:<用户@external-company.com>"));
            assertTrue(client.command("DATA").startsWith("354"));
            client.send("Subject: Grüße\r\n\r\nhällo\r\n.\r\n".getBytes(StandardCharsets.UTF_8));
            client.expect("250 2.6.0");
            Seen seen = new Seen(server);
            Wait.until(
                    "delivered once", () -> seen.mailbox("üser@bücher.example").size() == 1);
            assertEquals(1, seen.mailbox("üser@xn--bcher-kva.example").size());
            assertEquals("Grüße", seen.mailbox("ÜSER@bücher.example").getFirst().subject());
            seen.oneLabMail("用户@fabrikam.com");
            assertTrue(seen.events("SEND").getFirst().get("MessageSubject").equals("Grüße"));
            // this host takes no SMTPUTF8: the sender, who is one of ours, hears of it
            String report = seen.oneReport("Undeliverable", "jürgen@bücher.example");
            assertTrue(report.contains("Final-Recipient: utf-8;\\x{7528}\\x{6237}@external-company.com\r\n"), report);
            assertTrue(report.contains("Status: 5.6.7\r\n"), report);
            server.stop();
        }
    }

    @Test
    void a_keyword_vanishes_with_its_setting_for_sessions_that_begin_after_it(@TempDir Path folder) throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            String hello;
            try (SmtpDialogue before = server.dial()) {
                hello = before.command("EHLO c");
                assertTrue(hello.endsWith("250-8BITMIME\n250-BINARYMIME\n250-CHUNKING\n250 SMTPUTF8"), hello);
                assertTrue(before.command("HELP").contains("BDAT"));
                change(server, "{\"ChunkingEnabled\":false,\"SmtpUtf8Enabled\":false}");
                before.ok("MAIL FROM:<a@company.com> SMTPUTF8");
            }
            try (SmtpDialogue after = server.dial()) {
                hello = after.command("EHLO c");
                assertTrue(hello.endsWith("250 8BITMIME"), hello);
                assertFalse(hello.contains("BINARYMIME") || hello.contains("CHUNKING"), hello);
                assertFalse(after.command("HELP").contains("BDAT"));
                assertEquals("501 5.5.4 Invalid arguments", after.command("MAIL FROM:<a@company.com> SMTPUTF8"));
                assertEquals("501 5.5.4 Invalid arguments", after.command("MAIL FROM:<a@company.com> BODY=BINARYMIME"));
                after.ok("MAIL FROM:<a@company.com>");
                after.ok("RCPT TO:<b@company.com>");
                assertEquals("500 5.3.3 Unrecognized command", after.command("BDAT 6 LAST\r\nRSET"));
            }
            change(server, "{\"ChunkingEnabled\":true,\"BinaryMimeEnabled\":false}");
            try (SmtpDialogue after = server.dial()) {
                hello = after.command("EHLO c");
                assertTrue(hello.endsWith("250-8BITMIME\n250 CHUNKING"), hello);
            }
            server.stop();
        }
    }

    @Test
    void bare_line_ends_are_refused_or_made_lines_or_kept_as_the_connector_says(@TempDir Path folder) throws Exception {
        byte[] message = "Subject: x\r\n\r\nlf\ncr\rnul\0end\r\n".getBytes(StandardCharsets.ISO_8859_1);
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            send(server, message, "refused@company.com", "550 5.6.11");
            change(server, "{\"BareLinefeedRejectionEnabled\":false}");
            send(server, message, "mended@company.com", "250 2.6.0");
            assertTrue(seen.oneReport("mended@company.com").endsWith("\r\n\r\nlf\r\ncr\r\nnulend\r\n"));
            change(server, "{\"BareLineEnds\":\"Pass\"}");
            send(server, message, "kept@company.com", "250 2.6.0");
            assertTrue(seen.oneReport("kept@company.com").endsWith("\r\n\r\nlf\ncr\rnul\0end\r\n"));
            send(server, message, "kept@gmail.com", "250 2.6.0");
            String left = seen.labContent(seen.oneLabMail("kept@gmail.com"));
            assertTrue(left.endsWith("\r\n\r\nlf\r\ncr\r\nnulend\r\n"), left);
            assertEquals(0, seen.mailbox("refused@company.com").size());
            server.stop();
        }
    }

    private static void send(TarryProcess server, byte[] message, String recipient, String answer) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO c");
            client.ok("MAIL FROM:<a@company.com>");
            client.ok("RCPT TO:<" + recipient + ">");
            assertTrue(client.command("DATA").startsWith("354"));
            client.send(joined("", message));
            client.send(".\r\n".getBytes(StandardCharsets.US_ASCII));
            client.expect(answer);
        }
    }

    private static void change(TarryProcess server, String properties) throws Exception {
        ask(server, "PATCH", "/api/v1/receive-connectors/Default%20Frontend%20MAIL", properties);
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

    /// A line in UTF-8, as [SmtpDialogue] takes octets.
    private static String octets(String line) {
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(String head, byte[] rest) {
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /// The last octets of what was kept: a server's lines stand in front of them.
    private static byte[] below(String content, int length) {
        byte[] all = content.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOfRange(all, all.length - length, all.length);
    }
}
