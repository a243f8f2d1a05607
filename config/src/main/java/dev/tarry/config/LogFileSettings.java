package dev.tarry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The files of one log (reference §8.1).
///
/// @param path             their folder; a relative one lies in the data folder
/// @param maxAge           files older than this are removed
/// @param maxDirectorySize bytes in all above which the oldest files are removed
/// @param maxFileSize      bytes at which a new file is begun
public record LogFileSettings(Path path, Duration maxAge, long maxDirectorySize, long maxFileSize) {
    /// One log's rows, but its folder's.
    record Bounds(Setting<Duration> maxAge, Setting<Long> maxDirectorySize, Setting<Long> maxFileSize) {
        /// @param key       of the section
        /// @param exchange  with what Exchange's names begin
        /// @param name      for people
        /// @param age       default of maxAge
        /// @param directory default of maxDirectorySize
        static Bounds of(String key, String exchange, String name, String age, String directory) {
            return new Bounds(
                    Setting.of(key + ".maxAge", Kinds.SPAN, age, "How long the files of the " + name + " are kept.")
                            .between("00:00:01", "24855.00:00:00")
                            .exchange(exchange + "MaxAge"),
                    Setting.of(
                                    key + ".maxDirectorySize",
                                    Kinds.SIZE_OR_UNLIMITED,
                                    directory,
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

        List<Setting<?>> all() {
            return List.of(maxAge, maxDirectorySize, maxFileSize);
        }
    }

    /// One log's rows.
    record Rows(Setting<Path> path, Bounds bounds) {
        /// @param folder default of path; the others as for [Bounds]
        static Rows of(String key, String exchange, String name, String folder, String age, String directory) {
            return new Rows(
                    Setting.of(
                                    key + ".path",
                                    Kinds.PATH,
                                    folder,
                                    "The folder of the " + name + "; a relative path lies in the data folder.")
                            .exchange(exchange + "Path"),
                    Bounds.of(key, exchange, name, age, directory));
        }

        List<Setting<?>> all() {
            return Stream.concat(Stream.of(path), bounds.all().stream()).toList();
        }

        /// These, behind the switch that has the log written, and before what else there is to set.
        List<Setting<?>> behind(Setting<Boolean> enabled, Setting<?>... others) {
            return Stream.of(List.of(enabled), all(), List.of(others))
                    .<Setting<?>>flatMap(List::stream)
                    .toList();
        }

        LogFileSettings from(Values values) {
            return new LogFileSettings(
                    values.of(path),
                    values.of(bounds.maxAge),
                    values.of(bounds.maxDirectorySize),
                    values.of(bounds.maxFileSize));
        }
    }
}
