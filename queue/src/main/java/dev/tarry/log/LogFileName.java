package dev.tarry.log;

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
/// @param prefix which log
/// @param hour   its beginning
/// @param number 1 or more
public record LogFileName(String prefix, Instant hour, int number) implements Comparable<LogFileName> {
    private static final Pattern NAME = Pattern.compile("([A-Z]+)(\\d{10})-(\\d{1,9})\\.LOG");
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuuMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Comparator<LogFileName> ORDER = Comparator.comparing(LogFileName::prefix)
            .thenComparing(LogFileName::hour)
            .thenComparing(LogFileName::number);

    /// Threads hand entries over in slightly different order than they happened: a file may hold some this much older
    /// than its hour.
    static final Duration LATENESS = Duration.ofHours(1);

    static Instant hourOf(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS);
    }

    /// @return empty if it is no name of a file of this log
    static Optional<LogFileName> parse(String prefix, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || !matcher.group(1).equals(prefix)) {
            return Optional.empty();
        }
        try {
            Instant hour = LocalDateTime.parse(matcher.group(2), HOUR).toInstant(ZoneOffset.UTC);
            return Optional.of(new LogFileName(prefix, hour, Integer.parseInt(matcher.group(3))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// No entry in it is earlier.
    public Instant earliest() {
        return hour.minus(LATENESS);
    }

    /// All entries in it are earlier.
    public Instant end() {
        return hour.plus(1, ChronoUnit.HOURS);
    }

    /// Whether an entry of that moment may stand in it.
    boolean holds(Instant moment) {
        return !moment.isBefore(earliest()) && moment.isBefore(end());
    }

    @Override
    public int compareTo(LogFileName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return prefix + HOUR.format(hour) + "-" + number + ".LOG";
    }
}
