package dev.tarry.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// How keys are laid out. Numbers are big-endian, so that the order of bytes is the order of numbers:
///
/// | family | key |
/// |---|---|
/// | HOUSE | `format`; `s` + shard (4) |
/// | META | message id (8); message id (8) + queue id (4): a message stands right before its copies |
/// | CONTENT | content id (8) + chunk number (4) |
/// | QUEUE | shard (4) + queue id (4) |
/// | MAILBOX | mailbox in UTF-8 + 0 + item id (8) |
/// | SAFETYNET | `n` + shard (4) + time (8) + message id (8) + part (4); `r` + shard (4) + request id (4) |
///
/// Message, content and item ids carry their shard in their upper bits ([dev.tarry.mail.MessageIds]), so a
/// shard's are one range.
final class Keys {
    static final int ID_BYTES = 8;
    static final int COPY_BYTES = 12;
    static final int NET_BYTES = 25;
    static final int REQUEST_BYTES = 9;

    /// A mailbox's name in UTF-8: an address with room to spare.
    static final int MAX_MAILBOX_BYTES = 1_000;

    static final int MAX_BYTES = MAX_MAILBOX_BYTES + 1 + ID_BYTES;

    private static final int SHARD_SHIFT = 40;

    private Keys() {}

    static byte[] format() {
        return "format".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] shard(int shard) {
        return ByteBuffer.allocate(5).put((byte) 's').putInt(shard).array();
    }

    static byte[] queue(int shard, int id) {
        return ByteBuffer.allocate(8).putInt(shard).putInt(id).array();
    }

    static byte[] message(long id) {
        return ByteBuffer.allocate(ID_BYTES).putLong(id).array();
    }

    static byte[] copy(long messageId, int queueId) {
        return ByteBuffer.allocate(COPY_BYTES)
                .putLong(messageId)
                .putInt(queueId)
                .array();
    }

    static byte[] chunk(long contentId, int number) {
        return copy(contentId, number);
    }

    /// The first id that a shard can have; the end of the shard before it.
    static long firstId(int shard) {
        return (long) shard << SHARD_SHIFT;
    }

    static byte[] item(String mailbox, long id) {
        byte[] name = mailbox.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1 + ID_BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(id)
                .array();
    }

    /// The end of a mailbox's items, exclusive.
    static byte[] afterItems(String mailbox) {
        byte[] name = mailbox.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1).put(name).put((byte) 1).array();
    }

    /// What a shard's Safety Net keeps there.
    static byte[] net(int shard, NetItem.Place place) {
        return ByteBuffer.allocate(NET_BYTES)
                .put((byte) 'n')
                .putInt(shard)
                .putLong(place.deliveredMillis())
                .putLong(place.messageId())
                .putInt(place.part())
                .array();
    }

    static byte[] request(int shard, int id) {
        return ByteBuffer.allocate(REQUEST_BYTES)
                .put((byte) 'r')
                .putInt(shard)
                .putInt(id)
                .array();
    }

    /// Whether a mailbox of this name has a key.
    static boolean mailboxFits(String mailbox) {
        return !mailbox.isEmpty()
                && mailbox.indexOf(0) < 0
                && mailbox.getBytes(StandardCharsets.UTF_8).length <= MAX_MAILBOX_BYTES;
    }

    /// The name in an item's key; the key is left at its id.
    static String mailbox(ByteBuffer key) throws StoreException {
        int length = key.remaining() - 1 - ID_BYTES;
        if (length <= 0) {
            throw StoreException.ofDamage("the key of a mailbox item is too short", null);
        }
        byte[] name = new byte[length];
        key.get(name);
        key.get();
        return new String(name, StandardCharsets.UTF_8);
    }
}
