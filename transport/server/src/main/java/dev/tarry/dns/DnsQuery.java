package dev.tarry.dns;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One question of ours, as the journal has it: asked of a server, or found in the cache.
///
/// @param at      when it was over, lab time
/// @param search  the search that it belongs to: questions of one search have one number
/// @param asker   who wanted to know
/// @param nextHop whose hosts are sought: a domain, or a list of smart hosts as their queue is named
/// @param name    asked for, in lower case and without the last dot
/// @param type    `MX`, `A`, `AAAA` …
/// @param attempt whom, over what, how long, what came of it; from the cache: who had said so, in no time
/// @param detours what it met on its way
/// @param cached  whether nobody was asked
/// @param records of the answer as zone files write them, [#MAX_RECORDS] at most
public record DnsQuery(
        Instant at,
        long search,
        Asker asker,
        String nextHop,
        String name,
        String type,
        ServerAttempt attempt,
        Set<Detour> detours,
        boolean cached,
        List<String> records) {
    /// Records that are kept of one answer.
    public static final int MAX_RECORDS = 20;

    /// Who wanted to know.
    public enum Asker {
        /// an attempt of a queue
        DELIVERY,
        /// a person
        OPERATOR
    }

    public DnsQuery {
        detours = Set.copyOf(detours);
        records = List.copyOf(records);
    }
}
