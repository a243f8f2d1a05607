package dev.tarry.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads a log of RocksDB's (see [LogRecord]) past whatever is damaged in it. RocksDB itself gives up the rest of the
/// block, 32 KiB, where an octet is wrong; here it is one record. A commit whose parts do not follow one another is
/// lost as a whole. For one use.
final class LogScan {
    /// Of what is damaged, so much at most is handed on to be guessed at.
    static final int MAX_GUESSED_BYTES = 1024 * 1024;

    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    /// What is found, in order.
    interface Found {
        /// The changes of one commit.
        void batch(byte[] payload) throws StoreException;

        /// Octets that are no record, or parts of a commit that is not whole: the first of them, and how many until
        /// what is sound again.
        ///
        /// @param octets as they stand there, [#MAX_GUESSED_BYTES] at most, with the commit begun before
        /// @param atEnd  whether nothing follows: so a crash in the middle of a write looks
        void damage(long at, long bytes, byte[] octets, boolean atEnd) throws StoreException;
    }

    private final FileChannel file;
    private final long size;
    private final Found found;
    /// where zeros begin that only zeros follow: the file has grown, and nothing was written there
    private final long end;
    /// the block at hand
    private final byte[] octets = new byte[LogRecord.BLOCK_BYTES];
    private final ByteBuffer block = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    private long blockAt = -1;
    private int blockEnd;
    /// the payloads of a commit's parts so far
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private boolean within;
    private long begunAt;
    private long damagedFrom = -1;
    /// where the octets begin that are no part of a begun commit
    private long rawFrom;

    private LogScan(FileChannel file, Found found) throws IOException {
        this.file = file;
        this.size = file.size();
        this.found = found;
        this.end = lastWritten() + 1;
    }

    /// Reads a log block by block: of a file of any size, no more stands in memory than the commit at hand.
    static void read(Path file, Found found) throws IOException, StoreException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            new LogScan(channel, found).run();
        }
    }

    /// -1: there are only zeros.
    private long lastWritten() throws IOException {
        for (long at = (size - 1) / LogRecord.BLOCK_BYTES * LogRecord.BLOCK_BYTES; at >= 0; at -= octets.length) {
            load(at);
            for (int i = blockEnd - 1; i >= 0; i--) {
                if (octets[i] != 0) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    /// Takes the block in hand that begins there.
    private void load(long at) throws IOException {
        if (at != blockAt) {
            blockAt = at;
            blockEnd = fill(octets, 0, at, (int) Math.min(octets.length, size - at));
        }
    }

    /// @return how many octets were there
    private int fill(byte[] into, int offset, long at, int length) throws IOException {
        ByteBuffer room = ByteBuffer.wrap(into, offset, length);
        while (room.hasRemaining() && file.read(room, at + room.position() - offset) >= 0) {}
        return room.position() - offset;
    }

    private void run() throws StoreException, IOException {
        for (long at = 0; at < end; at += LogRecord.BLOCK_BYTES) {
            load(at);
            block();
        }
        if (within) {
            damagedHere(size); // it was begun, and the rest was never written, or is not there any more
        }
        tellDamage(size, true);
    }

    /// Records never go from one block into the next: a commit that is larger has parts.
    private void block() throws StoreException, IOException {
        int at = 0;
        while (blockAt + at < end && blockEnd - at >= LogRecord.HEADER_BYTES) { // the rest is filled up
            if (sound(at)) {
                record(at);
                at += LogRecord.HEADER_BYTES + length(at);
            } else {
                damagedHere(blockAt + at);
                at++;
                while (at < blockEnd && !(blockEnd - at >= LogRecord.HEADER_BYTES && sound(at))) {
                    at++;
                }
            }
        }
    }

    /// A commit that was begun and does not go on is lost with what is damaged.
    private void damagedHere(long at) {
        if (damagedFrom < 0) {
            damagedFrom = within ? begunAt : at;
            rawFrom = at;
        }
        within = false;
    }

    private void tellDamage(long until, boolean atEnd) throws StoreException, IOException {
        if (damagedFrom < 0) {
            return;
        }
        long from = damagedFrom;
        damagedFrom = -1;
        // the parts read on into one another without the headers between them; what follows is as it stands
        byte[] begun = parts.toByteArray();
        parts.reset();
        int take = Math.min(begun.length, MAX_GUESSED_BYTES);
        int raw = (int) Math.min(until - rawFrom, MAX_GUESSED_BYTES - take);
        byte[] all = Arrays.copyOf(begun, take + raw);
        fill(all, take, rawFrom, raw);
        found.damage(from, until - from, all, atEnd);
    }

    private void record(int at) throws StoreException, IOException {
        int type = octets[at + 6];
        boolean goesOn = type == MIDDLE || type == LAST;
        if (goesOn && !within) {
            damagedHere(blockAt + at); // the rest of a commit that was damaged before
            return;
        }
        if (!goesOn) {
            if (within) {
                damagedHere(blockAt + at); // the one before does not end
            }
            tellDamage(blockAt + at, false);
            parts.reset();
            begunAt = blockAt + at;
        }
        parts.write(octets, at + LogRecord.HEADER_BYTES, length(at));
        within = type == FIRST || type == MIDDLE;
        if (!within) {
            byte[] payload = parts.toByteArray();
            parts.reset();
            found.batch(payload);
        }
    }

    private boolean sound(int at) {
        int length = length(at);
        int type = octets[at + 6];
        if (at + LogRecord.HEADER_BYTES + length > blockEnd || type < WHOLE || type > LAST) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(octets, at + 6, length + 1);
        return LogRecord.masked((int) crc.getValue()) == block.getInt(at);
    }

    private int length(int at) {
        return Short.toUnsignedInt(block.getShort(at + 4));
    }
}
