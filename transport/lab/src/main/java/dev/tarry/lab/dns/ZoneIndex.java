package dev.tarry.lab.dns;

import dev.tarry.lab.dns.Finding.Found;
import dev.tarry.lab.dns.Finding.NoSuchName;
import dev.tarry.lab.dns.Finding.NoSuchRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/// One view of what exists, outside or inside: the zones, who serves them, who lives at which address.
///
/// Read on any thread; changed zone by zone on any, one after the other. Who asks meanwhile finds a zone as it was
/// or as it is.
final class ZoneIndex {
    /// Longer alias chains are taken for a loop.
    static final int ALIASES_MAX = 16;

    static final int ZONES_MAX = 200_000;

    /// Names that nobody can define by leaving them out: RFC 6761 §6.4, RFC 7686. `localhost` is among them although
    /// RFC 6761 §6.3 would have resolvers say 127.0.0.1: mail for it is to bounce, not to come home. `test` and
    /// `example` are names like others here, because tests like to use them.
    private static final Set<Name> SPECIAL = Set.of(
            Name.fromConstantString("invalid."),
            Name.fromConstantString("localhost."),
            Name.fromConstantString("onion."));

    private static final Name IP4_REVERSE = Name.fromConstantString("in-addr.arpa.");
    private static final Name IP6_REVERSE = Name.fromConstantString("ip6.arpa.");
    private static final long REVERSE_TTL = 3_600;

    private final Map<Name, Domain> domains = new ConcurrentHashMap<>();
    /// Names above a domain, such as `com`, by how many domains: they exist and have nothing.
    private final Map<Name, Integer> above = new ConcurrentHashMap<>();
    private final AddressBook addresses = new AddressBook();
    /// By the name of a name server: the zones that speak of it, and whether it knows them, or is only where they
    /// delegate something to.
    private final Map<Name, Map<Name, Boolean>> served = new ConcurrentHashMap<>();
    private final SequencedMap<Name, Long> numbers = new LinkedHashMap<>();
    private long lastNumber;

    private final List<String> plainNonexistent;
    private final Set<Name> nonexistent = new HashSet<>();
    private final Optional<CatchAllRecords> catchAll;

    /// Where the answer to a question is to be had.
    sealed interface Place {
        record Here(Finding finding) implements Place {}

        /// @param zone at or above the name; its servers, in the order of asking
        record Elsewhere(Name zone, List<InetAddress> servers) implements Place {}
    }

    /// @throws BadZone naming the first thing that is wrong
    ZoneIndex(List<Zone> zones, List<String> nonexistent, Optional<Zones.CatchAll> catchAll) {
        for (var zone : zones) {
            var domain = Domain.of(zone);
            if (domains.containsKey(domain.origin())) {
                throw twice(zone);
            }
            put(domain);
        }
        this.plainNonexistent = List.copyOf(nonexistent);
        for (var name : nonexistent) {
            this.nonexistent.add(RecordText.name(name, "nonexistent name " + name));
        }
        this.catchAll = catchAll.map(CatchAllRecords::of);
    }

    private static BadZone twice(Zone zone) {
        return new BadZone("zone " + zone.domain(), "stands there twice", "put all records of a domain into one zone");
    }

    /// Reads everything once, so that what is wrong comes out when the zones are made.
    ///
    /// @throws BadZone naming the first thing that is wrong
    static void check(Zones zones) {
        for (var view : List.of(zones.outside(), zones.inside())) {
            var origins = new HashSet<Name>();
            for (var zone : view) {
                if (!origins.add(Domain.of(zone).origin())) {
                    throw twice(zone);
                }
            }
        }
        new ZoneIndex(List.of(), zones.nonexistent(), zones.catchAll());
    }

    static ZoneIndex outside(Zones zones) {
        return new ZoneIndex(zones.outside(), zones.nonexistent(), zones.catchAll());
    }

    static ZoneIndex inside(Zones zones) {
        return new ZoneIndex(zones.inside(), List.of(), Optional.empty());
    }

    /// A new zone, or the same one with other records, in its old place.
    synchronized void put(Domain domain) {
        if (numbers.size() >= ZONES_MAX && !domains.containsKey(domain.origin())) {
            throw new BadZone(
                    "zone " + domain.plain().domain(), "is one too many", "there are at most " + ZONES_MAX + " zones");
        }
        var before = domains.put(domain.origin(), domain);
        long number;
        if (before == null) {
            number = ++lastNumber;
            numbers.put(domain.origin(), number);
            namesAbove(domain.origin()).forEach(name -> above.merge(name, 1, Integer::sum));
        } else {
            number = numbers.get(domain.origin());
            forget(number, before);
        }
        addresses.add(number, domain);
        for (var record : domain.inOrder()) {
            if (record instanceof NSRecord server) {
                boolean knows = server.getName().equals(domain.origin());
                served.computeIfAbsent(server.getTarget(), _ -> new ConcurrentHashMap<>(1))
                        .merge(domain.origin(), knows, Boolean::logicalOr);
            }
        }
    }

    /// @return what was removed
    synchronized Optional<Domain> remove(Name origin) {
        var gone = domains.remove(origin);
        if (gone != null) {
            forget(numbers.remove(origin), gone);
            namesAbove(origin)
                    .forEach(name -> above.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
        }
        return Optional.ofNullable(gone);
    }

    private void forget(long number, Domain domain) {
        addresses.remove(number, domain);
        for (var record : domain.inOrder()) {
            if (record instanceof NSRecord server) {
                served.computeIfPresent(server.getTarget(), (_, zones) -> {
                    zones.remove(domain.origin());
                    return zones.isEmpty() ? null : zones;
                });
            }
        }
    }

    private static List<Name> namesAbove(Name origin) {
        var names = new ArrayList<Name>();
        for (int labels = 1; labels < origin.labels(); labels++) {
            names.add(new Name(origin, labels));
        }
        return names;
    }

    /// In the order in which they came.
    synchronized List<Zone> zones() {
        return numbers.keySet().stream()
                .map(origin -> domains.get(origin).plain())
                .toList();
    }

    List<String> nonexistent() {
        return plainNonexistent;
    }

    Optional<Zones.CatchAll> catchAll() {
        return catchAll.map(CatchAllRecords::plain);
    }

    Optional<Domain> zone(Name origin) {
        return Optional.ofNullable(domains.get(origin));
    }

    /// The zone that a name lies in.
    Optional<Domain> enclosing(Name name) {
        return enclosing(name, _ -> true);
    }

    private Optional<Domain> enclosing(Name name, Predicate<Domain> which) {
        for (Name up = name; ; up = new Name(up, 1)) {
            var domain = domains.get(up);
            if (domain != null && which.test(domain)) {
                return Optional.of(domain);
            }
            if (up.labels() == 1) {
                return Optional.empty();
            }
        }
    }

    /// The first name at an address that is not among these; the catch-all host lives at its own.
    Optional<String> hostAt(InetAddress address, Set<String> except) {
        return Stream.concat(
                        addresses.names(address).stream(),
                        catchAll.filter(host -> host.address().equals(address)).stream()
                                .map(CatchAllRecords::host))
                .map(name -> name.toString(true))
                .filter(name -> !except.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /// Whether a name server of a zone, or one that a delegation speaks of, has this address.
    boolean serverAt(InetAddress address) {
        return addresses.names(address).stream().anyMatch(served::containsKey);
    }

    /// The addresses of all name servers, in order.
    List<InetAddress> servers() {
        SequencedSet<InetAddress> all = new LinkedHashSet<>();
        served.keySet().stream()
                .sorted()
                .forEach(name -> enclosing(name).ifPresent(domain -> all.addAll(domain.addresses(name))));
        return List.copyOf(all);
    }

    /// Where a resolver of the wide world goes on with a name. It knows the servers of every zone without asking for
    /// them; where a zone above delegates the name, it goes by that.
    Place place(Name name, int type) {
        for (Name up = name; up.labels() > 1; up = new Name(up, 1)) {
            if (nonexistent.contains(up)
                    || (SPECIAL.contains(up) && enclosing(name).isEmpty())) {
                return new Place.Here(new NoSuchName(List.of(), RecordText.rootSoa()));
            }
        }
        var closest = enclosing(name);
        if (closest.isEmpty()) {
            return new Place.Here(undefined(name, type));
        }
        var start = closest.get();
        for (var up = start; up != null; up = parent(up)) {
            if (up.delegation(name).isPresent()) {
                start = up;
            }
        }
        var servers = servers(start);
        if (!servers.isEmpty()) {
            return new Place.Elsewhere(start.origin(), servers);
        }
        var delegation = start.delegation(name);
        return delegation.isPresent()
                ? new Place.Elsewhere(delegation.get().cut(), addresses(delegation.get(), start))
                : new Place.Here(start.find(name, type));
    }

    private Domain parent(Domain domain) {
        return domain.origin().labels() == 1
                ? null
                : enclosing(new Name(domain.origin(), 1)).orElse(null);
    }

    /// The zone's own servers; none if it has none with an address, or is left to the resolvers.
    private List<InetAddress> servers(Domain domain) {
        return addresses(new Domain.Delegation(domain.origin(), domain.nameServers()), domain).stream()
                .filter(address -> !NameServers.resolverAt(address.getHostAddress()))
                .toList();
    }

    private List<InetAddress> addresses(Domain.Delegation delegation, Domain from) {
        SequencedSet<InetAddress> all = new LinkedHashSet<>();
        for (var server : delegation.servers()) {
            all.addAll(addressRecords(server.getTarget(), from).stream()
                    .map(AddressBook::address)
                    .toList());
        }
        return List.copyOf(all);
    }

    /// Glue first, then what the server's own zone says.
    private List<Record> addressRecords(Name server, Domain from) {
        var glue = from.addressRecords(server);
        return glue.isEmpty()
                ? enclosing(server).map(domain -> domain.addressRecords(server)).orElse(List.of())
                : glue;
    }

    /// What the name server at an address says of itself.
    Reply.Answered authority(InetAddress server, Name name, int type) {
        var mine = new HashSet<Name>();
        for (var resident : addresses.names(server)) {
            served.getOrDefault(resident, Map.of()).forEach((zone, knows) -> {
                if (knows) {
                    mine.add(zone);
                }
            });
        }
        var answer = new ArrayList<Record>();
        Name at = name;
        for (int hops = 0; hops <= ALIASES_MAX; hops++) {
            Name here = at;
            var zone = enclosing(here, domain -> mine.contains(domain.origin()));
            if (zone.isEmpty()) {
                return hops == 0
                        ? Reply.failed(Rcode.REFUSED).ofItself()
                        : new Reply.Answered(true, Rcode.NOERROR, answer, Optional.empty()).ofItself();
            }
            var delegation = zone.get()
                    .delegation(here)
                    .filter(d -> type != Type.DS || !d.cut().equals(here));
            if (delegation.isPresent()) {
                return hops == 0
                        ? referral(delegation.get(), zone.get())
                        : new Reply.Answered(true, Rcode.NOERROR, answer, Optional.empty()).ofItself();
            }
            if (type == Type.ANY) {
                return Packets.anything(name).ofItself();
            }
            var finding = zone.get().find(here, type);
            var alias = finding.alias(type);
            if (alias.isEmpty()) {
                return Reply.of(finding.after(answer), true).ofItself();
            }
            answer.add(alias.get());
            at = alias.get().getTarget();
        }
        return Reply.failed(Rcode.SERVFAIL).ofItself();
    }

    private Reply.Answered referral(Domain.Delegation delegation, Domain from) {
        var glue = new ArrayList<Record>();
        delegation.servers().forEach(server -> glue.addAll(addressRecords(server.getTarget(), from)));
        return new Reply.Answered(false, Rcode.NOERROR, List.of(), Optional.empty(), delegation.servers(), glue, false);
    }

    /// What is known of a name that lies in no zone.
    private Finding undefined(Name name, int type) {
        if (name.subdomain(IP4_REVERSE) || name.subdomain(IP6_REVERSE)) {
            return reverse(name, type)
                    .orElseGet(() -> complete(name)
                            ? new NoSuchName(List.of(), RecordText.rootSoa())
                            : new NoSuchRecord(List.of(), RecordText.rootSoa()));
        }
        // The root, and top-level names: nobody gets mail there.
        if (name.labels() <= 1 || above.containsKey(name)) {
            return new NoSuchRecord(List.of(), RecordText.rootSoa());
        }
        if (name.labels() <= 2 || name.subdomain(RecordText.ARPA) || catchAll.isEmpty()) {
            return new NoSuchName(List.of(), RecordText.rootSoa());
        }
        return catchAll.get().find(name, type);
    }

    /// The name of whoever lives at an address, from the zones' own A and AAAA records.
    ///
    /// @return empty if the name stands for no address, or nobody lives there
    Optional<Finding> reverse(Name name, int type) {
        if (!complete(name)) {
            return Optional.empty();
        }
        try {
            return hostAt(InetAddress.ofLiteral(ReverseMap.fromName(name).getHostAddress()), Set.of())
                    .map(host -> type == Type.PTR
                            ? new Found(List.of(
                                    new PTRRecord(name, DClass.IN, REVERSE_TTL, RecordText.name(host, "host " + host))))
                            : new NoSuchRecord(List.of(), RecordText.rootSoa()));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    /// With the root's: 4 octets and 2 labels, or 32 digits and 2 labels.
    private static boolean complete(Name name) {
        return (name.subdomain(IP4_REVERSE) && name.labels() == 7)
                || (name.subdomain(IP6_REVERSE) && name.labels() == 35);
    }

    private record CatchAllRecords(Name host, InetAddress address, Zones.CatchAll plain) {
        static CatchAllRecords of(Zones.CatchAll catchAll) {
            var host = RecordText.name(catchAll.host(), "catch-all host");
            var record = RecordText.parse(new ZoneRecord(catchAll.host(), "A", 300, catchAll.address()), host);
            return new CatchAllRecords(host, AddressBook.address(record), catchAll);
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
