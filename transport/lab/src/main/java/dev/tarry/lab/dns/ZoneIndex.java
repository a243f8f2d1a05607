package dev.tarry.lab.dns;

import dev.tarry.lab.dns.Finding.Found;
import dev.tarry.lab.dns.Finding.Loop;
import dev.tarry.lab.dns.Finding.NoSuchName;
import dev.tarry.lab.dns.Finding.NoSuchRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// One view of what exists: finds the records for a name and type, follows aliases, knows what does not exist.
/// Immutable; used on any thread.
final class ZoneIndex {
    /// Longer alias chains are taken for a loop.
    static final int ALIASES_MAX = 16;

    private static final Name WILDCARD = Name.fromConstantString("*");

    private final Map<Name, Domain> domains = new HashMap<>();
    private final Set<Name> nonexistent = new HashSet<>();
    /// Names above a domain, such as `com`: they exist and have nothing.
    private final Set<Name> above = new HashSet<>();
    private final Optional<CatchAllRecords> catchAll;

    /// @throws BadZone naming the first thing that is wrong
    ZoneIndex(List<Zone> zones, List<String> nonexistent, Optional<Zones.CatchAll> catchAll) {
        for (var zone : zones) {
            var domain = Domain.of(zone);
            if (domains.put(domain.origin(), domain) != null) {
                throw new BadZone(
                        "zone " + zone.domain(), "stands there twice", "put all records of a domain into one zone");
            }
            for (int labels = 1; labels < domain.origin().labels(); labels++) {
                above.add(new Name(domain.origin(), labels));
            }
        }
        for (var name : nonexistent) {
            this.nonexistent.add(RecordText.name(name, "nonexistent name " + name));
        }
        this.catchAll = catchAll.map(CatchAllRecords::of);
    }

    /// Builds both views, so that what is wrong comes out when the zones are made.
    ///
    /// @throws BadZone naming the first thing that is wrong
    static void check(Zones zones) {
        outside(zones);
        inside(zones);
    }

    static ZoneIndex outside(Zones zones) {
        return new ZoneIndex(zones.outside(), zones.nonexistent(), zones.catchAll());
    }

    /// What an internal server knows; aliases may lead it on to what stands outside.
    static ZoneIndex inside(Zones zones) {
        var own = new ZoneIndex(zones.inside(), List.of(), Optional.empty());
        var both = outside(zones);
        both.domains.putAll(own.domains);
        both.above.addAll(own.above);
        return both;
    }

    /// What is asked of somebody who knows this much.
    Finding find(Name name, int type) {
        var answer = new ArrayList<Record>();
        Name at = name;
        for (int hops = 0; hops <= ALIASES_MAX; hops++) {
            var found = findHere(at, type);
            switch (found) {
                case Found(var records) -> {
                    answer.addAll(records);
                    boolean alias = type != Type.CNAME && type != Type.ANY && records.getFirst() instanceof CNAMERecord;
                    if (!alias) {
                        return new Found(answer);
                    }
                    at = ((CNAMERecord) records.getFirst()).getTarget();
                }
                case NoSuchRecord nothing -> {
                    return new NoSuchRecord(answer, nothing.soa());
                }
                case NoSuchName nobody -> {
                    return new NoSuchName(answer, nobody.soa());
                }
                case Loop _ -> {
                    return found;
                }
            }
        }
        return new Loop();
    }

    private Finding findHere(Name name, int type) {
        for (Name up = name; up.labels() > 1; up = new Name(up, 1)) {
            if (nonexistent.contains(up)) {
                return new NoSuchName(List.of(), RecordText.rootSoa());
            }
        }
        var domain = enclosing(name);
        if (domain.isPresent()) {
            return domain.get().find(name, type);
        }
        // The root, and top-level names: nobody gets mail there.
        if (name.labels() <= 1 || above.contains(name)) {
            return new NoSuchRecord(List.of(), RecordText.rootSoa());
        }
        boolean reverse = name.subdomain(RecordText.ARPA);
        if (name.labels() <= 2 || reverse || catchAll.isEmpty()) {
            return new NoSuchName(List.of(), RecordText.rootSoa());
        }
        return catchAll.get().find(name, type);
    }

    private Optional<Domain> enclosing(Name name) {
        for (Name up = name; up.labels() >= 1; up = new Name(up, 1)) {
            var domain = domains.get(up);
            if (domain != null || up.labels() == 1) {
                return Optional.ofNullable(domain);
            }
        }
        return Optional.empty();
    }

    /// @param nodes every name of the domain that exists, by owner; those between have an empty list
    private record Domain(Name origin, Record soa, Map<Name, List<Record>> nodes) {
        static Domain of(Zone zone) {
            var origin = RecordText.name(zone.domain(), "zone " + zone.domain());
            var nodes = new HashMap<Name, List<Record>>();
            Record soa = null;
            for (var record : zone.records()) {
                var parsed = RecordText.parse(record, origin);
                if (!parsed.getName().subdomain(origin)) {
                    throw new BadZone(
                            "zone " + zone.domain() + ", record " + record.name() + " " + record.type(),
                            "lies outside the zone",
                            "a name that ends in " + zone.domain() + " is needed");
                }
                if (parsed instanceof SOARecord) {
                    soa = parsed;
                }
                nodes.computeIfAbsent(parsed.getName(), _ -> new ArrayList<>()).add(parsed);
                for (Name up = parsed.getName(); up.labels() > origin.labels(); up = new Name(up, 1)) {
                    nodes.computeIfAbsent(up, _ -> new ArrayList<>());
                }
            }
            var apex = nodes.computeIfAbsent(origin, _ -> new ArrayList<>());
            if (soa == null) {
                soa = RecordText.soa(origin);
                apex.add(soa);
            }
            return new Domain(origin, soa, nodes);
        }

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
    }

    private record CatchAllRecords(Name host, Zones.CatchAll plain) {
        static CatchAllRecords of(Zones.CatchAll catchAll) {
            var host = RecordText.name(catchAll.host(), "catch-all host");
            RecordText.parse(new ZoneRecord(catchAll.host(), "A", 300, catchAll.address()), host);
            return new CatchAllRecords(host, catchAll);
        }

        Finding find(Name name, int type) {
            return switch (type) {
                case Type.A -> found(name, "A", plain.address());
                case Type.MX ->
                    name.equals(host)
                            ? new NoSuchRecord(List.of(), RecordText.soa(name))
                            : found(name, "MX", "10 " + plain.host());
                default -> new NoSuchRecord(List.of(), RecordText.soa(name));
            };
        }

        private static Finding found(Name name, String type, String rdata) {
            return new Found(List.of(RecordText.parse(new ZoneRecord("@", type, 300, rdata), name)));
        }
    }
}
