package dev.tarry.dns;

import dev.tarry.config.DnsFaultTolerance;
import dev.tarry.config.DnsSettings;
import java.time.Duration;

/// The bounds of looking up (reference §4.3).
///
/// @param serverTimeout       how long one server may think, UDP and TCP together, in lab time
/// @param queryBudget         how long finding one domain's hosts may take in all, in lab time
/// @param ipv6                whether AAAA records are asked for as well
/// @param faultTolerance      what an MX host that cannot be resolved does to the others
/// @param maxExchanges        MX hosts kept of one answer, best preferences first
/// @param maxAddressesPerHost addresses kept of one host, in the order of the answer
/// @param maxCacheEntries     record sets kept in the cache
/// @param edns                whether queries carry EDNS: a server or firewall that drops such queries in silence is
///                            not asked again without, since nothing tells it from one that is down, and every dead
///                            server would be asked twice; whoever has such a server turns EDNS off
/// @param negativeCache       whether what does not exist is kept as well
public record LookupSettings(
        Duration serverTimeout,
        Duration queryBudget,
        boolean ipv6,
        DnsFaultTolerance faultTolerance,
        int maxExchanges,
        int maxAddressesPerHost,
        int maxCacheEntries,
        boolean edns,
        boolean negativeCache) {
    public static final int MAX_EXCHANGES = 20;
    public static final int MAX_ADDRESSES_PER_HOST = 16;
    public static final int MAX_CACHE_ENTRIES = 10_000;

    /// Records of all entries of the cache together: about 20 MB.
    static final int MAX_CACHED_RECORDS = 100_000;

    /// Aliases followed for one question before it counts as a loop; RFC 1034 names no number, resolvers take about
    /// this.
    public static final int MAX_ALIAS_STEPS = 16;

    /// 5 s, 60 s, no IPv6, lenient, EDNS, no negative cache.
    public static final LookupSettings DEFAULTS = new LookupSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            false,
            DnsFaultTolerance.LENIENT,
            MAX_EXCHANGES,
            MAX_ADDRESSES_PER_HOST,
            MAX_CACHE_ENTRIES,
            true,
            false);

    public LookupSettings {
        if (!serverTimeout.isPositive() || !queryBudget.isPositive()) {
            throw new IllegalArgumentException("DNS time-outs are above 0");
        }
        if (maxExchanges < 1 || maxAddressesPerHost < 1 || maxCacheEntries < 0) {
            throw new IllegalArgumentException("at least one exchange and one address per host are kept");
        }
    }

    /// As the operator wrote them.
    public static LookupSettings of(DnsSettings dns) {
        return new LookupSettings(
                dns.queryTimeout(),
                dns.queryBudget(),
                dns.ipv6Enabled(),
                dns.faultTolerance(),
                MAX_EXCHANGES,
                MAX_ADDRESSES_PER_HOST,
                MAX_CACHE_ENTRIES,
                dns.ednsEnabled(),
                dns.negativeCacheEnabled());
    }
}
