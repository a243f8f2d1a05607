package dev.tarry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A RocksDB database in a folder that it keeps to itself. What is collected is one write batch: one record of
/// the log.
final class RocksDisk implements Disk {
    /// Above this, the collected batch gives its memory back after its write.
    private static final long KEPT_BATCH_BYTES = 16L << 20;

    private static final Logger log = LoggerFactory.getLogger(RocksDisk.class);
    private static final String IN_MEMORY = "rocksdb.cur-size-all-mem-tables";
    private static final String YOUNG_FILES = "rocksdb.num-files-at-level0";
    private static final Pattern FILE = Pattern.compile("[^\\s:]+\\.(?:log|sst)\\b");

    private final Path folder;
    private final FolderLock lock;
    private final RocksOptions options;
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> handles;
    private final LogTail tail;
    private WriteBatch batch = new WriteBatch();
    /// what stands at the end of the log that RocksDB does not know of
    private byte[] torn = {};
    private LogTail.Place tornAt;
    private boolean lied;
    private boolean closed;

    private RocksDisk(
            Path folder,
            FolderLock lock,
            RocksOptions options,
            RocksDB database,
            Map<Family, ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.lock = lock;
        this.options = options;
        this.database = database;
        this.handles = handles;
        this.tail = new LogTail(folder);
    }

    /// @throws StoreException if another has the folder, it cannot be written, or what is there is damaged
    static RocksDisk open(Path folder) throws StoreException {
        return open(folder, false);
    }

    /// @param frugally whether as little as can be is to be written: what the log tells of stays there, and in memory
    /// @throws StoreException as [#open(Path)]; nothing stays on the disk then that was not there before
    static RocksDisk open(Path folder, boolean frugally) throws StoreException {
        FolderLock lock = FolderLock.take(folder);
        try {
            NativeLibrary.load(folder);
            RocksOptions options = new RocksOptions(DirectWriting.works(folder));
            try {
                options.database().setAvoidFlushDuringRecovery(frugally);
                return opened(folder, lock, options);
            } catch (StoreException | RuntimeException e) {
                options.close();
                throw e;
            }
        } catch (StoreException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static RocksDisk opened(Path folder, FolderLock lock, RocksOptions options) throws StoreException {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family family : Family.values()) {
            families.add(new ColumnFamilyDescriptor(
                    family.diskName().getBytes(StandardCharsets.US_ASCII), options.family(family)));
        }
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        Leftovers leftovers = Leftovers.before(folder);
        try {
            LogTail.loseNow(folder);
            requireWhole(folder);
            RocksDB database = RocksDB.open(options.database(), folder.toString(), families, opened);
            Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
            for (Family family : Family.values()) {
                handles.put(family, opened.get(family.ordinal()));
            }
            return new RocksDisk(folder, lock, options, database, handles);
        } catch (RocksDBException e) {
            leftovers.remove();
            throw unreadable(folder, e);
        } catch (IOException e) {
            throw new StoreException(
                    "the log in " + folder + " cannot be cut where its disk lost it: " + e.getMessage(), e);
        }
    }

    /// RocksDB would begin an empty database where only its first file is missing, and do without a log that is gone.
    private static void requireWhole(Path folder) throws IOException, StoreException {
        boolean log = false;
        boolean lists = false;
        boolean begun = false;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                log |= name.endsWith(".log");
                lists |= name.startsWith("MANIFEST-");
                begun |= name.endsWith(".sst")
                        || name.endsWith(".log") && size(file) > 0
                        || name.startsWith("OPTIONS-"); // which comes last of all that a first start writes
            }
        }
        boolean current = Files.exists(folder.resolve("CURRENT"));
        if (!begun) {
            return; // a first start was cut off before there was anything to lose
        }
        if (!current) {
            throw StoreException.ofDamage("the file CURRENT in " + folder + " is missing");
        }
        if (current && lists && !log) {
            throw StoreException.ofDamage("the log in " + folder + " is missing");
        }
    }

    /// Says what a person needs: which file.
    private static StoreException unreadable(Path folder, RocksDBException e) {
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            Matcher file = FILE.matcher(String.valueOf(e.getMessage()));
            return StoreException.ofDamage(
                    (file.find() ? "the file " + file.group() : "a file in " + folder) + " is damaged ("
                            + e.getMessage() + ")",
                    e);
        }
        if (missing(e) && Files.isDirectory(folder)) {
            return StoreException.ofDamage("a file in " + folder + " is missing: " + e.getMessage(), e);
        }
        return new StoreException("the store in " + folder + " cannot be read: " + e.getMessage(), e);
    }

    private static boolean missing(RocksDBException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains("No such file or directory") || words.contains("does not exist");
    }

    private static WriteFailure unwritten(RocksDBException e) {
        Status status = e.getStatus();
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        boolean damaged = (status != null && status.getCode() == Status.Code.Corruption) || missing(e);
        return new WriteFailure(String.valueOf(e.getMessage()), full, damaged, e);
    }

    private static WriteFailure unwritten(IOException e) {
        return new WriteFailure(e.toString(), false, e);
    }

    @Override
    public void put(Family family, ByteBuffer key, ByteBuffer value) throws WriteFailure {
        try {
            batch.put(handles.get(family), key.duplicate(), direct(value));
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    private static ByteBuffer direct(ByteBuffer value) {
        return value.isDirect()
                ? value.duplicate()
                : ByteBuffer.allocateDirect(value.remaining())
                        .put(value.duplicate())
                        .flip();
    }

    @Override
    public void remove(Family family, ByteBuffer key) throws WriteFailure {
        try {
            batch.delete(handles.get(family), key.duplicate());
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void removeChunk(ByteBuffer key, boolean cheap) throws WriteFailure {
        if (!cheap) {
            return;
        }
        byte[] octets = new byte[key.remaining()];
        key.duplicate().get(octets);
        try {
            // Unlike a plain one, this mark goes together with the value it meets, at the latest with the flush.
            batch.singleDelete(handles.get(Family.CONTENT), octets);
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void endBatch() {
        // The log takes all that is collected as one record.
    }

    @Override
    public long collectedBytes() {
        return batch.getDataSize();
    }

    @Override
    public void write(boolean sync) throws WriteFailure {
        try {
            if (batch.count() > 0) {
                database.write(options.write(sync), batch);
            } else if (sync) {
                database.syncWal();
            }
            if (lied && sync) {
                lied = false;
                tail.found();
            }
        } catch (RocksDBException e) {
            throw unwritten(e);
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            abandon();
        }
    }

    @Override
    public void tear() throws WriteFailure {
        try {
            tornAt = tail.end();
            byte[] payload = batch.data();
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(database.getLatestSequenceNumber() + 1);
            byte[] record = LogRecord.of(payload, tornAt.bytes());
            torn = Arrays.copyOf(record, record.length / 2);
            tail.append(tornAt, torn);
        } catch (RocksDBException e) {
            throw unwritten(e);
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            abandon();
        }
    }

    @Override
    public void writeLost() throws WriteFailure {
        try {
            if (!lied) {
                lied = true;
                tail.lose(tail.end());
            }
        } catch (IOException e) {
            throw unwritten(e);
        }
        write(false);
    }

    @Override
    public void writeDamaged(boolean sync) throws WriteFailure {
        try {
            LogTail.Place before = tail.end();
            write(sync);
            tail.damageSince(before);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void abandon() {
        if (batch.getDataSize() > KEPT_BATCH_BYTES) {
            batch.close();
            batch = new WriteBatch();
        } else {
            batch.clear();
        }
    }

    @Override
    public byte[] get(Family family, byte[] key) throws StoreException {
        try {
            return database.get(handles.get(family), options.read(family), key);
        } catch (RocksDBException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public int get(Family family, ByteBuffer key, ByteBuffer into) throws StoreException {
        int start = into.position();
        ByteBuffer room = into.duplicate();
        try {
            int length = database.get(handles.get(family), options.read(family), key.duplicate(), room);
            if (length == RocksDB.NOT_FOUND) {
                return -1;
            }
            into.position(start + Math.min(length, into.remaining()));
            return length;
        } catch (RocksDBException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public Cursor cursor(Family family, byte[] from, byte[] to) {
        return new RocksCursor(database, handles.get(family), from, to, e -> unreadable(folder, e));
    }

    @Override
    public void dropContent(List<byte[]> ranges) throws WriteFailure {
        try {
            database.deleteFilesInRanges(handles.get(Family.CONTENT), ranges, false);
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void switchContent() throws WriteFailure {
        try {
            database.flush(options.flush(), handles.get(Family.CONTENT));
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void removeChunks(byte[] from, byte[] to) throws WriteFailure {
        try {
            batch.deleteRange(handles.get(Family.CONTENT), from, to);
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public long unflushedBytes() {
        try {
            long bytes = 0;
            for (ColumnFamilyHandle family : handles.values()) {
                bytes += database.getLongProperty(family, IN_MEMORY);
            }
            return bytes;
        } catch (RocksDBException _) {
            return 0; // who flushes will see
        }
    }

    @Override
    public boolean roomToFlush() {
        try {
            return Files.getFileStore(folder).getUsableSpace() > unflushedBytes();
        } catch (IOException _) {
            return true; // who asks will see
        }
    }

    /// The small families first: the log that begins here takes as much space in advance as the first of them that has
    /// something to put into a file has buffers, which is what lies idle on the disk if nothing comes.
    @Override
    public void flush() throws WriteFailure {
        List<ColumnFamilyHandle> inOrder = new ArrayList<>();
        handles.forEach((family, handle) ->
                inOrder.add(family == Family.META || family == Family.CONTENT ? inOrder.size() : 0, handle));
        try {
            database.flush(options.flushAndWait(), inOrder);
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void compact(Family family, byte[] from, byte[] to) throws WriteFailure {
        try {
            database.compactRange(handles.get(family), from, to, options.compaction());
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    /// Files of level 0 may overlap, which is why none of them is ever dropped; one level down they do not.
    @Override
    public void ripenContent() throws WriteFailure {
        try {
            if (!database.getProperty(handles.get(Family.CONTENT), YOUNG_FILES).equals("0")) {
                compact(Family.CONTENT, null, null);
            }
        } catch (RocksDBException e) {
            throw unwritten(e);
        }
    }

    @Override
    public void hurry() {
        options.compaction().setCanceled(true);
    }

    @Override
    public long sizeBytes() {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += file.endsWith(Reserve.FILE) ? 0 : size(file);
            }
            return bytes;
        } catch (IOException _) {
            return bytes;
        }
    }

    /// Bytes of the log's files in a folder.
    static long logBytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += file.toString().endsWith(".log") ? size(file) : 0;
            }
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException _) {
            return 0; // gone since it was listed
        }
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        batch.close();
        handles.values().forEach(ColumnFamilyHandle::close);
        database.close();
        options.close();
        leaveTorn();
        lock.close();
    }

    /// RocksDB cuts the log to the length it knows of when it closes it.
    private void leaveTorn() {
        if (tornAt != null) {
            try {
                tail.append(tornAt, torn);
            } catch (IOException e) {
                log.warn("the torn end of {} could not be left as it was: {}", tornAt.file(), e.toString());
            }
        }
    }
}
