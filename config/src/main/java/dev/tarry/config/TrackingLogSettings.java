package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The message tracking log (reference §8.1).
///
/// @param enabled         whether it is written
/// @param path            its folder; a relative one lies in the data folder
/// @param maxAge          files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize     bytes at which a new file is begun
/// @param subjectLogging  whether subjects are written
/// @param deferPerAttempt whether each failed attempt is a DEFER line, not just the first of a Retry episode and each
///                        change of the error
public record TrackingLogSettings(
        boolean enabled,
        Path path,
        Duration maxAge,
        long maxDirectorySize,
        long maxFileSize,
        boolean subjectLogging,
        boolean deferPerAttempt) {

    private static final Setting<Boolean> ENABLED = Setting.of(
                    "trackingLog.enabled", Kinds.SWITCH, "true", "Whether the message tracking log is written.")
            .exchange("MessageTrackingLogEnabled");
    private static final Setting<Path> PATH = Setting.of(
                    "trackingLog.path",
                    Kinds.PATH,
                    "logs/MessageTracking",
                    "The folder of the message tracking log; a relative path lies in the data folder.")
            .exchange("MessageTrackingLogPath");
    private static final Setting<Duration> MAX_AGE = Setting.of(
                    "trackingLog.maxAge",
                    Kinds.SPAN,
                    "30.00:00:00",
                    "How long the files of the message tracking log are kept.")
            .between("00:00:01", "24855.00:00:00")
            .exchange("MessageTrackingLogMaxAge");
    private static final Setting<Long> MAX_DIRECTORY_SIZE = Setting.of(
                    "trackingLog.maxDirectorySize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "1000MB",
                    "How large all files of the message tracking log may grow before the oldest are removed.")
            .between("1MB", "unlimited")
            .exchange("MessageTrackingLogMaxDirectorySize");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.of(
                    "trackingLog.maxFileSize",
                    Kinds.SIZE,
                    "10MB",
                    "How large one file of the message tracking log may grow.")
            .between("64KB", "4GB")
            .exchange("MessageTrackingLogMaxFileSize");
    private static final Setting<Boolean> SUBJECTS = Setting.of(
                    "trackingLog.subjectLoggingEnabled",
                    Kinds.SWITCH,
                    "true",
                    "Whether the message tracking log shows subjects.")
            .exchange("MessageTrackingLogSubjectLoggingEnabled");
    private static final Setting<Boolean> PER_ATTEMPT = Setting.of(
            "trackingLog.deferPerAttempt",
            Kinds.SWITCH,
            "false",
            "Whether every failed attempt writes a DEFER line, not just the first and those with another error.");

    static final List<Setting<?>> ROWS =
            List.of(ENABLED, PATH, MAX_AGE, MAX_DIRECTORY_SIZE, MAX_FILE_SIZE, SUBJECTS, PER_ATTEMPT);

    static TrackingLogSettings from(Values values) {
        return new TrackingLogSettings(
                values.of(ENABLED),
                values.of(PATH),
                values.of(MAX_AGE),
                values.of(MAX_DIRECTORY_SIZE),
                values.of(MAX_FILE_SIZE),
                values.of(SUBJECTS),
                values.of(PER_ATTEMPT));
    }
}
