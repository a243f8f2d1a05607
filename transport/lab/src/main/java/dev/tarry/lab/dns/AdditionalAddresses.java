package dev.tarry.lab.dns;

import dev.tarry.lab.dns.NameServers.Asked;
import dev.tarry.lab.dns.ZoneIndex.Place;
import dev.tarry.lab.fault.Faults;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// The addresses that go along with an answer unasked: those of the hosts that its MX, SRV and NS records name
/// (RFC 1035 §3.3.9 and §3.3.11, RFC 2782).
///
/// A server gives what it knows without asking anybody: of itself, or because it came along with what it was told by
/// somebody who knows the host's own zone (RFC 2181 §5.4.1). Never the addresses behind an alias (RFC 2181 §10.3), and
/// never an address that it has a fault for: who asks for that is to meet with the fault, and who does not ask is not
/// to get around it.
///
/// Lives on the loop of the channel that brought the question.
final class AdditionalAddresses {
    /// Of the hosts after these no addresses go along.
    static final int HOSTS_MAX = 32;

    private static final int[] TYPES = {Type.A, Type.AAAA};

    private final Faults faults;

    AdditionalAddresses(Faults faults) {
        this.faults = faults;
    }

    /// Whom these records name, in their order.
    static SequencedSet<Name> hosts(List<? extends Record> records) {
        var hosts = new LinkedHashSet<Name>();
        for (var record : records) {
            var host = record.getAdditionalName();
            if (host != null && !host.equals(Name.root)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    /// @param reply with the addresses that came along, if any; a referral keeps all of them
    /// @return with those that go along
    Reply beside(Asked asked, Knowledge known, Reply reply) {
        if (!(reply instanceof Reply.Answered answered) || !answered.referral().isEmpty()) {
            return reply;
        }
        var addresses = new ArrayList<Record>();
        hosts(answered.records()).stream()
                .filter(host -> !MadeUpNames.has(host))
                .limit(HOSTS_MAX)
                .forEach(host -> {
                    for (int type : TYPES) {
                        if (!faults.dnsMayStrike(asked.server(), host.toString(true), Type.string(type))) {
                            addresses.addAll(addresses(asked, known, host, type, answered.additional()));
                        }
                    }
                });
        return answered.beside(addresses);
    }

    private static List<Record> addresses(
            Asked asked, Knowledge known, Name host, int type, List<Record> broughtAlong) {
        var records = own(asked.server(), known, host, type).orElse(broughtAlong);
        return records.stream()
                .filter(record -> record.getType() == type && record.getName().equals(host))
                .toList();
    }

    /// @return empty where the server would have to ask
    private static Optional<List<Record>> own(String server, Knowledge known, Name host, int type) {
        if (NameServers.INTERNAL.contains(server)) {
            return known.inside(host, type).map(AdditionalAddresses::records);
        }
        if (NameServers.resolverAt(server)) {
            return known.outside().place(host, type) instanceof Place.Here(var finding)
                    ? Optional.of(records(finding))
                    : Optional.empty();
        }
        return Optional.of(known.outside()
                .authority(InetAddress.ofLiteral(server), host, type)
                .records());
    }

    private static List<Record> records(Finding finding) {
        return finding instanceof Finding.Found(var records) ? records : List.of();
    }
}
