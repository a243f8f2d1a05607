package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;

/// The store that is open now. After a failure it is closed and another is opened in its place (design §3.1),
/// so nobody keeps hold of one. Thread-safe; opening and closing happen on the committer thread.
public final class StoreDoor implements AutoCloseable {
    /// How a store is opened: a folder, or the disk of a simulation.
    public interface Opener {
        MessageStore open() throws StoreException;
    }

    private final Opener opener;
    private volatile MessageStore store;

    private StoreDoor(Opener opener, MessageStore store) {
        this.opener = opener;
        this.store = store;
    }

    /// Opens it for the first time.
    public static StoreDoor open(Opener opener) throws StoreException {
        return new StoreDoor(opener, opener.open());
    }

    /// @throws StoreException if none is open just now
    public MessageStore store() throws StoreException {
        MessageStore open = store;
        if (open == null) {
            throw new StoreException("the store is closed");
        }
        return open;
    }

    /// Closes what is open and opens it anew.
    void reopen() throws StoreException {
        close();
        store = opener.open();
    }

    @Override
    public void close() {
        MessageStore open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }
}
