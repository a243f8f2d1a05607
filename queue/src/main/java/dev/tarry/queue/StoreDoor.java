package dev.tarry.queue;

import dev.tarry.store.CommitResult;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.util.Optional;

/// The store that is open now. After a failure it is closed and another is opened in its place (design §3.1),
/// so nobody keeps hold of one. Thread-safe; opening and closing happen on the committer thread.
public final class StoreDoor implements AutoCloseable {
    /// How a store is opened: a folder, or the disk of a simulation.
    public interface Opener {
        MessageStore open() throws StoreException;

        /// Makes what is damaged such that it can be opened; called while it is closed.
        ///
        /// @param why what is wrong with it
        /// @throws StoreException if it cannot be repaired
        default void repair(StoreException why) throws StoreException {
            throw why;
        }
    }

    private final Opener opener;
    private volatile MessageStore store;
    /// why it must be repaired before it is opened; null if it need not. Stays until a repair succeeds
    private volatile StoreException wrong;
    /// what the one before failed with, until there is another
    private volatile CommitResult.Failed closedBy = new CommitResult.Failed("the store is closed", false);

    private StoreDoor(Opener opener) {
        this.opener = opener;
    }

    /// Opens it for the first time.
    public static StoreDoor open(Opener opener) throws StoreException {
        StoreDoor door = new StoreDoor(opener);
        door.open();
        return door;
    }

    /// A store that is damaged is repaired, and then opened.
    private void open() throws StoreException {
        mend();
        try {
            store = opener.open();
        } catch (StoreException e) {
            if (!e.damaged()) {
                throw e;
            }
            wrong = e;
            mend();
            store = opener.open();
        }
    }

    private void mend() throws StoreException {
        if (wrong != null) {
            opener.repair(wrong);
            wrong = null;
        }
    }

    /// Whether it is damaged, and the repair has not succeeded yet. Any thread.
    boolean damaged() {
        return wrong != null;
    }

    /// @throws StoreException if none is open just now
    public MessageStore store() throws StoreException {
        MessageStore open = store;
        if (open == null) {
            throw new StoreException("the store is closed");
        }
        return open;
    }

    /// Why nothing can be written just now; empty if it is open and has not failed. Never waits.
    public Optional<CommitResult.Failed> trouble() {
        CommitResult.Failed closed = closedBy;
        MessageStore open = store;
        return open == null ? Optional.of(closed) : open.failure();
    }

    /// Closes what is open and opens it anew; if it was damage that it failed by, it is repaired before.
    void reopen() throws StoreException {
        MessageStore failed = store;
        if (failed != null) {
            closedBy = failed.failure().orElse(closedBy);
        }
        close();
        if (failed != null && failed.damaged()) {
            wrong = StoreException.ofDamage("a commit met damage on the disk");
        }
        open();
    }

    /// Damage has shown while it was being read: it is repaired, and opened anew.
    void repair(StoreException why) throws StoreException {
        close();
        wrong = why;
        open();
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
