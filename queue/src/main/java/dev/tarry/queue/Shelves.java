package dev.tarry.queue;

import dev.tarry.mail.MessageIds;
import dev.tarry.store.ContentRef;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.NetItem;
import dev.tarry.store.QueueRecord;
import dev.tarry.store.ResubmitRecord;
import dev.tarry.store.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Everything the queue loop keeps in memory: queues, copies, when they are late and when they expire, who owns
/// which content. Filled from the store by the thread that opens it, then handed to the queue loop, which alone
/// uses it. When the store has failed it is thrown away and filled anew.
final class Shelves implements MessageStore.Loader {
    static final int SUBMISSION_ID = 1;
    static final int UNREACHABLE_ID = 2;
    static final int POISON_ID = 3;

    private final NodeTable nodes = new NodeTable();
    private final ExpiryIndex expiry = new ExpiryIndex();
    private final DelayIndex delays = new DelayIndex();
    private final TreeMap<Integer, NextHopQueue> byId = new TreeMap<>();
    private final Map<NextHopKey, NextHopQueue> byKey = new HashMap<>();
    /// mailbox items and keepings of Safety Net that share a content; contents that only a message owns are not in here
    private final Map<Long, Integer> itemsOf = new HashMap<>();

    private final TreeMap<Integer, ResubmitRecord> requests = new TreeMap<>();
    private long oldestKeptMillis = Long.MAX_VALUE;
    private int netParts;

    private final int shard;
    private long epoch;
    private long nextMessage;
    private int nextQueue;
    private AtomicLong nextContent;
    private long newestMillis;
    private final LoadListener listener;
    /// null while it is being filled
    private Watch watch;

    /// Told of every copy that was found, in order; on the opening thread.
    interface LoadListener {
        /// @return whether the message counts; else nothing of it comes onto a shelf
        default boolean counts(MessageRecord message, List<CopyRecord> copies) {
            return true;
        }

        void loaded(MessageRecord message, CopyRecord copy, NextHopKey queue);
    }

    private Shelves(int shard, LoadListener listener) {
        this.shard = shard;
        this.listener = listener;
        put(new NextHopQueue(SUBMISSION_ID, NextHopKey.SUBMISSION));
        put(new NextHopQueue(UNREACHABLE_ID, NextHopKey.UNREACHABLE));
    }

    /// Takes the shard over and reads what it holds. Blocking; not on a loop.
    static Shelves load(MessageStore store, int shard, LoadListener listener) throws StoreException {
        Shelves shelves = new Shelves(shard, listener);
        MessageStore.Opened opened = store.open(shard, shelves);
        shelves.epoch = opened.epoch();
        shelves.nextMessage = opened.nextMessage();
        shelves.nextQueue = Math.max(opened.nextQueue(), MessageStore.FIRST_DYNAMIC_QUEUE);
        shelves.nextContent = new AtomicLong(opened.nextContent());
        shelves.newestMillis = opened.newestMillis();
        return shelves;
    }

    // ---- filling

    @Override
    public void queue(QueueRecord record) {
        NextHopKey key = new NextHopKey(
                DeliveryType.named(record.deliveryType())
                        .orElseThrow(
                                () -> new IllegalStateException("queue " + record.id() + " is of the delivery type "
                                        + record.deliveryType() + ", which this version of tarry does not know")),
                record.nextHopDomain(),
                record.nextHopConnector());
        NextHopQueue queue = new NextHopQueue(record.id(), key);
        queue.restore(record);
        put(queue);
    }

    @Override
    public void message(MessageRecord message, List<CopyRecord> copies) throws StoreException {
        if (!listener.counts(message, copies)) {
            return;
        }
        for (CopyRecord copy : copies) { // all of them before any is told of
            if (copy.queueId() != POISON_ID && !byId.containsKey(copy.queueId())) {
                throw StoreException.ofDamage("a copy of message " + message.id() + " is in queue " + copy.queueId()
                        + ", which is not there");
            }
        }
        for (CopyRecord copy : copies) {
            NextHopQueue queue = copy.queueId() == POISON_ID ? poison() : byId.get(copy.queueId());
            Node node = Node.of(message, copy);
            if (queue.retry() != null && copy.enteredMillis() < queue.retry().lastMillis()) {
                node.trackedEpisode = queue.episode(); // it was there when the queue last failed: its deferral is told
            }
            if (copy.suspended()) {
                queue.addSuspended(node, copy.nextAttemptMillis());
            } else if (copy.nextAttemptMillis() != 0) {
                queue.addWaiting(node, copy.nextAttemptMillis());
            } else {
                queue.add(node);
            }
            queue.cameIn(node, copy.enteredMillis());
            nodes.add(node);
            if (copy.queueId() != POISON_ID) {
                expiry.add(node);
            }
            if (!node.delayTold && copy.queueId() != POISON_ID) {
                delays.add(node);
            }
            listener.loaded(message, copy, queue.key());
        }
    }

    @Override
    public void item(MailboxItem item) {
        addItem(item.content());
    }

    @Override
    public void kept(NetItem item) {
        addItem(item.message().content());
        oldestKeptMillis = Math.min(oldestKeptMillis, item.place().deliveredMillis());
        netParts++;
    }

    @Override
    public void request(ResubmitRecord request) {
        requests.put(request.id(), request);
    }

    /// When the first delivery was that Safety Net still has; [Long#MAX_VALUE] if it has none. Only after loading.
    long oldestKeptMillis() {
        return oldestKeptMillis;
    }

    /// Where Safety Net keeps the next delivery.
    NetItem.Place newPlace(long deliveredMillis, long messageId) {
        netParts = netParts == Integer.MAX_VALUE ? 0 : netParts + 1;
        return new NetItem.Place(deliveredMillis, messageId, netParts);
    }

    /// By id.
    TreeMap<Integer, ResubmitRecord> requests() {
        return requests;
    }

    // ---- queues

    NextHopQueue submission() {
        return byId.get(SUBMISSION_ID);
    }

    NextHopQueue unreachable() {
        return byId.get(UNREACHABLE_ID);
    }

    /// It is made when something is to go there.
    NextHopQueue poison() {
        NextHopQueue there = byId.get(POISON_ID);
        if (there == null) {
            there = new NextHopQueue(POISON_ID, NextHopKey.POISON);
            put(there);
        }
        return there;
    }

    /// Null if there is none.
    NextHopQueue queue(int id) {
        return byId.get(id);
    }

    NextHopQueue queue(NextHopKey key) {
        return byKey.get(key);
    }

    NextHopQueue newQueue(NextHopKey key) {
        NextHopQueue queue = new NextHopQueue(nextQueue++, key);
        put(queue);
        return queue;
    }

    void removeQueue(NextHopQueue queue) {
        byId.remove(queue.id());
        byKey.remove(queue.key());
        if (watch != null) {
            watch.touched(queue);
        }
    }

    /// All queues, those to come included, say there when they are touched.
    void watchedBy(Watch all) {
        watch = all;
        queues().forEach(queue -> queue.watchedBy(all));
    }

    /// Whether it is still one of ours; alarms of removed queues, and of those of a failed store, ask this.
    boolean has(NextHopQueue queue) {
        return byId.get(queue.id()) == queue;
    }

    /// By id.
    Collection<NextHopQueue> queues() {
        return byId.values();
    }

    /// By id, those above this one.
    Collection<NextHopQueue> queuesAfter(int id) {
        return byId.tailMap(id, false).values();
    }

    private void put(NextHopQueue queue) {
        byId.put(queue.id(), queue);
        byKey.put(queue.key(), queue);
        if (watch != null) {
            queue.watchedBy(watch);
            watch.touched(queue);
        }
    }

    // ---- copies and content

    NodeTable nodes() {
        return nodes;
    }

    ExpiryIndex expiry() {
        return expiry;
    }

    DelayIndex delays() {
        return delays;
    }

    /// A mailbox, or Safety Net, now shares this content.
    void addItem(ContentRef content) {
        itemsOf.merge(content.id(), 1, Integer::sum);
    }

    /// @return whether neither a mailbox nor Safety Net shares it any more
    boolean removeItem(ContentRef content) {
        return itemsOf.computeIfPresent(content.id(), (_, count) -> count == 1 ? null : count - 1) == null;
    }

    boolean hasItems(ContentRef content) {
        return itemsOf.containsKey(content.id());
    }

    // ---- counters

    int shard() {
        return shard;
    }

    long epoch() {
        return epoch;
    }

    long newMessageId() {
        return MessageIds.of(shard, nextMessage++);
    }

    /// The greatest integer that a message has so far.
    long latestMessageId() {
        return MessageIds.of(shard, nextMessage - 1);
    }

    AtomicLong contentIds() {
        return nextContent;
    }

    /// The latest moment the store knows of; 0 if it is empty.
    long newestMillis() {
        return newestMillis;
    }
}
