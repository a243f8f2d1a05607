package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything at all, true",
        "*, '', true",
        "gmail.com, gmail.com, true",
        "gmail.com, GMAIL.com, true",
        "gmail.com, mail.gmail.com, false",
        "*.gmail.com, mail.gmail.com, true",
        "*.gmail.com, gmail.com, false",
        "8.8.?.8, 8.8.4.8, true",
        "8.8.?.8, 8.8.44.8, false",
        "a*b*c, axxbyyc, true",
        "a*b*c, axxbyy, false",
        "*@*.com, user@x.com, true",
        "a**b, ab, true",
        "?, '', false",
        "a.b, axb, false",
        "'', '', true",
        "'', x, false",
    })
    void a_star_is_any_run_and_a_question_mark_any_one(String pattern, String text, boolean matches) {
        assertEquals(matches, new Glob(pattern).matches(text));
    }

    @Test
    void a_pattern_full_of_stars_costs_no_more_than_pattern_times_text() {
        var glob = new Glob("*a".repeat(400) + "b");
        assertFalse(glob.matches("a".repeat(100_000)));
    }

    @Test
    void a_pattern_of_endless_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Glob("a".repeat(Glob.LENGTH_MAX + 1)));
    }
}
