package dev.tarry.lab.mx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Received mail on disk: one file for each content, and a log with a line of JSON for each message. A message
/// exists when its line does. Written on one thread of its own, so that no loop waits for the disk; not synced,
/// since it has to survive the end of the process, not of the machine.
final class MailFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MailFolder.class);
    private static final String LOG = "received.jsonl";
    private static final String CONTENT = ".eml";
    private static final String INCOMING = ".incoming";

    /// So much of the disk received mail leaves to others, or a small part of a small disk: the server's store may be
    /// on
    /// it too, and what it kept in reserve for its last records is not for those it sends to.
    static final long LEFT_BYTES = 16L << 20;

    private static final int LEFT_PART_OF_DISK = 16;

    private final Path folder;
    private final long leftBytes;
    private final JsonMapper json = new JsonMapper();
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final long firstFreeNumber;
    private final List<ReceivedMessage> found = new ArrayList<>();
    private FileChannel lines;
    private long lineCount;
    private long incoming;
    private boolean closing;

    /// A line that carries no message, but the last number that was ever given.
    private record LastNumber(long lastNumber) {}

    MailFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        leftBytes = Math.min(LEFT_BYTES, folder.toFile().getTotalSpace() / LEFT_PART_OF_DISK);
        firstFreeNumber = readLog();
        sweep();
        lines = FileChannel.open(
                folder.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        writer = Thread.ofPlatform().daemon().name("lab-mail-writer").start(this::write);
    }

    /// What an earlier run received, in order.
    List<ReceivedMessage> load() {
        return List.copyOf(found);
    }

    long lastNumber() {
        return firstFreeNumber;
    }

    private long readLog() throws IOException {
        var file = folder.resolve(LOG);
        if (!Files.exists(file)) {
            return 0;
        }
        var octets = Files.readAllBytes(file);
        long last = 0;
        int whole = 0;
        for (int start = 0, end; (end = lineEnd(octets, start)) >= 0; start = end + 1) {
            var line = new String(octets, start, end - start, StandardCharsets.UTF_8);
            whole = end + 1;
            lineCount++;
            try {
                if (line.startsWith("{\"lastNumber\"")) {
                    last = Math.max(last, json.readValue(line, LastNumber.class).lastNumber());
                } else {
                    var message = json.readValue(line, ReceivedMessage.class);
                    last = Math.max(last, Long.parseLong(message.id().substring(1)));
                    found.add(message);
                }
            } catch (JacksonException | NumberFormatException damaged) {
                log.warn("{}: a line is damaged and passed over: {}", file, damaged.getMessage());
            }
        }
        if (whole < octets.length) {
            // The process ended while it wrote the last line; that message was never answered with 250.
            try (var cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
                cut.truncate(whole);
            }
        }
        return last;
    }

    private static int lineEnd(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Takes away content that no line speaks of.
    private void sweep() throws IOException {
        Set<String> known = new LinkedHashSet<>();
        found.forEach(message -> known.add(message.id() + CONTENT));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{" + CONTENT + "," + INCOMING + "}")) {
            for (var file : files) {
                if (!known.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    Optional<InputStream> content(String id) throws IOException {
        try {
            return Optional.of(Files.newInputStream(contentFile(id)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    Path contentFile(String id) {
        return folder.resolve(id + CONTENT);
    }

    /// On the writer's thread: a name for content that has no id yet.
    Path incomingFile() {
        return folder.resolve(++incoming + INCOMING);
    }

    /// Runs on the writer's thread, in order.
    void submit(Runnable task) {
        work.add(task);
    }

    /// On the writer's thread: refuses what would take the last of the disk's space.
    ///
    /// @throws IOException if there is not enough for so many more octets
    void requireRoom(int octets) throws IOException {
        if (folder.toFile().getUsableSpace() < leftBytes + octets) {
            throw new IOException(
                    "No space left on device for received mail: " + leftBytes + " bytes are left to others");
        }
    }

    /// On the writer's thread: the line that makes the message exist.
    void append(ReceivedMessage message) throws IOException {
        appendLine(json.writeValueAsString(message));
    }

    private void appendLine(String line) throws IOException {
        var octets = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long end = lines.size();
        try {
            while (octets.hasRemaining()) {
                lines.write(octets);
            }
        } catch (IOException full) {
            lines.truncate(end); // or the next line would go on where this one breaks off
            throw full;
        }
        lineCount++;
    }

    /// On the writer's thread: lets content go, and writes the log anew when it is mostly about messages let go.
    void letGo(List<String> ids, ReceivedMail mail) throws IOException {
        for (var id : ids) {
            Files.deleteIfExists(contentFile(id));
        }
        var all = mail.all();
        if (!ids.isEmpty() && lineCount > 2L * all.size() + 1_000) {
            rewrite(all, 0);
        }
    }

    /// Waits until all is gone.
    void forget(long lastNumber) {
        if (!writer.isAlive()) {
            return;
        }
        var done = new CompletableFuture<Void>();
        submit(() -> {
            try {
                rewrite(List.of(), lastNumber);
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + CONTENT)) {
                    for (var file : files) {
                        Files.delete(file);
                    }
                }
                done.complete(null);
            } catch (IOException | RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        done.join();
    }

    private void rewrite(List<ReceivedMessage> messages, long lastNumber) throws IOException {
        var fresh = folder.resolve(LOG + ".new");
        var old = lines;
        long oldCount = lineCount;
        lines = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            lineCount = 0;
            if (lastNumber > 0) {
                appendLine(json.writeValueAsString(new LastNumber(lastNumber)));
            }
            for (var message : messages) {
                append(message);
            }
            Files.move(fresh, folder.resolve(LOG), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            lines.close();
            lines = old; // which is the log still
            lineCount = oldCount;
            Files.deleteIfExists(fresh);
            throw full;
        }
        old.close();
    }

    private void write() {
        try {
            while (!closing) {
                try {
                    work.take().run();
                } catch (RuntimeException unexpected) {
                    log.error("writing received mail", unexpected);
                }
            }
            lines.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException closingFailed) {
            throw new UncheckedIOException(closingFailed);
        }
    }

    /// Everything submitted before is written first.
    @Override
    public void close() {
        submit(() -> closing = true);
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
