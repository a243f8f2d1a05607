package dev.tarry.shell.value;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// .NET's ticks of 100 ns, which for a DateTime begin at 0001-01-01 of its own wall clock.
final class DotNetTime {
    static final long TICKS_PER_SECOND = 10_000_000;

    private static final LocalDateTime START = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final long MAX_TICKS = 3_155_378_975_999_999_999L;

    private DotNetTime() {}

    static long ticks(ZonedDateTime date) {
        Duration since = Duration.between(START, date.toLocalDateTime());
        return since.getSeconds() * TICKS_PER_SECOND + since.getNano() / 100;
    }

    static ZonedDateTime date(long ticks, ZoneId zone) {
        if (ticks < 0 || ticks > MAX_TICKS) {
            throw ShellFailure.cannotConvert(
                    ticks,
                    "System.DateTime",
                    "Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.");
        }
        return START.plus(span(ticks)).atZone(zone);
    }

    static Duration span(long ticks) {
        return Duration.ofSeconds(Math.floorDiv(ticks, TICKS_PER_SECOND), Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
    }
}
