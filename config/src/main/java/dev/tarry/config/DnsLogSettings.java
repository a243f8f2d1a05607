package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private static final LogFileSettings.Bounds BOUNDS =
            LogFileSettings.Bounds.of("dnsLog", "DnsLog", "DNS log", "7.00:00:00", "100MB");

    static final List<Setting<?>> ROWS = Stream.of(List.of(ENABLED, PATH), BOUNDS.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /// Where it is written; absent without a folder.
    public Optional<LogFileSettings> files() {
        return path.map(folder -> new LogFileSettings(folder, maxAge, maxDirectorySize, maxFileSize));
    }

    static DnsLogSettings from(Values values) {
        return new DnsLogSettings(
                values.of(ENABLED),
                values.of(PATH),
                values.of(BOUNDS.maxAge()),
                values.of(BOUNDS.maxDirectorySize()),
                values.of(BOUNDS.maxFileSize()));
    }
}
