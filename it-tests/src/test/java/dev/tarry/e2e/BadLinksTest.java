package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarry.client.FirewallRule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The way between the server and the world is bad, or walled off.
@ExtendWith(SharedServer.class)
final class BadLinksTest {
    private static final Path SWAKS = Path.of("/usr/bin/swaks");

    private static void send(TarryProcess server, byte[] content, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("linked@company.com", content, to);
        }
    }

    @Test
    void mail_arrives_in_the_end_when_a_third_of_all_dns_datagrams_is_lost(TarryProcess server) throws IOException {
        Seen seen = new Seen(server);
        server.client()
                .addFault(Map.of(
                        "where",
                        "link",
                        "what",
                        "loss",
                        "protocol",
                        "udp",
                        "port",
                        "53",
                        "probability",
                        0.3,
                        "seed",
                        7));
        for (int i = 0; i < 10; i++) {
            send(server, TarryProcess.octets("Subject: lossy", "", "Hello."), "a@lossy" + i + ".example");
        }
        server.client().advanceClock(Duration.ofHours(2));
        for (int i = 0; i < 10; i++) {
            seen.oneLabMail("a@lossy" + i + ".example");
        }
        assertTrue((Long) server.client().faults().getFirst().get("fired") > 0, "something was lost");
    }

    @Test
    void ten_thousand_octets_over_a_link_of_a_thousand_a_second_take_ten_seconds(TarryProcess server)
            throws IOException {
        Seen seen = new Seen(server);
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "link", "what", "bandwidth", "rate", "1000", "port", "25"));
        Instant sent = server.client().clock().now();
        byte[] content =
                ("Subject: slow\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(100)).getBytes(StandardCharsets.US_ASCII);
        send(server, content, "a@slow.example");
        server.client().advanceClock(Duration.ofMinutes(5));
        Duration took = Duration.between(sent, seen.oneLabMail("a@slow.example").received());
        assertTrue(took.compareTo(Duration.ofSeconds(10)) >= 0, took::toString);
        assertTrue(took.compareTo(Duration.ofSeconds(14)) < 0, took::toString);
    }

    @Test
    void latency_adds_up_over_the_dialogue_and_is_the_same_each_time(TarryProcess server) throws IOException {
        Seen seen = new Seen(server);
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "link", "what", "latency", "by", "200ms", "port", "25"));
        Duration first = null;
        for (int i = 0; i < 3; i++) {
            Instant sent = server.client().clock().now();
            send(server, TarryProcess.octets("Subject: far", "", "Hello."), "a@far" + i + ".example");
            server.client().advanceClock(Duration.ofMinutes(5));
            Duration took = Duration.between(
                    sent, seen.oneLabMail("a@far" + i + ".example").received());
            assertTrue(took.compareTo(Duration.ofMillis(1000)) >= 0, took::toString);
            assertTrue(first == null || first.equals(took), took + ", not " + first);
            first = took;
        }
    }

    @Test
    void forty_eight_hours_over_a_late_link_leave_the_same_deferrals_in_the_same_order_twice(@TempDir Path folder)
            throws IOException {
        assertEquals(fortyEightHours(folder.resolve("first")), fortyEightHours(folder.resolve("second")));
    }

    private static List<String> fortyEightHours(Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().freezeClock();
            server.client().addFault(Map.of("where", "link", "what", "latency", "by", "200ms"));
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "*.late.example"));
            Instant begin = server.client().clock().now();
            for (int i = 0; i < 20; i++) {
                send(server, TarryProcess.octets("Subject: late", "", "Hello."), "a@d" + i + ".late.example");
            }
            server.client().advanceClock(Duration.ofHours(49));
            Seen seen = new Seen(server);
            Wait.until(
                    "all reports",
                    () -> seen.reports("Undeliverable", "linked@company.com").size() == 20);
            // all expire in the same instant, in any order
            return Stream.concat(
                            seen.events("DEFER").stream().map(event -> shown(event, begin)),
                            seen.events("FAIL").stream()
                                    .map(event -> shown(event, begin))
                                    .sorted())
                    .toList();
        }
    }

    private static String shown(Map<String, Object> event, Instant begin) {
        return event.get("EventId") + " " + event.get("Recipients") + " "
                + Duration.between(begin, (Instant) event.get("Timestamp"));
    }

    // ---- inbound

    private static void wall(TarryProcess server, String localPort, String action) {
        server.client()
                .addFirewallRule(new FirewallRule(
                        "", "Wall", "Inbound", "TCP", localPort, "Any", "127.0.0.1", action, true, "Any"));
    }

    private record Swaks(int code, String said) {}

    private static Swaks swaks(Path folder, InetSocketAddress to, Duration timeout)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SWAKS), "skipped: there is no swaks here");
        Path said = folder.resolve("swaks.txt");
        Process process = new ProcessBuilder(
                        SWAKS.toString(),
                        "--server",
                        to.getAddress().getHostAddress(),
                        "--port",
                        String.valueOf(to.getPort()),
                        "--quit-after",
                        "EHLO",
                        "--timeout",
                        String.valueOf(timeout.toSeconds()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.getOutputStream().close();
        try {
            assertTrue(process.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS), "swaks does not end");
        } finally {
            process.destroyForcibly();
        }
        return new Swaks(process.exitValue(), Files.readString(said));
    }

    @Test
    void a_port_that_is_blocked_says_nothing_and_others_go_on(TarryProcess server, @TempDir Path folder)
            throws Exception {
        wall(server, "25", "Block");
        Swaks blocked = swaks(folder, server.smtp(), Duration.ofSeconds(3));
        assertNotEquals(0, blocked.code, blocked.said);
        assertTrue(blocked.said.contains("Timeout"), blocked.said);
        assertTrue(!blocked.said.contains("220 "), blocked.said);
        Swaks submission = swaks(folder, server.submission(), TarryProcess.PATIENCE);
        assertEquals(0, submission.code, submission.said);
        server.client().resetLab();
        Swaks mended = swaks(folder, server.smtp(), TarryProcess.PATIENCE);
        assertEquals(0, mended.code, mended.said);
    }

    @Test
    void a_port_that_is_rejected_is_reset_at_once_and_the_admin_port_is_never_behind_the_wall(
            TarryProcess server, @TempDir Path folder) throws Exception {
        wall(server, "Any", "Reject");
        for (InetSocketAddress port : List.of(server.smtp(), server.submission())) {
            Swaks rejected = swaks(folder, port, TarryProcess.PATIENCE);
            assertNotEquals(0, rejected.code, rejected.said);
            assertTrue(!rejected.said.contains("Timeout") && !rejected.said.contains("220 "), rejected.said);
        }
        assertEquals("Reject", server.client().firewallRules().getFirst().action());
        server.client().resetLab();
        assertEquals(0, swaks(folder, server.smtp(), TarryProcess.PATIENCE).code);
    }
}
