package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "00:05:00, PT5M",
        "2.00:00:00, PT48H",
        "1.02:03:04, PT26H3M4S",
        "00:05, PT5M",
        "00:00:00, PT0S",
        "00:00:00.5, PT0.5S",
        "00:00:00.0000001, PT0.0000001S",
        "5m, PT5M",
        "48h, PT48H",
        "2d, PT48H",
        "90S, PT1M30S",
        "250ms, PT0.25S",
        "PT5M, PT5M",
        "P2D, PT48H"
    })
    void a_span_may_be_written_as_people_write_it(String text, Duration meant) {
        assertEquals(meant, Spans.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "soon",
                "-5m",
                "-00:05:00",
                "24:00:00",
                "00:60:00",
                "00:00:60",
                "1.5h",
                "PT-5M",
                "::",
                "P"
            })
    void what_could_mean_two_things_or_none_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Spans.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"00:05:00, 00:05:00", "48h, 2.00:00:00", "250ms, 00:00:00.2500000", "0s, 00:00:00", "P20D, 20.00:00:00"
    })
    void a_span_prints_as_exchange_prints_it_and_reads_back(String text, String printed) {
        Duration span = Spans.parse(text);

        assertEquals(printed, Spans.print(span));
        assertEquals(span, Spans.parse(Spans.print(span)));
    }
}
