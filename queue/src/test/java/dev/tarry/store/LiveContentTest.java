package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.LiveContent.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveContentTest {
    private static final int G = LiveContent.GENERATION_IDS;

    private final LiveContent live = new LiveContent();

    @Test
    void an_id_lives_from_its_first_put_to_its_first_drop() {
        assertFalse(live.contains(5));
        assertTrue(live.add(5));
        assertFalse(live.add(5));
        assertTrue(live.contains(5));
        assertFalse(live.contains(4));
        assertFalse(live.contains(5 + G));
        assertTrue(live.remove(5));
        assertFalse(live.remove(5));
        assertFalse(live.remove(6));
        assertFalse(live.contains(5));
    }

    @Test
    void a_generation_is_empty_when_its_last_id_goes() {
        live.add(0);
        live.add(G - 1);
        live.add(G);
        live.remove(0);
        assertFalse(live.takeEmptied());
        live.remove(G - 1);
        assertTrue(live.takeEmptied());
        assertFalse(live.takeEmptied());
    }

    @Test
    void dead_ranges_are_what_lies_between_generations_in_which_something_lives() {
        assertEquals(List.of(), live.deadRanges(0, 0));
        assertEquals(List.of(new Range(0, 7)), live.deadRanges(0, 7));
        live.add(3L * G + 17);
        live.add(4L * G);
        live.add(6L * G + 1);
        assertEquals(
                List.of(new Range(0, 3L * G), new Range(5L * G, 6L * G), new Range(7L * G, 9L * G + 5)),
                live.deadRanges(0, 9L * G + 5));
        assertEquals(List.of(new Range(0, 3L * G), new Range(5L * G, 6L * G)), live.deadRanges(0, 6L * G + 2));
    }

    @Test
    void a_stretch_in_which_little_lives_is_taken_once_with_what_is_dead_in_it() {
        for (long id = 0; id < 3L * G; id++) {
            live.add(id);
        }
        live.add(4L * G); // still being filled
        assertNull(live.takeSparse(4L * G));
        for (long id = G; id < 3L * G; id++) {
            if (id != G + 5 && id != 3L * G - 1) {
                live.remove(id);
            }
        }
        LiveContent.Sparse sparse = live.takeSparse(4L * G);
        assertEquals(new Range(G, 3L * G), sparse.all());
        assertEquals(
                List.of(new Range(G, G + 5), new Range(G + 6, 2L * G), new Range(2L * G, 3L * G - 1)), sparse.dead());
        assertNull(live.takeSparse(4L * G));
        live.remove(G + 5); // and with it its generation
        assertNull(live.takeSparse(4L * G));
    }

    @Test
    void a_stretch_is_taken_again_when_half_of_it_has_died_since() {
        for (long id = 0; id < 300; id++) {
            live.add(id);
        }
        assertEquals(List.of(new Range(300, G)), live.takeSparse(G).dead());
        for (long id = 0; id < 149; id++) {
            live.remove(id);
        }
        assertNull(live.takeSparse(G));
        live.remove(149);
        assertEquals(
                List.of(new Range(0, 150), new Range(300, G)),
                live.takeSparse(G).dead());
    }

    @Test
    void no_stretch_is_longer_than_what_is_written_anew_in_one_go() {
        int generations = 2 * LiveContent.SPARSE_GENERATIONS + 3;
        for (long generation = 0; generation < generations; generation++) {
            live.add(generation * G + 7);
        }
        live.add(200L * G); // far behind
        assertEquals(new Range(0, 8L * G), live.takeSparse(300L * G).all());
        assertEquals(new Range(8L * G, 16L * G), live.takeSparse(300L * G).all());
        assertEquals(new Range(16L * G, 19L * G), live.takeSparse(300L * G).all());
        assertEquals(new Range(200L * G, 201L * G), live.takeSparse(300L * G).all());
        assertNull(live.takeSparse(300L * G));
    }
}
