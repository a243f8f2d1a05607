package dev.tarry.store;

import dev.tarry.store.Disk.Family;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// How RocksDB is set up. Its memory is bounded here: the block cache, and per family its buffer times [#BUFFERS],
/// in all about 280 MiB when everything is full at once; to that come the indexes of [#MAX_OPEN_FILES] files.
final class RocksOptions implements AutoCloseable {
    /// Blocks of all families but CONTENT, whose blocks the page cache keeps.
    static final long BLOCK_CACHE_BYTES = 32L << 20;

    /// One filling, the others on their way to disk; past that, commits wait.
    static final int BUFFERS = 3;

    static final long CONTENT_BUFFER_BYTES = 64L << 20;
    static final long META_BUFFER_BYTES = 16L << 20;
    static final long SMALL_BUFFER_BYTES = 1L << 20;

    /// Past this, the family that keeps the oldest log alive is flushed; so a restart replays no more.
    static final long MAX_LOG_BYTES = 256L << 20;

    static final int MAX_OPEN_FILES = 512;

    /// RocksDB's own diary (files LOG and LOG.old.*).
    static final long DIARY_BYTES = 1L << 20;

    static final int DIARY_FILES = 3;

    static final long SCAN_READ_AHEAD_BYTES = 1L << 20;
    private static final long CONTENT_BLOCK_BYTES = 16L << 10;

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Cache blocks = own(new LRUCache(BLOCK_CACHE_BYTES));
    private final DBOptions database = own(new DBOptions());
    private final WriteOptions synced = own(new WriteOptions().setSync(true));
    private final WriteOptions unsynced = own(new WriteOptions().setSync(false));
    private final ReadOptions pointRead = own(new ReadOptions());
    private final ReadOptions bodyRead = own(new ReadOptions().setFillCache(false));
    private final FlushOptions flush =
            own(new FlushOptions().setWaitForFlush(false).setAllowWriteStall(true));

    private final FlushOptions flushAndWait = own(new FlushOptions().setWaitForFlush(true));
    private final CompactRangeOptions compaction = own(new CompactRangeOptions().setExclusiveManualCompaction(false));

    /// @param pastCache whether tables are written past the page cache, which they would fill with what is seldom read
    ///                  again; needs a file system that can
    RocksOptions(boolean pastCache) {
        database.setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                // A torn tail is cut, damage before it refuses to open. With recycled log files the two look the same.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setRecycleLogFileNum(0)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxBackgroundJobs(2)
                .setUseDirectIoForFlushAndCompaction(pastCache)
                .setSkipStatsUpdateOnDbOpen(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(DIARY_BYTES)
                .setKeepLogFileNum(DIARY_FILES)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family(Family family) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig().setBlockCache(blocks).setFormatVersion(5);
        ColumnFamilyOptions options = own(new ColumnFamilyOptions()).setMaxWriteBufferNumber(BUFFERS);
        return switch (family) {
            case CONTENT ->
                options.setWriteBufferSize(CONTENT_BUFFER_BYTES)
                        .setTargetFileSizeBase(CONTENT_BUFFER_BYTES)
                        .setCompressionType(CompressionType.NO_COMPRESSION)
                        .setTableFormatConfig(table.setBlockSize(CONTENT_BLOCK_BYTES));
            case META ->
                options.setWriteBufferSize(META_BUFFER_BYTES)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setTableFormatConfig(table);
            case HOUSE, QUEUE, MAILBOX, SAFETYNET ->
                options.setWriteBufferSize(SMALL_BUFFER_BYTES)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setTableFormatConfig(table);
        };
    }

    WriteOptions write(boolean sync) {
        return sync ? synced : unsynced;
    }

    ReadOptions read(Family family) {
        return family == Family.CONTENT ? bodyRead : pointRead;
    }

    FlushOptions flush() {
        return flush;
    }

    FlushOptions flushAndWait() {
        return flushAndWait;
    }

    CompactRangeOptions compaction() {
        return compaction;
    }

    private <T extends AutoCloseable> T own(T option) {
        owned.add(option);
        return option;
    }

    @Override
    public void close() {
        for (AutoCloseable option : owned.reversed()) {
            try {
                option.close();
            } catch (Exception e) {
                throw new IllegalStateException("an option of RocksDB could not be closed", e);
            }
        }
    }
}
