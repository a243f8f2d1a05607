package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// The queue log: snapshots of the queues (reference §2.1, §8.1).
///
/// @param enabled   whether it is written
/// @param interval  from one snapshot to the next
/// @param threshold delivery queues with fewer messages are left out
public record QueueLogSettings(boolean enabled, LogFileSettings files, Duration interval, int threshold) {

    private static final Setting<Boolean> ENABLED =
            Setting.of("queueLog.enabled", Kinds.SWITCH, "true", "Whether the queue log is written.");
    private static final LogFileSettings.Rows FILES =
            LogFileSettings.Rows.of("queueLog", "QueueLog", "queue log", "logs/Hub/QueueViewer", "7.00:00:00", "200MB");
    private static final Setting<Duration> INTERVAL = Setting.of(
                    "queueLog.interval",
                    Kinds.SPAN,
                    "00:01:00",
                    "How long, in lab time, from one snapshot of the queues to the next (QueueLoggingInterval).")
            .between("00:00:01", "1.00:00:00");
    private static final Setting<Integer> THRESHOLD = Setting.of(
                    "queueLog.threshold",
                    Kinds.COUNT,
                    "10",
                    "Delivery queues with fewer messages are left out of snapshots, unless they are suspended; Submission,"
                            + " Unreachable and Poison are in them when they hold any (QueueLoggingThreshold).")
            .between("1", "1000000");

    static final List<Setting<?>> ROWS = FILES.behind(ENABLED, INTERVAL, THRESHOLD);

    static QueueLogSettings from(Values values) {
        return new QueueLogSettings(values.of(ENABLED), FILES.from(values), values.of(INTERVAL), values.of(THRESHOLD));
    }
}
