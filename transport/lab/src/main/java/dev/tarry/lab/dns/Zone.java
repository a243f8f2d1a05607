package dev.tarry.lab.dns;

import java.util.List;

/// A domain and everything known in it. A zone without SOA gets one; a name of it that has no record does not
/// exist.
public record Zone(String domain, List<ZoneRecord> records) {
    public Zone {
        BadZone.present(domain, "a zone", "domain");
        records = List.copyOf(BadZone.present(records, "zone " + domain, "records"));
    }
}
