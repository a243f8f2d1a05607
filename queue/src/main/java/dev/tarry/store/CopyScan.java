package dev.tarry.store;

import dev.tarry.store.MessageStore.CopyKey;
import dev.tarry.store.MessageStore.CopyReader;
import java.nio.ByteBuffer;
import java.util.List;

/// Goes through the messages' family for copies that are wanted. What lies close ahead is reached by passing what is
/// between, which costs less than looking for it. For one use, on the reading thread.
final class CopyScan {
    /// Message integers ahead of which it is looked for.
    private static final long NEAR_IDS = 32;

    private final Disk.Cursor cursor;
    private final List<CopyKey> wanted;
    private final CopyReader to;
    private boolean more = true;

    /// @param cursor over the messages from the first wanted to the last, their copies included; at its beginning
    CopyScan(Disk.Cursor cursor, List<CopyKey> wanted, CopyReader to) {
        this.cursor = cursor;
        this.wanted = wanted;
        this.to = to;
    }

    /// @throws IllegalArgumentException if they are not in order, each once
    static void requireOrder(List<CopyKey> wanted) {
        for (int i = 1; i < wanted.size(); i++) {
            CopyKey one = wanted.get(i - 1);
            CopyKey other = wanted.get(i);
            if (one.messageId() > other.messageId()
                    || one.messageId() == other.messageId() && one.queueId() >= other.queueId()) {
                throw new IllegalArgumentException(other + " is wanted after " + one);
            }
        }
    }

    void run() throws StoreException {
        more = cursor.next();
        for (int i = 0; i < wanted.size() && more; ) {
            i = message(i);
        }
    }

    /// Reads a message and all its copies that are wanted.
    ///
    /// @return the first that is wanted of another
    private int message(int first) throws StoreException {
        long id = wanted.get(first).messageId();
        int next = first;
        reach(id);
        MessageRecord message = null;
        if (more && cursor.key().getLong() == id && cursor.key().remaining() == Keys.ID_BYTES) {
            message = RecordFormat.message(cursor.key(), cursor.value());
        }
        for (; next < wanted.size() && wanted.get(next).messageId() == id; next++) {
            if (message != null) {
                copy(next, wanted.get(next).queueId(), message);
            }
        }
        return next;
    }

    /// Goes to the message, or, if it is not there, to what follows.
    private void reach(long id) throws StoreException {
        for (int passed = 0; more; passed++) {
            long at = cursor.key().getLong();
            if (at >= id) {
                return;
            }
            if (id - at > NEAR_IDS || passed > NEAR_IDS) {
                cursor.leap(Keys.message(id));
            }
            more = cursor.next();
        }
    }

    private void copy(int index, int queue, MessageRecord message) throws StoreException {
        for (int passed = 0; more; passed++) {
            ByteBuffer key = cursor.key();
            if (key.getLong() != message.id()) {
                return;
            }
            int at = key.remaining() == Integer.BYTES ? key.getInt() : -1; // the message itself comes first
            if (at >= queue) {
                if (at == queue) {
                    to.found(index, message, RecordFormat.copy(cursor.key(), cursor.value()));
                }
                return;
            }
            if (passed > NEAR_IDS) {
                cursor.leap(Keys.copy(message.id(), queue));
            }
            more = cursor.next();
        }
    }
}
