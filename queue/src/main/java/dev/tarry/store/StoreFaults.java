package dev.tarry.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Bad weather for a store: asked before each operation how it is to fail. Called on whichever thread the operation
/// is made, under the store's locks: it must be quick, and must not call the store.
@FunctionalInterface
public interface StoreFaults {
    /// Good weather.
    StoreFaults NONE = new StoreFaults() {
        @Override
        public boolean calm() {
            return true;
        }

        @Override
        public Optional<StoreFault> strike(Operation operation, List<String> families) {
            return Optional.empty();
        }
    };

    /// What is about to be done.
    enum Operation {
        /// The store is opened: asked once an opening. [StoreFault.Fail], [StoreFault.Full] and [StoreFault.Corrupt]
        /// keep it from opening.
        OPEN,
        /// Something is read, or a walk over many records begins. [StoreFault.Fail] and [StoreFault.Corrupt] make it an
        /// error.
        READ,
        /// Batches are committed, all that have gathered at once. Every fault means something here.
        COMMIT;

        /// `open`, `read` or `commit`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether there is nothing to ask: looked at before each operation, so it costs next to nothing.
    default boolean calm() {
        return false;
    }

    /// @param families which families of records it touches, never none: `house` (what the store keeps for itself),
    ///     `meta` (messages and their copies), `content` (bodies), `queue`, `mailbox`
    /// @return how it fails; empty if it may go on, or if the fault means nothing to this operation
    Optional<StoreFault> strike(Operation operation, List<String> families);
}
