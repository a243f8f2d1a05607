package dev.tarry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Space on the store's disk that nobody else can take: a file that is given back to the disk when the last records
/// cannot be written, as Exchange's `Trnres*.jrs` are (reference §1.2). Blocking; for one thread at a time.
public final class Reserve {
    /// In the store's folder, so that it is on its disk.
    public static final String FILE = "RESERVE";

    /// The reserve is never more than this part of the disk, or a small one could hold nothing.
    private static final long PART_OF_DISK = 16;

    private static final int PIECE_BYTES = 1 << 20;

    private final Path file;

    /// @param folder the store's; need not be there
    public Reserve(Path folder) {
        this.file = folder.resolve(FILE);
    }

    /// @param wanted what is set, in bytes
    /// @return the reserve on a disk of this size
    public static long size(long wanted, long diskBytes) {
        return Math.min(wanted, diskBytes / PART_OF_DISK);
    }

    /// How much is kept in reserve, in bytes; 0: nothing is.
    public long bytes() {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0; // there is none
        }
    }

    /// Takes so much from the disk, and gives back what is more.
    ///
    /// @throws IOException if the disk has not that much; nothing is taken then
    public void keep(long bytes) throws IOException {
        if (bytes <= 0) {
            Files.deleteIfExists(file);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
            fill(channel, bytes);
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void fill(FileChannel channel, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        long mixed = 1;
        while (piece.hasRemaining()) {
            mixed = mixed * 6364136223846793005L + 1442695040888963407L; // zeros may take no space at all on a disk
            piece.putLong(mixed);
        }
        long at = channel.size();
        while (at < bytes) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, bytes - at));
            at += channel.write(piece, at);
        }
    }

    /// Gives it back to the disk.
    ///
    /// @return how many bytes; 0: there were none
    public long giveBack() {
        long bytes = bytes();
        try {
            return Files.deleteIfExists(file) ? bytes : 0;
        } catch (IOException _) {
            return 0; // the disk has more trouble than want of space
        }
    }
}
