package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.server.Plan;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NetworkWatchTest {
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final List<Plan.Network> told = new ArrayList<>();
    private Plan.Network now = network("10.0.0.1");

    private final Timers timers = new Timers() {
        @Override
        public Alarm at(Instant due, Loop loop, Runnable ring) {
            throw new AssertionError("it counts from now");
        }

        @Override
        public Alarm after(Duration wait, Loop loop, Runnable ring) {
            assertEquals(NetworkWatch.INTERVAL, wait);
            alarms.add(ring);
            return () -> alarms.remove(ring);
        }
    };

    private static Plan.Network network(String... servers) {
        return new Plan.Network(
                java.util.Arrays.stream(servers)
                        .map(ip -> new InetSocketAddress(InetAddress.ofLiteral(ip), 53))
                        .toList(),
                Set.of());
    }

    private NetworkWatch watch() {
        return new NetworkWatch(now, () -> now, told::add, timers, null);
    }

    private void ring() {
        alarms.remove().run();
    }

    @Test
    void only_what_is_another_network_than_before_is_told() {
        NetworkWatch watch = watch();
        ring();
        assertEquals(List.of(), told);
        now = network("10.0.0.2", "10.0.0.1");
        ring();
        ring();
        assertEquals(List.of(now), told);
        watch.close();
        assertEquals(0, alarms.size(), "no alarm was left");
    }

    @Test
    void a_look_that_fails_changes_nothing_and_is_made_again() {
        NetworkWatch watch = new NetworkWatch(
                now,
                () -> {
                    throw new IllegalStateException("a broken resolv.conf");
                },
                told::add,
                timers,
                null);
        ring();
        assertEquals(List.of(), told);
        assertEquals(1, alarms.size());
        watch.close();
    }

    @Test
    void this_computers_servers_are_those_of_its_resolv_conf() throws Exception {
        Path file = Path.of("/etc/resolv.conf");
        if (!Files.isReadable(file)) {
            return; // another system
        }
        List<String> listed = Files.readAllLines(file).stream()
                .filter(line -> line.matches("nameserver\\s+[0-9.]+\\s*"))
                .map(line -> line.split("\\s+")[1])
                .toList();
        List<String> found = NetworkWatch.now().dnsServers().stream()
                .map(server -> server.getAddress().getHostAddress())
                .toList();
        assertTrue(found.containsAll(listed), found + " without " + listed);
        assertFalse(NetworkWatch.now().addresses().stream().anyMatch(InetAddress::isLoopbackAddress));
        assertTrue(Duration.ofSeconds(1).compareTo(NetworkWatch.INTERVAL) < 0);
    }
}
