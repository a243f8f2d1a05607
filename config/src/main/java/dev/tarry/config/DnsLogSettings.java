package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The DNS log: each query of the server's (reference §4.1, §8.1).
///
/// @param enabled          whether it is written
/// @param path             its folder; a relative one lies in the data folder; absent: nothing is written
/// @param maxAge           files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize      bytes at which a new file is begun
public record DnsLogSettings(
        boolean enabled, Optional<Path> path, Duration maxAge, long maxDirectorySize, long maxFileSize) {

    private static final Setting<Boolean> ENABLED = Setting.of(
                    "dnsLog.enabled",
                    Kinds.SWITCH,
                    "false",
                    "Whether the DNS log is written, which needs a folder too.")
            .exchange("DnsLogEnabled");
    private static final Setting<Optional<Path>> PATH = Setting.of(
                    "dnsLog.path",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The folder of the DNS log; a relative path lies in the data folder; without one, nothing is written.")
            .exchange("DnsLogPath");
    private static final Setting<Duration> MAX_AGE = Setting.of(
                    "dnsLog.maxAge", Kinds.SPAN, "7.00:00:00", "How long the files of the DNS log are kept.")
            .between("00:00:01", "24855.00:00:00")
            .exchange("DnsLogMaxAge");
    private static final Setting<Long> MAX_DIRECTORY_SIZE = Setting.of(
                    "dnsLog.maxDirectorySize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "100MB",
                    "How large all files of the DNS log may grow before the oldest are removed.")
            .between("1MB", "unlimited")
            .exchange("DnsLogMaxDirectorySize");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.of(
                    "dnsLog.maxFileSize", Kinds.SIZE, "10MB", "How large one file of the DNS log may grow.")
            .between("64KB", "4GB")
            .exchange("DnsLogMaxFileSize");

    static final List<Setting<?>> ROWS = List.of(ENABLED, PATH, MAX_AGE, MAX_DIRECTORY_SIZE, MAX_FILE_SIZE);

    static DnsLogSettings from(Values values) {
        return new DnsLogSettings(
                values.of(ENABLED),
                values.of(PATH),
                values.of(MAX_AGE),
                values.of(MAX_DIRECTORY_SIZE),
                values.of(MAX_FILE_SIZE));
    }
}
