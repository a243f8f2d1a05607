package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
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

    /// What a public resolver says.
    private static String find(Zones zones, String name, String type) {
        var servers = new NameServers(
                () -> Instant.EPOCH, (_, _, _) -> () -> {}, new Faults(() -> Instant.EPOCH, () -> {}), Set.of(), 10);
        servers.replaceZones(zones);
        var said = new ArrayList<byte[]>();
        servers.serve(
                "8.8.8.8",
                Queries.query(name, type),
                Protocol.TCP,
                ImmediateEventExecutor.INSTANCE,
                parcel -> said.add(parcel.octets()));
        var message = Queries.parse(said.getFirst());
        var text = text(message.getSection(Section.ANSWER));
        if (message.getRcode() == Rcode.SERVFAIL) {
            return "loop";
        }
        return message.getSection(Section.AUTHORITY).isEmpty()
                ? text
                : text + (message.getRcode() == Rcode.NXDOMAIN ? "nobody" : "nothing") + ", says "
                        + message.getSection(Section.AUTHORITY)
                                .getFirst()
                                .getName()
                                .toString(true);
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
                "FabriKam.Com | A | FabriKam.Com A 198.51.100.50;",
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
                "50.100.51.198.in-addr.arpa | PTR | 50.100.51.198.in-addr.arpa PTR fabrikam.com.;",
                "50.100.51.198.in-addr.arpa | A | nothing, says .",
                "10.100.51.198.in-addr.arpa | PTR | 10.100.51.198.in-addr.arpa PTR mail.company.com.;",
                "20.1.168.192.in-addr.arpa | PTR | nobody, says .",
                "254.113.0.203.in-addr.arpa | PTR | 254.113.0.203.in-addr.arpa PTR mx.everyone-else.net.;",
                "51.198.in-addr.arpa | PTR | nothing, says .",
                "a.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa | PTR | a.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR gmail-smtp-in.l.google.com.;",
                "x.localhost | A | nobody, says .",
                "mail.test | A | mail.test A 203.0.113.254;",
                "mail.example | MX | mail.example MX 10 mx.everyone-else.net.;",
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
                "x.invalid | A | nobody, says .",
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
        var outside = ZoneIndex.outside(Zones.standard());
        assertEquals(Optional.of("gmail-smtp-in.l.google.com"), host(outside, "203.0.113.26"));
        assertEquals(Optional.of("gmail-smtp-in.l.google.com"), host(outside, "2001:db8:26::1a"));
        assertEquals(Optional.of("problem-domain.com"), host(outside, "198.51.100.40"));
        assertEquals(Optional.of("mx.everyone-else.net"), host(outside, "203.0.113.254"));
        assertEquals(Optional.empty(), host(outside, "198.51.100.10"));
        assertEquals(Optional.empty(), host(outside, "192.168.1.20"));
    }

    private static Optional<String> host(ZoneIndex outside, String address) {
        return outside.hostAt(InetAddress.ofLiteral(address), Set.of("mail.company.com"));
    }
}
