package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A hundred seeds in the normal run; `-Dtarry.seeds=10000` for more, `-Dtarry.firstSeed=…` to begin elsewhere.
final class WeatherTest {
    private static final long SEEDS = Long.getLong("tarry.seeds", 100);
    private static final long FIRST = Long.getLong("tarry.firstSeed", 1);

    private static LongStream seeds(long count) {
        return LongStream.range(FIRST, FIRST + count);
    }

    @TestFactory
    Stream<DynamicTest> every_promise_is_kept_in_bad_weather() {
        return seeds(SEEDS)
                .mapToObj(
                        seed -> DynamicTest.dynamicTest("seed " + seed, () -> new FortyEightHours(seed, false).run()));
    }

    @TestFactory
    Stream<DynamicTest> every_promise_is_kept_through_power_cuts() {
        return seeds(SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new FortyEightHours(seed, true).run()));
    }

    @TestFactory
    Stream<DynamicTest> every_promise_is_kept_while_an_operator_changes_settings() {
        return seeds(Math.ceilDiv(SEEDS * 2, 5))
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> new FortyEightHours(seed, seed % 2 == 0, true).run()));
    }

    @TestFactory
    Stream<DynamicTest> the_same_seed_gives_the_same_transcript() {
        return seeds(Math.min(SEEDS, 5))
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed,
                        () -> assertEquals(
                                new FortyEightHours(seed, true, true).run(),
                                new FortyEightHours(seed, true, true).run())));
    }
}
