package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpiryIndexTest {
    private static final Comparator<Node> ORDER =
            Comparator.<Node>comparingLong(n -> n.expiresMillis).thenComparingLong(n -> n.messageId);

    private final ExpiryIndex index = new ExpiryIndex();

    private static Node node(long id, long expires) {
        return new Node(id, 0, expires, 1, 0);
    }

    @Test
    void an_empty_one_has_no_first_and_gives_nothing() {
        assertEquals(Long.MAX_VALUE, index.firstMillis());
        assertEquals(List.of(), index.takeUntil(Long.MAX_VALUE / 2, 10));
    }

    @Test
    void within_a_second_the_millisecond_counts() {
        Node early = node(2, 5_001);
        Node late = node(1, 5_999);
        index.add(late);
        index.add(early);
        assertEquals(5_001, index.firstMillis());
        assertEquals(List.of(), index.takeUntil(5_000, 10));
        assertEquals(List.of(early), index.takeUntil(5_001, 10));
        assertEquals(5_999, index.firstMillis());
    }

    @Test
    void what_is_taken_is_out_and_may_be_put_back() {
        Node node = node(1, 1_000);
        index.add(node);
        assertEquals(List.of(node), index.takeUntil(1_000, 1));
        assertFalse(node.inExpiryIndex);
        index.remove(node); // nothing happens
        index.add(node);
        assertEquals(1_000, index.firstMillis());
    }

    @Test
    void a_million_of_one_moment_are_taken_slice_by_slice_without_looking_through_all_of_them_each_time() {
        for (int i = 0; i < 1_000_000; i++) {
            index.add(node(i, 7_000));
        }
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 1_000_000; i += 64) {
                assertEquals(i, index.takeUntil(7_000, 64).getFirst().messageId);
            }
        });
        assertTrue(index.isEmpty());
    }

    @Test
    void the_first_of_a_million_of_one_second_is_known_without_looking_through_them() {
        for (int i = 0; i < 1_000_000; i++) {
            index.add(node(i, 7_000 + i / 1_000));
        }
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100_000; i++) {
                assertEquals(7_000, index.firstMillis());
            }
        });
    }

    @Test
    void what_is_put_back_among_a_million_finds_its_place_soon() {
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            Node node = node(i, 7_000 + i / 1_001);
            all.add(node);
            index.add(node);
        }
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 500; i++) {
                List<Node> taken = index.takeUntil(Long.MAX_VALUE, 64);
                taken.forEach(index::add);
            }
        });
        assertEquals(all.subList(0, 900), index.takeUntil(7_000, 1_000_000).subList(0, 900));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void against_a_plain_list_whatever_is_added_removed_and_taken(long seed) {
        Random random = new Random(seed);
        List<Node> model = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    Node node = node(i, random.nextInt(60_000));
                    index.add(node);
                    model.add(node);
                }
                case 3, 4 -> {
                    if (!model.isEmpty()) {
                        index.remove(model.remove(random.nextInt(model.size())));
                    }
                }
                default -> {
                    long now = random.nextInt(60_000);
                    int most = 1 + random.nextInt(8);
                    // of one moment as they came in
                    List<Node> expected = model.stream()
                            .filter(n -> n.expiresMillis <= now)
                            .sorted(Comparator.comparingLong(n -> n.expiresMillis))
                            .limit(most)
                            .sorted(ORDER)
                            .toList();
                    assertEquals(expected, index.takeUntil(now, most));
                    model.removeAll(expected);
                }
            }
            assertEquals(
                    model.stream().mapToLong(n -> n.expiresMillis).min().orElse(Long.MAX_VALUE), index.firstMillis());
        }
    }
}
