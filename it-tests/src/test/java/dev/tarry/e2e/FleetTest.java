package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockStep;
import dev.tarry.client.ResultLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 48 hours with a hundred queues waiting and every DNS server silent: the worst that advancing the clock has to bear.
final class FleetTest {
    private static final int QUEUES = 100;

    /// Far more than it takes, far less than 48 hours; the figure is printed.
    private static final Duration BOUND = Duration.ofSeconds(60);

    @Test
    void a_hundred_queues_wait_48_hours_in_seconds_and_twice_in_the_same_order(@TempDir Path folder)
            throws IOException {
        List<String> first = deferrals(folder.resolve("first"));
        List<String> second = deferrals(folder.resolve("second"));
        assertEquals(QUEUES, first.size());
        assertEquals(first, second);
    }

    private static List<String> deferrals(Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "lab.seed=7")) {
            Seen seen = new Seen(server);
            server.client().freezeClock();
            server.client().addFault(Map.of("where", "dns", "what", "noanswer"));
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                for (int i = 0; i < QUEUES; i++) {
                    client.transaction(
                            "fleet@company.com",
                            TarryProcess.octets("Subject: " + i, "", "Hello."),
                            "captain@ship-" + i + ".example");
                }
            }
            Wait.until(
                    "the queues are there",
                    () -> server.client()
                                    .queues(Optional.of("NextHopDomain -like 'ship-*'"), ResultLimit.unlimited())
                                    .size()
                            == QUEUES);
            ClockStep step = server.client().advanceClock(Duration.ofHours(48));
            System.out.println("48 hours, " + QUEUES + " queues, all DNS silent: " + step.alarms() + " alarms in "
                    + step.real().toMillis() + " ms");
            assertTrue(step.real().compareTo(BOUND) < 0, step::toString);
            Wait.until(
                    "every NDR",
                    () -> seen.reports("Undeliverable", "fleet@company.com").size() == QUEUES);
            List<String> order = seen.eventsFrom("fleet@company.com").stream()
                    .filter(event -> event.get("EventId").equals("DEFER"))
                    .map(event -> String.valueOf(event.get("Recipients")))
                    .toList();
            server.stop();
            return order;
        }
    }
}
