package dev.tarry.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of the log: listed, mended, thrown away, read. Other files in the folder are left alone. Blocking.
record LogFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    private static final int READ_BYTES = 256 * 1024;

    /// The log's files with their sizes in bytes, oldest first.
    TreeMap<LogFileName, Long> files() throws IOException {
        TreeMap<LogFileName, Long> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "MSGTRK*.LOG")) {
            for (Path entry : entries) {
                Optional<LogFileName> name =
                        LogFileName.parse(entry.getFileName().toString());
                if (name.isPresent()) {
                    files.put(name.get(), size(entry));
                }
            }
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

    /// Ends a last line that a kill has torn, so that nothing is ever glued to it, here or where files are joined; it
    /// stays, and readers count it as malformed.
    void closeTornLines() throws IOException {
        for (LogFileName name : files().keySet()) {
            try (FileChannel channel =
                    FileChannel.open(file(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long size = channel.size();
                ByteBuffer last = ByteBuffer.allocate(1);
                if (size == 0 || channel.read(last, size - 1) != 1 || last.get(0) == '\n') {
                    continue;
                }
                LOG.warn("{} ends in the middle of a line, which was being written when the server was killed", name);
                channel.write(
                        ByteBuffer.wrap((last.get(0) == '\r' ? "\n" : "\r\n").getBytes(StandardCharsets.US_ASCII)),
                        size);
            }
        }
    }

    /// Deletes what is too old, and then the oldest until the rest is within the limit.
    ///
    /// @param now     lab time
    /// @param current never deleted
    void deleteOld(Instant now, Duration maxAge, long maxBytes, LogFileName current) throws IOException {
        TreeMap<LogFileName, Long> files = files();
        long bytes = files.values().stream().mapToLong(Long::longValue).sum();
        for (Map.Entry<LogFileName, Long> file : files.entrySet()) {
            LogFileName name = file.getKey();
            boolean old = !name.end().isAfter(now.minus(maxAge));
            if (name.equals(current) || !(old || bytes > maxBytes)) {
                continue;
            }
            Files.deleteIfExists(file(name));
            bytes -= file.getValue();
        }
    }

    /// Reads a file's events, and not further than a size that it had between two lines.
    TrackingLog.Reading read(LogFileName name, long size, Instant from, Instant to, TrackingLog.Sink sink)
            throws IOException {
        LogLines lines = new LogLines(from, to, sink);
        try (InputStream in = Files.newInputStream(file(name))) {
            byte[] octets = new byte[READ_BYTES];
            for (long left = size; left > 0; ) {
                int count = in.read(octets, 0, (int) Math.min(octets.length, left));
                if (count < 0) {
                    break;
                }
                lines.take(octets, count);
                left -= count;
            }
            lines.end();
        } catch (NoSuchFileException _) {
            // deleted since it was listed: as if it had been deleted before
        }
        return lines.reading();
    }
}
