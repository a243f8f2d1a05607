package dev.tarry.lab.dns;

import dev.tarry.lab.dns.Finding.Found;
import dev.tarry.lab.dns.Finding.NoSuchName;
import dev.tarry.lab.dns.Finding.NoSuchRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// A zone as its servers know it: its records by owner. Immutable; used on any thread.
///
/// @param plain as it was written
/// @param nodes every name of the zone that exists, by owner; those between have an empty list
/// @param inOrder all records, in the order written
/// @param delegates whether a name below the zone's own has name servers of its own
record Domain(
        Zone plain, Name origin, Record soa, Map<Name, List<Record>> nodes, List<Record> inOrder, boolean delegates) {
    private static final Name WILDCARD = Name.fromConstantString("*");

    /// Somebody else knows what lies at and below a name.
    ///
    /// @param cut that name
    record Delegation(Name cut, List<NSRecord> servers) {}

    /// @throws BadZone naming the record that is wrong
    static Domain of(Zone zone) {
        var origin = RecordText.name(zone.domain(), "zone " + zone.domain());
        var nodes = new HashMap<Name, List<Record>>();
        var inOrder = new ArrayList<Record>();
        Record soa = null;
        boolean delegates = false;
        for (var record : zone.records()) {
            var parsed = RecordText.parse(record, origin);
            if (!parsed.getName().subdomain(origin)) {
                throw new BadZone(
                        "zone " + zone.domain() + ", record " + record.name() + " " + record.type(),
                        "lies outside the zone",
                        "a name that ends in " + zone.domain() + " is needed");
            }
            boolean apex = parsed.getName().equals(origin);
            if (parsed instanceof SOARecord) {
                if (!apex || soa != null) {
                    throw new BadZone(
                            "zone " + zone.domain() + ", record " + record.name() + " SOA",
                            apex ? "is the second one" : "is not at the zone's own name",
                            "a zone has one SOA, at its own name");
                }
                soa = parsed;
            }
            delegates |= parsed instanceof NSRecord && !apex;
            inOrder.add(parsed);
            put(nodes, parsed);
            for (Name up = parsed.getName(); up.labels() > origin.labels(); up = new Name(up, 1)) {
                nodes.putIfAbsent(up, List.of());
            }
        }
        nodes.putIfAbsent(origin, List.of());
        if (soa == null) {
            soa = RecordText.soa(origin);
            put(nodes, soa);
        }
        return new Domain(zone, origin, soa, nodes, List.copyOf(inOrder), delegates);
    }

    /// Most names have one record or two: lists of just that many.
    private static void put(Map<Name, List<Record>> nodes, Record record) {
        nodes.merge(record.getName(), List.of(record), (some, more) -> {
            var all = new ArrayList<Record>(some.size() + 1);
            all.addAll(some);
            all.addAll(more);
            return List.copyOf(all);
        });
    }

    /// What is known of a name, whether it has been delegated or not.
    Finding find(Name name, int type) {
        var node = nodes.get(name);
        if (node == null) {
            node = wildcard(name);
        }
        if (node == null) {
            return new NoSuchName(List.of(), soa);
        }
        var fitting = new ArrayList<Record>();
        for (var record : node) {
            if (record.getType() == type || record.getType() == Type.CNAME || type == Type.ANY) {
                fitting.add(record.getName().equals(name) ? record : RecordText.renamed(record, name));
            }
        }
        return fitting.isEmpty() ? new NoSuchRecord(List.of(), soa) : new Found(fitting);
    }

    /// The closest name above that exists decides: only its `*` stands for the missing one (RFC 4592 §3.3.1).
    private List<Record> wildcard(Name name) {
        for (Name up = new Name(name, 1); up.labels() >= origin.labels(); up = new Name(up, 1)) {
            if (nodes.containsKey(up)) {
                return nodes.get(RecordText.under(WILDCARD, up));
            }
        }
        return null;
    }

    /// Who else knows of a name, which lies in this zone; the highest delegation counts, for what is below it is not
    /// this zone's any more (RFC 1034 §4.2.1).
    Optional<Delegation> delegation(Name name) {
        if (!delegates) {
            return Optional.empty();
        }
        Optional<Delegation> highest = Optional.empty();
        for (Name up = name; up.labels() > origin.labels(); up = new Name(up, 1)) {
            var servers = nameServers(up);
            if (!servers.isEmpty()) {
                highest = Optional.of(new Delegation(up, servers));
            }
        }
        return highest;
    }

    /// The NS records of the zone itself.
    List<NSRecord> nameServers() {
        return nameServers(origin);
    }

    private List<NSRecord> nameServers(Name name) {
        return nodes.getOrDefault(name, List.of()).stream()
                .filter(NSRecord.class::isInstance)
                .map(NSRecord.class::cast)
                .toList();
    }

    /// The A and AAAA records of a name, as glue or of its own.
    List<Record> addressRecords(Name name) {
        return nodes.getOrDefault(name, List.of()).stream()
                .filter(record -> AddressBook.address(record) != null)
                .toList();
    }

    List<InetAddress> addresses(Name name) {
        return addressRecords(name).stream().map(AddressBook::address).toList();
    }
}
