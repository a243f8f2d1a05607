package dev.tarry.dns;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The newest queries, for people to search. Bounded: the oldest leaves first. Thread-safe; every call is short, since
/// the resolver's loop is one of the callers.
public final class QueryJournal implements DnsJournal {
    /// A query as it is remembered.
    ///
    /// @param id counts up from 1
    public record Entry(long id, DnsQuery query) {}

    /// Which queries are wanted: those that match all that is present. Names are compared without case, and in another
    /// script mean the same as their A-labels.
    ///
    /// @param domain  asked for, or the next hop whose hosts were sought, or one of its smart hosts
    /// @param server  its address
    /// @param outcome what came of it
    /// @param search  its number
    /// @param since   lab time, included
    public record Search(
            Optional<String> domain,
            Optional<InetAddress> server,
            Optional<DnsOutcome> outcome,
            Optional<Boolean> cached,
            Optional<Long> search,
            Optional<Instant> since)
            implements Predicate<DnsQuery> {
        public static final Search EVERYTHING = new Search(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        /// Reads the domain once, not again for each query.
        public Search {
            domain = domain.map(
                    name -> DomainNames.parse(name).map(DomainNames::text).orElse(name));
        }

        @Override
        public boolean test(DnsQuery query) {
            return domain.map(wanted -> concerns(query, wanted)).orElse(true)
                    && server.map(query.attempt().server().getAddress()::equals).orElse(true)
                    && outcome.map(wanted -> wanted == query.attempt().result()).orElse(true)
                    && cached.map(wanted -> wanted == query.cached()).orElse(true)
                    && search.map(wanted -> wanted == query.search()).orElse(true)
                    && since.map(from -> !query.at().isBefore(from)).orElse(true);
        }

        private static boolean concerns(DnsQuery query, String name) {
            return query.name().equalsIgnoreCase(name)
                    || query.nextHop().equalsIgnoreCase(name)
                    || List.of(query.nextHop().split(",")).contains(name);
        }
    }

    /// Some of what was found.
    ///
    /// @param more whether there are older ones
    public record Page(List<Entry> entries, boolean more) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private int limit;
    private long last;

    /// @param limit queries remembered, 0 for none
    public QueryJournal(int limit) {
        this.limit = limit;
    }

    /// Remembers so many from now on.
    public synchronized void limit(int next) {
        limit = next;
        trim();
    }

    @Override
    public synchronized void queried(DnsQuery query) {
        entries.addLast(new Entry(++last, query));
        trim();
    }

    private void trim() {
        while (entries.size() > limit) {
            entries.removeFirst();
        }
    }

    /// Those that match, newest first.
    ///
    /// @param before only queries with a smaller id: the last one of the page before; absent: from the newest on
    /// @param most   at most so many, at least 1
    public Page find(Search search, Optional<Long> before, int most) {
        List<Entry> oldestFirst;
        synchronized (this) {
            oldestFirst = new ArrayList<>(entries); // looked through while the resolver goes on
        }
        List<Entry> found = new ArrayList<>();
        for (Entry entry : oldestFirst.reversed()) {
            if (before.map(id -> entry.id() < id).orElse(true) && search.test(entry.query())) {
                if (found.size() == most) {
                    return new Page(found, true);
                }
                found.add(entry);
            }
        }
        return new Page(found, false);
    }

    /// How many there are.
    public synchronized int size() {
        return entries.size();
    }
}
