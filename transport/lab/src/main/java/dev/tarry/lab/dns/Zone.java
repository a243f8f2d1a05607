package dev.tarry.lab.dns;

import java.util.List;

/// A domain and everything known in it. A zone without SOA gets one; a name of it that has no record does not
/// exist.
public record Zone(String domain, List<ZoneRecord> records) {
    /// Records of one zone, also of all zones that a text brings.
    static final int RECORDS_MAX = 500_000;

    public Zone {
        BadZone.present(domain, "a zone", "domain");
        records = List.copyOf(BadZone.present(records, "zone " + domain, "records"));
        if (records.size() > RECORDS_MAX) {
            throw new BadZone("zone " + domain, "has " + records.size() + " records", "at most " + RECORDS_MAX);
        }
    }
}
