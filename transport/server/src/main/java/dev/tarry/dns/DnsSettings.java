package dev.tarry.dns;

import java.time.Duration;

/// The bounds of looking up (reference §4.3).
///
/// @param serverTimeout       how long one server may think, UDP and TCP together, in lab time
/// @param queryBudget         how long finding one domain's hosts may take in all, in lab time
/// @param ipv6                whether AAAA records are asked for as well
/// @param maxExchanges        MX hosts kept of one answer, best preferences first
/// @param maxAddressesPerHost addresses kept of one host, in the order of the answer
/// @param maxCacheEntries     record sets kept in the cache
public record DnsSettings(
        Duration serverTimeout,
        Duration queryBudget,
        boolean ipv6,
        int maxExchanges,
        int maxAddressesPerHost,
        int maxCacheEntries) {
    /// 5 s, 60 s, no IPv6, 20 exchanges, 16 addresses, 10,000 cache entries.
    public static final DnsSettings DEFAULTS =
            new DnsSettings(Duration.ofSeconds(5), Duration.ofSeconds(60), false, 20, 16, 10_000);

    /// Aliases followed for one question before it counts as a loop; RFC 1034 names no number, resolvers take about
    /// this.
    public static final int MAX_ALIAS_STEPS = 16;

    public DnsSettings {
        if (!serverTimeout.isPositive() || !queryBudget.isPositive()) {
            throw new IllegalArgumentException("DNS time-outs are above 0");
        }
        if (maxExchanges < 1 || maxAddressesPerHost < 1 || maxCacheEntries < 0) {
            throw new IllegalArgumentException("at least one exchange and one address per host are kept");
        }
    }

    public DnsSettings withIpv6(boolean enabled) {
        return new DnsSettings(serverTimeout, queryBudget, enabled, maxExchanges, maxAddressesPerHost, maxCacheEntries);
    }
}
