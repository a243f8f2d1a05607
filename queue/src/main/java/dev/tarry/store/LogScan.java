package dev.tarry.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads a log of RocksDB's (see [LogRecord]) past whatever is damaged in it. RocksDB itself gives up the rest of the
/// block, 32 KiB, where an octet is wrong; here it is one record. For one use.
final class LogScan {
    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    /// What is found, in order.
    interface Found {
        /// The changes of one commit.
        void batch(byte[] payload) throws StoreException;

        /// Octets that are no record: the first of them, and how many until the next record.
        ///
        /// @param octets as they stand there
        /// @param atEnd  whether nothing follows: so a crash in the middle of a write looks
        void damage(long at, byte[] octets, boolean atEnd) throws StoreException;
    }

    private final byte[] octets;
    private final ByteBuffer log;
    private final Found found;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private boolean within;
    private int damagedFrom = -1;

    private LogScan(byte[] octets, Found found) {
        this.octets = octets;
        this.log = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        this.found = found;
    }

    /// @param file at most some hundreds of megabytes: all of it is read at once
    static void read(Path file, Found found) throws IOException, StoreException {
        new LogScan(Files.readAllBytes(file), found).run();
    }

    private void run() throws StoreException {
        int at = 0;
        while (at < octets.length) {
            int blockEnd = Math.min(octets.length, at - at % LogRecord.BLOCK_BYTES + LogRecord.BLOCK_BYTES);
            if (blockEnd - at < LogRecord.HEADER_BYTES || zeros(at, blockEnd)) {
                at = blockEnd; // filled up
            } else if (sound(at, blockEnd)) {
                tellDamage(at, false);
                record(at);
                at += LogRecord.HEADER_BYTES + length(at);
            } else {
                begunDamage(at);
                at++;
                while (at < blockEnd && !(blockEnd - at >= LogRecord.HEADER_BYTES && sound(at, blockEnd))) {
                    at++;
                }
            }
        }
        tellDamage(octets.length, true);
    }

    /// A commit that was begun and does not go on is lost with what is damaged.
    private void begunDamage(int at) {
        if (damagedFrom < 0) {
            damagedFrom = at;
        }
        within = false;
    }

    private void tellDamage(int until, boolean atEnd) throws StoreException {
        if (damagedFrom >= 0) {
            byte[] lost = Arrays.copyOfRange(octets, damagedFrom, until);
            byte[] begun = parts.toByteArray();
            parts.reset();
            byte[] all = Arrays.copyOf(begun, begun.length + lost.length);
            System.arraycopy(lost, 0, all, begun.length, lost.length);
            int from = damagedFrom;
            damagedFrom = -1;
            found.damage(from, all, atEnd);
        }
    }

    private void record(int at) throws StoreException {
        int type = octets[at + 6];
        int from = at + LogRecord.HEADER_BYTES;
        if (type == WHOLE || type == FIRST) {
            parts.reset();
            within = true;
        }
        if (!within || type < WHOLE || type > LAST) {
            return; // the rest of what was damaged before
        }
        parts.write(octets, from, length(at));
        if (type == WHOLE || type == LAST) {
            within = false;
            byte[] payload = parts.toByteArray();
            parts.reset();
            found.batch(payload);
        }
    }

    private boolean sound(int at, int blockEnd) {
        int length = length(at);
        int type = octets[at + 6];
        if (length == 0 && type == 0 || at + LogRecord.HEADER_BYTES + length > blockEnd) {
            return false;
        }
        if (type < WHOLE || type > LAST) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(octets, at + 6, length + 1);
        return LogRecord.masked((int) crc.getValue()) == log.getInt(at);
    }

    private int length(int at) {
        return Short.toUnsignedInt(log.getShort(at + 4));
    }

    private boolean zeros(int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
