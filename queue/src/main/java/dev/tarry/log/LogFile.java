package dev.tarry.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that grows by whole lines. One thread at a time; blocking.
public final class LogFile implements AutoCloseable {
    private final FileChannel channel;
    private long bytes;

    private LogFile(Path path, OpenOption... how) throws IOException {
        channel = FileChannel.open(path, how);
        bytes = channel.size();
    }

    /// A file that was not there.
    public static LogFile create(Path path) throws IOException {
        return new LogFile(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// A file that may be there, and is written on.
    public static LogFile open(Path path) throws IOException {
        return new LogFile(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Its size between two lines.
    public long bytes() {
        return bytes;
    }

    /// Adds whole lines, all or nothing: what a failing disk has taken in part is cut off again.
    public void append(byte[] lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        long at = bytes;
        try {
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        } catch (IOException e) {
            try {
                channel.truncate(bytes);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        bytes = at;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Cuts off a last line that a kill has torn.
    ///
    /// @return how many octets it had
    public static long cutTornLine(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            long end = size;
            byte[] octets = new byte[(int) Math.min(size, 8 * 1024)];
            while (end > 0) {
                int some = (int) Math.min(octets.length, end);
                ByteBuffer block = ByteBuffer.wrap(octets, 0, some);
                while (block.hasRemaining()) {
                    if (channel.read(block, end - some + block.position()) < 0) {
                        throw new IOException(path + " is shorter than it was");
                    }
                }
                int last = some - 1;
                while (last >= 0 && octets[last] != '\n') {
                    last--;
                }
                if (last >= 0) {
                    end -= some - 1 - last;
                    break;
                }
                end -= some;
            }
            if (end < size) {
                channel.truncate(end);
            }
            return size - end;
        }
    }
}
