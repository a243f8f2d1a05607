package dev.tarry.server;

import static dev.tarry.server.DiskPressure.HIGH;
import static dev.tarry.server.DiskPressure.LOW;
import static dev.tarry.server.DiskPressure.MEDIUM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiskPressureTest {
    private static final long RESERVE = 1_000;

    @Test
    void each_level_is_left_above_where_it_is_entered() {
        long[] free = {
            5_000, 2_000, 1_999, 1_000, 999, 0, 1_000, 1_499, 1_500, 1_400, 999, 1_600, 2_499, 2_500, 900, 9_000
        };
        List<DiskPressure> expected = List.of(
                LOW, LOW, MEDIUM, MEDIUM, HIGH, HIGH, HIGH, HIGH, MEDIUM, MEDIUM, HIGH, MEDIUM, MEDIUM, LOW, HIGH, LOW);
        DiskPressure pressure = LOW;
        for (int i = 0; i < free.length; i++) {
            pressure = pressure.next(free[i], RESERVE);
            assertEquals(expected.get(i), pressure, "at " + free[i] + ", the " + (i + 1) + "th");
        }
    }

    @Test
    void only_high_refuses_and_in_exchanges_words() {
        assertTrue(LOW.refusal().isEmpty());
        assertTrue(MEDIUM.refusal().isEmpty());
        assertEquals(
                "452 4.3.1 Insufficient system resources (UsedDiskSpace[store])",
                HIGH.refusal().orElseThrow().toString());
    }

    @Test
    void without_a_reserve_there_is_no_pressure_and_a_small_disk_has_a_small_reserve() {
        assertEquals(LOW, HIGH.next(0, 0));
        assertEquals(500, DiskPressure.reserve(500, 1_000_000));
        assertEquals(100, DiskPressure.reserve(500, 1_000));
    }
}
