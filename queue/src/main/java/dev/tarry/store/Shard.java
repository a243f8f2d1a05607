package dev.tarry.store;

import dev.tarry.mail.MessageIds;
import java.nio.ByteBuffer;
import java.util.List;

/// A shard that this store holds: its epoch, how far its ids have come, which of its bodies live. Lives under the
/// store's write lock, [#hasContent] excepted.
final class Shard {
    private final int number;
    private final LiveContent live;
    private Marks stored;
    private long nextMessage;
    private long nextContent;
    private int nextQueue;
    private long switchedAtContent;

    /// @param stored the marks on disk, this holder's epoch in them
    /// @param live   which bodies some record covers
    Shard(int number, Marks stored, LiveContent live) {
        this.number = number;
        this.stored = stored;
        this.live = live;
        this.nextMessage = stored.messages();
        this.nextContent = stored.contents();
        this.nextQueue = stored.queues();
        this.switchedAtContent = nextContent;
    }

    long epoch() {
        return stored.epoch();
    }

    boolean hasContent(long id) {
        return live.contains(id);
    }

    /// Whether any body lives.
    boolean holdsContent() {
        return !live.isEmpty();
    }

    /// Collects a batch's writes, and the marks if one of its ids lies beyond them.
    void collect(Batch batch, Disk disk, RecordWriter writer, ByteBuffer key) throws WriteFailure {
        for (Write write : batch.writes()) {
            collect(write, disk, writer, key);
        }
        if (nextMessage > stored.messages() || nextContent > stored.contents() || nextQueue > stored.queues()) {
            stored = new Marks(
                    stored.epoch(),
                    ahead(nextMessage, stored.messages()),
                    ahead(nextContent, stored.contents()),
                    nextQueue);
            collectMarks(stored, disk, writer, key);
        }
    }

    /// Collects marks that say exactly what is in use: only for when no commit can follow.
    void collectLastMarks(Disk disk, RecordWriter writer, ByteBuffer key) throws WriteFailure {
        collectMarks(new Marks(stored.epoch(), nextMessage, nextContent, nextQueue), disk, writer, key);
    }

    private void collectMarks(Marks marks, Disk disk, RecordWriter writer, ByteBuffer key) throws WriteFailure {
        disk.put(Disk.Family.HOUSE, set(key, Keys.shard(number)), RecordFormat.write(writer, marks));
    }

    private static long ahead(long next, long mark) {
        return next > mark ? next + Marks.BLOCK_IDS : mark;
    }

    private void collect(Write write, Disk disk, RecordWriter writer, ByteBuffer key) throws WriteFailure {
        switch (write) {
            case Write.Chunk(long contentId, int chunk, ByteBuffer octets) -> {
                live.add(contentId);
                nextContent = Math.max(nextContent, contentId + 1);
                disk.put(Disk.Family.CONTENT, pair(key, contentId, chunk), octets);
            }
            case Write.DropContent(ContentRef content) -> {
                if (live.remove(content.id())) {
                    boolean cheap = content.id() >= switchedAtContent || content.bytes() >= KeyedStore.LARGE_BODY_BYTES;
                    for (int chunk = 0; chunk < content.chunks(); chunk++) {
                        disk.removeChunk(pair(key, content.id(), chunk), cheap);
                    }
                }
            }
            case Write.PutMessage(MessageRecord message) -> {
                nextMessage = Math.max(nextMessage, MessageIds.counter(message.id()) + 1);
                disk.put(Disk.Family.META, single(key, message.id()), RecordFormat.write(writer, message));
            }
            case Write.DropMessage(long id) -> disk.remove(Disk.Family.META, single(key, id));
            case Write.PutCopy(CopyRecord copy) ->
                disk.put(
                        Disk.Family.META,
                        pair(key, copy.messageId(), copy.queueId()),
                        RecordFormat.write(writer, copy));
            case Write.DropCopy(long messageId, int queueId) ->
                disk.remove(Disk.Family.META, pair(key, messageId, queueId));
            case Write.PutQueue(QueueRecord queue) -> {
                nextQueue = Math.max(nextQueue, queue.id() + 1);
                disk.put(Disk.Family.QUEUE, queueKey(key, queue.id()), RecordFormat.write(writer, queue));
            }
            case Write.DropQueue(int id) -> disk.remove(Disk.Family.QUEUE, queueKey(key, id));
            case Write.PutItem(MailboxItem item) ->
                disk.put(
                        Disk.Family.MAILBOX,
                        set(key, Keys.item(item.mailbox(), item.id())),
                        RecordFormat.write(writer, item));
            case Write.DropItem(String mailbox, long id) ->
                disk.remove(Disk.Family.MAILBOX, set(key, Keys.item(mailbox, id)));
            case Write.PutNetItem(NetItem item) ->
                disk.put(
                        Disk.Family.SAFETYNET,
                        set(key, Keys.net(number, item.place())),
                        RecordFormat.write(writer, item));
            case Write.DropNetItem(NetItem.Place place) ->
                disk.remove(Disk.Family.SAFETYNET, set(key, Keys.net(number, place)));
            case Write.PutResubmit(ResubmitRecord request) ->
                disk.put(
                        Disk.Family.SAFETYNET,
                        set(key, Keys.request(number, request.id())),
                        RecordFormat.write(writer, request));
            case Write.DropResubmit(int id) -> disk.remove(Disk.Family.SAFETYNET, set(key, Keys.request(number, id)));
        }
    }

    /// From here on, content is young if its id is new: all its chunks come after the switch.
    void contentSwitched() {
        switchedAtContent = nextContent;
    }

    boolean takeEmptied() {
        return live.takeEmptied();
    }

    List<LiveContent.Range> deadContent() {
        return live.deadRanges(Keys.firstId(number), nextContent);
    }

    /// The next stretch of bodies that is worth writing anew; null if there is none.
    LiveContent.Sparse takeSparse() {
        return live.takeSparse(nextContent);
    }

    private ByteBuffer queueKey(ByteBuffer key, int id) {
        return key.clear().putInt(number).putInt(id).flip();
    }

    private static ByteBuffer single(ByteBuffer key, long id) {
        return key.clear().putLong(id).flip();
    }

    private static ByteBuffer pair(ByteBuffer key, long id, int number) {
        return key.clear().putLong(id).putInt(number).flip();
    }

    private static ByteBuffer set(ByteBuffer key, byte[] octets) {
        return key.clear().put(octets).flip();
    }
}
