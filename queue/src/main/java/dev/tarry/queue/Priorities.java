package dev.tarry.queue;

import java.time.Duration;
import java.util.List;

/// Priority queuing (reference §2.1, §9.6): High leaves before Normal before Low, and each priority has its own times
/// and its own share of the connections to a next hop.
///
/// @param on           if not, the rest is ignored, and mail leaves in order of arrival
/// @param levels       of High, Normal and Low
/// @param maxHighBytes a larger message of High priority counts as Normal
public record Priorities(boolean on, List<Level> levels, long maxHighBytes) {
    /// Exchange's values, and off.
    public static final Priorities OFF = new Priorities(
            false,
            List.of(
                    new Level(Duration.ofHours(8), Duration.ofMinutes(30), 3),
                    new Level(Duration.ofDays(2), Duration.ofHours(4), 15),
                    new Level(Duration.ofDays(2), Duration.ofHours(8), 2)),
            250 * 1024);

    /// Stands for whatever priority comes, where connections are not divided.
    static final int ANY = -1;

    /// There is nothing to be done for any.
    static final int NONE = -2;

    static final int COUNT = 3;

    /// @param expirationTimeout        lifetime from receipt
    /// @param delayNotificationTimeout how long after receipt the sender hears that it is late
    /// @param connections              connections of a queue that carry this priority, at least 1
    public record Level(Duration expirationTimeout, Duration delayNotificationTimeout, int connections) {}

    /// @throws IllegalArgumentException if there are not three levels
    public Priorities {
        levels = List.copyOf(levels);
        if (levels.size() != COUNT) {
            throw new IllegalArgumentException("High, Normal and Low: three levels, not " + levels.size());
        }
    }

    Level of(int priority) {
        return levels.get(priority);
    }
}
