package dev.tarry.store;

import java.nio.file.Path;

/// The message store of a server that runs: RocksDB in a folder of the data directory. Its memory outside the heap
/// is bounded in `RocksOptions`, about 280 MiB when all of it is in use.
public final class RocksMessageStore extends KeyedStore {
    private RocksMessageStore(RocksDisk disk, StoreFaults faults, long contentSwitchBytes) throws StoreException {
        super(disk, faults, contentSwitchBytes);
    }

    /// Opens the store in a folder, or begins one there.
    ///
    /// @param folder its own; made if missing, kept from others until the store is closed
    /// @param faults asked before each operation; [StoreFaults#NONE] but for tests and drills
    /// @throws StoreException if another has the folder, it cannot be written, or what is there is damaged or of
    ///     an unknown format
    public static RocksMessageStore open(Path folder, StoreFaults faults) throws StoreException {
        return open(folder, faults, CONTENT_SWITCH_BYTES);
    }

    /// Makes a store that can be opened of a damaged one: what can be read of it. The damaged one is kept beside it,
    /// and
    /// a report that names everything that is not as it was. May take minutes; call it when the store is closed.
    ///
    /// @param why what was wrong, for the report
    /// @throws StoreException if it cannot be done, as on a disk that is full: nothing is changed then
    public static Damage repair(Path folder, String why) throws StoreException {
        return Repair.of(folder, why);
    }

    /// @param contentSwitchBytes smaller than usual, so that a test sees files come and go
    static RocksMessageStore open(Path folder, StoreFaults faults, long contentSwitchBytes) throws StoreException {
        Repair.finish(folder);
        return new RocksMessageStore(RocksDisk.open(folder), faults, contentSwitchBytes);
    }
}
