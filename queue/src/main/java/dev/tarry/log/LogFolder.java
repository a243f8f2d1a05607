package dev.tarry.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a log: listed, mended, thrown away. Other files in the folder are left alone. Blocking.
///
/// @param prefix with what their names begin
record LogFolder(Path path, String prefix) {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    /// The log's files with their sizes in bytes, oldest first; none if the folder is not there.
    TreeMap<LogFileName, Long> files() throws IOException {
        TreeMap<LogFileName, Long> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, prefix + "*.LOG")) {
            for (Path entry : entries) {
                Optional<LogFileName> name =
                        LogFileName.parse(prefix, entry.getFileName().toString());
                if (name.isPresent() && Files.isRegularFile(entry)) {
                    files.put(name.get(), size(entry));
                }
            }
        } catch (NoSuchFileException _) {
            // nothing has been written so far
        }
        return files;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    Path file(LogFileName name) {
        return path.resolve(name.toString());
    }

    /// Cuts off last lines that a kill has torn, so that what is there is whole, here or where files are joined.
    void cutTornLines() throws IOException {
        for (LogFileName name : files().keySet()) {
            long torn = LogFile.cutTornLine(file(name));
            if (torn > 0) {
                LOG.warn("{}: {} bytes of a line that was being written at the end are cut off", name, torn);
            }
        }
    }

    /// Deletes what is too old, and then the oldest until the rest is within the limit.
    ///
    /// @param now     lab time
    /// @param current never deleted; may be null
    /// @return the files that are gone; what cannot be deleted is left, and named in the log
    /// @throws IOException if the folder cannot be read
    List<Path> deleteOld(Instant now, Duration maxAge, long maxBytes, LogFileName current) throws IOException {
        TreeMap<LogFileName, Long> files = files();
        List<Path> gone = new ArrayList<>();
        long bytes = files.values().stream().mapToLong(Long::longValue).sum();
        for (Map.Entry<LogFileName, Long> file : files.entrySet()) {
            LogFileName name = file.getKey();
            boolean old = !name.end().isAfter(now.minus(maxAge));
            if (name.equals(current) || !(old || bytes > maxBytes)) {
                continue;
            }
            try {
                Files.deleteIfExists(file(name));
            } catch (IOException e) {
                LOG.warn("{} could not be deleted: {}", name, e.toString());
                continue; // it is tried again with the next file or hour; the others need not wait for that
            }
            gone.add(file(name));
            bytes -= file.getValue();
        }
        return gone;
    }
}
