package dev.tarry.lab.dns;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// Reads from the zones who lives at which address.
final class HostNames {
    private HostNames() {}

    static SequencedMap<InetAddress, String> of(Zones zones, Set<String> except) {
        var names = except.stream()
                .map(name -> RecordText.name(name, "own host " + name))
                .collect(Collectors.toUnmodifiableSet());
        var hosts = new LinkedHashMap<InetAddress, String>();
        for (var zone : zones.outside()) {
            var origin = RecordText.name(zone.domain(), "zone " + zone.domain());
            for (var plain : zone.records()) {
                note(RecordText.parse(plain, origin), names, hosts);
            }
        }
        zones.catchAll()
                .ifPresent(catchAll -> note(
                        RecordText.parse(
                                new ZoneRecord("@", "A", 0, catchAll.address()),
                                RecordText.name(catchAll.host(), "catch-all host")),
                        names,
                        hosts));
        return hosts;
    }

    private static void note(Record record, Set<Name> except, SequencedMap<InetAddress, String> hosts) {
        if (record.getName().isWild() || except.contains(record.getName())) {
            return;
        }
        switch (record) {
            case ARecord a ->
                hosts.putIfAbsent(plain(a.getAddress()), record.getName().toString(true));
            case AAAARecord a ->
                hosts.putIfAbsent(plain(a.getAddress()), record.getName().toString(true));
            default -> {}
        }
    }

    /// Without the name that the record brought along, which would show in texts.
    private static InetAddress plain(InetAddress address) {
        return InetAddress.ofLiteral(address.getHostAddress());
    }
}
