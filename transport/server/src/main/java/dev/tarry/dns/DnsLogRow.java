package dev.tarry.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A row of the DNS log: a query, or what a search came to.
///
/// @param time    lab time, when it was over
/// @param search  the search's number
/// @param nextHop whose hosts are sought
/// @param name    asked for; of a search, the domain
/// @param type    `MX`, `A` …; of a search empty
/// @param server  absent for a search
/// @param outcome a [DnsOutcome] in lower case; of a search, what it came to: `Hosts`, `NoSuchDomain`, `QueryFailed` …
/// @param took    in lab time
/// @param detail  records, or words
public record DnsLogRow(
        Instant time,
        Event event,
        long search,
        DnsQuery.Asker asker,
        String nextHop,
        String name,
        String type,
        Optional<InetSocketAddress> server,
        Optional<DnsProtocol> protocol,
        String outcome,
        Duration took,
        String detail) {
    /// What a row tells of.
    public enum Event {
        /// a server was asked
        QUERY,
        /// the cache had it
        CACHE,
        /// a search for hosts is over
        SEARCH
    }

    /// Hosts and records that a row names.
    private static final int MAX_NAMED = 20;

    public static DnsLogRow of(DnsQuery query) {
        ServerAttempt attempt = query.attempt();
        String detours =
                query.detours().stream().sorted().map(d -> "; " + d.words()).collect(Collectors.joining());
        return new DnsLogRow(
                query.at(),
                query.cached() ? Event.CACHE : Event.QUERY,
                query.search(),
                query.asker(),
                query.nextHop(),
                query.name(),
                query.type(),
                Optional.of(attempt.server()),
                query.cached() ? Optional.empty() : Optional.of(attempt.protocol()),
                attempt.result().name().toLowerCase(Locale.ROOT),
                attempt.took(),
                attempt.outcome()
                        + query.records().stream()
                                .limit(MAX_NAMED)
                                .collect(
                                        Collectors.joining(", ", query.records().isEmpty() ? "" : ": ", ""))
                        + detours);
    }

    public static DnsLogRow of(DnsSearch search) {
        return new DnsLogRow(
                search.ended(),
                Event.SEARCH,
                search.number(),
                search.asker(),
                search.nextHop(),
                search.domain(),
                "",
                Optional.empty(),
                Optional.empty(),
                search.answer().getClass().getSimpleName(),
                Duration.between(search.began(), search.ended()),
                detail(search));
    }

    private static String detail(DnsSearch search) {
        String met = search.met().stream().sorted().map(DnsRow::name).collect(Collectors.joining(" "));
        String words = switch (search.answer()) {
            case MxAnswer.Hosts(List<MxHost> hosts) ->
                hosts.stream().limit(MAX_NAMED).map(MxHost::name).collect(Collectors.joining(" "));
            case MxAnswer.NoUsableHost(var _, var detail, var _) -> detail;
            case MxAnswer.QueryFailed(var status, var detail, var _) -> status + ": " + detail;
            case MxAnswer.NoSuchDomain _, MxAnswer.NoRecords _, MxAnswer.NullMx _, MxAnswer.Loop _ -> "";
        };
        return met.isEmpty() ? words : words + " (" + met + ")";
    }
}
