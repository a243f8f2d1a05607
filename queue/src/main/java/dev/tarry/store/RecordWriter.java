package dev.tarry.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Writes the fields of one record after another into a direct buffer of its own, which grows. For one thread.
final class RecordWriter {
    /// Longer text is cut here: a reply that some host made up must not make a record that cannot be stored.
    static final int MAX_TEXT_BYTES = 32 * 1024;

    private static final int START_BYTES = 4 * 1024;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(START_BYTES);

    /// Starts a record.
    RecordWriter begin(int version) {
        buffer.clear();
        return octet(version);
    }

    /// What was written; valid until the next [#begin].
    ByteBuffer end() {
        return buffer.flip();
    }

    RecordWriter octet(int value) {
        room(1);
        buffer.put((byte) value);
        return this;
    }

    RecordWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /// Seven bits an octet, lowest first, the sign folded into the lowest bit: small numbers of either sign are
    /// short.
    RecordWriter number(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
        return this;
    }

    RecordWriter text(String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MAX_TEXT_BYTES);
        while (length < octets.length && length > 0 && (octets[length] & 0xC0) == 0x80) {
            length--; // never within a character
        }
        number(length);
        room(length);
        buffer.put(octets, 0, length);
        return this;
    }

    RecordWriter text(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    RecordWriter uuid(UUID value) {
        room(16);
        buffer.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            int wanted = Math.max(buffer.capacity() * 2, Math.addExact(buffer.position(), bytes));
            buffer = ByteBuffer.allocateDirect(wanted).put(buffer.flip());
        }
    }
}
