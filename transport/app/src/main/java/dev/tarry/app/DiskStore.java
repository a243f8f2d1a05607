package dev.tarry.app;

import dev.tarry.admin.StoreOperations;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Damage;
import dev.tarry.store.MessageStore;
import dev.tarry.store.Reserve;
import dev.tarry.store.RocksMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the store of a running server is opened, and repaired when it is damaged. What was found is told to whoever
/// listens, also if they come later. Thread-safe.
final class DiskStore implements StoreDoor.Opener, StoreOperations.Disk {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);

    private final Path folder;
    private final StoreFaults faults;
    private final List<Damage> found = new ArrayList<>();
    private final Reserve reserve;
    private final AtomicLong written = new AtomicLong();
    private Consumer<Damage> listener = _ -> {};
    private volatile Runnable onWritten = () -> {};
    private volatile Runnable onEmergency = () -> {};
    private volatile boolean emergency;

    DiskStore(Path folder, StoreFaults faults) {
        this.folder = folder;
        this.faults = faults;
        this.reserve = new Reserve(folder);
    }

    /// On a disk that is nearly full the reserve is given back first, and an emergency begins.
    @Override
    public MessageStore open() throws StoreException {
        if (RocksMessageStore.tight(folder)) {
            long bytes = reserve.giveBack();
            LOG.error("the store's disk is full; {} bytes kept in reserve are given back to it", bytes);
            emergency = true;
            onEmergency.run();
        }
        return RocksMessageStore.open(folder, faults, bytes -> {
            written.addAndGet(bytes);
            onWritten.run();
        });
    }

    @Override
    public void repair(StoreException why) throws StoreException {
        reserve.giveBack(); // a repair writes everything once more, and sets the folder aside; another is made later
        LOG.error("the store is damaged and is being repaired, which may take minutes: {}", why.getMessage());
        Damage damage = RocksMessageStore.repair(folder, why.getMessage());
        LOG.error(
                "the store is repaired: {} record(s) lost, {} place(s) of which nobody knows what was there; {} names them",
                damage.lost(),
                damage.unknown(),
                damage.report());
        synchronized (this) {
            found.add(damage);
            listener.accept(damage);
        }
    }

    /// @param told of what was found so far, and of what will be; quick
    synchronized void onDamage(Consumer<Damage> told) {
        listener = told;
        found.forEach(told);
    }

    @Override
    public synchronized List<Damage> found() {
        return List.copyOf(found);
    }

    @Override
    public Path folder() {
        return folder;
    }

    /// What is kept for when nothing else is left. For the thread that watches over the space.
    Reserve reserve() {
        return reserve;
    }

    @Override
    public long reserveBytes() {
        return reserve.bytes();
    }

    @Override
    public boolean emergency() {
        return emergency;
    }

    /// The reserve is whole again, or none is wanted.
    void emergencyOver() {
        emergency = false;
    }

    /// Bytes handed to the disk since the process began. Any thread.
    long writtenBytes() {
        return written.get();
    }

    /// @param more rung when more has been written, on the committer thread; quick
    /// @param lack rung when an emergency begins, on the thread that opens the store; quick
    void onSpace(Runnable more, Runnable lack) {
        onWritten = more;
        onEmergency = lack;
    }
}
