package dev.tarry.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PipeTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Pipe pipe = new Pipe();

    private long through(long atMillis, long octets, long rate) {
        return Duration.between(START, pipe.through(START.plusMillis(atMillis), octets, rate))
                .toMillis();
    }

    @Test
    void one_goes_after_the_other_and_an_idle_pipe_saves_nothing_up() {
        assertEquals(1_000, through(0, 100, 100));
        assertEquals(2_000, through(0, 100, 100));
        assertEquals(3_000, through(1_500, 100, 100));
        assertEquals(11_000, through(10_000, 100, 100));
    }

    @Test
    void without_a_limit_it_is_not_there() {
        assertEquals(5, through(5, 1L << 40, Passage.UNLIMITED));
    }

    @Test
    void another_rate_holds_for_what_comes_behind() {
        assertEquals(1_000, through(0, 100, 100));
        assertEquals(1_100, through(0, 100, 1_000));
    }

    @Test
    void thirds_do_not_add_up_to_more() {
        for (int i = 1; i < 300; i++) {
            through(0, 1, 3);
        }
        assertEquals(100_000, through(0, 1, 3));
    }

    @Test
    void great_rates_and_great_sums_are_borne() {
        long rate = 1L << 40;
        for (int i = 0; i < 10_000; i++) {
            through(0, 1 << 20, rate);
        }
        assertEquals((10_000L << 20) * 1000 / rate, through(0, 0, rate));
    }
}
