package dev.tarry.app;

import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Damage;
import dev.tarry.store.MessageStore;
import dev.tarry.store.RocksMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the store of a running server is opened, and repaired when it is damaged. What was found is told to whoever
/// listens, also if they come later. Thread-safe.
final class DiskStore implements StoreDoor.Opener {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);

    private final Path folder;
    private final StoreFaults faults;
    private final List<Damage> found = new ArrayList<>();
    private Consumer<Damage> listener = _ -> {};

    DiskStore(Path folder, StoreFaults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    @Override
    public MessageStore open() throws StoreException {
        return RocksMessageStore.open(folder, faults);
    }

    @Override
    public void repair(StoreException why) throws StoreException {
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

    /// What was found since the process began, oldest first.
    synchronized List<Damage> found() {
        return List.copyOf(found);
    }

    Path folder() {
        return folder;
    }
}
