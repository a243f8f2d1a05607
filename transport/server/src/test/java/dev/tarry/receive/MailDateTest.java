package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class MailDateTest {
    private static final DateTimeFormatter AS_THE_JDK_SAYS =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    @Test
    void a_date_is_written_as_exchange_writes_it() {
        assertEquals(
                "Fri, 5 Aug 2016 16:24:41 -0700",
                MailDate.format(Instant.parse("2016-08-05T23:24:41.9Z"), ZoneId.of("America/Los_Angeles")));
        assertEquals(
                "Sat, 31 Dec 2016 23:59:59 +0000",
                MailDate.format(Instant.parse("2016-12-31T23:59:59Z"), ZoneOffset.UTC));
    }

    @Test
    void every_day_month_and_offset_is_what_the_jdk_says() {
        List<ZoneId> zones = List.of(
                ZoneOffset.UTC,
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("Asia/Kathmandu"),
                ZoneId.of("America/St_Johns"),
                ZoneId.of("Pacific/Kiritimati"),
                ZoneOffset.ofHoursMinutesSeconds(-0, -30, 0),
                ZoneOffset.ofHoursMinutesSeconds(-3, -59, -59));
        long step = 86_400 * 5 + 3_723;
        long last = Instant.parse("2031-01-01T00:00:00Z").getEpochSecond();
        for (long second = Instant.parse("1969-01-01T00:00:00Z").getEpochSecond(); second < last; second += step) {
            Instant moment = Instant.ofEpochSecond(second);
            for (ZoneId zone : zones) {
                assertEquals(AS_THE_JDK_SAYS.format(moment.atZone(zone)), MailDate.format(moment, zone));
            }
        }
    }
}
