package dev.tarry.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has changed in the world since it was last written down as a whole: one line of text for each change, so that
/// changing one zone of ten thousand writes one. Each time the world is written, a new log begins; the number in its
/// name ties it to that world. Thread-safe; not used on loops: it waits for the disk.
final class WorldLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorldLog.class);
    private static final String PREFIX = "world-";
    private static final String SUFFIX = ".log";

    private final Path folder;
    private final Object syncing = new Object();
    private FileChannel channel;
    private Path file;
    private long written;
    private long synced;

    WorldLog(Path folder) {
        this.folder = folder;
    }

    private Path file(long generation) {
        return folder.resolve(PREFIX + generation + SUFFIX);
    }

    /// The whole lines of a log, in order; what a crash left of the last one is passed over.
    List<String> lines(long generation) throws IOException {
        var lines = file(generation);
        if (!Files.exists(lines)) {
            return List.of();
        }
        var text = Files.readString(lines, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /// Keeps the logs of a world that cannot be read, for people to look at.
    void putAside() throws IOException {
        try (var logs = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (var lines : logs) {
                int number = 1;
                while (Files.exists(folder.resolve(lines.getFileName() + ".damaged-" + number))) {
                    number++;
                }
                Files.move(lines, folder.resolve(lines.getFileName() + ".damaged-" + number));
            }
        }
    }

    /// Begins the log of a world that has been written down, and forgets all others.
    void begin(long generation) {
        synchronized (syncing) {
            synchronized (this) {
                try {
                    close();
                    file = file(generation);
                    channel = FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    written = 0;
                    synced = 0;
                    Shelf.sync(folder);
                    forgetOthers();
                } catch (IOException failed) {
                    throw new UncheckedIOException("the lab's " + file + " cannot be begun", failed);
                }
            }
        }
    }

    private void forgetOthers() throws IOException {
        try (var others = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (var other : others) {
                if (!other.equals(file)) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    /// @return up to where it has to be synced
    /// @throws UncheckedIOException if it cannot be written
    synchronized long write(String line) {
        var octets = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            written += octets.limit();
            return written;
        } catch (IOException full) {
            cut();
            throw new UncheckedIOException("the lab's " + file + " cannot be written", full);
        }
    }

    /// Or the next line would go on where this one breaks off, and neither could be read.
    private void cut() {
        try {
            channel.truncate(written);
        } catch (IOException failed) {
            log.warn("{} has half a line at its end", file, failed);
        }
    }

    synchronized long octets() {
        return written;
    }

    /// Returns when everything up to there will survive the end of the machine. Whoever waits while another syncs is
    /// served by the next sync, together with all others who wait.
    void sync(long upTo) {
        synchronized (syncing) {
            if (synced >= upTo) {
                return;
            }
            try {
                long all = octets();
                channel.force(false);
                synced = all;
            } catch (IOException failed) {
                throw new UncheckedIOException("the lab's " + file + " cannot be synced", failed);
            }
        }
    }

    /// What was written stays written, whether or not this goes well.
    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failed) {
                log.warn("{} could not be closed", file, failed);
            }
        }
    }
}
