package dev.tarry.dns;

import java.time.Instant;

/// Told of each query and each search when it is over. Called on the resolver's loop: must not block.
@FunctionalInterface
public interface DnsJournal {
    DnsJournal NONE = (_, _, _) -> {};

    /// @param at      when it was over, lab time
    /// @param domain  whose hosts are sought: the queue's next-hop domain
    /// @param attempt what was asked of whom, and what came of it
    void queried(Instant at, String domain, ServerAttempt attempt);

    /// A search for hosts is over, with queries or from the cache.
    default void searched(MxAnswer answer) {}
}
