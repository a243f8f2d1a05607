package dev.tarry.store;

import dev.tarry.mail.MessageIds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A message store on a [Disk]: what all disks have in common, which is nearly all.
///
/// Threads: one commits or opens at a time (others wait), any number read. Closing waits for them and shuts them
/// out, since the disk below may be native code that no call may meet when it is gone.
abstract sealed class KeyedStore implements MessageStore permits RocksMessageStore, MemoryMessageStore {
    /// What one write may gather before it is handed to the disk: a bound on memory, not on a commit.
    static final long GROUP_BYTES = 8L << 20;

    /// When what came into CONTENT since the last switch reaches this, a new file begins.
    static final long CONTENT_SWITCH_BYTES = 56L << 20;

    /// A body of this size is worth marks of deletion of its own: it would else wait for its generation.
    static final long LARGE_BODY_BYTES = 1L << 20;

    /// A log of which so much is in no file yet is worth emptying when the store is closed.
    private static final long LONG_LOG_BYTES = 4L << 20;

    static final int FORMAT = 1;
    private static final CommitResult COMMITTED = new CommitResult.Committed();
    private static final Logger log = LoggerFactory.getLogger(KeyedStore.class);

    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final Object writing = new Object();
    private final Disk disk;
    private final StoreFaults faults;
    private final ContentSpace space;
    private final LongConsumer written;
    private final ConcurrentSkipListMap<Integer, Shard> shards = new ConcurrentSkipListMap<>();
    private final RecordWriter writer = new RecordWriter();
    private final ByteBuffer key = ByteBuffer.allocateDirect(Keys.MAX_BYTES);
    private volatile CommitResult.Failed failure;
    private volatile boolean damaged;
    /// whether the disk has said that something is durable which is not
    private boolean lied;
    private final AtomicBoolean hurried = new AtomicBoolean();
    private boolean closed;

    /// @param written told of bytes that are handed to the disk; quick
    /// @throws StoreException if the disk holds another format; the disk is closed then
    KeyedStore(Disk disk, StoreFaults faults, long contentSwitchBytes, LongConsumer written) throws StoreException {
        this.disk = disk;
        this.faults = faults;
        this.written = written;
        this.space = new ContentSpace(disk, contentSwitchBytes);
        try {
            weather(StoreFaults.Operation.OPEN, Disk.Family.HOUSE);
            checkFormat();
        } catch (StoreException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private void putFormat() throws WriteFailure {
        disk.put(Disk.Family.HOUSE, keyOf(Keys.format()), writer.begin(FORMAT).end());
    }

    private void checkFormat() throws StoreException {
        byte[] format = disk.get(Disk.Family.HOUSE, Keys.format());
        if (format == null) {
            try {
                putFormat();
                disk.endBatch();
                disk.write(true);
            } catch (WriteFailure e) {
                throw new StoreException(disk.place() + " cannot be written: " + e.getMessage(), e);
            }
        } else if (format.length != 1) {
            throw StoreException.ofDamage("the format of " + disk.place() + " cannot be read", null);
        } else if (format[0] != FORMAT) {
            throw new StoreException(disk.place() + " has format " + format[0]
                    + " and this version of tarry knows " + FORMAT
                    + ": open it with the version of tarry that wrote it, or begin with an empty directory");
        }
    }

    @Override
    public final Opened open(int shard, Loader loader) throws StoreException {
        MessageIds.of(shard, 0); // refuses what is no shard
        lifetime.readLock().lock();
        try {
            requireOpen();
            synchronized (writing) {
                if (failure != null) {
                    throw new StoreException("the store in " + disk.place() + " has failed (" + failure.reason()
                            + ") and must be closed and opened again");
                }
                return load(shard, loader);
            }
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private Opened load(int number, Loader loader) throws StoreException {
        byte[] before = disk.get(Disk.Family.HOUSE, Keys.shard(number));
        Marks marks = before == null ? Marks.ofNewShard(number) : RecordFormat.marks(number, ByteBuffer.wrap(before));
        marks = marks.withEpoch(marks.epoch() + 1);
        try {
            disk.put(Disk.Family.HOUSE, keyOf(Keys.shard(number)), RecordFormat.write(writer, marks));
            disk.endBatch();
            writeHonestly(true);
        } catch (WriteFailure e) {
            throw unopened(e);
        }
        shards.remove(number); // whoever held it until now is fenced from here on, also if loading fails
        ShardLoading loading = new ShardLoading(disk, number, marks, loader);
        loading.run();
        Marks found = loading.marks(marks.epoch());
        Shard shard = new Shard(number, found, loading.live());
        shards.put(number, shard);
        try {
            space.dropDead(shards.values());
        } catch (WriteFailure e) {
            throw unopened(e);
        }
        return new Opened(found.epoch(), found.messages(), found.contents(), found.queues(), loading.newestMillis());
    }

    private StoreException unopened(WriteFailure e) {
        failure = new CommitResult.Failed(e.getMessage(), e.full());
        if (e.damaged()) {
            return StoreException.ofDamage(disk.place() + " cannot be written: " + e.getMessage(), e);
        }
        return new StoreException(disk.place() + " cannot be written: " + e.getMessage(), e);
    }

    @Override
    public final List<CommitResult> commit(List<Batch> batches) {
        batches.forEach(BatchCheck::check);
        lifetime.readLock().lock();
        try {
            synchronized (writing) {
                if (closed) {
                    return same(batches, new CommitResult.Failed("the store is closed", false));
                }
                return failure != null ? same(batches, failure) : write(batches);
            }
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private List<CommitResult> write(List<Batch> batches) {
        Optional<StoreFault> fault = faults.calm()
                ? Optional.empty()
                : faults.strike(StoreFaults.Operation.COMMIT, BatchFamilies.of(batches));
        List<CommitResult> results = new ArrayList<>(batches.size());
        CommitResult committed =
                fault.orElse(null) instanceof StoreFault.Slow(Duration by) ? new CommitResult.Committed(by) : COMMITTED;
        boolean durable = false;
        try {
            for (Batch batch : batches) {
                Shard shard = shards.get(batch.shard());
                if (shard == null || shard.epoch() != batch.epoch()) {
                    results.add(new CommitResult.Fenced(shard == null ? 0 : shard.epoch()));
                    continue;
                }
                if (disk.collectedBytes() >= GROUP_BYTES && fault.isEmpty()) {
                    written.accept(disk.collectedBytes());
                    disk.write(false); // the sync at the end covers it
                }
                shard.collect(batch, disk, writer, key);
                disk.endBatch();
                durable |= batch.durable();
                results.add(committed);
            }
            written.accept(disk.collectedBytes());
            write(durable, fault);
            if (durable && !lied) {
                space.reclaim(shards.values());
            }
            space.count(batches, shards.values());
            return results;
        } catch (WriteFailure e) {
            log.error("the store in {} failed: {}", disk.place(), e.getMessage(), e);
            damaged |= e.damaged();
            disk.abandon();
            return fail(batches, new CommitResult.Failed(e.getMessage(), e.full()));
        } catch (RuntimeException e) {
            // Half a batch may have been collected, and ids counted: only opening again sets that right.
            log.error("the store in {} failed unexpectedly", disk.place(), e);
            disk.abandon();
            return fail(batches, new CommitResult.Failed("unexpected: " + e, false));
        }
    }

    /// Writes what was collected, in whatever weather there is.
    private void write(boolean durable, Optional<StoreFault> fault) throws WriteFailure {
        switch (fault.orElse(null)) {
            case null -> writeHonestly(durable);
            case StoreFault.Slow _ -> writeHonestly(durable);
            case StoreFault.Full _ -> throw new WriteFailure("No space left on device", true, null);
            case StoreFault.Fail _ -> {
                disk.write(false); // it has reached the file, and nobody knows what of the file has reached the disk
                throw new WriteFailure("Input/output error", false, null);
            }
            case StoreFault.Torn _ -> {
                disk.tear();
                throw new WriteFailure("Input/output error", false, null);
            }
            case StoreFault.Lost _ -> {
                lied = true;
                disk.writeLost();
            }
            case StoreFault.Corrupt _ -> {
                disk.writeDamaged(durable);
                lied &= !durable;
            }
        }
    }

    private void writeHonestly(boolean durable) throws WriteFailure {
        disk.write(durable);
        lied &= !durable;
    }

    private List<CommitResult> fail(List<Batch> batches, CommitResult.Failed how) {
        // After a sync that failed nobody knows what is on disk: a second try could succeed and lie.
        failure = how;
        return same(batches, how);
    }

    private static List<CommitResult> same(List<Batch> batches, CommitResult result) {
        return batches.stream().map(_ -> result).toList();
    }

    @Override
    public final Optional<MessageRecord> message(long id) throws StoreException {
        byte[] value = read(Disk.Family.META, Keys.message(id));
        return value == null
                ? Optional.empty()
                : Optional.of(RecordFormat.message(ByteBuffer.wrap(Keys.message(id)), ByteBuffer.wrap(value)));
    }

    @Override
    public final Optional<CopyRecord> copy(long messageId, int queueId) throws StoreException {
        byte[] copyKey = Keys.copy(messageId, queueId);
        byte[] value = read(Disk.Family.META, copyKey);
        return value == null
                ? Optional.empty()
                : Optional.of(RecordFormat.copy(ByteBuffer.wrap(copyKey), ByteBuffer.wrap(value)));
    }

    @Override
    public final List<CopyRecord> copies(long messageId) throws StoreException {
        List<CopyRecord> copies = new ArrayList<>();
        walk(Disk.Family.META, Keys.copy(messageId, 0), Keys.message(messageId + 1), cursor -> {
            return copies.add(RecordFormat.copy(cursor.key(), cursor.value()));
        });
        return copies;
    }

    @Override
    public final void read(List<CopyKey> wanted, CopyReader to) throws StoreException {
        CopyScan.requireOrder(wanted);
        if (wanted.isEmpty()) {
            return;
        }
        byte[] from = Keys.message(wanted.getFirst().messageId());
        byte[] end = Keys.message(wanted.getLast().messageId() + 1);
        lifetime.readLock().lock();
        try {
            requireOpen();
            weather(StoreFaults.Operation.READ, Disk.Family.META);
            try (Disk.Cursor cursor = disk.cursor(Disk.Family.META, from, end)) {
                new CopyScan(cursor, wanted, to).run();
            }
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public final ByteBuffer chunk(ContentRef content, int number) throws StoreException {
        requireLive(content, number);
        byte[] octets = read(Disk.Family.CONTENT, Keys.chunk(content.id(), number));
        if (octets == null) {
            throw lost(content, number);
        }
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    @Override
    public final int chunk(ContentRef content, int number, ByteBuffer into) throws StoreException {
        requireLive(content, number);
        ByteBuffer chunkKey = ByteBuffer.allocateDirect(Keys.COPY_BYTES)
                .putLong(content.id())
                .putInt(number)
                .flip();
        int room = into.remaining();
        lifetime.readLock().lock();
        try {
            requireOpen();
            weather(StoreFaults.Operation.READ, Disk.Family.CONTENT);
            int length = disk.get(Disk.Family.CONTENT, chunkKey, into);
            if (length < 0) {
                throw lost(content, number);
            }
            if (length > room) {
                throw new IllegalArgumentException("chunk " + number + " of content " + content.id() + " has " + length
                        + " bytes, the buffer room for " + room);
            }
            return length;
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private void requireLive(ContentRef content, int number) throws StoreException {
        Shard shard = shards.get(MessageIds.shard(content.id()));
        if (number < 0 || number >= content.chunks() || (shard != null && !shard.hasContent(content.id()))) {
            throw lost(content, number);
        }
    }

    private static StoreException lost(ContentRef content, int number) {
        return StoreException.ofDamage(
                "chunk " + number + " of content " + content.id() + " (" + content.chunks() + " chunks) is not there");
    }

    @Override
    public final List<MailboxCount> mailboxes() throws StoreException {
        List<MailboxCount> counts = new ArrayList<>();
        walk(Disk.Family.MAILBOX, new byte[0], null, cursor -> {
            String mailbox = Keys.mailbox(cursor.key());
            boolean again = !counts.isEmpty() && counts.getLast().mailbox().equals(mailbox);
            int items = again ? counts.removeLast().items() + 1 : 1;
            return counts.add(new MailboxCount(mailbox, items));
        });
        return counts;
    }

    @Override
    public final List<MailboxItem> items(String mailbox) throws StoreException {
        List<MailboxItem> items = new ArrayList<>();
        if (Keys.mailboxFits(mailbox)) {
            walk(Disk.Family.MAILBOX, Keys.item(mailbox, 0), Keys.afterItems(mailbox), cursor -> {
                return items.add(RecordFormat.item(cursor.key(), cursor.value()));
            });
        }
        return items;
    }

    @Override
    public final Optional<MailboxItem> item(String mailbox, long id) throws StoreException {
        if (!Keys.mailboxFits(mailbox)) {
            return Optional.empty();
        }
        byte[] itemKey = Keys.item(mailbox, id);
        byte[] value = read(Disk.Family.MAILBOX, itemKey);
        return value == null
                ? Optional.empty()
                : Optional.of(RecordFormat.item(ByteBuffer.wrap(itemKey), ByteBuffer.wrap(value)));
    }

    @Override
    public final List<NetItem> kept(int shard, NetItem.Place from, long endMillis, int most) throws StoreException {
        List<NetItem> items = new ArrayList<>();
        byte[] to = Keys.net(shard, new NetItem.Place(endMillis, 0, 0));
        if (Arrays.compareUnsigned(Keys.net(shard, from), to) < 0) {
            walk(Disk.Family.SAFETYNET, Keys.net(shard, from), to, cursor -> {
                items.add(RecordFormat.netItem(cursor.key(), cursor.value()));
                return items.size() < most;
            });
        }
        return items;
    }

    private byte[] read(Disk.Family family, byte[] of) throws StoreException {
        lifetime.readLock().lock();
        try {
            requireOpen();
            weather(StoreFaults.Operation.READ, family);
            return disk.get(family, of);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private interface Visit {
        /// @return whether to go on
        boolean at(Disk.Cursor cursor) throws StoreException;
    }

    private void walk(Disk.Family family, byte[] from, byte[] to, Visit visit) throws StoreException {
        lifetime.readLock().lock();
        try {
            requireOpen();
            weather(StoreFaults.Operation.READ, family);
            try (Disk.Cursor cursor = disk.cursor(family, from, to)) {
                boolean on = true;
                while (on && cursor.next()) {
                    on = visit.at(cursor);
                }
            }
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public final boolean tidy() {
        lifetime.readLock().lock();
        try {
            return !closed && tidyUp();
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private boolean tidyUp() {
        try {
            boolean content;
            boolean records;
            LiveContent.Sparse sparse;
            synchronized (writing) {
                if (failure != null || lied) {
                    return false;
                }
                boolean room = disk.roomToFlush();
                boolean nothingLives = shards.values().stream().noneMatch(Shard::holdsContent);
                content = (room || nothingLives) && space.takeDroppedContent();
                records = room && !content && space.takeDroppedRecords();
                sparse = !room || content || records ? null : removeDead();
            }
            if (content) {
                emptyMemory();
                disk.ripenContent();
                synchronized (writing) {
                    space.dropDead(shards.values());
                }
            } else if (records) {
                disk.compact(Disk.Family.META, null, null);
            } else if (sparse != null) {
                disk.compact(
                        Disk.Family.CONTENT,
                        Keys.chunk(sparse.all().from(), 0),
                        Keys.chunk(sparse.all().to(), 0));
                emptyMemory();
            }
            return content || records || sparse != null;
        } catch (WriteFailure e) {
            log.warn("dead mail in {} takes up its space a while longer: {}", disk.place(), e.getMessage());
            return false;
        }
    }

    /// Puts what stands in memory and in the log into files. The log that follows takes space in advance, as much
    /// as the first family that is put into a file has buffers; so the smallest has something to put there, which
    /// says what stands there already. A disk that is nearly full is spared that: a write that fails would end the
    /// store.
    private void emptyMemory() throws WriteFailure {
        if (disk.roomToFlush()) {
            synchronized (writing) {
                if (failure != null || lied) {
                    return;
                }
                writeOwn(this::putFormat);
            }
        }
        disk.flush();
    }

    /// Removes what is dead in a stretch in which little lives. What made it dead stands before it in the log.
    ///
    /// @return null if there is none
    private LiveContent.Sparse removeDead() throws WriteFailure {
        for (Shard shard : shards.values()) {
            LiveContent.Sparse sparse = shard.takeSparse();
            if (sparse != null) {
                writeOwn(() -> {
                    for (LiveContent.Range dead : sparse.dead()) {
                        disk.removeChunks(Keys.chunk(dead.from(), 0), Keys.chunk(dead.to(), 0));
                    }
                });
                return sparse;
            }
        }
        return null;
    }

    /// Collects changes.
    private interface Collecting {
        void run() throws WriteFailure;
    }

    /// Writes changes that nobody asked for; if it fails, nothing more is committed. Under the write lock.
    private void writeOwn(Collecting changes) throws WriteFailure {
        try {
            changes.run();
            disk.endBatch();
            writeHonestly(true);
        } catch (WriteFailure e) {
            disk.abandon();
            failure = new CommitResult.Failed(e.getMessage(), e.full());
            throw e;
        }
    }

    @Override
    public final Optional<CommitResult.Failed> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public final boolean damaged() {
        return damaged;
    }

    @Override
    public final long sizeBytes() {
        lifetime.readLock().lock();
        try {
            return closed ? 0 : disk.sizeBytes();
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /// @throws StoreException if the weather makes this operation fail
    private void weather(StoreFaults.Operation operation, Disk.Family family) throws StoreException {
        if (faults.calm()) {
            return;
        }
        switch (faults.strike(operation, List.of(family.word())).orElse(null)) {
            case StoreFault.Fail _ ->
                throw new StoreException("the store in " + disk.place() + " cannot be read: Input/output error");
            case StoreFault.Full _
            when operation == StoreFaults.Operation.OPEN ->
                throw new StoreException("the store in " + disk.place() + " cannot be opened: No space left on device");
            case StoreFault.Corrupt _ ->
                throw new StoreException("a record of " + family.word() + " in " + disk.place()
                        + " is damaged (its checksum is not that of its octets)"); // weather: it was not really so
            case null -> {}
            case StoreFault.Full _,
                    StoreFault.Slow _,
                    StoreFault.Torn _,
                    StoreFault.Lost _ -> {} // only writing knows them
        }
    }

    private void requireOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the store in " + disk.place() + " is closed");
        }
    }

    @Override
    public final void close() {
        if (!hurried.getAndSet(true)) {
            disk.hurry();
        }
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (failure == null) {
                closeMarks();
            }
            disk.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private void closeMarks() {
        try {
            for (Shard shard : shards.values()) {
                shard.collectLastMarks(disk, writer, key);
            }
            disk.endBatch();
            if (lied) {
                disk.writeLost(); // a sync now would make the lies true
            } else {
                disk.write(true);
                emptyLog();
            }
        } catch (WriteFailure e) {
            log.warn("the store in {} could not be closed in peace: {}", disk.place(), e.getMessage());
        }
    }

    /// So that the next opening need not read the log again, if that would take long.
    private void emptyLog() throws WriteFailure {
        if (disk.unflushedBytes() >= LONG_LOG_BYTES && disk.roomToFlush()) {
            disk.flush();
        }
    }

    private ByteBuffer keyOf(byte[] octets) {
        return key.clear().put(octets).flip();
    }
}
