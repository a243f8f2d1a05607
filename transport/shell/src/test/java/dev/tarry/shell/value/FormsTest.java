package dev.tarry.shell.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZonedDateTime EVENING = ZonedDateTime.of(2016, 9, 3, 23, 50, 5, 7_000_000, BERLIN);

    @Test
    void dates_print_in_american_style_and_json_in_utc() {
        assertEquals("9/3/2016 11:50:05 PM", DateForm.display(EVENING));
        assertEquals("9/4/2016 12:00:05 AM", DateForm.display(EVENING.plusMinutes(10)));
        assertEquals("09/03/2016 23:50:05", DateForm.invariant(EVENING));
        assertEquals("Saturday, September 3, 2016 11:50:05 PM", DateForm.spoken(EVENING));
        assertEquals("2016-09-03T21:50:05.007Z", DateForm.iso(EVENING));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            yyyy-MM-dd HH:mm:ss | 2016-09-03 23:50:05
            d                   | 9/3/2016
            t                   | 11:50 PM
            g                   | 9/3/2016 11:50 PM
            s                   | 2016-09-03T23:50:05
            o                   | 2016-09-03T23:50:05.0070000+02:00
            ddd d MMM yy h:m t  | Sat 3 Sep 16 11:50 P
            'day' d 'at' HH.mm  | day 3 at 23.50
            HH:mm:ss.fff zzz    | 23:50:05.007 +02:00
            """)
    void formats_are_those_of_dot_net(String format, String expected) {
        assertEquals(expected, DateForm.formatted(EVENING, format));
    }

    @Test
    void a_format_that_is_not_done_here_is_refused() {
        assertThrows(ShellFailure.class, () -> DateForm.formatted(EVENING, "yyyy g"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9/3/2016                   | 2016-09-02T22:00:00Z
            9/3/2016 11:50 PM          | 2016-09-03T21:50:00Z
            9/3/2016 12:00:05 AM       | 2016-09-02T22:00:05Z
            9/3/2016 23:50             | 2016-09-03T21:50:00Z
            2016-09-03                 | 2016-09-02T22:00:00Z
            2016-09-03 01:02           | 2016-09-02T23:02:00Z
            2016-09-03T01:02:03.5Z     | 2016-09-03T01:02:03.5Z
            2016-09-03T01:02:03+05:30  | 2016-09-02T19:32:03Z
            """)
    void dates_are_read_in_local_time_unless_they_say_otherwise(String text, Instant expected) {
        assertEquals(expected, DateForm.parse(text, BERLIN).orElseThrow().toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "13/1/2016",
                "2/30/2016",
                "9/3",
                "9/3/2016 25:00",
                "9/3/2016 13:00 PM",
                "2016-09-03T01:02 noon",
                "2016-09-03x"
            })
    void what_is_no_date_is_none(String text) {
        assertEquals(Optional.empty(), DateForm.parse(text, BERLIN));
    }

    @ParameterizedTest
    @CsvSource({
        "2.00:00:00, PT48H",
        "48:00:00, PT48H",
        "00:05, PT5M",
        "1.02:03:04.5, PT26H3M4.5S",
        "-00:00:01, PT-1S",
        "PT48H, PT48H",
        "2, PT48H"
    })
    void spans_are_read(String text, Duration expected) {
        assertEquals(Optional.of(expected), SpanForm.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1:2:3:4", "00:60", "00:00:60", "1.24:00:00", "1.5", ":", "99999999999:00", "1.:00"})
    void what_is_no_span_is_none(String text) {
        assertEquals(Optional.empty(), SpanForm.parse(text));
    }

    @Test
    void spans_print_with_days_and_ticks_where_there_are_any() {
        assertEquals("2.00:00:00", SpanForm.of(Duration.ofDays(2)));
        assertEquals("00:00:01.2500000", SpanForm.of(Duration.ofMillis(1250)));
        assertEquals("-01:00:00", SpanForm.of(Duration.ofHours(-1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3539        | 3.456 KB (3,539 bytes)
            0           | 0 B (0 bytes)
            1023        | 1023 B (1,023 bytes)
            10485760    | 10 MB (10,485,760 bytes)
            37748736    | 36 MB (37,748,736 bytes)
            """)
    void sizes_print_as_exchange_prints_them_and_are_read_back(long bytes, String text) {
        assertEquals(text, new ByteSize(bytes).toString());
        assertEquals(Optional.of(new ByteSize(bytes)), ByteSize.parse(text));
    }

    @Test
    void sizes_are_read_with_units_and_nothing_else_is() {
        assertEquals(Optional.of(new ByteSize(10 << 20)), ByteSize.parse("10 MB"));
        assertEquals(Optional.empty(), ByteSize.parse("big"));
        assertEquals(Optional.empty(), ByteSize.parse("-5"));
    }

    @ParameterizedTest
    @CsvSource({
        "*DNS*, 451 4.4.0 dns query failed, true",
        "*DNS*, no, false",
        "*, '', true",
        "a?c, abc, true",
        "a?c, ac, false",
        "[a-c]x, Bx, true",
        "[a-c]x, dx, false",
        "a`*c, a*c, true",
        "a`*c, abc, false",
        "*.com, x.com, true",
        "*.com, x.comm, false",
        "a*b*c, axxbyyc, true"
    })
    void wildcards_match_as_power_shells(String pattern, String text, boolean matches) {
        assertEquals(matches, new Wildcard(pattern, false).matches(text));
    }

    @Test
    void a_nasty_wildcard_takes_no_longer_than_text_times_pattern() {
        String text = "a".repeat(20_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertFalse(new Wildcard("*a*a*a*a*a*a*a*b", false).matches(text)));
        assertThrows(ShellFailure.class, () -> new Wildcard("[abc", false).matches("x"));
        assertFalse(new Wildcard("ABC", true).matches("abc"));
    }

    @Test
    void values_become_text_as_in_strings_and_as_in_tables() {
        Row row = new Row("Selected.Queue").with("A", 1L).with("B", null);
        assertEquals("", TextForm.of(null));
        assertEquals("True", TextForm.of(true));
        assertEquals("0.1", TextForm.of(0.1));
        assertEquals("2", TextForm.of(2.0));
        assertEquals("1E+20", TextForm.of(1e20));
        assertEquals("1 2", TextForm.of(List.of(1L, 2L)));
        assertEquals("{1, 2}", TextForm.display(List.of(1L, 2L)));
        assertEquals("{}", TextForm.display(List.of()));
        assertEquals("@{A=1; B=}", TextForm.of(row));
        assertEquals("MAIL\\4", TextForm.of(new Row("Queue").with("Identity", "MAIL\\4")));
        List<Object> many = List.copyOf(java.util.Collections.nCopies(17, "x"));
        assertTrue(TextForm.display(many).endsWith(", x...}"));
    }

    @Test
    void a_row_ignores_case_and_fetches_on_demand_only() {
        int[] fetched = {0};
        Row row = new Row("R").with("Identity", 1L).withOnDemand("Content", () -> "c" + ++fetched[0]);
        assertEquals(1L, row.get("IDENTITY"));
        assertEquals(List.of("Identity"), row.names());
        assertEquals(0, fetched[0]);
        assertTrue(row.has("content"));
        assertEquals("c1", row.get("content"));
        assertFalse(row.has("other"));
    }

    @Test
    void json_moments_do_not_depend_on_the_zone() {
        ZonedDateTime utc = EVENING.withZoneSameInstant(ZoneOffset.UTC);
        assertEquals(DateForm.iso(EVENING), DateForm.iso(utc));
    }
}
