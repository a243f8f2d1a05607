package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// Walks a family through two arrays that it uses again and again. Closed before its database is.
final class RocksCursor implements Disk.Cursor {
    private static final int START_VALUE_BYTES = 16 * 1024;

    private final Function<RocksDBException, StoreException> unreadable;
    private byte[] from;
    private final Slice end;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private final byte[] key = new byte[Keys.MAX_BYTES];
    private byte[] value = new byte[START_VALUE_BYTES];
    private int keyBytes;
    private int valueBytes;
    private boolean started;

    RocksCursor(
            RocksDB database,
            ColumnFamilyHandle family,
            byte[] from,
            byte[] to,
            Function<RocksDBException, StoreException> unreadable) {
        this.unreadable = unreadable;
        this.from = from;
        this.end = to == null ? null : new Slice(to);
        this.options = new ReadOptions().setReadaheadSize(RocksOptions.SCAN_READ_AHEAD_BYTES);
        this.options.setFillCache(false);
        if (end != null) {
            options.setIterateUpperBound(end);
        }
        this.iterator = database.newIterator(family, options);
    }

    @Override
    public boolean next() throws StoreException {
        if (!started) {
            iterator.seek(from);
            started = true;
        } else {
            iterator.next();
        }
        if (!iterator.isValid()) {
            try {
                iterator.status(); // an iterator also ends where it cannot read on
                return false;
            } catch (RocksDBException e) {
                throw unreadable.apply(e);
            }
        }
        keyBytes = iterator.key(key);
        if (keyBytes > key.length) {
            throw StoreException.ofDamage(
                    "a key has " + keyBytes + " octets, the longest known " + Keys.MAX_BYTES, null);
        }
        valueBytes = iterator.value(value);
        if (valueBytes > value.length) {
            value = new byte[valueBytes];
            iterator.value(value);
        }
        return true;
    }

    @Override
    public void leap(byte[] to) {
        from = to;
        started = false;
    }

    @Override
    public ByteBuffer key() {
        return ByteBuffer.wrap(key, 0, keyBytes);
    }

    @Override
    public ByteBuffer value() {
        return ByteBuffer.wrap(value, 0, valueBytes);
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        if (end != null) {
            end.close();
        }
    }
}
