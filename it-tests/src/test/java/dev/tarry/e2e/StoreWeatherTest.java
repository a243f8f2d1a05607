package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockStep;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The server's own disk fails, by the lab's weather: clients are told, nothing that was promised is lost, and the
/// server mends itself.
final class StoreWeatherTest {
    private static final String SENDER = "eve@company.com";

    @TempDir
    Path folder;

    private static long fault(TarryProcess server, String what, Map<String, ?> more) {
        Map<String, Object> words = new HashMap<>(Map.of("where", "store", "what", what, "operation", "commit"));
        words.putAll(more);
        return (Long) server.client().addFault(words).get("id");
    }

    private static String send(TarryProcess server, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            return client.transaction(SENDER, TarryProcess.octets("Subject: " + to, "", "Hello " + to), to);
        }
    }

    private static void sendUntilAccepted(TarryProcess server, String to) {
        Wait.until("mail is accepted again", () -> {
            String reply = send(server, to);
            assertTrue(reply.startsWith("250 ") || reply.startsWith("452 "), reply);
            return reply.startsWith("250 ");
        });
    }

    /// A queue that cannot be delivered yet: what is in it can only be in the store.
    private static void breakDns(TarryProcess server, String domain) {
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", domain));
    }

    @ParameterizedTest
    @CsvSource({
        "full, 452 4.3.1 Insufficient system resources, true",
        "fail, 452 4.3.1 Insufficient system resources, false",
        "torn, 452 4.3.1 Insufficient system resources, false"
    })
    void a_disk_that_fails_is_told_logged_and_counted_and_mail_comes_in_again_by_itself(
            String what, String reply, boolean full) throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            breakDns(server, "waits.example");
            assertTrue(send(server, "first@waits.example").startsWith("250 "));
            seen.inRetry("waits.example", 1);
            long fault = fault(server, what, Map.of());
            assertEquals(reply, send(server, "refused@other.example"));
            for (int i = 0; i < 3; i++) {
                String again = send(server, "refused@other.example");
                assertTrue(again.startsWith("452 4.3.1 "), again);
            }
            assertTrue(server.said().contains("the store has failed: Failed[reason="), server::said);
            assertTrue(server.said().contains("full=" + full), server::said);
            assertTrue(server.isAlive());

            server.client().removeFault(fault);
            sendUntilAccepted(server, "last@waits.example");
            assertTrue(
                    metric(server, "tarry_store_failures_total{reason=\"" + (full ? "full" : "broken") + "\"}") >= 1);
            seen.inRetry("waits.example", 2);
            server.client().resetLab();
            server.client()
                    .retryQueue(String.valueOf(seen.inRetry("waits.example", 2).get("Identity")), false);
            seen.oneLabMail("first@waits.example");
            seen.oneLabMail("last@waits.example");
            assertEquals(List.of(), seen.labMail("refused@other.example"), "who is refused sends again");
            server.stop();
        }
    }

    private static double metric(TarryProcess server, String name) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI metrics = server.admin().resolve("/metrics");
            return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_client_of_a_slow_disk_waits_for_its_250_through_a_jump_of_the_clock() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            server.client().freezeClock();
            fault(server, "slow", Map.of("by", "PT45M", "first", 1));
            Future<String> reply = threads.submit(() -> send(server, "slow@gmail.com"));
            Wait.until("the disk is slow", () -> fired(server) == 1);
            server.client().advanceClock(Duration.ofMinutes(44));
            assertFalse(reply.isDone());
            server.client().advanceClock(Duration.ofMinutes(2));
            assertTrue(reply.get().startsWith("250 "), reply.get());
            new Seen(server).oneLabMail("slow@gmail.com");
            server.stop();
        }
    }

    private static long fired(TarryProcess server) {
        return server.client().faults().stream()
                .mapToLong(fault -> (Long) fault.get("fired"))
                .sum();
    }

    @Test
    void a_clock_that_stands_makes_a_slow_disk_no_slower_than_it_would_be() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().freezeClock();
            fault(server, "slow", Map.of("by", "PT1S"));
            assertTrue(send(server, "frozen@company.com").startsWith("250 "));
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow", "fail"})
    void forty_eight_hours_on_a_bad_disk_pass_and_end_in_one_report(String what) throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            breakDns(server, "waits.example");
            assertTrue(send(server, "late@waits.example").startsWith("250 "));
            seen.inRetry("waits.example", 1);
            fault(server, what, what.equals("slow") ? Map.of("by", "PT20S") : Map.of("probability", 0.2, "seed", 7));
            ClockStep step = server.client().advanceClock(Duration.ofHours(49));
            System.out.println("49 h on a disk of the kind " + what + ": " + step);
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            Wait.until("the store is open", () -> server.client().ready());
            assertTrue(seen.oneReport("Undeliverable", SENDER).contains("late@waits.example"));
            assertEquals(List.of(), seen.labMail("late@waits.example"));
            server.stop();
        }
    }

    @Test
    void what_a_disk_lied_about_is_lost_by_a_kill_and_the_server_goes_on_without_it() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            breakDns(server, "*.example");
            assertTrue(send(server, "kept@waits.example").startsWith("250 "));
            new Seen(server).inRetry("waits.example", 1);
            server.client().freezeClock();
            fault(server, "lost", Map.of());
            assertTrue(send(server, "lost@waits.example").startsWith("250 "), "a lie");
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            Wait.until("the queue", () -> seen.queue("waits.example").isPresent());
            assertEquals(1L, seen.queue("waits.example").orElseThrow().get("MessageCount"));
            server.client().resetLab();
            server.client().runClock(1);
            assertTrue(send(server, "after@gmail.com").startsWith("250 "));
            new Seen(server).oneLabMail("after@gmail.com");
            server.stop();
        }
    }

    @Test
    void what_cannot_be_read_waits_and_leaves_when_it_can_be() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            long fault = fault(server, "corrupt", Map.of("operation", "read"));
            assertTrue(send(server, "blurred@gmail.com").startsWith("250 "));
            Wait.until("it was tried", () -> fired(server) > 0);
            server.client().advanceClock(Duration.ofMinutes(30));
            assertEquals(List.of(), seen.labMail("blurred@gmail.com"));
            server.client().removeFault(fault);
            server.client().advanceClock(Duration.ofMinutes(30));
            seen.oneLabMail("blurred@gmail.com");
            server.stop();
        }
    }

    @Test
    void a_store_that_stands_damaged_is_repaired_at_the_next_start_and_what_is_lost_is_named() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            breakDns(server, "waits.example");
            assertTrue(send(server, "kept@waits.example").startsWith("250 "));
            new Seen(server).inRetry("waits.example", 1); // else that may be what is damaged
            fault(server, "corrupt", Map.of("first", 1));
            assertTrue(send(server, "damaged@waits.example").startsWith("250 "));
            server.stop();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            assertTrue(server.said().contains("is damaged"), server::said);
            Path report = folder.resolve("data").resolve("store.damaged-1.txt");
            assertTrue(Files.readString(report).contains("damaged@waits.example"), () -> "see " + report);
            assertTrue(Files.isDirectory(folder.resolve("data").resolve("store.damaged-1")));
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            new Seen(server).oneLabMail("kept@waits.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"torn", "slow"})
    void a_kill_in_bad_weather_loses_nothing_that_was_acknowledged(String what) throws Exception {
        int accepted = 0;
        try (TarryProcess server = TarryProcess.serve(folder);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            breakDns(server, "waits.example");
            for (; accepted < 5; accepted++) {
                assertTrue(send(server, "kept" + accepted + "@waits.example").startsWith("250 "));
            }
            server.client().freezeClock();
            fault(server, what, what.equals("slow") ? Map.of("by", "PT10M") : Map.of());
            Future<String> last = threads.submit(() -> send(server, "last@waits.example"));
            Wait.until("it struck", () -> storeStruck(server));
            if (!what.equals("slow")) {
                assertTrue(last.get().startsWith("45"), last.get());
            }
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            server.client().runClock(1);
            for (int i = 0; i < accepted; i++) {
                seen.oneLabMail("kept" + i + "@waits.example");
            }
            sendUntilAccepted(server, "after@gmail.com");
            server.stop();
        }
    }

    private static boolean storeStruck(TarryProcess server) {
        return server.client().faults().stream()
                .anyMatch(fault -> fault.get("where").equals("store") && (Long) fault.get("fired") > 0);
    }
}
