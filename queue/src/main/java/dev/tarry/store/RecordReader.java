package dev.tarry.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Reads what [RecordWriter] wrote. Every length is checked against what is left before anything is made of it,
/// so a damaged record costs no memory.
final class RecordReader {
    private final ByteBuffer buffer;

    RecordReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    int octet() throws StoreException {
        need(1);
        return buffer.get() & 0xFF;
    }

    /// @throws StoreException if it is above the highest that the field knows
    int octet(int highest) throws StoreException {
        int value = octet();
        if (value > highest) {
            throw new StoreException("a field holds " + value + " where at most " + highest + " has a meaning");
        }
        return value;
    }

    boolean flag() throws StoreException {
        return octet(1) == 1;
    }

    long number() throws StoreException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new StoreException("a number does not end");
    }

    /// @throws StoreException if it is not from 0 to highest
    int count(int highest) throws StoreException {
        long value = number();
        if (value < 0 || value > highest) {
            throw new StoreException("a field holds " + value + " where 0 to " + highest + " has a meaning");
        }
        return (int) value;
    }

    String text() throws StoreException {
        int length = count(Math.min(buffer.remaining(), RecordWriter.MAX_TEXT_BYTES));
        need(length);
        if (length == 0) {
            return "";
        }
        if (buffer.hasArray()) {
            int start = buffer.position();
            buffer.position(start + length);
            return new String(buffer.array(), buffer.arrayOffset() + start, length, StandardCharsets.UTF_8);
        }
        byte[] octets = new byte[length];
        buffer.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    Optional<String> optionalText() throws StoreException {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    UUID uuid() throws StoreException {
        need(16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /// Octets not read yet.
    int remaining() {
        return buffer.remaining();
    }

    private void need(int bytes) throws StoreException {
        if (buffer.remaining() < bytes) {
            throw new StoreException("it ends in the middle of a field");
        }
    }
}
