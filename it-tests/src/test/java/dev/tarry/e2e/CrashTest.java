package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.LabMail;
import dev.tarry.client.ResultLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process is killed, and goes on where it was.
final class CrashTest {
    private static final int CONNECTIONS = 4;
    private static final int BEFORE_THE_KILL = 150;

    /// Messages that can be under way to remote hosts at once: connections to one next hop.
    private static final int IN_FLIGHT = 40;

    @Test
    void after_a_kill_queues_faults_clock_and_received_mail_are_as_they_were(@TempDir Path folder) throws IOException {
        SequencedMap<String, Object> queue;
        Instant clock;
        List<SequencedMap<String, Object>> faults;
        String received;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                client.transaction("eve@company.com", TarryProcess.octets("Subject: a", "", "Before."), "a@gmail.com");
                received = seen.labContent(seen.oneLabMail("a@gmail.com"));
                server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "yahoo.com"));
                client.transaction("eve@company.com", TarryProcess.octets("Subject: b", "", "After."), "b@yahoo.com");
            }
            seen.inRetry("yahoo.com", 1);
            server.client().advanceClock(Duration.ofMinutes(12));
            server.client().freezeClock();
            queue = seen.inRetry("yahoo.com", 1);
            assertTrue((Long) queue.get("RetryCount") >= 5, queue::toString);
            clock = server.client().clock().now();
            faults = server.client().faults();
            server.kill();
        }

        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            SequencedMap<String, Object> after = seen.inRetry("yahoo.com", 1);
            assertEquals(queue.get("FirstRetryTime"), after.get("FirstRetryTime"));
            // each queue in Retry is tried once after a start
            assertTrue((Long) after.get("RetryCount") >= (Long) queue.get("RetryCount"), after::toString);
            assertTrue((Long) after.get("RetryCount") <= (Long) queue.get("RetryCount") + 1, after::toString);
            assertTrue(String.valueOf(after.get("LastError")).contains("451 4.4.0 DNS query failed"));
            assertEquals("frozen", server.client().clock().mode());
            assertEquals(clock, server.client().clock().now());
            assertEquals(faults.size(), server.client().faults().size());
            assertEquals(
                    faults.getFirst().get("name"),
                    server.client().faults().getFirst().get("name"));
            assertEquals(received, seen.labContent(seen.oneLabMail("a@gmail.com")));
            Wait.untilNoError(
                    "LOAD in the tracking log",
                    () -> assertTrue(Seen.ids(seen.eventsTo("b@yahoo.com")).contains("LOAD")));
            assertFalse(Seen.ids(seen.eventsTo("a@gmail.com")).contains("LOAD"));

            server.client().resetLab();
            server.client().runClock(1);
            server.client().advanceClock(Duration.ofMinutes(11));
            assertTrue(seen.labContent(seen.oneLabMail("b@yahoo.com")).endsWith("\r\n\r\nAfter.\r\n"));
            assertEquals(1, seen.labMail("a@gmail.com").size());
            server.stop();
        }
    }

    @Test
    void what_was_acknowledged_before_a_kill_under_load_arrives(@TempDir Path folder) throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Set<String> before;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                String name = "sender" + i;
                senders.add(Thread.ofPlatform().name(name).start(() -> sendUntilItDies(server, name, acknowledged)));
            }
            Wait.until("enough is acknowledged", () -> acknowledged.size() >= BEFORE_THE_KILL);
            before = new TreeSet<>(acknowledged);
            server.kill();
            for (Thread sender : senders) {
                sender.join(TarryProcess.PATIENCE);
                assertFalse(sender.isAlive());
            }
        }

        Set<String> promised = new TreeSet<>(acknowledged);
        assertTrue(promised.containsAll(before));
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Wait.until(
                    "all that was promised has arrived",
                    () -> arrived(server).keySet().containsAll(promised));
            Wait.until(
                    "nothing waits any more",
                    () -> server.client()
                            .queues(Optional.of("MessageCount -gt 0"), ResultLimit.unlimited())
                            .isEmpty());
            Map<String, Integer> arrived = arrived(server);
            // only what was in flight at the kill may come twice: the remote's 250 and our record of it are two things
            List<String> repeated = arrived.entrySet().stream()
                    .filter(e -> e.getValue() > 1)
                    .map(Map.Entry::getKey)
                    .toList();
            System.out.println("killed after " + promised.size() + " acknowledged messages; arrived: " + arrived.size()
                    + ", of which twice: " + repeated.size());
            assertTrue(repeated.size() <= IN_FLIGHT, repeated::toString);
            assertTrue(arrived.values().stream().allMatch(times -> times <= 2), arrived::toString);
            server.stop();
        }
    }

    /// How often each address got something.
    private static Map<String, Integer> arrived(TarryProcess server) {
        Map<String, Integer> times = new TreeMap<>();
        List<LabMail> all = server.client().labMail(Optional.of("*"), Optional.empty(), ResultLimit.unlimited());
        all.forEach(mail -> mail.recipients().forEach(to -> times.merge(to, 1, Integer::sum)));
        return times;
    }

    private static void sendUntilItDies(TarryProcess server, String name, Queue<String> acknowledged) {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            for (int i = 0; ; i++) {
                String to = name + "-" + i + "@gmail.com";
                String reply = client.transaction(
                        name + "@company.com", TarryProcess.octets("Subject: " + to, "", "Hello " + to), to);
                if (reply.startsWith("250 ")) {
                    acknowledged.add(to);
                }
            }
        } catch (IOException | UncheckedIOException | AssertionError _) {
            // it died
        }
    }
}
