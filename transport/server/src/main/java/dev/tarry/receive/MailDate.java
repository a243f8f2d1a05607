package dev.tarry.receive;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// The date of RFC 5322 §3.3 as Exchange writes it: `Fri, 5 Aug 2016 16:24:41 -0700`, the day without a zero
/// before it. By hand, because every connection and every message has one.
public final class MailDate {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private MailDate() {}

    /// @param moment in the years 1 to 9999
    /// @param zone   whose wall clock and offset it shows
    public static String format(Instant moment, ZoneId zone) {
        ZonedDateTime at = moment.atZone(zone);
        int day = 3 * (at.getDayOfWeek().getValue() - 1);
        int month = 3 * (at.getMonthValue() - 1);
        int offsetMinutes = Math.abs(at.getOffset().getTotalSeconds()) / 60;
        StringBuilder text = new StringBuilder(31);
        text.append(DAYS, day, day + 3).append(", ").append(at.getDayOfMonth());
        text.append(' ').append(MONTHS, month, month + 3).append(' ');
        twoDigits(text, at.getYear() / 100);
        twoDigits(text, at.getYear() % 100).append(' ');
        twoDigits(text, at.getHour()).append(':');
        twoDigits(text, at.getMinute()).append(':');
        twoDigits(text, at.getSecond());
        text.append(at.getOffset().getTotalSeconds() < 0 ? " -" : " +");
        twoDigits(text, offsetMinutes / 60);
        return twoDigits(text, offsetMinutes % 60).toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
