package dev.tarry.lab.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// Where mail for a domain goes by what the zones outside say: for the lab's own hosts, who ask no server
/// and whom no DNS fault concerns.
public final class MailRoute {
    private MailRoute() {}

    /// The hosts that take mail for a domain, best first: those of its MX records, or the domain itself
    /// (RFC 5321 §5.1). Names without the last dot.
    public static List<String> hosts(Zones zones, String domain) {
        Optional<Name> name = name(domain);
        if (name.isEmpty()) {
            return List.of();
        }
        var records = records(zones, name.get());
        if (records.isEmpty()) {
            return zones.catchAll().map(all -> List.of(all.host())).orElse(List.of());
        }
        var hosts = records.stream()
                .filter(MXRecord.class::isInstance)
                .map(MXRecord.class::cast)
                .sorted(Comparator.comparingInt(MXRecord::getPriority))
                .map(mx -> mx.getTarget().toString(true))
                .toList();
        return hosts.isEmpty() ? List.of(domain) : hosts;
    }

    /// Where a host lives.
    public static List<InetAddress> addresses(Zones zones, String host) {
        var addresses = new ArrayList<InetAddress>();
        for (var record : name(host).map(name -> records(zones, name)).orElse(List.of())) {
            Optional.ofNullable(AddressBook.address(record)).ifPresent(addresses::add);
        }
        if (addresses.isEmpty() && zones.catchAll().isPresent()) {
            var all = zones.catchAll().get();
            if (all.host().equalsIgnoreCase(host)) {
                addresses.add(InetAddress.ofLiteral(all.address()));
            }
        }
        return addresses;
    }

    /// Every address outside, in the order of the zones, the catch-all host's last.
    public static SequencedSet<InetAddress> addresses(Zones zones) {
        var all = new LinkedHashSet<InetAddress>();
        for (var zone : zones.outside()) {
            var origin = RecordText.name(zone.domain(), "zone " + zone.domain());
            for (var plain : zone.records()) {
                if (plain.type().equalsIgnoreCase("A") || plain.type().equalsIgnoreCase("AAAA")) {
                    Optional.ofNullable(AddressBook.address(RecordText.parse(plain, origin)))
                            .ifPresent(all::add);
                }
            }
        }
        zones.catchAll().ifPresent(host -> all.add(InetAddress.ofLiteral(host.address())));
        return all;
    }

    private static Optional<Name> name(String text) {
        try {
            return Optional.of(RecordText.name(text, text));
        } catch (BadZone _) {
            return Optional.empty();
        }
    }

    private static List<Record> records(Zones zones, Name owner) {
        var found = new ArrayList<Record>();
        var text = owner.toString(true).toLowerCase(Locale.ROOT);
        for (var zone : zones.outside()) {
            if (isElsewhere(zone.domain(), text)) {
                continue;
            }
            var origin = RecordText.name(zone.domain(), "zone " + zone.domain());
            if (owner.subdomain(origin)) {
                for (var plain : zone.records()) {
                    var record = RecordText.parse(plain, origin);
                    if (record.getName().equals(owner)) {
                        found.add(record);
                    }
                }
            }
        }
        return found;
    }

    /// Whether a zone plainly has nothing to say of a name: asked of each zone for each message, so without
    /// reading the zone's name. A domain that is written in another form than names are is looked into.
    private static boolean isElsewhere(String zone, String name) {
        boolean plain = !zone.isEmpty() && zone.chars().allMatch(c -> c < 0x80 && c != '\\') && !zone.endsWith(".");
        return plain && !name.regionMatches(true, name.length() - zone.length(), zone, 0, zone.length());
    }
}
