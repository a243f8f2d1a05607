package dev.tarry.store;

/// The message store of a simulation: the same store as the one that runs, on a [MemoryDisk]. What happens in
/// it depends on nothing but the calls it gets.
public final class MemoryMessageStore extends KeyedStore {
    private MemoryMessageStore(Disk disk, StoreFaults faults) throws StoreException {
        super(disk, faults, CONTENT_SWITCH_BYTES, _ -> {});
    }

    /// Opens the store that a disk holds, or begins one there. To open it again after a crash or a failure, call
    /// this again with the same disk.
    ///
    /// @param faults asked before each operation; [StoreFaults#NONE] but for tests and drills
    /// @throws StoreException if another store uses the disk
    public static MemoryMessageStore open(MemoryDisk disk, StoreFaults faults) throws StoreException {
        return new MemoryMessageStore(disk.mount(), faults);
    }
}
