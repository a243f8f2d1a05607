package dev.tarry.store;

import java.util.List;
import java.util.Optional;

/// Bad weather for a store: asked before each commit whether it is to fail, as a broken or full disk would make
/// it. Called on the committing thread, under the store's lock: it must not call the store.
@FunctionalInterface
public interface StoreFaults {
    /// Good weather.
    StoreFaults NONE = _ -> Optional.empty();

    /// @param batches what is about to be committed
    /// @return how it fails, empty if it may go on; the store then fails until it is closed and opened again
    Optional<CommitResult.Failed> beforeCommit(List<Batch> batches);
}
