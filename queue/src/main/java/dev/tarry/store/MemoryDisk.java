package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk that stands in memory and outlives the stores that use it, one at a time. It knows what has been
/// synced, so [#crash] can take away what a loss of power could.
///
/// Every method of it and of its mount may be called from any thread.
public final class MemoryDisk {
    /// Nothing was lied about.
    private static final int HONEST = Integer.MAX_VALUE;

    /// Stands where a value was damaged; known by its identity.
    private static final byte[] DAMAGED = {};

    private final Map<Disk.Family, NavigableMap<byte[], byte[]>> seen = new EnumMap<>(Disk.Family.class);
    private final Map<Disk.Family, NavigableMap<byte[], byte[]>> synced = new EnumMap<>(Disk.Family.class);
    private final List<List<Change>> unsynced = new ArrayList<>();
    /// how many of those unsynced are kept when the store is closed; the rest the disk has lied about
    private int honest = HONEST;
    private Mount mount;

    public MemoryDisk() {
        for (Disk.Family family : Disk.Family.values()) {
            seen.put(family, new TreeMap<>(Arrays::compareUnsigned));
            synced.put(family, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /// Cuts the power: the store that uses it is dead (its commits fail, its reads throw), and what stays is
    /// everything that was synced and the first few batches, by chance none or all, of what was not. A commit
    /// that was made to fail counts as not synced, since a failed sync may have reached the disk.
    public synchronized void crash(RandomGenerator chance) {
        mount = null;
        settle(chance.nextInt(Math.min(unsynced.size(), honest) + 1));
    }

    /// Keeps the first so many batches of what was not synced, forgets the others, and shows what is left.
    private void settle(int kept) {
        unsynced.subList(0, kept).forEach(batch -> apply(batch, synced));
        unsynced.clear();
        honest = HONEST;
        for (Disk.Family family : Disk.Family.values()) {
            NavigableMap<byte[], byte[]> values = seen.get(family);
            values.clear();
            values.putAll(synced.get(family));
        }
    }

    synchronized Disk mount() throws StoreException {
        if (mount != null) {
            throw new StoreException("the memory disk is in use by another store");
        }
        mount = new Mount();
        return mount;
    }

    private static void apply(List<Change> batch, Map<Disk.Family, NavigableMap<byte[], byte[]>> to) {
        for (Change change : batch) {
            if (change.value() == null) {
                to.get(change.family()).remove(change.key());
            } else {
                to.get(change.family()).put(change.key(), change.value());
            }
        }
    }

    /// @param value null to remove the key
    private record Change(Disk.Family family, byte[] key, byte[] value) {
        Change damaged() {
            return value == null ? this : new Change(family, key, DAMAGED);
        }
    }

    private static byte[] whole(byte[] value) throws StoreException {
        if (value == DAMAGED) {
            throw StoreException.ofDamage("a record is damaged (its checksum is not that of its octets)", null);
        }
        return value;
    }

    /// What one store sees of the disk, until it is closed or the disk crashes.
    private final class Mount implements Disk {
        private final List<List<Change>> collected = new ArrayList<>();
        private List<Change> batch = new ArrayList<>();
        private long collectedBytes;

        @Override
        public void put(Family family, ByteBuffer key, ByteBuffer value) {
            batch.add(new Change(family, octets(key), octets(value)));
            collectedBytes += value.remaining();
        }

        @Override
        public void remove(Family family, ByteBuffer key) {
            batch.add(new Change(family, octets(key), null));
        }

        @Override
        public void removeChunk(ByteBuffer key, boolean cheap) {
            remove(Family.CONTENT, key);
        }

        @Override
        public void endBatch() {
            collected.add(batch);
            batch = new ArrayList<>();
        }

        @Override
        public long collectedBytes() {
            return collectedBytes;
        }

        @Override
        public void write(boolean sync) throws WriteFailure {
            write(collected, sync);
        }

        private void write(List<List<Change>> changes, boolean sync) throws WriteFailure {
            synchronized (MemoryDisk.this) {
                if (mount != this) {
                    throw new WriteFailure("the disk has crashed", false, null);
                }
                collected.forEach(batch -> apply(batch, seen));
                unsynced.addAll(changes);
                if (sync) {
                    unsynced.forEach(batch -> apply(batch, synced));
                    unsynced.clear();
                    honest = HONEST;
                }
                abandon();
            }
        }

        @Override
        public void tear() throws WriteFailure {
            collected.subList(collected.size() / 2, collected.size()).clear(); // a batch is whole or is not there
            write(false);
        }

        @Override
        public void writeLost() throws WriteFailure {
            synchronized (MemoryDisk.this) {
                int before = unsynced.size();
                write(false);
                honest = Math.min(honest, before);
            }
        }

        @Override
        public void writeDamaged(boolean sync) throws WriteFailure {
            List<List<Change>> damaged = new ArrayList<>();
            for (List<Change> changes : collected) {
                damaged.add(changes.stream().map(Change::damaged).toList());
            }
            write(damaged, sync);
        }

        @Override
        public void abandon() {
            batch = new ArrayList<>();
            collected.clear();
            collectedBytes = 0;
        }

        @Override
        public byte[] get(Family family, byte[] key) throws StoreException {
            synchronized (MemoryDisk.this) {
                byte[] value = whole(mine().get(family).get(key));
                return value == null ? null : value.clone();
            }
        }

        @Override
        public int get(Family family, ByteBuffer key, ByteBuffer into) throws StoreException {
            synchronized (MemoryDisk.this) {
                byte[] value = whole(mine().get(family).get(octets(key)));
                if (value == null) {
                    return -1;
                }
                into.put(value, 0, Math.min(value.length, into.remaining()));
                return value.length;
            }
        }

        private Map<Family, NavigableMap<byte[], byte[]>> mine() throws StoreException {
            if (mount != this) {
                throw new StoreException("the disk has crashed");
            }
            return seen;
        }

        @Override
        public Cursor cursor(Family family, byte[] from, byte[] to) throws StoreException {
            synchronized (MemoryDisk.this) {
                NavigableMap<byte[], byte[]> all = mine().get(family);
                NavigableMap<byte[], byte[]> range =
                        to == null ? all.tailMap(from, true) : all.subMap(from, true, to, false);
                // As of now, as a cursor over files is: what is committed meanwhile does not show.
                return new Walk(range.entrySet().stream()
                        .map(e -> Map.entry(e.getKey(), e.getValue()))
                        .iterator());
            }
        }

        @Override
        public void dropContent(List<byte[]> ranges) {
            synchronized (MemoryDisk.this) {
                for (int i = 0; i < ranges.size(); i += 2) {
                    for (Map<Family, NavigableMap<byte[], byte[]>> side : List.of(seen, synced)) {
                        side.get(Family.CONTENT)
                                .subMap(ranges.get(i), true, ranges.get(i + 1), false)
                                .clear();
                    }
                }
            }
        }

        @Override
        public void switchContent() {
            // There are no files here.
        }

        @Override
        public void removeChunks(byte[] from, byte[] to) {
            synchronized (MemoryDisk.this) {
                seen.get(Family.CONTENT)
                        .subMap(from, true, to, false)
                        .keySet()
                        .forEach(key -> batch.add(new Change(Family.CONTENT, key, null)));
            }
        }

        @Override
        public long unflushedBytes() {
            return 0;
        }

        @Override
        public boolean roomToFlush() {
            return true;
        }

        @Override
        public void flush() {
            // There are no files here.
        }

        @Override
        public void compact(Family family, byte[] from, byte[] to) {
            // There are no files here.
        }

        @Override
        public void ripenContent() {
            // There are no files here.
        }

        @Override
        public void hurry() {
            // Nothing takes long.
        }

        @Override
        public long sizeBytes() {
            synchronized (MemoryDisk.this) {
                long bytes = 0;
                for (NavigableMap<byte[], byte[]> values : seen.values()) {
                    for (Map.Entry<byte[], byte[]> entry : values.entrySet()) {
                        bytes += entry.getKey().length + entry.getValue().length;
                    }
                }
                return bytes;
            }
        }

        @Override
        public String place() {
            return "memory";
        }

        @Override
        public void close() {
            synchronized (MemoryDisk.this) {
                if (mount == this) {
                    mount = null;
                    // The machine goes on: what was written reaches the disk in the end.
                    settle(Math.min(unsynced.size(), honest));
                }
            }
        }

        private static byte[] octets(ByteBuffer buffer) {
            byte[] octets = new byte[buffer.remaining()];
            buffer.duplicate().get(octets);
            return octets;
        }
    }

    private static final class Walk implements Disk.Cursor {
        private final Iterator<Map.Entry<byte[], byte[]>> entries;
        private Map.Entry<byte[], byte[]> current;
        /// null: the next one will do
        private byte[] leapTo;

        Walk(Iterator<Map.Entry<byte[], byte[]>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean next() throws StoreException {
            do {
                if (!entries.hasNext()) {
                    return false;
                }
                current = entries.next();
            } while (leapTo != null && Arrays.compareUnsigned(current.getKey(), leapTo) < 0);
            leapTo = null;
            whole(current.getValue());
            return true;
        }

        @Override
        public void leap(byte[] to) {
            leapTo = to;
        }

        @Override
        public ByteBuffer key() {
            return ByteBuffer.wrap(current.getKey()).asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer value() {
            return ByteBuffer.wrap(current.getValue()).asReadOnlyBuffer();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
