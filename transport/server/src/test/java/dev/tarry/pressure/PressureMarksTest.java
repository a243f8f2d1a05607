package dev.tarry.pressure;

import static dev.tarry.pressure.PressureLevel.HIGH;
import static dev.tarry.pressure.PressureLevel.LOW;
import static dev.tarry.pressure.PressureLevel.MEDIUM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PressureMarksTest {
    private static final PressureMarks MEMORY = new PressureMarks(72, 75, 73, 71);

    @Test
    void each_level_is_entered_above_one_mark_and_left_at_a_lower_one() {
        long[] uses = {0, 72, 73, 72, 71, 73, 75, 76, 74, 73, 75, 76, 72, 71, 99, 0};
        List<PressureLevel> expected = List.of(
                LOW, LOW, MEDIUM, MEDIUM, LOW, MEDIUM, MEDIUM, HIGH, HIGH, MEDIUM, MEDIUM, HIGH, MEDIUM, LOW, HIGH,
                LOW);
        PressureLevel level = LOW;
        for (int i = 0; i < uses.length; i++) {
            level = MEMORY.next(level, uses[i]);
            assertEquals(expected.get(i), level, "at " + uses[i] + ", the " + (i + 1) + "th");
        }
    }

    @Test
    void marks_that_would_go_to_and_fro_are_none() {
        assertThrows(IllegalArgumentException.class, () -> new PressureMarks(72, 75, 73, 72));
        assertThrows(IllegalArgumentException.class, () -> new PressureMarks(72, 75, 75, 71));
        assertThrows(IllegalArgumentException.class, () -> new PressureMarks(76, 75, 73, 71));
        assertThrows(IllegalArgumentException.class, () -> new PressureMarks(72, 75, 70, 71));
    }

    @Test
    void they_are_shown_as_exchange_shows_them() {
        assertEquals(
                "[PressureTransitions: MediumToHigh=75 HighToMedium=73 LowToMedium=72 MediumToLow=71]",
                MEMORY.toString());
    }
}
