package dev.tarry.lab.dns;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// Who lives at which address: what A and AAAA records say, read backwards. Grows and shrinks zone by zone.
/// Thread-safe.
final class AddressBook {
    /// Room for the records of one zone between the numbers of two.
    private static final int RECORDS_BITS = 24;

    private final Map<InetAddress, Resident[]> residents = new ConcurrentHashMap<>();

    /// @param order of the zones, then of the records in them: the first names the address
    private record Resident(long order, Name name) {}

    /// @param zone the number of the zone; earlier zones have smaller ones
    void add(long zone, Domain domain) {
        long order = zone << RECORDS_BITS;
        for (var record : domain.inOrder()) {
            var address = address(record);
            if (address != null) {
                var resident = new Resident(order, record.getName());
                residents.merge(address, new Resident[] {resident}, (known, _) -> with(known, resident));
            }
            order++;
        }
    }

    void remove(long zone, Domain domain) {
        for (var record : domain.inOrder()) {
            var address = address(record);
            if (address != null) {
                residents.computeIfPresent(address, (_, known) -> without(known, zone));
            }
        }
    }

    /// The names at an address, in order; empty if nobody lives there.
    List<Name> names(InetAddress address) {
        var known = residents.get(address);
        return known == null
                ? List.of()
                : Arrays.stream(known).map(Resident::name).toList();
    }

    private static Resident[] with(Resident[] known, Resident fresh) {
        var more = Arrays.copyOf(known, known.length + 1);
        int at = known.length;
        while (at > 0 && known[at - 1].order > fresh.order) {
            more[at] = known[--at];
        }
        more[at] = fresh;
        return more;
    }

    private static Resident[] without(Resident[] known, long zone) {
        var rest = Arrays.stream(known)
                .filter(resident -> resident.order >> RECORDS_BITS != zone)
                .toArray(Resident[]::new);
        return rest.length == 0 ? null : rest;
    }

    /// Without the name that the record brought along, which would show in texts; null if the record says no
    /// address of one host.
    static InetAddress address(Record record) {
        if (record.getName().isWild()) {
            return null;
        }
        return switch (record) {
            case ARecord a -> plain(a.getAddress());
            case AAAARecord a -> plain(a.getAddress());
            default -> null;
        };
    }

    private static InetAddress plain(InetAddress address) {
        return InetAddress.ofLiteral(address.getHostAddress());
    }
}
