package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A protocol log: what was said over SMTP, by the connectors whose level is Verbose (reference §8.1, §8.7).
///
/// @param path             its folder; a relative one lies in the data folder
/// @param maxAge           files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize      bytes at which a new file is begun
public record ProtocolLogSettings(Path path, Duration maxAge, long maxDirectorySize, long maxFileSize) {
    /// One log's rows.
    private record Table(
            Setting<Path> path, Setting<Duration> maxAge, Setting<Long> maxDirectorySize, Setting<Long> maxFileSize) {
        /// @param key      of the section
        /// @param exchange with what Exchange's names begin
        /// @param folder   its default
        /// @param name     for people
        static Table of(String key, String exchange, String folder, String name) {
            return new Table(
                    Setting.of(
                                    key + ".path",
                                    Kinds.PATH,
                                    folder,
                                    "The folder of the " + name + "; a relative path lies in the data folder.")
                            .exchange(exchange + "Path"),
                    Setting.of(
                                    key + ".maxAge",
                                    Kinds.SPAN,
                                    "30.00:00:00",
                                    "How long the files of the " + name + " are kept.")
                            .between("00:00:01", "24855.00:00:00")
                            .exchange(exchange + "MaxAge"),
                    Setting.of(
                                    key + ".maxDirectorySize",
                                    Kinds.SIZE_OR_UNLIMITED,
                                    "250MB",
                                    "How large all files of the " + name + " may grow before the oldest are removed.")
                            .between("1MB", "unlimited")
                            .exchange(exchange + "MaxDirectorySize"),
                    Setting.of(
                                    key + ".maxFileSize",
                                    Kinds.SIZE,
                                    "10MB",
                                    "How large one file of the " + name + " may grow.")
                            .between("64KB", "4GB")
                            .exchange(exchange + "MaxFileSize"));
        }

        List<Setting<?>> rows() {
            return List.of(path, maxAge, maxDirectorySize, maxFileSize);
        }

        ProtocolLogSettings from(Values values) {
            return new ProtocolLogSettings(
                    values.of(path), values.of(maxAge), values.of(maxDirectorySize), values.of(maxFileSize));
        }
    }

    private static final Table RECEIVE = Table.of(
            "receiveProtocolLog",
            "ReceiveProtocolLog",
            "logs/Hub/ProtocolLog/SmtpReceive",
            "SMTP receive protocol log");
    private static final Table SEND =
            Table.of("sendProtocolLog", "SendProtocolLog", "logs/Hub/ProtocolLog/SmtpSend", "SMTP send protocol log");

    static final List<Setting<?>> RECEIVE_ROWS = RECEIVE.rows();
    static final List<Setting<?>> SEND_ROWS = SEND.rows();

    static ProtocolLogSettings receive(Values values) {
        return RECEIVE.from(values);
    }

    static ProtocolLogSettings send(Values values) {
        return SEND.from(values);
    }
}
