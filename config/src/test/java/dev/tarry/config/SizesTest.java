package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "36MB|37748736",
                "36 MB|37748736",
                "36 MB (37,748,736 bytes)|37748736",
                "256kb|262144",
                "1GB|1073741824",
                "1000|1000",
                "7B|7",
                "0|0"
            })
    void a_size_may_be_written_in_bytes_or_units_of_1024(String text, long bytes) {
        assertEquals(bytes, Sizes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5MB", "36 megabytes", "99999999999999999TB", "9999999999999999999"})
    void what_is_no_size_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"37748736, 36MB", "262144, 256KB", "1000, 1000B", "0, 0B", "1099511627776, 1TB"})
    void a_size_prints_in_the_largest_whole_unit_and_reads_back(long bytes, String printed) {
        assertEquals(printed, Sizes.print(bytes));
        assertEquals(bytes, Sizes.parse(printed));
    }
}
