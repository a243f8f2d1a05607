package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The changes of one commit as RocksDB writes them into its log: a sequence number (8), a count (4), then for each
/// change a tag, the number of its family, a key, and a value where there is one; lengths and numbers seven bits an
/// octet.
final class LoggedBatch {
    private static final int HEADER_BYTES = 12;
    private static final int REMOVE_OF_FIRST = 0;
    private static final int PUT_OF_FIRST = 1;
    private static final int REMOVE = 4;
    private static final int PUT = 5;
    private static final int REMOVE_ONCE_OF_FIRST = 7;
    private static final int REMOVE_ONCE = 8;
    private static final int NOTHING = 13;
    private static final int REMOVE_RANGE = 14;
    private static final int REMOVE_RANGE_OF_FIRST = 15;

    /// Gets each change in order.
    interface Changes {
        void put(Disk.Family family, byte[] key, byte[] value) throws StoreException;

        void remove(Disk.Family family, byte[] key) throws StoreException;

        /// @param to the first key that stays
        void removeRange(Disk.Family family, byte[] from, byte[] to) throws StoreException;
    }

    private LoggedBatch() {}

    /// @throws StoreException if it does not read as one
    static void read(byte[] payload, Changes changes) throws StoreException {
        ByteBuffer from = ByteBuffer.wrap(payload);
        if (payload.length < HEADER_BYTES) {
            throw StoreException.ofDamage("a commit in the log is too short", null);
        }
        from.position(HEADER_BYTES);
        while (from.hasRemaining()) {
            change(from, changes);
        }
    }

    /// What of a damaged commit can still be made out: changes from wherever one seems to begin. None of it is to be
    /// believed, only to be named.
    static void guess(byte[] octets, Changes changes) throws StoreException {
        ByteBuffer from = ByteBuffer.wrap(octets);
        int at = 0;
        while (at < octets.length) {
            from.position(at);
            try {
                change(from, changes);
                at = from.position();
            } catch (StoreException _) {
                at++;
            }
        }
    }

    private static void change(ByteBuffer from, Changes changes) throws StoreException {
        int tag = from.get();
        switch (tag) {
            case PUT, PUT_OF_FIRST -> {
                Disk.Family family = tag == PUT ? family(from) : Disk.Family.HOUSE;
                changes.put(family, octets(from), octets(from));
            }
            case REMOVE, REMOVE_ONCE -> changes.remove(family(from), octets(from));
            case REMOVE_OF_FIRST, REMOVE_ONCE_OF_FIRST -> changes.remove(Disk.Family.HOUSE, octets(from));
            case REMOVE_RANGE -> changes.removeRange(family(from), octets(from), octets(from));
            case REMOVE_RANGE_OF_FIRST -> changes.removeRange(Disk.Family.HOUSE, octets(from), octets(from));
            case NOTHING -> {}
            default -> throw StoreException.ofDamage("a commit in the log has a change of kind " + tag, null);
        }
    }

    private static Disk.Family family(ByteBuffer from) throws StoreException {
        int number = number(from);
        return Optional.of(number)
                .filter(n -> n < Disk.Family.values().length)
                .map(n -> Disk.Family.values()[n])
                .orElseThrow(() -> StoreException.ofDamage("a commit in the log is of family " + number, null));
    }

    private static byte[] octets(ByteBuffer from) throws StoreException {
        int length = number(from);
        if (length > from.remaining()) {
            throw StoreException.ofDamage("a commit in the log ends in the middle", null);
        }
        byte[] octets = new byte[length];
        from.get(octets);
        return octets;
    }

    private static int number(ByteBuffer from) throws StoreException {
        int value = 0;
        for (int shift = 0; shift < 32 && from.hasRemaining(); shift += 7) {
            int octet = from.get() & 0xFF;
            value |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw StoreException.ofDamage("a commit in the log ends in the middle", null);
    }
}
