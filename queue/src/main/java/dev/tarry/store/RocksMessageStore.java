package dev.tarry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// The message store of a server that runs: RocksDB in a folder of the data directory. Its memory outside the heap
/// is bounded in `RocksOptions`, about 280 MiB when all of it is in use.
public final class RocksMessageStore extends KeyedStore {
    /// What opening writes besides the log's octets: lists of files, options, a log to go on with.
    private static final long OPENING_BYTES = 8L << 20;

    private RocksMessageStore(RocksDisk disk, StoreFaults faults, long contentSwitchBytes, LongConsumer written)
            throws StoreException {
        super(disk, faults, contentSwitchBytes, written);
    }

    /// Opens the store in a folder, or begins one there.
    ///
    /// @param folder its own; made if missing, kept from others until the store is closed
    /// @param faults asked before each operation; [StoreFaults#NONE] but for tests and drills
    /// @throws StoreException if another has the folder, it cannot be written, or what is there is damaged or of
    ///     an unknown format
    public static RocksMessageStore open(Path folder, StoreFaults faults) throws StoreException {
        return open(folder, faults, _ -> {});
    }

    /// As [#open(Path, StoreFaults)], and tells of what is written. On a disk that is nearly full the store is opened
    /// with as little writing as can be.
    ///
    /// @param written told of bytes handed to the disk, by whoever writes; quick
    public static RocksMessageStore open(Path folder, StoreFaults faults, LongConsumer written) throws StoreException {
        Repair.finish(folder);
        return new RocksMessageStore(RocksDisk.open(folder, tight(folder)), faults, CONTENT_SWITCH_BYTES, written);
    }

    /// Whether the disk has too little space for the store to be opened as usual: its log may be written once more, as
    /// tables.
    public static boolean tight(Path folder) {
        try {
            return Files.isDirectory(folder)
                    && Files.getFileStore(folder).getUsableSpace() < RocksDisk.logBytes(folder) + OPENING_BYTES;
        } catch (IOException _) {
            return false; // opening it will say what is wrong
        }
    }

    /// Makes a store that can be opened of a damaged one: what can be read of it. The damaged one is kept beside
    /// it, and a report that names everything that is not as it was. May take minutes; call it when the store is
    /// closed.
    ///
    /// @param why what was wrong, for the report
    /// @throws StoreException if it cannot be done, as on a disk that is full: nothing is changed then
    public static Damage repair(Path folder, String why) throws StoreException {
        return Repair.of(folder, why);
    }

    /// @param contentSwitchBytes smaller than usual, so that a test sees files come and go
    static RocksMessageStore open(Path folder, StoreFaults faults, long contentSwitchBytes) throws StoreException {
        Repair.finish(folder);
        return new RocksMessageStore(RocksDisk.open(folder), faults, contentSwitchBytes, _ -> {});
    }
}
