package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockStep;
import dev.tarry.client.ClockWay;
import dev.tarry.client.TarryClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is connected when two days pass in the lab notices nothing: sessions, requests and their time-outs live in real
/// time (design §3.7).
@ExtendWith(SharedServer.class)
final class JumpTest {
    private static final Duration TWO_DAYS = Duration.ofHours(48);

    private static void jump(TarryProcess server) {
        Instant before = server.client().clock().now();
        ClockStep step = server.client().advanceClock(TWO_DAYS);
        assertFalse(step.now().isBefore(before.plus(TWO_DAYS)));
    }

    /// Makes sure that the jump has something to do on its way.
    private static void storm(TarryProcess server, String domain) throws IOException {
        server.client().addFault(Map.of("where", "dns", "what", "noanswer", "name", domain));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("storm@company.com", TarryProcess.octets("Subject: storm", "", "x"), "a@" + domain);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 100})
    void smtp_sessions_go_on_where_they_were(double rate, TarryProcess server) throws IOException {
        if (rate == 0) {
            server.client().freezeClock();
        } else {
            server.client().runClock(rate);
        }
        storm(server, "storm" + (int) rate + ".example");
        String to = "jumped" + (int) rate + "@gmail.com";
        try (SmtpDialogue greeted = server.dial();
                SmtpDialogue submitting = SmtpDialogue.dial(server.submission());
                SmtpDialogue amid = server.dial();
                SmtpDialogue data = server.dial()) {
            submitting.ok("EHLO stranger.example");
            amid.ok("EHLO stranger.example");
            amid.ok("MAIL FROM:<amid@company.com>");
            amid.ok("RCPT TO:<" + to + ">");
            data.ok("EHLO stranger.example");
            data.ok("MAIL FROM:<data@company.com>");
            data.ok("RCPT TO:<" + to + ">");
            assertTrue(data.command("DATA").startsWith("354"));
            data.send(TarryProcess.octets("Subject: half", "", "The first half,"));

            jump(server);

            data.send(TarryProcess.octets("and the second."));
            assertTrue(data.command(".").startsWith("250 2.6.0"));
            amid.ok("RCPT TO:<also-" + to + ">");
            assertTrue(amid.command("DATA").startsWith("354"));
            amid.send(TarryProcess.octets("Subject: whole", "", "All of it."));
            assertTrue(amid.command(".").startsWith("250 2.6.0"));
            greeted.ok("EHLO stranger.example");
            submitting.ok("NOOP");
            assertTrue(data.command("QUIT").startsWith("221"));
        }
        ClockStep arrived = server.client()
                .moveClock(
                        ClockWay.until("mail " + to + " count=2 and mail also-" + to, Optional.of(Duration.ofHours(1))),
                        _ -> {});
        assertTrue(arrived.met(), arrived::toString);
        String content = new Seen(server)
                .labMail(to).stream()
                        .map(mail -> new Seen(server).labContent(mail))
                        .filter(text -> text.contains("Subject: half"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(content.endsWith("The first half,\r\nand the second.\r\n"), content);
    }

    @Test
    void a_session_under_tls_goes_on_where_it_was(TarryProcess server) throws Exception {
        storm(server, "tls-storm.example");
        try (Socket plain = new Socket(server.smtp().getAddress(), server.smtp().getPort())) {
            plain.setSoTimeout((int) TarryProcess.PATIENCE.toMillis());
            BufferedReader replies = reader(plain);
            assertTrue(reply(replies).startsWith("220"));
            say(plain, "EHLO stranger.example\r\n");
            assertTrue(reply(replies).startsWith("250"));
            say(plain, "STARTTLS\r\n");
            assertTrue(reply(replies).startsWith("220"));
            SSLContext anybody = SSLContext.getInstance("TLS");
            anybody.init(null, new TrustManager[] {new TrustsAnybody()}, null);
            try (SSLSocket tls = (SSLSocket)
                    anybody.getSocketFactory().createSocket(plain, "mail.company.com", plain.getPort(), true)) {
                tls.startHandshake();
                BufferedReader secret = reader(tls);
                say(tls, "EHLO stranger.example\r\n");
                assertTrue(reply(secret).startsWith("250"));
                say(tls, "MAIL FROM:<tls@company.com>\r\n");
                assertTrue(reply(secret).startsWith("250"));

                jump(server);

                say(tls, "RCPT TO:<tls@gmail.com>\r\n");
                assertTrue(reply(secret).startsWith("250"));
                say(tls, "DATA\r\n");
                assertTrue(reply(secret).startsWith("354"));
                say(tls, "Subject: under TLS\r\n\r\nStill here.\r\n.\r\n");
                assertTrue(reply(secret).startsWith("250 2.6.0"));
            }
        }
        assertEquals(
                "tls@company.com", new Seen(server).oneLabMail("tls@gmail.com").from());
    }

    /// What it says of itself is tried elsewhere.
    private static final class TrustsAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// The last line of a reply.
    private static String reply(BufferedReader replies) throws IOException {
        String line;
        do {
            line = replies.readLine();
        } while (line != null && line.length() > 3 && line.charAt(3) == '-');
        return String.valueOf(line);
    }

    @Test
    void a_connection_for_requests_stays_and_one_that_is_half_asked_gets_its_answer(TarryProcess server)
            throws IOException {
        URI admin = server.admin();
        String host = "Host: " + admin.getAuthority() + "\r\n";
        try (Socket kept = socket(admin);
                Socket half = socket(admin)) {
            BufferedReader answers = reader(kept);
            say(kept, "GET /health/live HTTP/1.1\r\n" + host + "\r\n");
            assertEquals("HTTP/1.1 200 OK", skim(answers));
            say(half, "GET /lab/v1/clock HT");
            storm(server, "http-storm.example");

            jump(server);

            say(kept, "GET /health/live HTTP/1.1\r\n" + host + "\r\n");
            assertEquals("HTTP/1.1 200 OK", skim(answers));
            say(half, "TP/1.1\r\n" + host + "\r\n");
            assertEquals("HTTP/1.1 200 OK", skim(reader(half)));
        }
    }

    @Test
    void a_request_that_waits_is_answered_by_what_the_jump_brings(TarryProcess server) throws Exception {
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "poll.example"));
        CompletableFuture<ClockStep> waits = new CompletableFuture<>();
        CompletableFuture<ClockStep> toTheEnd = new CompletableFuture<>();
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("polls@company.com", TarryProcess.octets("Subject: p", "", "x"), "a@poll.example");
        }
        List<Thread> waiting = List.of(
                waiting(server, "mailbox polls@company.com subject=Undeliverable*", waits),
                waiting(server, "mail nobody@poll.example", toTheEnd));
        jump(server);
        server.client().advanceClock(Duration.ofHours(2));
        for (Thread thread : waiting) {
            thread.join(TarryProcess.PATIENCE);
        }
        assertTrue(waits.get().met(), waits.get()::toString);
        assertEquals("arrived", toTheEnd.get().ended());
    }

    private static Thread waiting(TarryProcess server, String until, CompletableFuture<ClockStep> result) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try (TarryClient own = new TarryClient(server.admin())) {
                begun.complete(true);
                result.complete(own.moveClock(ClockWay.until(until, Optional.of(Duration.ofHours(49))), _ -> {}));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        begun.join();
        return thread;
    }

    private static Socket socket(URI admin) throws IOException {
        Socket socket = new Socket(admin.getHost(), admin.getPort());
        socket.setSoTimeout((int) TarryProcess.PATIENCE.toMillis());
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// Reads an answer, and gives its first line.
    private static String skim(BufferedReader answers) throws IOException {
        String first = answers.readLine();
        int octets = 0;
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                octets = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < octets; i++) {
            answers.read();
        }
        return first;
    }
}
