package dev.tarry.receive;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The date of RFC 5322 §3.3 as Exchange writes it: `Fri, 5 Aug 2016 16:24:41 -0700`, the day without a zero
/// before it.
public final class MailDate {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    private MailDate() {}

    /// @param zone whose wall clock and offset it shows
    public static String format(Instant moment, ZoneId zone) {
        return FORMAT.format(moment.atZone(zone));
    }
}
