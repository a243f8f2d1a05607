package dev.tarry.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// A record as RocksDB writes it into its log (format of LevelDB's log, without recycling): the file is divided into
/// blocks of 32 KiB, and what does not fit into the rest of one goes on in the next.
///
/// | bytes | field |
/// |---|---|
/// | 4 | CRC-32C of type and payload, masked, little-endian |
/// | 2 | length of the payload, little-endian |
/// | 1 | type: 1 whole, 2 first part, 3 middle part, 4 last part |
///
/// Only bad weather writes such records, and never whole ones.
final class LogRecord {
    static final int BLOCK_BYTES = 32 * 1024;
    static final int HEADER_BYTES = 7;

    private static final int CRC_MASK = 0xa282ead8;

    private LogRecord() {}

    /// @param payload a write batch, its sequence number set
    /// @param at      where in the file it will stand, in bytes
    static byte[] of(byte[] payload, long at) {
        int parts = payload.length / (BLOCK_BYTES - HEADER_BYTES) + 2;
        ByteBuffer record =
                ByteBuffer.allocate(payload.length + (parts + 1) * HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int inBlock = (int) (at % BLOCK_BYTES);
        int from = 0;
        do {
            if (BLOCK_BYTES - inBlock < HEADER_BYTES) {
                record.put(new byte[BLOCK_BYTES - inBlock]);
                inBlock = 0;
            }
            int length = Math.min(payload.length - from, BLOCK_BYTES - inBlock - HEADER_BYTES);
            boolean first = from == 0;
            boolean last = from + length == payload.length;
            byte type = (byte) (first ? last ? 1 : 2 : last ? 4 : 3);
            CRC32C crc = new CRC32C();
            crc.update(type);
            crc.update(payload, from, length);
            record.putInt(masked((int) crc.getValue()))
                    .putShort((short) length)
                    .put(type)
                    .put(payload, from, length);
            inBlock = (inBlock + HEADER_BYTES + length) % BLOCK_BYTES;
            from += length;
        } while (from < payload.length);
        byte[] octets = new byte[record.position()];
        record.flip().get(octets);
        return octets;
    }

    static int masked(int crc) {
        return Integer.rotateRight(crc, 15) + CRC_MASK;
    }
}
