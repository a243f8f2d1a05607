package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.net.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EventRingTest {
    private static final long FIRST = 1_000;
    private static final long LARGE = 1_000_000_000;

    private static Happening query(String name) {
        return new Happening.Query(new JournaledQuery(
                1, Instant.EPOCH, "8.8.8.8", "client", Protocol.UDP, name, "MX", "SERVFAIL", List.of()));
    }

    private static List<Long> ids(EventRing.Part part) {
        return part.entries().stream().map(EventRing.Entry::id).toList();
    }

    @Test
    void ids_grow_by_one_and_a_reader_goes_on_from_its_own_place() {
        EventRing ring = new EventRing(FIRST, 10, 1_000_000);
        assertEquals(new EventRing.Part(List.of(), FIRST), ring.after(FIRST, 5, LARGE));
        for (int i = 0; i < 7; i++) {
            ring.add(query("d" + i));
        }
        EventRing.Part part = ring.after(FIRST, 5, LARGE);
        assertEquals(List.of(1_001L, 1_002L, 1_003L, 1_004L, 1_005L), ids(part));
        assertEquals(1_005, part.upTo());
        part = ring.after(part.upTo(), 5, LARGE);
        assertEquals(List.of(1_006L, 1_007L), ids(part));
        assertEquals(1_007, part.upTo());
        assertEquals(List.of(), ids(ring.after(1_007, 5, LARGE)));
    }

    @Test
    void a_part_is_bounded_in_bytes_too_and_has_one_entry_at_least() {
        EventRing ring = new EventRing(FIRST, 10, LARGE);
        for (int i = 0; i < 5; i++) {
            ring.add(query("x"));
        }
        assertEquals(List.of(1_001L), ids(ring.after(FIRST, 5, 1)));
        assertEquals(1_001, ring.after(FIRST, 5, 1).upTo());
        assertEquals(
                List.of(1_002L, 1_003L), ids(ring.after(1_001, 5, query("x").weightBytes() * 2L)));
    }

    @Test
    void what_is_kept_is_bounded_by_number_and_by_size_and_the_newest_is_always_there() {
        EventRing ring = new EventRing(FIRST, 10, 1_000_000);
        for (int i = 0; i < 1_000; i++) {
            ring.add(query("d" + i));
        }
        assertEquals(10, ring.after(FIRST, 1_000, LARGE).entries().size());
        assertEquals(1_990, ring.beginning());
        assertEquals(List.of(1_991L, 1_992L), ids(ring.after(FIRST, 2, LARGE)));

        EventRing small = new EventRing(FIRST, 10, query("x").weightBytes() * 3L);
        for (int i = 0; i < 10; i++) {
            small.add(query("x"));
        }
        assertEquals(List.of(1_008L, 1_009L, 1_010L), ids(small.after(FIRST, 10, LARGE)));
        EventRing tiny = new EventRing(FIRST, 10, 1);
        tiny.add(query("x"));
        tiny.add(query("y"));
        assertEquals(List.of(1_002L), ids(tiny.after(FIRST, 10, LARGE)));
    }

    @Test
    void what_nobody_could_keep_has_its_numbers_too() {
        EventRing ring = new EventRing(FIRST, 10, 1_000_000);
        ring.add(query("a"));
        ring.lose(5);
        EventRing.Part part = ring.after(FIRST, 10, LARGE);
        assertEquals(List.of(1_001L), ids(part));
        assertEquals(1_006, part.upTo());
        ring.add(query("b"));
        assertEquals(List.of(1_007L), ids(ring.after(1_006, 10, LARGE)));
    }

    @Test
    void an_id_is_known_only_if_all_that_came_after_it_was_counted() {
        EventRing ring = new EventRing(FIRST, 2, 1_000_000);
        assertEquals(OptionalLong.of(FIRST), ring.resume(FIRST));
        assertTrue(ring.resume(FIRST - 1).isEmpty(), "another run's");
        assertTrue(ring.resume(FIRST + 1).isEmpty(), "never given");
        for (int i = 0; i < 5; i++) {
            ring.add(query("d" + i));
        }
        assertEquals(OptionalLong.of(1_001), ring.resume(1_001), "overtaken, but counted");
        ring.restart();
        assertTrue(ring.resume(1_004).isEmpty(), "from before a time in which nobody counted");
        assertEquals(OptionalLong.of(1_005), ring.resume(1_005));
        assertEquals(List.of(), ids(ring.after(0, 10, LARGE)));
    }
}
