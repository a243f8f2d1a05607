package dev.tarry.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final byte[] octets;
    private final ByteBuffer log;
    private final Found found;
    /// where zeros begin that only zeros follow: the file has grown, and nothing was written there
    private final int end;
    /// the payloads of a commit's parts so far
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private boolean within;
    private int begunAt;
    private int damagedFrom = -1;
    /// where the octets begin that are no part of a begun commit
    private int rawFrom;

    private LogScan(byte[] octets, Found found) {
        this.octets = octets;
        this.log = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        this.found = found;
        int last = octets.length;
        while (last > 0 && octets[last - 1] == 0) {
            last--;
        }
        this.end = last;
    }

    /// @param file at most some hundreds of megabytes: all of it is read at once
    static void read(Path file, Found found) throws IOException, StoreException {
        new LogScan(Files.readAllBytes(file), found).run();
    }

    private void run() throws StoreException {
        int at = 0;
        while (at < end) {
            int blockEnd = Math.min(octets.length, at - at % LogRecord.BLOCK_BYTES + LogRecord.BLOCK_BYTES);
            if (blockEnd - at < LogRecord.HEADER_BYTES) {
                at = blockEnd; // filled up
            } else if (sound(at, blockEnd)) {
                record(at);
                at += LogRecord.HEADER_BYTES + length(at);
            } else {
                damagedHere(at);
                at++;
                while (at < blockEnd && !(blockEnd - at >= LogRecord.HEADER_BYTES && sound(at, blockEnd))) {
                    at++;
                }
            }
        }
        if (within) {
            damagedHere(octets.length); // it was begun, and the rest was never written, or is not there any more
        }
        tellDamage(octets.length, true);
    }

    /// A commit that was begun and does not go on is lost with what is damaged.
    private void damagedHere(int at) {
        if (damagedFrom < 0) {
            damagedFrom = within ? begunAt : at;
            rawFrom = at;
        }
        within = false;
    }

    private void tellDamage(int until, boolean atEnd) throws StoreException {
        if (damagedFrom < 0) {
            return;
        }
        int from = damagedFrom;
        damagedFrom = -1;
        // the parts read on into one another without the headers between them; what follows is as it stands
        byte[] begun = parts.toByteArray();
        parts.reset();
        int take = Math.min(begun.length, MAX_GUESSED_BYTES);
        int raw = Math.min(until - rawFrom, MAX_GUESSED_BYTES - take);
        ByteBuffer all = ByteBuffer.allocate(take + raw);
        all.put(begun, 0, take).put(octets, rawFrom, raw);
        found.damage(from, until - from, all.array(), atEnd);
    }

    private void record(int at) throws StoreException {
        int type = octets[at + 6];
        boolean goesOn = type == MIDDLE || type == LAST;
        if (goesOn && !within) {
            damagedHere(at); // the rest of a commit that was damaged before
            return;
        }
        if (!goesOn) {
            if (within) {
                damagedHere(at); // the one before does not end
            }
            tellDamage(at, false);
            parts.reset();
            begunAt = at;
        }
        parts.write(octets, at + LogRecord.HEADER_BYTES, length(at));
        within = type == FIRST || type == MIDDLE;
        if (!within) {
            byte[] payload = parts.toByteArray();
            parts.reset();
            found.batch(payload);
        }
    }

    private boolean sound(int at, int blockEnd) {
        int length = length(at);
        int type = octets[at + 6];
        if (at + LogRecord.HEADER_BYTES + length > blockEnd || type < WHOLE || type > LAST) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(octets, at + 6, length + 1);
        return LogRecord.masked((int) crc.getValue()) == log.getInt(at);
    }

    private int length(int at) {
        return Short.toUnsignedInt(log.getShort(at + 4));
    }
}
