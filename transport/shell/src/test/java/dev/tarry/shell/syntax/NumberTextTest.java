package dev.tarry.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "-7, -7",
        "+7, 7",
        "0x1F, 31",
        "-0x10, -16",
        "1kb, 1024",
        "10MB, 10485760",
        "2Gb, 2147483648",
        "1.5KB, 1536",
        "9223372036854775807, 9223372036854775807",
        "5l, 5",
        "0xFFFFFFFF, -1",
        "0xFFFFFFFFFFFFFFFF, -1",
        "0xFFFFFFFFL, 4294967295",
        "1TB, 1099511627776",
        "2PB, 2251799813685248",
        "1lkb, 1024"
    })
    void whole_numbers_are_longs(String text, long value) {
        assertEquals(Optional.of(value), NumberText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", ".5, 0.5", "1e3, 1000", "1.5E-2, 0.015", "-2.25, -2.25"})
    void others_are_doubles(String text, double value) {
        assertEquals(Optional.of(value), NumberText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1.5d, 1.5", "2d, 2", "9223372036854775808, 9223372036854775808", "1.50D, 1.50"})
    void marked_and_large_ones_are_decimals(String text, BigDecimal value) {
        assertEquals(Optional.of(value), NumberText.parse(text));
    }

    /// Written out, their digits would fill the memory.
    @ParameterizedTest
    @CsvSource({"1e-999999999d", "0e-999999999d", "-1e-2147483647d", "1e-29d"})
    void a_decimal_has_28_places(String text) {
        assertEquals(Optional.of(new BigDecimal("0e-28")), NumberText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999d", "1e-99999999999d", "1e99999999999999999999d"})
    void what_a_decimal_cannot_hold_is_no_number(String text) {
        assertEquals(Optional.empty(), NumberText.parse(text));
    }

    @Test
    void what_is_too_large_for_a_decimal_is_a_double() {
        assertEquals(Optional.of(1e30), NumberText.parse("1" + "0".repeat(30)));
        assertEquals(Optional.empty(), NumberText.parse("1" + "0".repeat(30) + "d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "a",
                "1a",
                "1..2",
                "8.8.8.8",
                "1 ",
                " 1",
                "0x",
                "kb",
                "1,5",
                "--1",
                "1.2.3",
                "2.00:00:00"
            })
    void the_rest_is_no_number(String text) {
        assertEquals(Optional.empty(), NumberText.parse(text));
    }

    @Test
    void an_endless_digit_row_is_no_number() {
        assertEquals(Optional.empty(), NumberText.parse("1".repeat(100_000)));
    }

    @Test
    void a_decimal_whose_exponent_no_number_has_is_none_and_one_that_is_too_small_is_zero() {
        for (String none : List.of("1e9999999999999d", "-1e-9999999999999d", "1e2147483647d", "1e29d")) {
            assertEquals(Optional.empty(), NumberText.parse(none), none);
        }
        for (String nothing : List.of("1e-2147483647d", "4e-29d", "0e2147483647d")) {
            assertEquals(0, ((BigDecimal) NumberText.parse(nothing).orElseThrow()).signum(), nothing);
        }
        assertEquals(Optional.of(new BigDecimal("0.00")), NumberText.parse("0.00d"));
        assertEquals(Optional.of(new BigDecimal("1E-28")), NumberText.parse("1e-28d"));
    }
}
