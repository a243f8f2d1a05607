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
    void a_kill_while_messages_expire_loses_no_ndr_and_doubles_none(@TempDir Path folder) throws Exception {
        int senders = 60;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail"));
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                for (int i = 0; i < senders; i++) {
                    client.transaction(
                            "sender" + i + "@company.com",
                            TarryProcess.octets("Subject: " + i, "", "Hello."),
                            "somebody@expiring.example");
                }
            }
            new Seen(server).inRetry("expiring.example", senders);
            server.client().advanceClock(Duration.ofHours(47).plusMinutes(50));
            Thread journey = Thread.ofPlatform().start(() -> {
                try {
                    server.client().advanceClock(Duration.ofMinutes(20));
                } catch (RuntimeException _) {
                    // it is killed on the way
                }
            });
            Wait.until(
                    "the first reports are there",
                    () -> server.client().mailboxes().stream().anyMatch(box -> box.count() > 1));
            server.kill();
            journey.join(TarryProcess.PATIENCE);
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            server.client().advanceClock(Duration.ofHours(1));
            Wait.until(
                    "every sender has a report",
                    () -> server.client().mailboxes().stream()
                                    .filter(box -> box.count() > 1)
                                    .count()
                            == senders);
            for (int i = 0; i < senders; i++) {
                String sender = "sender" + i + "@company.com";
                assertEquals(1, seen.reports("Undeliverable", sender).size(), sender);
                assertEquals(1, seen.reports("Delivery delayed", sender).size(), sender);
            }
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
            List<String> repeated = arrived.entrySet().stream()
                    .filter(e -> e.getValue() > 1)
                    .map(Map.Entry::getKey)
                    .toList();
            System.out.println("killed after " + promised.size() + " acknowledged messages; arrived: " + arrived.size()
                    + ", of which twice: " + repeated.size());
            // the remote's 250 and our record of it are two things: what was between them at the kill comes twice, but
            // nothing whose record was there
            Map<String, Integer> recorded = recordedDeliveries(server);
            assertTrue(recorded.values().stream().allMatch(times -> times == 1), recorded::toString);
            assertTrue(recorded.keySet().containsAll(repeated), recorded::toString);
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

    /// How often the tracking log says of each address that it was delivered to.
    private static Map<String, Integer> recordedDeliveries(TarryProcess server) {
        Map<String, Integer> times = new TreeMap<>();
        new Seen(server)
                .events("SEND")
                .forEach(event ->
                        ((List<?>) event.get("Recipients")).forEach(to -> times.merge((String) to, 1, Integer::sum)));
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
