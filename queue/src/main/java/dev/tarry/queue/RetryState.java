package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;
import java.time.Instant;

/// A queue's episode of Retry, from its first failed attempt until an attempt connects (reference §2.2).
///
/// @param retries     attempts since the first failure: RetryCount
/// @param firstMillis the first failure: FirstRetryTime
/// @param lastMillis  the last failure: LastRetryTime
/// @param nextMillis  when it is tried again: NextRetryTime
/// @param error       what the last attempt ended with
record RetryState(int retries, long firstMillis, long lastMillis, long nextMillis, ErrorRecord error) {
    /// The state after another failure.
    ///
    /// @param before null if this is the first
    static RetryState afterFailure(RetryState before, long nowMillis, ErrorRecord error, RetryWaits waits) {
        int retries = before == null ? 0 : before.retries + 1;
        return new RetryState(
                retries,
                before == null ? nowMillis : before.firstMillis,
                nowMillis,
                nowMillis + waits.waitAfter(retries).toMillis(),
                error);
    }

    /// The same episode on another ladder: the wait that is under way is as long as that says for its step.
    RetryState on(RetryWaits waits) {
        long next = lastMillis + waits.waitAfter(retries).toMillis();
        return next == nextMillis ? this : new RetryState(retries, firstMillis, lastMillis, next, error);
    }

    Instant next() {
        return Instant.ofEpochMilli(nextMillis);
    }
}
