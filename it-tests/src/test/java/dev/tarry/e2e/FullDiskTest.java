package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventQuery;
import dev.tarry.client.LabMail;
import dev.tarry.client.MessageQuery;
import dev.tarry.client.ResultLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No drill: the file system under the store is truly full, and has space again later.
final class FullDiskTest {
    private static final int MEBIBYTES = 64;
    private static final long MIB = 1 << 20;

    /// @param full the store's folder, or the whole data folder with the lab, the clock and the log of tracking
    @ParameterizedTest
    @ValueSource(strings = {"data/store", "data"})
    void a_server_on_a_full_file_system_refuses_and_heals_by_itself_when_there_is_space_again(
            String full, @TempDir Path folder) throws Exception {
        SmallDisk disk = new SmallDisk(folder.resolve(full), MEBIBYTES);
        disk.assumeThereCanBeOne();
        try (TarryProcess server = TarryProcess.serveBy(
                disk.mounting(),
                folder,
                "--set",
                "resources.tarpitMost=0s",
                "--set",
                "resources.diskReserve=0", // nobody warns of it
                "--set",
                "resources.emergencyReserve=0")) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            Set<String> acknowledged = new TreeSet<>();
            Map<String, Integer> refusals = new TreeMap<>();
            send(server, 20, acknowledged, refusals);
            assertEquals(20, acknowledged.size(), refusals::toString);

            disk.fill(server, 3 * MIB);
            Wait.until("it is full", () -> {
                send(server, 5, acknowledged, refusals);
                return refusals.keySet().stream().anyMatch(reply -> reply.startsWith("452 4.3.1"));
            });
            assertTrue(disk.freeBytes(server) < MIB, "free: " + disk.freeBytes(server));
            assertTrue(server.said().contains("the store has failed: Failed[reason="), server::said);
            assertTrue(
                    refusals.keySet().stream().allMatch(reply -> reply.startsWith("452 4.3.1 ")), refusals::toString);

            disk.free(server);
            int whenFull = acknowledged.size();
            Wait.until("mail comes in again", () -> {
                send(server, 1, acknowledged, refusals);
                return acknowledged.size() >= whenFull + 20;
            });
            System.out.println(full + " full: acknowledged " + acknowledged.size() + ", of which "
                    + (acknowledged.size() - whenFull) + " after it had been full; refused: " + refusals);

            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            Wait.until(
                    "all that was acknowledged has arrived",
                    () -> arrived(server).keySet().containsAll(acknowledged));
            server.client().advanceClock(Duration.ofMinutes(30));
            Map<String, Integer> arrived = arrived(server);
            assertTrue(arrived.values().stream().allMatch(times -> times == 1), arrived::toString);
            server.stop();
        }
    }

    @Test
    void well_before_it_is_full_new_mail_is_refused_and_what_is_queued_goes_on_leaving(@TempDir Path folder)
            throws Exception {
        SmallDisk disk = new SmallDisk(folder.resolve("data/store"), MEBIBYTES);
        disk.assumeThereCanBeOne();
        try (TarryProcess server = TarryProcess.serveBy(
                disk.mounting(),
                folder,
                "--set",
                "resources.meteringInterval=1s",
                "--set",
                "resources.tarpitMost=0s")) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            Set<String> acknowledged = new TreeSet<>();
            Map<String, Integer> refusals = new TreeMap<>();
            send(server, 5, acknowledged, refusals);
            disk.fill(server, 5 * MIB);
            Wait.until("it is told", () -> !server.client().ready());
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                assertEquals(
                        "452 4.3.1 Insufficient system resources (UsedDiskSpace[store])",
                        client.command("MAIL FROM:<eve@company.com>"));
            }
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            assertEquals(acknowledged, arrived(server).keySet(), "mail leaves meanwhile");
            disk.free(server);
            Wait.until("it is told", () -> server.client().ready());
            send(server, 1, acknowledged, refusals);
            assertEquals(6, acknowledged.size());
            List<Integer> told = new ArrayList<>();
            server.client().eventLog(EventQuery.everything()).forEach(event -> told.add(event.id()));
            assertTrue(told.containsAll(List.of(15004, 15006, 15005)), told::toString);
            server.stop();
        }
    }

    @Test
    void a_store_that_fails_where_there_is_little_space_and_no_reserve_takes_mail_again(@TempDir Path folder)
            throws Exception {
        SmallDisk disk = new SmallDisk(folder.resolve("data/store"), MEBIBYTES);
        disk.assumeThereCanBeOne();
        try (TarryProcess server = TarryProcess.serveBy(
                disk.mounting(), folder, "--set", "resources.diskReserve=0", "--set", "resources.emergencyReserve=0")) {
            disk.fill(server, 3 * MIB); // less than opening may need, more than nothing
            server.client().addFault(Map.of("where", "store", "what", "fail", "operation", "commit", "first", 1));
            Set<String> acknowledged = new TreeSet<>();
            Map<String, Integer> refusals = new TreeMap<>();
            Wait.until("it has failed", () -> {
                send(server, 1, acknowledged, refusals);
                return server.said().contains("the store has failed: ");
            });
            Wait.until("an emergency has begun", () -> server.said().contains("the store's disk is full"));
            int before = acknowledged.size();
            Wait.until("mail comes in again", () -> {
                send(server, 1, acknowledged, refusals);
                return acknowledged.size() > before;
            });
            server.stop();
        }
    }

    /// @param full       the store's folder, or the whole data folder with the lab, the clock and the log of tracking:
    ///                   then the disk of the hosts outside is full as well, and they take what they have space for
    /// @param leaveBytes what somebody else leaves of it; 0: they fill it to the last octet, else the
    ///                   store itself does
    @ParameterizedTest
    @CsvSource({"data/store,3145728", "data/store,0", "data,3145728", "data,0"})
    void on_a_disk_that_is_full_to_the_last_octet_the_reserve_lets_what_is_queued_leave(
            String full, long leaveBytes, @TempDir Path folder) throws Exception {
        SmallDisk disk = new SmallDisk(folder.resolve(full), MEBIBYTES);
        boolean hostsToo = full.equals("data");
        disk.assumeThereCanBeOne();
        try (TarryProcess server = TarryProcess.serveBy(
                disk.mounting(),
                folder,
                "--set",
                "resources.diskReserve=0", // the mark would come first
                "--set",
                "resources.meteringInterval=1s")) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            Set<String> acknowledged = new TreeSet<>();
            Map<String, Integer> refusals = new TreeMap<>();
            send(server, 20, acknowledged, refusals);
            assertEquals(20, acknowledged.size(), refusals::toString);
            long kept = MEBIBYTES * MIB / 16;
            Wait.until("there is a reserve", () -> reserve(server) == kept);

            disk.fill(server, leaveBytes);
            Wait.until("it is full, and the reserve is given back", () -> {
                send(server, 5, acknowledged, refusals);
                String store = store(server);
                // what the log had taken in advance may be enough for a new reserve, and for more mail
                return disk.freeBytes(server) <= 2 * kept
                        && store.contains("\"emergency\":true")
                        && store.contains("\"open\":true");
            });
            assertTrue(store(server).contains("\"reserveBytes\":0"), () -> store(server));
            int whenFull = acknowledged.size();
            send(server, 1, acknowledged, refusals);
            assertEquals(whenFull, acknowledged.size(), "nothing new is taken");
            assertFalse(server.client().ready());
            assertTrue(
                    refusals.keySet().stream().allMatch(reply -> reply.startsWith("452 4.3.1 ")), refusals::toString);

            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            if (hostsToo) {
                Wait.until("what is queued is tried, and waits for hosts that are full", () -> {
                    int waits = messages(server);
                    return waits > 0
                            && waits == acknowledged.size() - arrived(server).size()
                            && get(server, "/api/v1/messages").contains("452 4.3.1 Insufficient system storage");
                });
                server.client().advanceClock(Duration.ofHours(2));
                assertTrue(store(server).contains("\"open\":true"), "the hosts have left the store its reserve");
                assertFalse(secondFailure(server), server::said);
            } else {
                Wait.until(
                        "all that is queued has left, while the disk is full",
                        () -> arrived(server).keySet().equals(acknowledged));
            }

            disk.free(server);
            Wait.until("the reserve is whole", () -> reserve(server) == kept);
            Wait.until("it is ready again", () -> server.client().ready());
            Wait.until("mail comes in again", () -> {
                send(server, 1, acknowledged, refusals);
                return acknowledged.size() >= whenFull + 5;
            });
            System.out.println("full but for " + leaveBytes + ": refused " + refusals + "; the server said:\n"
                    + server.said()
                            .lines()
                            .filter(line -> line.contains("store"))
                            .collect(Collectors.joining("\n")));
            server.client().advanceClock(Duration.ofMinutes(30));
            Wait.until("those too", () -> arrived(server).keySet().equals(acknowledged));
            Map<String, Integer> arrived = arrived(server);
            assertTrue(arrived.values().stream().allMatch(times -> times == 1), arrived::toString);
            List<Integer> told = new ArrayList<>();
            server.client().eventLog(EventQuery.everything()).forEach(event -> told.add(event.id()));
            assertTrue(told.containsAll(List.of(15004, 15006, 15005)), told::toString);
            server.stop();
        }
    }

    /// Whether the store has failed again after it was opened on what was kept in reserve.
    private static boolean secondFailure(TarryProcess server) {
        String said = server.said();
        String failed = "the store has failed: ";
        return said.indexOf(failed, said.indexOf(failed) + 1) >= 0;
    }

    private static int messages(TarryProcess server) {
        return server.client().messages(MessageQuery.all()).size();
    }

    private static String store(TarryProcess server) {
        return get(server, "/api/v1/store").replace(" ", "");
    }

    /// As the metric says.
    private static double reserve(TarryProcess server) {
        return get(server, "/metrics")
                .lines()
                .filter(line -> line.startsWith("tarry_disk_reserve_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String get(TarryProcess server, String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(server.admin().resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Sends messages of 200 KB, each to an address of its own.
    private static void send(TarryProcess server, int messages, Set<String> acknowledged, Map<String, Integer> refusals)
            throws IOException {
        byte[] content = TarryProcess.octets("Subject: large", "", ("x".repeat(70) + "\r\n").repeat(2_800));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            for (int i = 0; i < messages; i++) {
                int number = acknowledged.size()
                        + refusals.values().stream().mapToInt(times -> times).sum();
                String to = "user" + number + "@waits.example";
                String reply = client.command("MAIL FROM:<eve@company.com>");
                if (reply.startsWith("250 ")) {
                    reply = client.rest(content, to);
                }
                if (reply.startsWith("250 ")) {
                    acknowledged.add(to);
                } else {
                    refusals.merge(reply, 1, Integer::sum);
                }
            }
        }
    }

    private static Map<String, Integer> arrived(TarryProcess server) {
        Map<String, Integer> times = new TreeMap<>();
        for (LabMail mail : server.client().labMail(Optional.of("*"), Optional.empty(), ResultLimit.unlimited())) {
            mail.recipients().forEach(to -> times.merge(to, 1, Integer::sum));
        }
        return times;
    }
}
