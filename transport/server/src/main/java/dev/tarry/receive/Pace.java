package dev.tarry.receive;

import java.time.Duration;

/// How fast a client must be, at least; on wire time. Time in which it is we who hold it up does not count.
///
/// @param commandTimeout        from a command's first octet to its end
/// @param minDataBytesPerSecond of a message's octets; 0 or more. Who is slower lags behind, and is cut off when the
///                              connector's inactivity time-out is used up; being faster for a while makes up for no
///                              more than that
public record Pace(Duration commandTimeout, int minDataBytesPerSecond) {
    /// What the settings say unless told otherwise.
    public static final Pace USUAL = new Pace(Duration.ofMinutes(1), 500);

    public Pace {
        if (!commandTimeout.isPositive() || minDataBytesPerSecond < 0) {
            throw new IllegalArgumentException("a command may take some time, and no rate is less than 0");
        }
    }

    /// The time that so many octets make up for.
    Duration worth(long bytes) {
        return minDataBytesPerSecond == 0
                ? Duration.ofNanos(Long.MAX_VALUE)
                : Duration.ofNanos(
                        Math.multiplyExact(Math.min(bytes, 1L << 32), 1_000_000_000L) / minDataBytesPerSecond);
    }
}
