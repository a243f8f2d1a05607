package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.LabMail;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A message of the largest size that is accepted, in a process whose heap holds it not three times over.
final class LargeMessageTest {
    private static final byte[] HEADER = TarryProcess.octets("Subject: large", "");
    private static final int LINE_BYTES = 1000;
    private static final int MAX_BYTES = 36 * 1024 * 1024;

    @Test
    void a_message_of_36_mb_passes_through_with_a_heap_of_96_mb(@TempDir Path folder) throws Exception {
        try (TarryProcess server = TarryProcess.serveWith(List.of("-Xmx96m"), folder);
                SmtpDialogue client = server.dial()) {
            String ehlo = client.command("EHLO stranger.example");
            assertTrue(ehlo.contains("SIZE " + MAX_BYTES), ehlo);
            int lines = (MAX_BYTES - HEADER.length - 64) / LINE_BYTES;
            int bytes = HEADER.length + lines * LINE_BYTES;
            client.ok("MAIL FROM:<alice@company.com> SIZE=" + bytes);
            client.ok("RCPT TO:<large@gmail.com>");
            assertTrue(client.command("DATA").startsWith("354"));
            MessageDigest sent = sha256();
            client.send(HEADER);
            sent.update(HEADER);
            for (int i = 0; i < lines; i++) {
                byte[] line = line(i);
                client.send(line);
                sent.update(line);
            }
            String reply = client.command(".");
            assertTrue(reply.startsWith("250 2.6.0"), reply);

            LabMail mail = new Seen(server).oneLabMail("large@gmail.com");
            long received = mail.sizeBytes() - bytes;
            assertTrue(received > 0 && received < 1000, mail::toString);
            assertArrayEquals(sent.digest(), digest(server.admin(), mail, received));
            server.stop();
        }
    }

    @Test
    void a_message_too_large_is_refused_when_it_says_so_and_when_it_does_not(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "receiveConnectors.0.maxMessageSize=64KB");
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            assertTrue(
                    client.command("MAIL FROM:<alice@company.com> SIZE=65537").startsWith("552 5.3.4"));
            client.ok("MAIL FROM:<alice@company.com>");
            client.ok("RCPT TO:<large@gmail.com>");
            assertTrue(client.command("DATA").startsWith("354"));
            for (int i = 0; i < 70; i++) {
                client.send(line(i));
            }
            assertTrue(client.command(".").startsWith("552 5.3.4"));
            client.ok("NOOP");
            assertEquals(0, new Seen(server).labMail("*").size());
            server.stop();
        }
    }

    private static byte[] line(int number) {
        String text = String.format("%08d ", number);
        return (text + "x".repeat(LINE_BYTES - 2 - text.length()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Of all but what the server added in front.
    private static byte[] digest(URI admin, LabMail mail, long skip) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(admin.resolve("/lab/v1/mail/" + mail.id() + "/content"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                in.skipNBytes(skip);
                byte[] octets = new byte[64 * 1024];
                for (int n = in.read(octets); n >= 0; n = in.read(octets)) {
                    digest.update(octets, 0, n);
                }
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
