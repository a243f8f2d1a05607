package dev.tarry.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
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

    /// A line that is longer isn't one of ours.
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

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
        Lines lines = new Lines(from, to, sink);
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
        return new TrackingLog.Reading(lines.events, lines.malformed);
    }

    /// Cuts octets into lines and lines into events.
    private static final class Lines {
        private final Instant from;
        private final Instant to;
        private final TrackingLog.Sink sink;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        private long events;
        private long malformed;

        Lines(Instant from, Instant to, TrackingLog.Sink sink) {
            this.from = from;
            this.to = to;
            this.sink = sink;
        }

        void take(byte[] octets, int count) {
            int begin = 0;
            for (int i = 0; i < count; i++) {
                if (octets[i] == '\n') {
                    add(octets, begin, i);
                    line();
                    begin = i + 1;
                }
            }
            add(octets, begin, count);
        }

        private void add(byte[] octets, int begin, int end) {
            line.write(octets, begin, Math.min(end - begin, MAX_LINE_BYTES - line.size()));
        }

        private void line() {
            Optional<String> text = text(line);
            line.reset();
            if (text.filter(t -> t.startsWith("#")).isPresent()) {
                return;
            }
            Optional<TrackingEvent> event = text.flatMap(TrackingFormat::parse);
            if (event.isEmpty()) {
                malformed++;
                return;
            }
            Instant time = event.get().time();
            if (!time.isBefore(from) && time.isBefore(to)) {
                events++;
                sink.event(event.get());
            }
        }

        /// What has no line end has been torn.
        void end() {
            malformed += line.size() > 0 ? 1 : 0;
        }
    }

    /// A line without its CRLF; empty if it has none, or is not UTF-8.
    private static Optional<String> text(ByteArrayOutputStream line) {
        byte[] octets = line.toByteArray();
        if (octets.length == 0 || octets[octets.length - 1] != '\r') {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, octets.length - 1))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
