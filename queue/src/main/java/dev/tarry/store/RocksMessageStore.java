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

    /// @param contentSwitchBytes smaller than usual, so that a test sees files come and go
    static RocksMessageStore open(Path folder, StoreFaults faults, long contentSwitchBytes) throws StoreException {
        return new RocksMessageStore(RocksDisk.open(folder), faults, contentSwitchBytes);
    }
}
