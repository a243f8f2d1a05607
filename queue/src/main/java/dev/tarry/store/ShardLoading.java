package dev.tarry.store;

import dev.tarry.mail.MessageIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One walk over all that a shard holds: shows it to the loader and notes what the store has to know of it.
/// Memory is bounded by one message and its copies. For one use, on the opening thread.
final class ShardLoading {
    private final Disk disk;
    private final int shard;
    private final MessageStore.Loader loader;
    private final LiveContent live = new LiveContent();
    private long nextMessage;
    private long nextContent;
    private int nextQueue;
    private long newestMillis;

    ShardLoading(Disk disk, int shard, Marks marks, MessageStore.Loader loader) {
        this.disk = disk;
        this.shard = shard;
        this.loader = loader;
        this.nextMessage = marks.messages();
        this.nextContent = marks.contents();
        this.nextQueue = marks.queues();
    }

    void run() throws StoreException {
        queues();
        messages();
        items();
        safetyNet();
    }

    LiveContent live() {
        return live;
    }

    /// Marks above everything that was found, also should the stored ones have been wrong.
    Marks marks(long epoch) {
        return new Marks(epoch, nextMessage, nextContent, nextQueue);
    }

    long newestMillis() {
        return newestMillis;
    }

    private void queues() throws StoreException {
        try (Disk.Cursor cursor =
                disk.cursor(Disk.Family.QUEUE, Keys.queue(shard, 0), Keys.queue(Math.addExact(shard, 1), 0))) {
            while (cursor.next()) {
                QueueRecord queue = RecordFormat.queue(cursor.key(), cursor.value());
                nextQueue = Math.max(nextQueue, queue.id() + 1);
                happened(queue.firstRetryMillis());
                happened(queue.lastRetryMillis());
                loader.queue(queue);
            }
        }
    }

    private void messages() throws StoreException {
        MessageRecord message = null;
        List<CopyRecord> copies = new ArrayList<>();
        byte[] from = Keys.message(Keys.firstId(shard));
        byte[] to = Keys.message(Keys.firstId(shard + 1));
        try (Disk.Cursor cursor = disk.cursor(Disk.Family.META, from, to)) {
            while (cursor.next()) {
                ByteBuffer key = cursor.key();
                if (key.remaining() == Keys.ID_BYTES) {
                    show(message, copies);
                    copies.clear();
                    message = RecordFormat.message(key, cursor.value());
                    note(message);
                } else if (key.remaining() == Keys.COPY_BYTES) {
                    CopyRecord copy = RecordFormat.copy(key, cursor.value());
                    if (message == null || message.id() != copy.messageId()) {
                        throw StoreException.ofDamage(
                                "there is a copy in queue " + copy.queueId() + " of message " + copy.messageId()
                                        + ", which is not there",
                                null);
                    }
                    happened(copy.enteredMillis());
                    copies.add(copy);
                } else {
                    throw StoreException.ofDamage("a key among the messages has " + key.remaining() + " octets", null);
                }
            }
        }
        show(message, copies);
    }

    private void show(MessageRecord message, List<CopyRecord> copies) throws StoreException {
        if (message != null) {
            loader.message(message, List.copyOf(copies));
        }
    }

    private void note(MessageRecord message) {
        nextMessage = Math.max(nextMessage, MessageIds.counter(message.id()) + 1);
        happened(message.receivedMillis());
        note(message.content());
    }

    private void items() throws StoreException {
        try (Disk.Cursor cursor = disk.cursor(Disk.Family.MAILBOX, new byte[0], null)) {
            while (cursor.next()) {
                MailboxItem item = RecordFormat.item(cursor.key(), cursor.value());
                if (MessageIds.shard(item.id()) == shard) {
                    happened(item.deliveredMillis());
                    note(item.content());
                    loader.item(item);
                }
            }
        }
    }

    private void safetyNet() throws StoreException {
        NetItem.Place beyond = new NetItem.Place(Long.MAX_VALUE, 0, 0);
        try (Disk.Cursor cursor =
                disk.cursor(Disk.Family.SAFETYNET, Keys.net(shard, NetItem.Place.FIRST), Keys.net(shard, beyond))) {
            while (cursor.next()) {
                NetItem item = RecordFormat.netItem(cursor.key(), cursor.value());
                happened(item.place().deliveredMillis());
                nextMessage =
                        Math.max(nextMessage, MessageIds.counter(item.place().messageId()) + 1);
                note(item.message().content());
                loader.kept(item);
            }
        }
        try (Disk.Cursor cursor =
                disk.cursor(Disk.Family.SAFETYNET, Keys.request(shard, 0), Keys.request(Math.addExact(shard, 1), 0))) {
            while (cursor.next()) {
                ResubmitRecord request = RecordFormat.request(cursor.key(), cursor.value());
                happened(request.createdMillis());
                loader.request(request);
            }
        }
    }

    private void note(ContentRef content) {
        // A body that another shard received is that shard's to keep.
        if (MessageIds.shard(content.id()) == shard) {
            nextContent = Math.max(nextContent, content.id() + 1);
            live.add(content.id());
        }
    }

    private void happened(long millis) {
        newestMillis = Math.max(newestMillis, millis);
    }
}
