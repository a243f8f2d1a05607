package dev.tarry.pressure;

import static dev.tarry.pressure.PressureLevel.HIGH;
import static dev.tarry.pressure.PressureLevel.LOW;
import static dev.tarry.pressure.PressureLevel.MEDIUM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiskMarksTest {
    private static final DiskMarks MARKS = new DiskMarks(1_000);

    @Test
    void each_level_is_left_above_where_it_is_entered() {
        long[] free = {
            5_000, 2_000, 1_999, 1_000, 999, 0, 1_000, 1_499, 1_500, 1_400, 999, 1_600, 2_499, 2_500, 900, 9_000
        };
        List<PressureLevel> expected = List.of(
                LOW, LOW, MEDIUM, MEDIUM, HIGH, HIGH, HIGH, HIGH, MEDIUM, MEDIUM, HIGH, MEDIUM, MEDIUM, LOW, HIGH, LOW);
        PressureLevel level = LOW;
        for (int i = 0; i < free.length; i++) {
            level = MARKS.next(level, free[i]);
            assertEquals(expected.get(i), level, "at " + free[i] + ", the " + (i + 1) + "th");
        }
    }

    @Test
    void without_a_reserve_there_is_no_pressure_and_a_small_disk_has_a_small_reserve() {
        assertEquals(LOW, new DiskMarks(0).next(HIGH, 0));
        assertEquals(new DiskMarks(500), DiskMarks.on(1_000_000, 500));
        assertEquals(new DiskMarks(100), DiskMarks.on(1_000, 500));
    }
}
