package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The queue log: snapshots of the queues (reference §2.1, §8.1).
///
/// @param enabled          whether it is written
/// @param path             its folder; a relative one lies in the data folder
/// @param maxAge           files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize      bytes at which a new file is begun
/// @param interval         from one snapshot to the next
/// @param threshold        delivery queues with fewer messages are left out
public record QueueLogSettings(
        boolean enabled,
        Path path,
        Duration maxAge,
        long maxDirectorySize,
        long maxFileSize,
        Duration interval,
        int threshold) {

    private static final Setting<Boolean> ENABLED =
            Setting.of("queueLog.enabled", Kinds.SWITCH, "true", "Whether the queue log is written.");
    private static final Setting<Path> PATH = Setting.of(
                    "queueLog.path",
                    Kinds.PATH,
                    "logs/Hub/QueueViewer",
                    "The folder of the queue log; a relative path lies in the data folder.")
            .exchange("QueueLogPath");
    private static final Setting<Duration> MAX_AGE = Setting.of(
                    "queueLog.maxAge", Kinds.SPAN, "7.00:00:00", "How long the files of the queue log are kept.")
            .between("00:00:01", "24855.00:00:00")
            .exchange("QueueLogMaxAge");
    private static final Setting<Long> MAX_DIRECTORY_SIZE = Setting.of(
                    "queueLog.maxDirectorySize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "200MB",
                    "How large all files of the queue log may grow before the oldest are removed.")
            .between("1MB", "unlimited")
            .exchange("QueueLogMaxDirectorySize");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.of(
                    "queueLog.maxFileSize", Kinds.SIZE, "10MB", "How large one file of the queue log may grow.")
            .between("64KB", "4GB")
            .exchange("QueueLogMaxFileSize");
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

    static final List<Setting<?>> ROWS =
            List.of(ENABLED, PATH, MAX_AGE, MAX_DIRECTORY_SIZE, MAX_FILE_SIZE, INTERVAL, THRESHOLD);

    static QueueLogSettings from(Values values) {
        return new QueueLogSettings(
                values.of(ENABLED),
                values.of(PATH),
                values.of(MAX_AGE),
                values.of(MAX_DIRECTORY_SIZE),
                values.of(MAX_FILE_SIZE),
                values.of(INTERVAL),
                values.of(THRESHOLD));
    }
}
