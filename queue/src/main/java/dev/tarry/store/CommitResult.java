package dev.tarry.store;

import java.time.Duration;

/// How a commit ended.
public sealed interface CommitResult {
    /// Everything is applied, and on disk if it was to be.
    ///
    /// @param late how long the one who commits is to hold this back: nothing, but from a slow disk
    ///     ([StoreFault.Slow])
    record Committed(Duration late) implements CommitResult {
        public Committed() {
            this(Duration.ZERO);
        }
    }

    /// Somebody else has opened the shard since: nothing was applied, and nothing of this epoch ever will be.
    ///
    /// @param currentEpoch the epoch that holds it now; 0 if this store has not opened it
    record Fenced(long currentEpoch) implements CommitResult {}

    /// The disk failed. None of it may be believed to be there: close the store and open it again.
    ///
    /// @param full whether it failed for want of space
    record Failed(String reason, boolean full) implements CommitResult {}
}
