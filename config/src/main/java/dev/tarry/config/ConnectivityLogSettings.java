package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The connectivity log: each attempt to reach a next hop (reference §8.1, §8.6).
///
/// @param enabled          whether it is written
/// @param path             its folder; a relative one lies in the data folder
/// @param maxAge           files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize      bytes at which a new file is begun
public record ConnectivityLogSettings(
        boolean enabled, Path path, Duration maxAge, long maxDirectorySize, long maxFileSize) {

    private static final Setting<Boolean> ENABLED = Setting.of(
                    "connectivityLog.enabled", Kinds.SWITCH, "true", "Whether the connectivity log is written.")
            .exchange("ConnectivityLogEnabled");
    private static final Setting<Path> PATH = Setting.of(
                    "connectivityLog.path",
                    Kinds.PATH,
                    "logs/Hub/Connectivity",
                    "The folder of the connectivity log; a relative path lies in the data folder.")
            .exchange("ConnectivityLogPath");
    private static final Setting<Duration> MAX_AGE = Setting.of(
                    "connectivityLog.maxAge",
                    Kinds.SPAN,
                    "30.00:00:00",
                    "How long the files of the connectivity log are kept.")
            .between("00:00:01", "24855.00:00:00")
            .exchange("ConnectivityLogMaxAge");
    private static final Setting<Long> MAX_DIRECTORY_SIZE = Setting.of(
                    "connectivityLog.maxDirectorySize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "1000MB",
                    "How large all files of the connectivity log may grow before the oldest are removed.")
            .between("1MB", "unlimited")
            .exchange("ConnectivityLogMaxDirectorySize");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.of(
                    "connectivityLog.maxFileSize",
                    Kinds.SIZE,
                    "10MB",
                    "How large one file of the connectivity log may grow.")
            .between("64KB", "4GB")
            .exchange("ConnectivityLogMaxFileSize");

    static final List<Setting<?>> ROWS = List.of(ENABLED, PATH, MAX_AGE, MAX_DIRECTORY_SIZE, MAX_FILE_SIZE);

    static ConnectivityLogSettings from(Values values) {
        return new ConnectivityLogSettings(
                values.of(ENABLED),
                values.of(PATH),
                values.of(MAX_AGE),
                values.of(MAX_DIRECTORY_SIZE),
                values.of(MAX_FILE_SIZE));
    }
}
