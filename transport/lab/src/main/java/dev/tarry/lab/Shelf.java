package dev.tarry.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The files that hold the lab's state, one JSON value each, replaced as a whole: a reader finds the old or the new
/// one. Not used on loops: it waits for the disk.
final class Shelf {
    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private static final Set<StandardOpenOption> WRITING =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path folder;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final JsonMapper lines = JsonMapper.builder().build();

    /// @throws IOException if the folder cannot be made
    Shelf(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    /// @return empty if there is no such file, or if it is damaged; then it is put aside, and the log says so
    <T> Optional<T> read(String name, Class<T> type) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), type));
        } catch (JacksonException damaged) {
            putAside(name, damaged.getOriginalMessage());
            return Optional.empty();
        }
    }

    /// @throws JacksonException if it is damaged
    <T> T parse(String line, Class<T> type) {
        return lines.readValue(line, type);
    }

    /// One line of JSON.
    String line(Object value) {
        return lines.writeValueAsString(value);
    }

    WorldLog worldLog() {
        return new WorldLog(folder);
    }

    /// Keeps a file that cannot be used for people to look at.
    void putAside(String name, String why) throws IOException {
        var file = folder.resolve(name);
        int number = 1;
        while (Files.exists(folder.resolve(name + ".damaged-" + number))) {
            number++;
        }
        var aside = folder.resolve(name + ".damaged-" + number);
        Files.move(file, aside);
        log.warn("{} cannot be read ({}); it is kept as {}, and the lab goes on without it", file, why, aside);
    }

    /// @param synced whether it must survive the end of the machine too, not only of the process
    /// @return octets written
    /// @throws UncheckedIOException if it cannot be written; the old value stands then
    synchronized long write(String name, Object value, boolean synced) {
        var fresh = folder.resolve(name + ".new");
        var octets = ByteBuffer.wrap(json.writeValueAsBytes(value));
        try {
            Files.deleteIfExists(fresh); // left by a crash, with whatever rights it had
            try (var channel = FileChannel.open(fresh, WRITING, ownerOnly())) {
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                if (synced) {
                    channel.force(false);
                }
            }
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (synced) {
                sync(folder);
            }
            return octets.limit();
        } catch (IOException full) {
            throw new UncheckedIOException("the lab's " + name + " cannot be written", full);
        }
    }

    /// Some of it is secret: passwords of the lab's hosts.
    private FileAttribute<?>[] ownerOnly() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// Makes names that were given or taken in a folder survive the end of the machine, where the system can.
    static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
