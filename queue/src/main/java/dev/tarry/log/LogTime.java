package dev.tarry.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment as logs have it, in UTC and to the millisecond: `2016-09-03T20:05:56.123Z`. By hand, because a log of
/// millions of rows spends most of its time on these. Pure; any thread.
public final class LogTime {
    /// Characters, and octets, of every moment.
    public static final int LENGTH = 24;

    /// What [#millis] answers where there is no moment.
    public static final long NONE = Long.MIN_VALUE;

    private static final long DAY = 86_400_000L;
    private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * DAY;
    private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

    private static final String SHAPE = "0000-00-00T00:00:00.000Z";
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /// For the years that have more than four digits, or a sign.
    private static final DateTimeFormatter FAR = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LogTime() {}

    /// @return [#LENGTH] characters in the years 0 to 9999
    public static String text(Instant moment) {
        long millis = moment.toEpochMilli();
        if (millis < YEAR_0 || millis >= YEAR_10000) {
            return FAR.format(moment);
        }
        char[] out = SHAPE.toCharArray();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
        int rest = (int) Math.floorMod(millis, DAY);
        put(out, 0, 4, date.getYear());
        put(out, 5, 2, date.getMonthValue());
        put(out, 8, 2, date.getDayOfMonth());
        put(out, 11, 2, rest / 3_600_000);
        put(out, 14, 2, rest / 60_000 % 60);
        put(out, 17, 2, rest / 1_000 % 60);
        put(out, 20, 3, rest % 1_000);
        return new String(out);
    }

    private static void put(char[] out, int at, int digits, int number) {
        int left = number;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    /// @return milliseconds since 1970, or [#NONE] if the text is no moment in the years 0 to 9999
    public static long millis(String text) {
        return text.length() == LENGTH ? millis(text.getBytes(StandardCharsets.ISO_8859_1), 0, LENGTH) : NONE;
    }

    /// As the other, of the octets that begin at `from`.
    ///
    /// @param to where the octets end; there may be more than a moment's
    public static long millis(byte[] octets, int from, int to) {
        if (to - from < LENGTH) {
            return NONE;
        }
        for (int i = 0; i < LENGTH; i++) {
            char shape = SHAPE.charAt(i);
            byte octet = octets[from + i];
            if (shape == '0' ? octet < '0' || octet > '9' : octet != shape) {
                return NONE;
            }
        }
        int year = number(octets, from, 4);
        int month = number(octets, from + 5, 2);
        int day = number(octets, from + 8, 2);
        int hour = number(octets, from + 11, 2);
        int minute = number(octets, from + 14, 2);
        int second = number(octets, from + 17, 2);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1] + (leap && month == 2 ? 1 : 0)) {
            return NONE;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        return LocalDate.of(year, month, day).toEpochDay() * DAY
                + ((hour * 60L + minute) * 60 + second) * 1_000
                + number(octets, from + 20, 3);
    }

    private static int number(byte[] octets, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            number = number * 10 + octets[i] - '0';
        }
        return number;
    }
}
