package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final long NOW = 1_772_615_700_000L;
    private static final List<Duration> LIMITS =
            List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(2));

    private final Arrivals arrivals = new Arrivals();

    @Test
    void copies_are_counted_by_their_age() {
        arrivals.add(NOW);
        arrivals.add(NOW - 59_000);
        arrivals.add(NOW - 10 * 60_000);
        arrivals.add(NOW - 47 * 3_600_000L);
        arrivals.add(NOW - 49 * 3_600_000L);
        assertEquals(List.of(2, 1, 1, 1), arrivals.byAge(NOW, LIMITS));
        arrivals.remove(NOW - 10 * 60_000);
        assertEquals(List.of(2, 0, 1, 1), arrivals.byAge(NOW, LIMITS));
    }

    @Test
    void what_is_younger_than_now_is_young() {
        arrivals.add(NOW + 5_000);
        assertEquals(List.of(1, 0, 0, 0), arrivals.byAge(NOW, LIMITS));
    }

    @Test
    void nothing_is_kept_of_copies_that_are_gone() {
        Random random = new Random(7);
        List<Long> here = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextBoolean() || here.isEmpty()) {
                long received = NOW - random.nextInt(200_000_000);
                here.add(received);
                arrivals.add(received);
            } else {
                arrivals.remove(here.remove(random.nextInt(here.size())));
            }
        }
        assertEquals(
                here.size(),
                arrivals.byAge(NOW, LIMITS).stream().mapToInt(n -> n).sum());
        here.forEach(arrivals::remove);
        assertEquals(List.of(0, 0, 0, 0), arrivals.byAge(NOW, LIMITS));
        assertTrue(arrivals.held() <= 1, () -> "slots held: " + arrivals.held());
    }
}
