package dev.tarry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LogTimeTest {
    @Test
    void a_moment_reads_as_exchange_writes_it_both_ways() {
        assertEquals("2016-09-03T20:05:56.123Z", LogTime.text(Instant.parse("2016-09-03T20:05:56.123999Z")));
        assertEquals("0000-01-01T00:00:00.000Z", LogTime.text(Instant.parse("0000-01-01T00:00:00Z")));
        assertEquals("1969-12-31T23:59:59.999Z", LogTime.text(Instant.ofEpochMilli(-1)));
        assertEquals("+10000-01-01T00:00:00.000Z", LogTime.text(Instant.parse("+10000-01-01T00:00:00Z")));
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L);
            String text = LogTime.text(Instant.ofEpochMilli(millis));
            assertEquals(Instant.ofEpochMilli(millis), Instant.parse(text));
            assertEquals(millis, LogTime.millis(text));
        }
    }

    @Test
    void what_is_no_moment_is_none() {
        for (String text : new String[] {
            "",
            "2016-09-03T20:05:56.123",
            "2016-09-03T20:05:56.123Y",
            "2016-13-03T20:05:56.123Z",
            "2016-00-03T20:05:56.123Z",
            "2015-02-29T20:05:56.123Z",
            "1900-02-29T20:05:56.123Z",
            "2016-04-31T20:05:56.123Z",
            "2016-09-03T24:05:56.123Z",
            "2016-09-03T20:60:56.123Z",
            "2016-09-03T20:05:60.123Z",
            "2016-09-03 20:05:56.123Z",
            "201x-09-03T20:05:56.123Z",
            "+2016-9-03T20:05:56.123Z"
        }) {
            assertEquals(LogTime.NONE, LogTime.millis(text), text);
        }
        assertEquals(Instant.parse("2016-02-29T00:00:00Z").toEpochMilli(), LogTime.millis("2016-02-29T00:00:00.000Z"));
    }
}
