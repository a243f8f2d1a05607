package dev.tarry.client;

import java.time.Instant;
import java.util.Optional;

/// Which of the server's own DNS queries to find; every part that is present narrows the search.
///
/// @param domain  a name asked for, or a next hop whose hosts were sought
/// @param server  the address of a DNS server
/// @param outcome `records`, `no_records`, `no_name`, `servfail`, `refused`, `no_answer` …; case does not count
/// @param cached  whether the cache answered
/// @param search  the number of a search for hosts
/// @param since   the first moment of lab time, included
/// @param before  only queries with a smaller id, as the next page wants them
/// @param limit   how many at most
public record DnsQueryFilter(
        Optional<String> domain,
        Optional<String> server,
        Optional<String> outcome,
        Optional<Boolean> cached,
        Optional<Long> search,
        Optional<Instant> since,
        Optional<Long> before,
        ResultLimit limit) {
    public static DnsQueryFilter everything() {
        return new DnsQueryFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
    }

    /// The same for one domain alone.
    public DnsQueryFilter about(String one) {
        return new DnsQueryFilter(Optional.of(one), server, outcome, cached, search, since, before, limit);
    }

    /// The same for what is older than a query.
    public DnsQueryFilter before(long id) {
        return new DnsQueryFilter(domain, server, outcome, cached, search, since, Optional.of(id), limit);
    }
}
