package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

final class ZonesTest {
    private static Zones zones(String... lines) {
        var records = new ArrayList<ZoneRecord>();
        for (var line : lines) {
            var words = line.split(" ", 4);
            records.add(new ZoneRecord(words[0], words[1], Long.parseLong(words[2]), words[3]));
        }
        return new Zones(List.of(new Zone("x.com", records)), List.of(), List.of("gone.org"), Optional.empty());
    }

    private static String find(Zones zones, String name, String type) {
        return text(ZoneIndex.outside(zones).find(Name.fromConstantString(name + "."), Type.value(type)));
    }

    private static String text(Finding finding) {
        return switch (finding) {
            case Finding.Found(var records) -> text(records);
            case Finding.NoSuchRecord nothing -> text(nothing.aliases()) + "nothing, says " + zone(nothing.soa());
            case Finding.NoSuchName nobody -> text(nobody.aliases()) + "nobody, says " + zone(nobody.soa());
            case Finding.Loop() -> "loop";
        };
    }

    private static String zone(Record soa) {
        return soa.getName().toString(true);
    }

    private static String text(List<Record> records) {
        var text = new StringBuilder();
        for (var record : records) {
            text.append(record.getName().toString(true)).append(' ').append(Type.string(record.getType()));
            text.append(' ').append(record.rdataToString()).append("; ");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fabrikam.com | MX | fabrikam.com MX 10 mail.fabrikam.com.;",
                "FabriKam.Com | A | fabrikam.com A 198.51.100.50;",
                "fabrikam.com | AAAA | nothing, says fabrikam.com",
                "fabrikam.com | TYPE65000 | nothing, says fabrikam.com",
                "nobody.fabrikam.com | A | nobody, says fabrikam.com",
                "l.google.com | A | nothing, says google.com",
                "problem-domain.com | MX | nothing, says problem-domain.com",
                "problem-domain.com | A | problem-domain.com A 198.51.100.40;",
                "never-defined.org | MX | never-defined.org MX 10 mx.everyone-else.net.;",
                "deep.below.never-defined.org | A | deep.below.never-defined.org A 203.0.113.254;",
                "never-defined.org | TXT | nothing, says never-defined.org",
                "mx.everyone-else.net | A | mx.everyone-else.net A 203.0.113.254;",
                "mx.everyone-else.net | MX | nothing, says mx.everyone-else.net",
                "mail.invalid | A | nobody, says .",
                "sub.nonexistent-domain.com | MX | nobody, says .",
                "com | MX | nothing, says .",
                "nosuchtoplevel | MX | nobody, says .",
                "8.8.8.8.in-addr.arpa | PTR | nobody, says .",
                "yahoo.com | MX | yahoo.com MX 1 mta5.am0.yahoodns.net.; yahoo.com MX 1 mta6.am0.yahoodns.net.; yahoo.com MX 1 mta7.am0.yahoodns.net.;",
            })
    void the_standard_world_answers(String name, String type, String answer) {
        assertEquals(answer, find(Zones.standard(), name, type).strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www.x.com | A | www.x.com CNAME web.x.com.; web.x.com A 192.0.2.1;",
                "www.x.com | MX | www.x.com CNAME web.x.com.; nothing, says x.com",
                "www.x.com | CNAME | www.x.com CNAME web.x.com.;",
                "away.x.com | A | away.x.com CNAME host.gone.org.; nobody, says .",
                "round.x.com | A | loop",
                "any.wild.x.com | A | any.wild.x.com A 192.0.2.9;",
                "a.b.wild.x.com | A | a.b.wild.x.com A 192.0.2.9;",
                "any.wild.x.com | MX | nothing, says x.com",
                "has.wild.x.com | A | has.wild.x.com A 192.0.2.10;",
                "below.has.wild.x.com | A | nobody, says x.com",
                "wild.x.com | A | nothing, says x.com",
                "null.x.com | MX | null.x.com MX 0 .;",
                "other.org | A | nobody, says .",
            })
    void aliases_are_followed_and_wildcards_stand_in(String name, String type, String answer) {
        var zones = zones(
                "www.x.com CNAME 60 web.x.com",
                "web.x.com A 60 192.0.2.1",
                "away.x.com CNAME 60 host.gone.org",
                "round.x.com CNAME 60 round2.x.com",
                "round2.x.com CNAME 60 round.x.com",
                "*.wild.x.com A 60 192.0.2.9",
                "has.wild.x.com A 60 192.0.2.10",
                "null.x.com MX 60 0 .");
        assertEquals(answer, find(zones, name, type).strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail.y.com A 60 192.0.2.1 | outside the zone",
                "@ MX 60 mail.x.com | do not fit",
                "@ A 60 300.1.1.1 | do not fit",
                "@ NONSENSE 60 x | no type of record",
                "@ ANY 60 x | no type of record",
                "bad..name A 60 192.0.2.1 | not a domain name",
                "@ A -1 192.0.2.1 | ttl",
            })
    void what_is_wrong_is_named(String line, String wrong) {
        var bad = assertThrows(BadZone.class, () -> zones(line));
        assertTrue(bad.getMessage().contains(wrong), bad.getMessage());
    }

    @Test
    void a_domain_stands_there_once() {
        var zone = new Zone("x.com", List.of());
        assertThrows(BadZone.class, () -> new Zones(List.of(zone, zone), List.of(), List.of(), Optional.empty()));
    }

    @Test
    void a_catch_all_needs_a_name_and_an_address() {
        for (var wrong : List.of(new Zones.CatchAll("", "192.0.2.1"), new Zones.CatchAll("mx.org", "x"))) {
            assertThrows(BadZone.class, () -> new Zones(List.of(), List.of(), List.of(), Optional.of(wrong)));
        }
    }

    @Test
    void hosts_live_where_the_zones_outside_say_but_never_at_the_own_address() {
        var hosts = Zones.standard().hosts(Set.of("mail.company.com"));
        assertEquals("gmail-smtp-in.l.google.com", hosts.get(InetAddress.ofLiteral("203.0.113.26")));
        assertEquals("gmail-smtp-in.l.google.com", hosts.get(InetAddress.ofLiteral("2001:db8:26::1a")));
        assertEquals("problem-domain.com", hosts.get(InetAddress.ofLiteral("198.51.100.40")));
        assertEquals("mx.everyone-else.net", hosts.get(InetAddress.ofLiteral("203.0.113.254")));
        assertFalse(hosts.containsKey(InetAddress.ofLiteral("198.51.100.10")));
        assertFalse(hosts.containsKey(InetAddress.ofLiteral("192.168.1.20")));
    }
}
