package dev.tarry.tracking;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `MSGTRK2022091915-1.LOG`: an hour in UTC and a number in that hour (reference §8.1).
///
/// @param hour   its beginning
/// @param number 1 or more
record LogFileName(Instant hour, int number) implements Comparable<LogFileName> {
    private static final Pattern NAME = Pattern.compile("MSGTRK(\\d{10})-(\\d{1,9})\\.LOG");
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuuMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Comparator<LogFileName> ORDER =
            Comparator.comparing(LogFileName::hour).thenComparing(LogFileName::number);

    /// Threads hand events over in slightly different order than they happened: a file may hold some this much older
    /// than its hour.
    static final Duration LATENESS = Duration.ofHours(1);

    static Instant hourOf(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS);
    }

    static Optional<LogFileName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Instant hour = LocalDateTime.parse(matcher.group(1), HOUR).toInstant(ZoneOffset.UTC);
            return Optional.of(new LogFileName(hour, Integer.parseInt(matcher.group(2))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// No event in it is earlier.
    Instant earliest() {
        return hour.minus(LATENESS);
    }

    /// All events in it are earlier.
    Instant end() {
        return hour.plus(1, ChronoUnit.HOURS);
    }

    /// Whether an event of that moment may stand in it.
    boolean holds(Instant moment) {
        return !moment.isBefore(earliest()) && moment.isBefore(end());
    }

    @Override
    public int compareTo(LogFileName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "MSGTRK" + HOUR.format(hour) + "-" + number + ".LOG";
    }
}
