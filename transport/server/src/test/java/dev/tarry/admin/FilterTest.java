package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.Property.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {
    private record Thing(
            String name, String status, long count, double rate, Instant moment, long size, Duration span) {}

    private static final PropertyTable<Thing> TABLE = new PropertyTable<>(List.of(
            Property.of("Name", Type.TEXT, Property.TEXTUAL, Thing::name, ""),
            Property.<Thing>of("Status", Type.TEXT, Property.EQUALITY, Thing::status, "")
                    .oneOf(List.of("Ready", "Retry")),
            Property.of("Count", Type.WHOLE, Property.ALL, Thing::count, ""),
            Property.of("Rate", Type.DECIMAL, Property.ALL, Thing::rate, ""),
            Property.of("Moment", Type.MOMENT, Property.ORDER, Thing::moment, ""),
            Property.of("Size", Type.SIZE, Property.ALL, Thing::size, ""),
            Property.of("Span", Type.SPAN, Property.ALL, Thing::span, ""),
            Property.constant("Closed", Type.TEXT, "", "")));

    private static final Thing THING = new Thing(
            "451 4.4.0 DNS query failed",
            "Retry",
            12,
            -0.5,
            Instant.parse("2026-03-04T09:15:00Z"),
            2_000_000,
            Duration.ofSeconds(61));

    private static boolean holds(String filter) {
        Filter<Thing> parsed = Filter.parse(filter, TABLE, ZoneId.of("America/New_York"));
        return parsed.matchesIndex(THING) && parsed.matchesStored(THING);
    }

    private static String refusal(String filter) {
        OperationRefused refused = assertThrows(OperationRefused.class, () -> holds(filter), filter);
        assertEquals(OperationRefused.Reason.INVALID_FILTER, refused.reason());
        return refused.getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Status -eq 'Retry'",
                "status -EQ \"RETRY\"",
                "Status -ne 'Ready'",
                "Name -like '*DNS*'",
                "Name -like '*4.4.0*' -and Status -eq 'Retry' -and Count -gt 10",
                "Name -like '451*failed'",
                "Name -eq '451 4.4.0 dns QUERY failed'",
                "Name -ne $null",
                "Count -ge 12",
                "Count -le '12'",
                "Count -eq 12",
                "Rate -lt 0",
                "Rate -gt -1",
                "Size -gt 1MB",
                "Size -lt '2 MB'",
                "Size -eq 2000000",
                "Size -eq '1.907 MB (2,000,000 bytes)'",
                "Moment -ne $null",
                "Span -ne $null",
                "Status -ne $null -and Count -ne $null",
                "Moment -lt '2026-03-04T09:15:01Z'",
                "Moment -ge '3/4/2026 4:15:00 AM'",
                "Moment -ge '03/04/2026 04:15:00'",
                "Moment -gt '3/4/2026'",
                "Moment -lt '2026-03-04 10:00'",
                "Span -gt '00:01:00'",
                "Span -lt '1.00:00:00'",
                "Span -eq '00:01:01.00'"
            })
    void what_holds_matches(String filter) {
        assertTrue(holds(filter), filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Status -eq 'Ready'",
                "Name -like 'DNS'",
                "Name -like '*dns'",
                "Name -eq $null",
                "Moment -eq $null",
                "Count -gt 12",
                "Status -eq 'Retry' -and Count -lt 12",
                "Moment -gt '3/4/2026 4:15 PM'",
                "Size -gt 2TB"
            })
    void what_does_not_hold_does_not_match(String filter) {
        assertFalse(holds(filter), filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Nope -eq 'x'             | no property 'Nope'",
                "Nope -eq 'x'             | Name, Status, Count",
                "Closed -eq 'x'           | Closed cannot be used in a filter",
                "Status -like 'R*'        | does not work with Status, which takes -eq, -ne",
                "Status -contains 'R'     | '-contains'",
                "Status -eq 'Busy'        | it takes one of Ready, Retry",
                "Status -eq Retry         | 'Retry' at character 12 of the filter must stand in quotes",
                "Count -gt 'many'         | it takes a whole number",
                "Count -gt 99999999999999999999 | it takes a whole number",
                "Rate -gt 'NaN'           | it takes a number",
                "Size -gt 'big'           | a size such as 10KB",
                "Moment -gt '13/45/2026'  | a moment such as",
                "Moment -gt '1/1/2026 13:00 PM' | a moment such as",
                "Span -gt '5 minutes'     | a time span such as",
                "Count -gt $null          | $null can only be compared with -eq and -ne",
                "Status -eq               | ends where a value should come",
                "Status                   | ends where an operator should come",
                "Status -eq 'Retry' -or Count -gt 1 | joined by -and only",
                "Status -eq 'Retry' Count -gt 1     | joined by -and only",
                "Status -eq 'Retry' -and  | ends where a property should come",
                "(Status -eq 'Retry')     | has no '('",
                "Status -eq 'Retry        | is not closed",
                "-eq 'Retry'              | a property's name should come",
                "Status 'Retry'           | an operator should come after Status",
            },
            quoteCharacter = '§')
    void what_is_wrong_is_named_with_what_would_be_right(String filter, String words) {
        assertTrue(refusal(filter.strip()).contains(words.strip()), () -> refusal(filter.strip()));
    }

    @Test
    void a_quote_inside_a_value_is_written_twice() {
        assertFalse(holds("Name -eq 'it''s'"));
        assertFalse(holds("Name -eq \"a\"\"b\""));
    }

    @Test
    void an_empty_or_endless_filter_is_refused() {
        assertTrue(refusal("  ").contains("is empty"));
        assertTrue(refusal("x".repeat(Filter.MAX_CHARACTERS + 1)).contains("at most"));
        String many = "Count -gt 1" + " -and Count -gt 1".repeat(Filter.MAX_CONDITIONS);
        assertTrue(refusal(many).contains("at most " + Filter.MAX_CONDITIONS + " conditions"));
    }

    @Test
    void controls_in_a_filter_do_not_come_back_in_the_message() {
        String words = refusal("\u001b[31m -eq 'x'");
        assertTrue(words.chars().noneMatch(Character::isISOControl), words);
    }

    @Test
    void cutting_a_filter_anywhere_never_breaks_the_reader() {
        String filter = "Name -like '*a''b*' -and Count -gt 10 -and Moment -lt '3/4/2026 1:00 PM' -and Size -eq 1MB";
        for (int end = 0; end < filter.length(); end++) {
            String cut = filter.substring(0, end);
            try {
                Filter.parse(cut, TABLE, ZoneId.of("UTC"));
            } catch (OperationRefused e) {
                assertFalse(e.getMessage().isBlank());
            }
        }
    }

    @Test
    void a_pattern_of_many_stars_takes_no_longer_than_pattern_times_text() {
        assertFalse(Wildcard.matches("*a".repeat(2_000) + "b", "a".repeat(4_000)));
        assertTrue(Wildcard.matches("*", ""));
        assertTrue(Wildcard.matches("ÄB*", "äbc"));
        assertFalse(Wildcard.matches("", "x"));
    }
}
