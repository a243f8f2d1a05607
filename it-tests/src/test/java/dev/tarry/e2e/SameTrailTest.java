package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockStep;
import dev.tarry.client.ClockWay;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TrackingQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A life of sixty queues in mixed weather over real sockets, three times: the same deferrals in the same order,
/// and all else the same too. (What one single moment brings, sixty expiries and their reports, may be told in any
/// order: it goes through several commits at once.) The large form of this is `it-tests/forty-eight-hours`.
final class SameTrailTest {
    private static final int QUEUES = 60;
    private static final int RUNS = 3;
    private static final List<String> WEATHER = List.of("silent", "servfail", "slow", "refused", "busy");

    @Test
    void a_time_of_bad_weather_leaves_the_same_trail_each_time(@TempDir Path folder) throws IOException {
        List<String> first = run(folder.resolve("0"));
        assertTrue(first.size() > 30 * QUEUES, () -> first.size() + " events");
        for (int run = 1; run < RUNS; run++) {
            List<String> again = run(folder.resolve(String.valueOf(run)));
            for (int line = 0; line < Math.min(first.size(), again.size()); line++) {
                assertEquals(first.get(line), again.get(line), "run " + run + ", line " + line);
            }
            assertEquals(first.size(), again.size());
        }
    }

    private static List<String> run(Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(
                folder,
                "--set",
                "lab.seed=1",
                "--set",
                "trackingLog.deferPerAttempt=true",
                "--set",
                "transport.messageExpirationTimeout=08:00:00")) {
            server.client().freezeClock();
            Instant start =
                    server.client().clock().now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            server.client().advanceClockTo(start);
            for (Map<String, Object> fault : List.<Map<String, Object>>of(
                    Map.of("where", "dns", "what", "noanswer", "name", "*.silent.example"),
                    Map.of("where", "dns", "what", "servfail", "name", "*.servfail.example"),
                    Map.of("where", "dns", "what", "delay", "by", "PT3S", "name", "*.slow.example"),
                    Map.of("where", "dns", "what", "refused", "name", "*.refused.example"),
                    Map.of(
                            "where",
                            "smtp",
                            "what",
                            "reply",
                            "stage",
                            "rcpt",
                            "code",
                            451L,
                            "text",
                            "4.3.2 not now",
                            "sender",
                            "busy@company.com"))) {
                server.client().addFault(fault);
            }
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                for (int i = 0; i < QUEUES; i++) {
                    String weather = WEATHER.get(i % WEATHER.size());
                    String domain = "d" + i + "." + weather + ".example";
                    client.transaction(
                            weather + "@company.com",
                            TarryProcess.octets("Subject: " + i, "Message-ID: <" + i + "@stranger.example>", "", "x"),
                            "someone@" + domain);
                    ClockStep settled = server.client()
                            .moveClock(ClockWay.until("queue " + domain, Optional.of(Duration.ZERO)), _ -> {});
                    assertTrue(settled.met(), domain);
                }
            }
            server.client().moveClock(ClockWay.by(Duration.ofHours(9)), _ -> {});
            List<String> trail = trail(server, start);
            server.stop();
            return trail;
        }
    }

    private static List<String> trail(TarryProcess server, Instant start) {
        List<String> trail = new ArrayList<>();
        server.client()
                .tracking(new TrackingQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ResultLimit.unlimited()))
                .forEach(event -> trail.add(Duration.between(start, (Instant) event.get("Timestamp")) + " "
                        + event.get("EventId") + " " + event.get("Source") + " " + event.get("NextHopDomain") + " "
                        + event.get("Sender") + " " + event.get("Recipients") + " "
                        + String.valueOf(event.get("RecipientStatus")).replaceAll("\\{LRT=[^}]*}", "")));
        List<String> ordered = new ArrayList<>(
                trail.stream().filter(line -> line.contains(" DEFER ")).toList());
        trail.stream().filter(line -> !line.contains(" DEFER ")).sorted().forEach(ordered::add);
        return ordered;
    }
}
