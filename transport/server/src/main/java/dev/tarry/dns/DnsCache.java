package dev.tarry.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Record sets that were found, until their TTL has passed in lab time (Exchange's "enhanced DNS"
/// cache, reference §4.3). What does not exist is only kept if a setting says so, and then as long as its zone allows
/// (RFC 2308): else every retry of a queue asks again.
///
/// Kept apart per list of servers, since an internal and an external one may say different things.
/// Bounded, in entries and in the records of all of them, since one answer may hold thousands: what was put longest ago
/// leaves first. Thread-safe; every call but [#list] is short, and that one holds nobody up.
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
    private final int maxRecords;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    /// of all entries
    private int records;

    /// @param maxEntries record sets
    /// @param maxRecords records of all sets together; a set with more is not kept
    DnsCache(InstantSource labTime, int maxEntries, int maxRecords) {
        this.labTime = labTime;
        this.maxEntries = maxEntries;
        this.maxRecords = maxRecords;
    }

    synchronized Optional<Entry> get(Key key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.expires().isAfter(labTime.instant())) {
            remove(key);
            return Optional.empty();
        }
        return Optional.of(entry);
    }

    /// @param ttlSeconds 0 is not kept at all
    synchronized void put(
            Key key, Status status, Name owner, List<Record> found, InetSocketAddress from, long ttlSeconds) {
        Duration most = status == Status.NOERROR ? MAX_TTL : MAX_NEGATIVE_TTL;
        Duration ttl = Duration.ofSeconds(Math.min(ttlSeconds, most.toSeconds()));
        if (!ttl.isPositive() || maxEntries == 0 || found.size() > maxRecords) {
            return;
        }
        remove(key);
        while (entries.size() >= maxEntries || records + found.size() > maxRecords) {
            remove(entries.keySet().iterator().next());
        }
        records += found.size();
        entries.put(
                key,
                new Entry(
                        status,
                        owner,
                        List.copyOf(found),
                        from,
                        labTime.instant().plus(ttl)));
    }

    /// Forgets everything.
    ///
    /// @return how many record sets that were
    public synchronized int flush() {
        return forget(_ -> true);
    }

    /// Forgets all that was asked for under one name.
    ///
    /// @param name in any case, with or without the last dot
    /// @return how many record sets that were
    public synchronized int forget(String name) {
        return DomainNames.parse(name)
                .map(wanted -> forget(key -> key.name().equals(wanted)))
                .orElse(0);
    }

    /// @return those that held
    private int forget(Predicate<Key> which) {
        Instant now = labTime.instant();
        int count = 0;
        for (Key key : entries.keySet().stream().filter(which).toList()) {
            count += remove(key).expires().isAfter(now) ? 1 : 0;
        }
        return count;
    }

    /// @return null if there was none
    private Entry remove(Key key) {
        Entry gone = entries.remove(key);
        if (gone != null) {
            records -= gone.records().size();
        }
        return gone;
    }

    /// What it holds now, in the order in which it was learned.
    public List<Listed> list() {
        Instant now = labTime.instant();
        Map<Key, Entry> all;
        synchronized (this) {
            all = new LinkedHashMap<>(entries);
        }
        List<Listed> listed = new ArrayList<>();
        all.forEach((key, entry) -> {
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
