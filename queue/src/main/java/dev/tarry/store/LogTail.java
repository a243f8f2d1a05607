package dev.tarry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The end of RocksDB's log, as files: what bad weather does to it is done to its octets, so that what RocksDB finds
/// when it opens is what a disk would have left. Nothing here is touched in good weather. Under the store's write lock.
final class LogTail {
    /// Says from where on the log is to be gone at the next opening: a log file's name and a length in bytes. It is
    /// written when the lie is told, so that it also holds after a kill.
    static final String LOST_FILE = "lost";

    private static final String LOG = ".log";
    private static final Pattern LOST = Pattern.compile("([0-9]+\\.log) ([0-9]{1,18})");

    /// A place in a log file.
    ///
    /// @param bytes from its beginning
    record Place(Path file, long bytes) {}

    private final Path folder;

    LogTail(Path folder) {
        this.folder = folder;
    }

    /// Where the next record will stand: the end of the newest log.
    Place end() throws IOException {
        List<Path> logs = logs();
        if (logs.isEmpty()) {
            throw new NoSuchFileException(folder + "/*" + LOG);
        }
        return new Place(logs.getLast(), Files.size(logs.getLast()));
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(LOG))
                    .sorted()
                    .toList();
        }
    }

    /// Puts octets there, if the file still ends there.
    void append(Place at, byte[] octets) throws IOException {
        try (FileChannel channel = FileChannel.open(at.file, StandardOpenOption.WRITE)) {
            if (channel.size() == at.bytes) {
                channel.write(ByteBuffer.wrap(octets), at.bytes);
                channel.force(false);
            }
        }
    }

    /// Turns the bits of the middle octet of all that was written since.
    void damageSince(Place before) throws IOException {
        Place end = end();
        long from = end.file.equals(before.file) ? before.bytes : 0;
        if (end.bytes <= from) {
            return;
        }
        try (FileChannel channel = FileChannel.open(end.file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = from + (end.bytes - from) / 2;
            ByteBuffer octet = ByteBuffer.allocate(1);
            channel.read(octet, at);
            octet.put(0, (byte) ~octet.get(0)).flip();
            channel.write(octet, at);
            channel.force(false);
        }
    }

    /// Notes that nothing from there on is on the disk.
    void lose(Place from) throws IOException {
        Files.writeString(folder.resolve(LOST_FILE), from.file.getFileName() + " " + from.bytes + "\n");
    }

    /// An honest sync has made it all true.
    void found() throws IOException {
        Files.deleteIfExists(folder.resolve(LOST_FILE));
    }

    /// Takes away what was lost, before the log is read. What RocksDB has moved out of that log since is safe.
    static void loseNow(Path folder) throws IOException {
        Path note = folder.resolve(LOST_FILE);
        String text;
        try {
            text = Files.readString(note, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException _) {
            return;
        }
        Matcher words = LOST.matcher(text.strip());
        if (!words.matches()) {
            throw new IOException(note + " should name a log and a length in bytes, such as \"000012.log 4096\","
                    + " but holds: " + text.strip());
        }
        Path log = folder.resolve(words.group(1));
        if (Files.exists(log)) {
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(Long.parseLong(words.group(2)));
            }
            for (Path later : new LogTail(folder).logs()) {
                if (later.compareTo(log) > 0) {
                    Files.delete(later);
                }
            }
        }
        Files.delete(note);
    }
}
