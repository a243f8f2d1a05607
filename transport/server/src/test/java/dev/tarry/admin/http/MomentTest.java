package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MomentTest {
    private static final DateTimeFormatter RIGHT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Test
    void moments_are_iso_8601_in_utc_to_the_millisecond() {
        assertEquals("2026-03-02T08:00:00.000Z", Json.moment(Instant.parse("2026-03-02T08:00:00Z")));
        assertEquals("2026-12-31T23:59:59.999Z", Json.moment(Instant.parse("2026-12-31T23:59:59.999999999Z")));
        assertEquals("0012-01-02T03:04:05.006Z", Json.moment(Instant.parse("0012-01-02T03:04:05.006Z")));
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            Instant moment = Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 300_000_000_000_000L));
            assertEquals(RIGHT.format(moment), Json.moment(moment));
        }
    }
}
