package dev.tarry.dns;

import java.time.Instant;
import java.util.Set;

/// A search for the hosts of a domain that is over.
///
/// @param number  as its queries have it
/// @param asker   who wanted to know
/// @param nextHop the queue's: a domain, or a list of smart hosts
/// @param domain  whose hosts were sought
/// @param began   lab time
/// @param ended   lab time
/// @param answer  what it came to
/// @param met     what went another way than straight, though mail goes: D5, D13, D17, D19
public record DnsSearch(
        long number,
        DnsQuery.Asker asker,
        String nextHop,
        String domain,
        Instant began,
        Instant ended,
        MxAnswer answer,
        Set<DnsRow> met) {
    public DnsSearch {
        met = Set.copyOf(met);
    }
}
