package dev.tarry.lab.dns;

import java.util.List;
import java.util.Objects;

/// A domain and everything known in it. A zone without SOA gets one; a name of it that has no record does not
/// exist.
public record Zone(String domain, List<ZoneRecord> records) {
    public Zone {
        Objects.requireNonNull(domain, "domain");
        records = List.copyOf(records);
    }
}
