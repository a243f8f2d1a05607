package dev.tarry.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Record sets that were found, until their TTL has passed in lab time (Exchange's "enhanced DNS"
/// cache, reference §4.3). What does not exist is only kept if a setting says so, and then as long as its zone allows
/// (RFC 2308): else every retry of a queue asks again.
///
/// Kept apart per list of servers, since an internal and an external one may say different things.
/// Bounded: the entry that was put longest ago leaves first. Thread-safe; every call is short.
public final class DnsCache {
    /// However long a TTL claims to hold.
    public static final Duration MAX_TTL = Duration.ofDays(1);

    /// However long a zone lets what it does not have be remembered (RFC 2308 §5 finds one to three hours sensible).
    public static final Duration MAX_NEGATIVE_TTL = Duration.ofHours(3);

    /// What is known of a name and type.
    public enum Status {
        /// it has such records
        NOERROR,
        /// the name exists, such records do not
        NODATA,
        /// the name does not exist
        NXDOMAIN
    }

    /// For people to look at.
    ///
    /// @param name asked for, in lower case and without the last dot
    /// @param type `MX`, `A`, `AAAA`
    /// @param status whether there are any
    /// @param records one per record, as zone files write their data
    /// @param from who said so
    /// @param servers those that it is kept for: whoever asks these, in this order, gets it from here
    /// @param ttlLeft in lab time, above zero
    public record Listed(
            String name,
            String type,
            Status status,
            List<String> records,
            InetSocketAddress from,
            List<InetSocketAddress> servers,
            Duration ttlLeft) {}

    /// @param owner where aliases led to
    /// @param records none unless the status is NOERROR
    /// @param from who said so
    record Entry(Status status, Name owner, List<Record> records, InetSocketAddress from, Instant expires) {}

    record Key(DnsServers.Chosen servers, Name name, int type) {}

    private final InstantSource labTime;
    private final int maxEntries;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    DnsCache(InstantSource labTime, int maxEntries) {
        this.labTime = labTime;
        this.maxEntries = maxEntries;
    }

    synchronized Optional<Entry> get(Key key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.expires().isAfter(labTime.instant())) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(entry);
    }

    /// @param ttlSeconds 0 is not kept at all
    synchronized void put(
            Key key, Status status, Name owner, List<Record> records, InetSocketAddress from, long ttlSeconds) {
        Duration most = status == Status.NOERROR ? MAX_TTL : MAX_NEGATIVE_TTL;
        Duration ttl = Duration.ofSeconds(Math.min(ttlSeconds, most.toSeconds()));
        if (!ttl.isPositive() || maxEntries == 0) {
            return;
        }
        entries.remove(key);
        if (entries.size() >= maxEntries) {
            Iterator<Key> eldest = entries.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        entries.put(
                key,
                new Entry(
                        status,
                        owner,
                        List.copyOf(records),
                        from,
                        labTime.instant().plus(ttl)));
    }

    /// Forgets everything.
    ///
    /// @return how many record sets that were
    public synchronized int flush() {
        int count = list().size();
        entries.clear();
        return count;
    }

    /// Forgets all that was asked for under one name.
    ///
    /// @param name in any case, with or without the last dot
    /// @return how many record sets that were
    public synchronized int forget(String name) {
        List<Listed> before = list();
        String wanted = DomainNames.parse(name).map(DomainNames::text).orElse("");
        entries.keySet().removeIf(key -> DomainNames.text(key.name()).equals(wanted));
        return before.size() - list().size();
    }

    /// What it holds now, in the order in which it was learned.
    public synchronized List<Listed> list() {
        Instant now = labTime.instant();
        List<Listed> listed = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (entry.expires().isAfter(now)) {
                listed.add(new Listed(
                        DomainNames.text(key.name()),
                        Type.string(key.type()),
                        entry.status(),
                        texts(entry.records()),
                        entry.from(),
                        key.servers().servers(),
                        Duration.between(now, entry.expires())));
            }
        });
        return listed;
    }

    /// Records as zone files write their data, printable.
    static List<String> texts(List<Record> records) {
        return records.stream()
                .map(record -> Printable.text(record.rdataToString()))
                .toList();
    }
}
