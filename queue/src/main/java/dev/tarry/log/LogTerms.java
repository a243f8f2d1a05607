package dev.tarry.log;

import java.nio.file.Path;
import java.time.Duration;

/// Where a log lies, and how large and how old it may grow (reference §8.1).
///
/// @param folder            made when it is needed; what else lies in it is left alone
/// @param maxFileBytes      a file this large is followed by another
/// @param maxDirectoryBytes beyond that the oldest files of the log go
/// @param maxAge            in lab time; older files go
public record LogTerms(Path folder, long maxFileBytes, long maxDirectoryBytes, Duration maxAge) {
    public LogTerms {
        if (maxFileBytes < 1 || maxDirectoryBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("a log's limits are larger than 0");
        }
    }

    /// Exchange's for the message tracking log: 10 MB, 1000 MB, 30 days.
    public static LogTerms exchange(Path folder) {
        return new LogTerms(folder, 10L * 1024 * 1024, 1000L * 1024 * 1024, Duration.ofDays(30));
    }
}
