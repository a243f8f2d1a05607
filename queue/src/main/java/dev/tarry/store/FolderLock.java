package dev.tarry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a folder to one store. The lock goes when the process does, however it ends; the file `OWNER` stays and
/// names the last process that had it.
final class FolderLock implements AutoCloseable {
    private static final String FILE = "OWNER";

    /// The locked octet lies far behind the text, so that others can read who holds it where locks are mandatory.
    private static final long LOCKED_OCTET = Long.MAX_VALUE - 1;

    private static final int MAX_TEXT_BYTES = 20;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StoreException if another store has the folder, or it cannot be written
    static FolderLock take(Path folder) throws StoreException {
        Path file = folder.resolve(FILE);
        try {
            createDurably(folder.toAbsolutePath());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (lock(channel) == null) {
                    throw new StoreException("the data directory " + folder + " is in use by another tarry (pid "
                            + owner(channel) + ")");
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                return new FolderLock(channel);
            } catch (StoreException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException(
                    "the data directory " + folder + " cannot be written: "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_OCTET, 1, false);
        } catch (OverlappingFileLockException _) {
            return null; // this very process has it
        }
    }

    private static String owner(FileChannel channel) {
        try {
            ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
            channel.read(text, 0);
            String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
            return pid.matches("[0-9]+") ? pid : "unknown";
        } catch (IOException _) {
            return "unknown";
        }
    }

    /// Creates a folder with all above it, each entry synced: a synced file in a folder that a crash takes away
    /// is lost.
    private static void createDurably(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            createDurably(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            try (FileChannel entries = FileChannel.open(above, StandardOpenOption.READ)) {
                entries.force(true);
            } catch (IOException _) {
                // Some systems cannot open a folder; they order these writes themselves.
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock goes with the process at the latest.
        }
    }
}
