package dev.tarry.lab.dns;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The world one starts with. Addresses are from the documentation ranges (RFC 5737, RFC 3849), so nobody real has
/// them.
final class StandardWorld {
    private static final String OWN_ADDRESS = "198.51.100.10";

    private StandardWorld() {}

    static Zones zones() {
        return new Zones(
                outside(), inside(), List.of("invalid", "localhost", "onion", "nonexistent-domain.com"), catchAll());
    }

    private static Optional<Zones.CatchAll> catchAll() {
        return Optional.of(new Zones.CatchAll("mx.everyone-else.net", "203.0.113.254"));
    }

    private static List<Zone> outside() {
        return List.of(
                zone(
                        "gmail.com",
                        record("@", "MX", 3600, "5 gmail-smtp-in.l.google.com"),
                        record("@", "MX", 3600, "10 alt1.gmail-smtp-in.l.google.com"),
                        record("@", "MX", 3600, "20 alt2.gmail-smtp-in.l.google.com"),
                        record("@", "MX", 3600, "30 alt3.gmail-smtp-in.l.google.com"),
                        record("@", "MX", 3600, "40 alt4.gmail-smtp-in.l.google.com"),
                        record("@", "A", 300, "203.0.113.5"),
                        record("@", "TXT", 300, "\"v=spf1 redirect=_spf.google.com\"")),
                zone(
                        "google.com",
                        record("gmail-smtp-in.l.google.com", "A", 300, "203.0.113.26"),
                        record("gmail-smtp-in.l.google.com", "AAAA", 300, "2001:db8:26::1a"),
                        record("alt1.gmail-smtp-in.l.google.com", "A", 300, "203.0.113.27"),
                        record("alt1.gmail-smtp-in.l.google.com", "AAAA", 300, "2001:db8:27::1a"),
                        record("alt2.gmail-smtp-in.l.google.com", "A", 300, "203.0.113.28"),
                        record("alt2.gmail-smtp-in.l.google.com", "AAAA", 300, "2001:db8:28::1a"),
                        record("alt3.gmail-smtp-in.l.google.com", "A", 300, "203.0.113.29"),
                        record("alt3.gmail-smtp-in.l.google.com", "AAAA", 300, "2001:db8:29::1a"),
                        record("alt4.gmail-smtp-in.l.google.com", "A", 300, "203.0.113.30"),
                        record("alt4.gmail-smtp-in.l.google.com", "AAAA", 300, "2001:db8:30::1a"),
                        record("_spf.google.com", "TXT", 300, "\"v=spf1 ip4:203.0.113.0/24 ~all\"")),
                zone(
                        "outlook.com",
                        record("@", "MX", 300, "5 outlook-com.olc.protection.outlook.com"),
                        record("@", "A", 300, "203.0.113.41"),
                        record("@", "TXT", 300, "\"v=spf1 ip4:203.0.113.40/29 -all\""),
                        record("outlook-com.olc.protection.outlook.com", "A", 300, "203.0.113.42"),
                        record("outlook-com.olc.protection.outlook.com", "A", 300, "203.0.113.43")),
                zone(
                        "yahoo.com",
                        record("@", "MX", 1800, "1 mta5.am0.yahoodns.net"),
                        record("@", "MX", 1800, "1 mta6.am0.yahoodns.net"),
                        record("@", "MX", 1800, "1 mta7.am0.yahoodns.net"),
                        record("@", "A", 1800, "203.0.113.54")),
                zone(
                        "yahoodns.net",
                        record("mta5.am0.yahoodns.net", "A", 300, "203.0.113.55"),
                        record("mta6.am0.yahoodns.net", "A", 300, "203.0.113.56"),
                        record("mta7.am0.yahoodns.net", "A", 300, "203.0.113.57")),
                // Has name servers of its own: who asks a resolver for it can meet with their failure.
                zone(
                        "external-company.com",
                        record("@", "NS", 3600, "ns1.external-company.com"),
                        record("@", "NS", 3600, "ns2.external-company.com"),
                        record("ns1.external-company.com", "A", 3600, "198.51.100.33"),
                        record("ns2.external-company.com", "A", 3600, "198.51.100.34"),
                        record("@", "MX", 3600, "10 mail.external-company.com"),
                        record("@", "MX", 3600, "20 backup.external-company.com"),
                        record("@", "A", 3600, "198.51.100.30"),
                        record("mail.external-company.com", "A", 3600, "198.51.100.31"),
                        record("backup.external-company.com", "A", 3600, "198.51.100.32")),
                // No MX on purpose: mail goes to the A record (RFC 5321 §5.1).
                zone("problem-domain.com", record("@", "A", 3600, "198.51.100.40")),
                zone(
                        "fabrikam.com",
                        record("@", "MX", 3600, "10 mail.fabrikam.com"),
                        record("@", "A", 3600, "198.51.100.50"),
                        record("mail.fabrikam.com", "A", 3600, "198.51.100.51")),
                zone(
                        "their-known-mailserver.com",
                        record("@", "MX", 3600, "10 their-known-mailserver.com"),
                        record("@", "A", 3600, "198.51.100.60")),
                zone(
                        "contoso.com",
                        record("@", "MX", 3600, "10 mail.company.com"),
                        record("@", "TXT", 3600, "\"v=spf1 mx -all\"")),
                zone(
                        "company.com",
                        record("@", "MX", 3600, "10 mail.company.com"),
                        record("@", "TXT", 3600, "\"v=spf1 mx -all\""),
                        record("mail.company.com", "A", 3600, OWN_ADDRESS),
                        record("backup-smtp.company.com", "A", 3600, "198.51.100.11")));
    }

    private static List<Zone> inside() {
        return List.of(zone(
                "company.com",
                record("@", "MX", 1200, "10 mail.company.com"),
                record("@", "A", 600, "192.168.1.10"),
                record("@", "A", 600, "192.168.1.11"),
                record("mail.company.com", "A", 1200, "192.168.1.20"),
                record("autodiscover.company.com", "CNAME", 1200, "mail.company.com"),
                record("dc01.company.com", "A", 1200, "192.168.1.10"),
                record("dc02.company.com", "A", 1200, "192.168.1.11"),
                record("backup-smtp.company.com", "A", 1200, "198.51.100.11")));
    }

    private static Zone zone(String domain, ZoneRecord... records) {
        return new Zone(domain, Arrays.asList(records));
    }

    private static ZoneRecord record(String name, String type, long ttl, String data) {
        return new ZoneRecord(name, type, ttl, data);
    }
}
