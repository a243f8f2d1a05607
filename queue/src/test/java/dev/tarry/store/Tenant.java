package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Somebody who holds a shard of a store: commits under its epoch, and can say what it holds in words that can be
/// compared.
final class Tenant implements AutoCloseable, MessageStore.Loader {
    final MessageStore store;
    final List<QueueRecord> queues = new ArrayList<>();
    final List<MessageRecord> messages = new ArrayList<>();
    final List<List<CopyRecord>> copies = new ArrayList<>();
    final List<MailboxItem> items = new ArrayList<>();
    private final int shard;
    private final MessageStore.Opened opened;

    /// Opens shard 1.
    Tenant(MessageStore store) throws StoreException {
        this(store, Records.SHARD);
    }

    Tenant(MessageStore store, int shard) throws StoreException {
        this.store = store;
        this.shard = shard;
        this.opened = store.open(shard, this);
    }

    MessageStore.Opened opened() {
        return opened;
    }

    @Override
    public void queue(QueueRecord queue) {
        queues.add(queue);
    }

    @Override
    public void message(MessageRecord message, List<CopyRecord> of) {
        messages.add(message);
        copies.add(of);
    }

    @Override
    public void item(MailboxItem item) {
        items.add(item);
    }

    Batch durable(Write... writes) {
        return new Batch(shard, opened.epoch(), true, List.of(writes));
    }

    Batch unsynced(Write... writes) {
        return new Batch(shard, opened.epoch(), false, List.of(writes));
    }

    CommitResult commit(Write... writes) {
        return store.commit(List.of(durable(writes))).getFirst();
    }

    CommitResult commitUnsynced(Write... writes) {
        return store.commit(List.of(unsynced(writes))).getFirst();
    }

    /// Everything that was shown at opening, every octet of the bodies included.
    String shown() throws StoreException {
        StringBuilder text = new StringBuilder();
        queues.forEach(queue -> text.append(queue).append('\n'));
        for (int i = 0; i < messages.size(); i++) {
            text.append(messages.get(i)).append('\n');
            copies.get(i).forEach(copy -> text.append("  ").append(copy).append('\n'));
            text.append("  ").append(body(messages.get(i).content())).append('\n');
        }
        for (MailboxItem item : items) {
            text.append(item).append("\n  ").append(body(item.content())).append('\n');
        }
        return text.toString();
    }

    private String body(ContentRef content) throws StoreException {
        CRC32C sum = new CRC32C();
        long bytes = 0;
        for (int chunk = 0; chunk < content.chunks(); chunk++) {
            ByteBuffer octets = store.chunk(content, chunk);
            bytes += octets.remaining();
            sum.update(octets);
        }
        return bytes + " octets, " + Long.toHexString(sum.getValue());
    }

    @Override
    public void close() {
        store.close();
    }
}
