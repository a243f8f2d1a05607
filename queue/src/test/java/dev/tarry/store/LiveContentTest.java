package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
}
