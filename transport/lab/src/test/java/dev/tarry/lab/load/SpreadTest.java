package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpreadTest {
    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "10KiB, 10240",
        "10K, 10240",
        "10KB, 10240",
        "10240, 10240",
        "512B, 512",
        "1MiB, 1048576",
        "constant:7, 7",
        "1g, 1073741824"
    })
    void a_size_is_said_in_many_ways(String text, long bytes) {
        assertEquals(bytes, drawn(text, Spread.Of.SIZES).max().orElseThrow());
        assertEquals(bytes, drawn(text, Spread.Of.SIZES).min().orElseThrow());
    }

    @Test
    void uniform_reaches_both_ends_and_nothing_beyond() {
        assertEquals(3, drawn("uniform:3..5", Spread.Of.RECIPIENTS).min().orElseThrow());
        assertEquals(5, drawn("uniform:3..5", Spread.Of.RECIPIENTS).max().orElseThrow());
        assertEquals(3, drawn("uniform:3..5", Spread.Of.RECIPIENTS).distinct().count());
    }

    @Test
    void exponential_has_the_mean_that_was_asked_for() {
        double mean = drawn("exponential:10KiB", Spread.Of.SIZES).average().orElseThrow();
        assertEquals(10_240, mean, 300);
    }

    @Test
    void lognormal_has_the_median_that_was_asked_for_and_a_long_tail() {
        var sizes = drawn("lognormal:10KiB:1.5", Spread.Of.SIZES).sorted().toArray();
        assertEquals(10_240, sizes[DRAWS / 2], 600);
        assertTrue(sizes[DRAWS - 1] > 20 * 10_240, "no tail");
        assertTrue(sizes[0] < 1_024, "no small ones");
    }

    @Test
    void choice_goes_by_weight() {
        var counts = counts("choice:1=90,2=9,3");
        assertEquals(DRAWS * 0.90, counts.get(1L), DRAWS * 0.02);
        assertEquals(DRAWS * 0.09, counts.get(2L), DRAWS * 0.02);
        assertEquals(DRAWS * 0.01, counts.get(3L), DRAWS * 0.005);
    }

    @Test
    void zipf_has_the_second_half_as_often_as_the_first() {
        var counts = counts("zipf:100");
        assertEquals(0.5, (double) counts.get(2L) / counts.get(1L), 0.05);
        assertTrue(counts.lastKey() > 90);
        assertEquals(
                0.25,
                (double) counts("zipf:100:2").get(2L) / counts("zipf:100:2").get(1L),
                0.03);
    }

    @Test
    void a_file_gives_its_lines(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("sizes.txt"), "# seen in March\n1KiB\n\n2KiB\n");
        assertEquals(2, drawn("file:" + file, Spread.Of.SIZES).distinct().count());
        assertEquals(2_048, drawn("file:" + file, Spread.Of.SIZES).max().orElseThrow());
    }

    @Test
    void what_is_drawn_stays_within_bounds() {
        assertEquals(1_000, drawn("exponential:900", Spread.Of.RECIPIENTS).max().orElseThrow());
        assertEquals(1, drawn("exponential:1", Spread.Of.RECIPIENTS).min().orElseThrow());
    }

    @Test
    void the_same_seed_draws_the_same_and_another_seed_something_else() {
        var spread = Spread.parse("--size", "lognormal:10KiB:2", Spread.Of.SIZES);
        assertEquals(spread.draw(dice(7, 3)), spread.draw(dice(7, 3)));
        assertNotEquals(spread.draw(dice(7, 3)), spread.draw(dice(8, 3)));
        assertNotEquals(spread.draw(dice(7, 3)), spread.draw(dice(7, 4)));
        // The same on every machine, and in every version: who reports a seed reports these.
        assertEquals(2_607, spread.draw(dice(7, 0)));
        assertEquals(973, spread.draw(dice(7, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-1",
                "0",
                "10XB",
                "999999999999999G",
                "uniform:5..3",
                "uniform:1",
                "uniform:1..2..3",
                "exponential:",
                "lognormal:10KiB",
                "lognormal:10KiB:x",
                "lognormal:10KiB:-1",
                "lognormal:10KiB:NaN",
                "choice:",
                "choice:1KiB=0",
                "choice:1KiB=,2",
                "choice:1,,2",
                "zipf:0",
                "zipf:10:1:1",
                "zipf:1000001",
                "gaussian:1:2",
                "file:/nowhere/at/all"
            })
    void nonsense_is_refused_with_what_would_be_right(String text) {
        var bad = assertThrows(BadLoad.class, () -> Spread.parse("--size", text, Spread.Of.SIZES));
        assertTrue(
                bad.getMessage().matches("--size is '.*'; .*(needed|number|first|at most|above 0).*"),
                bad.getMessage());
    }

    @Test
    void recipients_have_no_unit_and_no_more_than_a_thousand() {
        assertThrows(BadLoad.class, () -> Spread.parse("--recipients", "1KiB", Spread.Of.RECIPIENTS));
        var bad = assertThrows(BadLoad.class, () -> Spread.parse("--recipients", "1001", Spread.Of.RECIPIENTS));
        assertEquals("--recipients is '1001'; a whole number from 1 to 1000 is needed", bad.getMessage());
    }

    @Test
    void what_was_given_cannot_forge_a_line() {
        var bad = assertThrows(BadLoad.class, () -> Spread.parse("--size", "1\r\nok\u001b[2J", Spread.Of.SIZES));
        assertTrue(bad.getMessage().startsWith("--size is '1??ok?[2J';"), bad.getMessage());
    }

    private static Dice dice(long seed, long message) {
        return new Dice(seed, message, Dice.Purpose.SIZE);
    }

    private static LongStream drawn(String text, Spread.Of of) {
        var spread = Spread.parse("--it", text, of);
        return LongStream.range(0, DRAWS).map(message -> spread.draw(dice(1, message)));
    }

    private static TreeMap<Long, Long> counts(String text) {
        var counts = new TreeMap<Long, Long>(Map.of());
        drawn(text, Spread.Of.RECIPIENTS).forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }
}
