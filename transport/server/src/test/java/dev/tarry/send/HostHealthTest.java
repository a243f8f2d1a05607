package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HostHealthTest {
    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Target A = target("a", "192.0.2.1");
    private static final Target B = target("b", "192.0.2.2");
    private static final Target C = target("c", "192.0.2.3");

    private int remembered;
    private final ClearHosts clearHosts = new ClearHosts(() -> NOW);
    private final HostHealth health = new HostHealth(
            new SendMeter() {
                @Override
                public void hostUnhealthy() {
                    remembered++;
                }

                @Override
                public void hostHealthy() {
                    remembered--;
                }
            },
            clearHosts);

    private static Target target(String host, String ip) {
        return new Target(host, new InetSocketAddress(InetAddress.ofLiteral(ip), 25));
    }

    private String order(Instant at, Target... targets) {
        return String.join(
                "",
                health.inOrder(List.of(targets), at, MINUTE).stream()
                        .map(Target::host)
                        .toList());
    }

    @Test
    void a_host_that_failed_stands_behind_the_others_and_nowhere_else() {
        assertEquals("abc", order(NOW, A, B, C));
        health.failed(A, "451 x", NOW, MINUTE);
        assertEquals("bca", order(NOW, A, B, C));
        assertEquals("bca", order(NOW.plusSeconds(59), A, B, C));
        assertEquals("a", order(NOW, A), "it is never left out");
        health.failed(C, "451 x", NOW, MINUTE);
        assertEquals("bac", order(NOW, A, B, C));
        health.failed(B, "451 x", NOW, MINUTE);
        assertEquals("abc", order(NOW, A, B, C), "if all have failed the order is the old one");
    }

    @Test
    void when_the_interval_is_over_one_attempt_finds_out_and_the_others_wait_for_it() {
        health.failed(A, "451 x", NOW, MINUTE);
        Instant later = NOW.plus(MINUTE);
        assertEquals("ab", order(later, A, B), "the first to ask");
        assertEquals("ba", order(later, A, B), "the others");
        health.good(A);
        assertEquals("ab", order(later, A, B));
        assertEquals(0, remembered);
    }

    @Test
    void whoever_looks_at_the_order_changes_nothing() {
        assertEquals(Optional.empty(), health.behind(A.address(), NOW));
        health.failed(A, "451 x", NOW, MINUTE);
        assertEquals(Optional.of("451 x"), health.behind(A.address(), NOW.plusSeconds(59)));
        assertEquals(Optional.empty(), health.behind(A.address(), NOW.plus(MINUTE)));
        assertEquals("ab", order(NOW.plus(MINUTE), A, B), "the trial is still to be made");
    }

    @Test
    void a_trial_that_comes_to_nothing_is_followed_by_another() {
        health.failed(A, "451 x", NOW, MINUTE);
        Instant later = NOW.plus(MINUTE);
        assertEquals("ab", order(later, A, B));
        health.failed(A, "451 y", later, MINUTE);
        assertEquals("ba", order(later.plusSeconds(30), A, B));
        assertEquals("ab", order(later.plus(MINUTE), A, B));
        HostHealth.Unhealthy one = health.list().getFirst();
        assertEquals(2, one.failures());
        assertEquals(NOW, one.since());
        assertEquals(later, one.last());
        assertEquals("451 y", one.words());
        assertEquals(1, remembered);
    }

    @Test
    void the_same_address_on_another_port_is_another_host() {
        health.failed(A, "451 x", NOW, MINUTE);
        Target other = new Target("a", new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 2525));
        assertEquals(List.of(other, A), health.inOrder(List.of(A, other), NOW, MINUTE));
    }

    @Test
    void what_is_switched_off_remembers_nothing() {
        health.failed(A, "451 x", NOW, Duration.ZERO);
        assertEquals("ab", order(NOW, A, B));
        assertEquals(List.of(), health.list());
    }

    @Test
    void hosts_are_forgotten_by_name_by_address_and_all_together() {
        health.failed(A, "451 x", NOW, MINUTE);
        health.failed(B, "451 x", NOW, MINUTE);
        health.failed(C, "451 x", NOW, MINUTE);
        assertEquals(1, health.forget("A"));
        assertEquals(1, health.forget("192.0.2.2"));
        assertEquals(0, health.forget("192.0.2.2"));
        health.deniesChunking(C);
        assertTrue(!health.mayChunk(C));
        assertEquals(1, health.forget());
        assertTrue(health.mayChunk(C));
        assertEquals(0, remembered);
    }

    @Test
    void no_more_than_the_bound_are_remembered_and_the_oldest_go() {
        List<Target> many = IntStream.rangeClosed(0, HostHealth.MAX_HOSTS)
                .mapToObj(i -> target("h" + i, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)))
                .toList();
        many.forEach(one -> health.failed(one, "451 x", NOW, MINUTE));
        assertEquals(HostHealth.MAX_HOSTS, health.list().size());
        assertEquals(HostHealth.MAX_HOSTS, remembered);
        assertEquals("h1", health.list().getFirst().target().host());
    }

    @Test
    void what_else_is_remembered_of_a_host_is_forgotten_with_it_also_if_it_is_healthy() {
        clearHosts.add(A);
        clearHosts.add(B);
        health.deniesChunking(A);
        assertEquals(1, health.forget("a"));
        assertTrue(health.mayChunk(A));
        assertFalse(clearHosts.holds(A));
        assertTrue(clearHosts.holds(B));
        assertEquals(1, health.forget());
        assertFalse(clearHosts.holds(B));
        assertEquals(0, health.forget("b"));
    }
}
