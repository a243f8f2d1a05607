package dev.tarry.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Reads a file's lines, block by block, from its beginning or from its end. Blocking; on the reader's thread.
public final class LogLines {
    private static final int BLOCK_BYTES = 1024 * 1024;

    /// A line that is longer isn't one of ours: reading ends there.
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    /// Takes lines. @param octets hold the line from `from` to before `to`, without its LF; not to be kept
    @FunctionalInterface
    public interface Taker {
        /// @return whether more lines are wanted
        boolean line(byte[] octets, int from, int to);
    }

    private LogLines() {}

    /// Gives the lines of a file up to a size that it had between two lines.
    ///
    /// @param backwards whether from the last line to the first
    /// @return octets that belong to no line: what has no line end, or a line that is far too long
    /// @throws java.nio.file.NoSuchFileException if it is gone
    public static long read(Path file, long bytes, boolean backwards, Taker taker) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = Math.min(bytes, channel.size());
            return backwards ? backwards(channel, size, taker) : forwards(channel, size, taker);
        }
    }

    private static long forwards(FileChannel channel, long size, Taker taker) throws IOException {
        byte[] block = new byte[(int) Math.min(size, BLOCK_BYTES)];
        int held = 0;
        for (long at = 0; at < size; ) {
            int some = (int) Math.min(block.length - held, size - at);
            if (some == 0) {
                if (block.length >= MAX_LINE_BYTES) {
                    return size - at + held;
                }
                block = Arrays.copyOf(block, (int) Math.min(2L * block.length, MAX_LINE_BYTES));
                continue;
            }
            fill(channel, block, held, some, at);
            at += some;
            int end = held + some;
            int from = 0;
            for (int i = held; i < end; i++) {
                if (block[i] == '\n') {
                    if (!taker.line(block, from, i)) {
                        return 0;
                    }
                    from = i + 1;
                }
            }
            held = end - from;
            System.arraycopy(block, from, block, 0, held);
        }
        return held;
    }

    private static long backwards(FileChannel channel, long size, Taker taker) throws IOException {
        byte[] block = new byte[(int) Math.min(size, BLOCK_BYTES)];
        int held = 0; // the beginning of what was read before, kept at the block's end; a line's end, its LF included
        long strays = 0;
        boolean last = true;
        for (long at = size; at > 0; ) {
            int some = (int) Math.min(block.length - held, at);
            if (some == 0) {
                if (block.length >= MAX_LINE_BYTES) {
                    return strays + at + held;
                }
                byte[] larger = new byte[(int) Math.min(2L * block.length, MAX_LINE_BYTES)];
                System.arraycopy(block, 0, larger, larger.length - held, held);
                block = larger;
                continue;
            }
            at -= some;
            int begin = block.length - held - some;
            fill(channel, block, begin, some, at);
            int to = block.length;
            for (int i = block.length - 1; i >= begin; i--) {
                if (block[i] != '\n') {
                    continue;
                }
                if (last) {
                    strays += to - i - 1;
                } else if (i + 1 < to && !taker.line(block, i + 1, to - 1)) {
                    return strays;
                }
                last = false;
                to = i + 1;
            }
            held = to - begin;
            System.arraycopy(block, begin, block, block.length - held, held);
        }
        if (held > 0 && !last) {
            taker.line(block, block.length - held, block.length - 1);
            return strays;
        }
        return strays + held;
    }

    private static void fill(FileChannel channel, byte[] block, int into, int count, long at) throws IOException {
        ByteBuffer some = ByteBuffer.wrap(block, into, count);
        while (some.hasRemaining()) {
            int read = channel.read(some, at + some.position() - into);
            if (read < 0) {
                throw new IOException("the file is shorter than it was");
            }
        }
    }
}
