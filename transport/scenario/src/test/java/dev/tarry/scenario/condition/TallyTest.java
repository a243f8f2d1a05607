package dev.tarry.scenario.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final Tally<String> tally = new Tally<>(text -> text.startsWith("a"), text -> text);

    @Test
    void what_comes_while_the_first_are_looked_up_is_counted_once() {
        tally.came("a1");
        tally.came("a2");
        tally.came("b1");
        assertEquals(0, tally.count());
        tally.seed(List.of("a0", "a1", "b0"));
        assertEquals(3, tally.count());
        tally.came("a1");
        assertEquals(4, tally.count());
        tally.left("a1");
        tally.left("b1");
        assertEquals(3, tally.count());
    }

    @Test
    void equal_things_are_as_many_as_there_are() {
        tally.came("a");
        tally.seed(List.of("a", "a", "a"));
        assertEquals(3, tally.count());
        Tally<String> late = new Tally<>(_ -> true, text -> text);
        late.came("a");
        late.came("a");
        late.seed(List.of("a"));
        assertEquals(2, late.count());
    }

    @Test
    void what_leaves_while_the_first_are_looked_up_is_not_there() {
        tally.left("a1");
        tally.came("a2");
        tally.left("a2");
        tally.seed(List.of("a1", "a2", "a3"));
        assertEquals(1, tally.count());
        assertTrue(Count.SOME.holds(tally.count()));
        assertFalse(Count.SOME.holds(0));
    }
}
