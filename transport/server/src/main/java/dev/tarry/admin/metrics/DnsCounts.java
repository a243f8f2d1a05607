package dev.tarry.admin.metrics;

import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsRow;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.routing.Literals;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What DNS servers answered, and how long it took them. The first [#MAX_SERVERS] have a name, all others are one
/// more. Any thread; adding takes a lock that nobody holds for long, since only the resolver adds.
final class DnsCounts {
    /// Servers that have a label of their own.
    static final int MAX_SERVERS = 16;

    /// The label of all others.
    static final String OTHER = "other";

    private static final int PORT = 53;

    /// What a search for hosts came to.
    enum Found {
        HOSTS,
        NO_SUCH_DOMAIN,
        NO_RECORDS,
        NULL_MX,
        LOOP,
        NO_USABLE_HOST,
        QUERY_FAILED;

        static Found of(MxAnswer answer) {
            return switch (answer) {
                case MxAnswer.Hosts _ -> HOSTS;
                case MxAnswer.NoSuchDomain _ -> NO_SUCH_DOMAIN;
                case MxAnswer.NoRecords _ -> NO_RECORDS;
                case MxAnswer.NullMx _ -> NULL_MX;
                case MxAnswer.Loop _ -> LOOP;
                case MxAnswer.NoUsableHost _ -> NO_USABLE_HOST;
                case MxAnswer.QueryFailed _ -> QUERY_FAILED;
            };
        }
    }

    /// One server's.
    static final class OfServer {
        final Counts<DnsOutcome> outcomes = new Counts<>(DnsOutcome.class);
        /// milliseconds
        final Buckets took = new Buckets(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    }

    final Counts<Found> searches = new Counts<>(Found.class);
    final Counts<DnsRow> rows = new Counts<>(DnsRow.class);
    final LongAdder cached = new LongAdder();
    private final Map<InetSocketAddress, OfServer> named = new LinkedHashMap<>();
    private final OfServer others = new OfServer();

    /// Whether the code of an error is a row of DNS failures.
    static boolean isRow(String code) {
        return Arrays.stream(DnsRow.values()).anyMatch(row -> row.name().equals(code));
    }

    /// These have counters from now on, at 0 until they are asked.
    void know(Collection<InetSocketAddress> servers) {
        servers.forEach(this::of);
    }

    void add(ServerAttempt attempt) {
        OfServer server = of(attempt.server());
        server.outcomes.add(attempt.result());
        server.took.add(attempt.took().toMillis());
    }

    private synchronized OfServer of(InetSocketAddress server) {
        OfServer known = named.get(server);
        if (known == null && named.size() < MAX_SERVERS) {
            known = new OfServer();
            named.put(server, known);
        }
        return known == null ? others : known;
    }

    /// By label, in the order in which they became known; the others last.
    synchronized Map<String, OfServer> servers() {
        Map<String, OfServer> servers = new LinkedHashMap<>();
        named.forEach((server, counts) -> servers.put(label(server), counts));
        servers.put(OTHER, others);
        return servers;
    }

    private static String label(InetSocketAddress server) {
        String ip = server.getAddress() == null
                ? server.getHostString()
                : server.getAddress().getHostAddress();
        if (server.getPort() == PORT) {
            return ip;
        }
        return Literals.withPort(ip, server.getPort());
    }
}
