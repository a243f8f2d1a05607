package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.TXTRecord;

/// Zones as master files and as short YAML.
final class ZoneTextTest {
    private static List<String> lines(Zone zone) {
        return zone.records().stream()
                .map(record -> record.name() + " " + record.ttl() + " " + record.type() + " " + record.data())
                .toList();
    }

    private static List<String> faults(Runnable reading) {
        return assertThrows(BadZone.class, reading::run).faults();
    }

    @Test
    void a_master_file_is_a_zone() {
        var zone = MasterFile.read("x.com", """
                $TTL 1h
                @       IN SOA ns1 hostmaster ( 1 2 3
                                4 5 ) ; a comment
                        NS     ns1
                        MX  10 mail
                        MX  20 mail.y.org.
                ns1  60 IN A   192.0.2.1
                mail    AAAA   2001:db8::1
                txt     TXT    "a b" "c"
                $ORIGIN sub.x.com.
                www     CNAME  mail.x.com.
                $GENERATE 1-3 host$ A 192.0.2.$
                odd     TYPE65280 \\# 2 ABCD
                """);
        assertEquals("x.com", zone.domain());
        assertEquals(
                List.of(
                        "x.com 3600 SOA ns1.x.com. hostmaster.x.com. 1 2 3 4 5",
                        "x.com 3600 NS ns1.x.com.",
                        "x.com 3600 MX 10 mail.x.com.",
                        "x.com 3600 MX 20 mail.y.org.",
                        "ns1.x.com 60 A 192.0.2.1",
                        "mail.x.com 3600 AAAA 2001:db8:0:0:0:0:0:1",
                        "txt.x.com 3600 TXT \"a b\" c",
                        "www.sub.x.com 3600 CNAME mail.x.com.",
                        "host1.sub.x.com 3600 A 192.0.2.1",
                        "host2.sub.x.com 3600 A 192.0.2.2",
                        "host3.sub.x.com 3600 A 192.0.2.3",
                        "odd.sub.x.com 3600 TYPE65280 \\# 2 ABCD"),
                lines(zone));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@ A 192.0.2.1;@ MX mail | line 2",
                "@ A 192.0.2.1;;@ A 300.1.1.1 | line 3",
                "@ NONSENSE x | line 1",
                "$INCLUDE /etc/passwd | line 1: $INCLUDE",
                "@ A 192.0.2.1;bücher A 192.0.2.1 | line 2: is not ASCII",
                "@ CH A 192.0.2.1 | is of class CH",
                "www.y.com. A 192.0.2.1 | outside the zone",
                "y.com. SOA a b 1 2 3 4 5 | the SOA of y.com",
                "$GENERATE 1-100000000 h$ A 192.0.2.1 | too many records",
            })
    void what_is_wrong_in_a_master_file_is_named_with_its_line(String text, String wrong) {
        var faults = faults(() -> MasterFile.read("x.com", text.replace(';', '\n')));
        assertTrue(faults.getFirst().contains(wrong), faults.toString());
    }

    @Test
    void several_zones_begin_with_their_soa_each() {
        var text = """
                $ORIGIN x.com.
                @ 60 SOA ns h 1 2 3 4 5
                @ 60 NS ns
                sub 60 NS ns.sub
                ns.sub 60 A 192.0.2.2
                $ORIGIN sub.x.com.
                @ 60 SOA ns h 1 2 3 4 5
                @ 60 NS ns
                ns 60 A 192.0.2.2
                """;
        var zones = MasterFile.readAll(text);
        assertEquals(
                List.of("x.com", "sub.x.com"), zones.stream().map(Zone::domain).toList());
        assertEquals(4, zones.getFirst().records().size());
        assertEquals(3, zones.getLast().records().size());
        assertEquals(zones, MasterFile.readAll(MasterFile.write(zones)));
        assertTrue(faults(() -> MasterFile.readAll("x.com. 60 A 192.0.2.1"))
                .getFirst()
                .contains("before the first SOA"));
        assertEquals(List.of(), MasterFile.readAll("; nothing\n"));
    }

    @Test
    void the_standard_world_can_be_written_and_read_again() {
        for (var zone : Zones.standard().outside()) {
            var text = MasterFile.write(zone);
            var again = MasterFile.read(zone.domain(), text);
            assertEquals(text, MasterFile.write(again));
            assertEquals(zone.records().size() + 1, again.records().size());
        }
        assertTrue(MasterFile.write(Zones.standard().outside().getLast())
                .contains("mail                        3600 IN A      198.51.100.10\n"));
    }

    @Test
    void short_yaml_is_a_zone() {
        var zone = ZoneYaml.read("external-company.com", """
                ttl: 1h
                NS: [ns1, ns2]
                MX: [10 mail, 20 backup, 30 mx.other.org, 40 full.external-company.com.]
                A: 198.51.100.30
                TXT: v=spf1 mx -all
                ns1: 198.51.100.33
                ns2: [198.51.100.34, '2001:db8::34']
                mail: {A: 198.51.100.31, ttl: 5m}
                backup: {A: [198.51.100.32, {data: 198.51.100.35, ttl: 60}]}
                '*': {MX: 10 @}
                old: {CNAME: mail}
                a.b: 192.0.2.1
                full.external-company.com: 192.0.2.2
                _sip._tcp: {SRV: 0 5 5060 mail}
                quoted: {TXT: '"a" "b"'}
                empty:
                """);
        assertEquals(
                List.of(
                        "external-company.com 3600 NS ns1.external-company.com.",
                        "external-company.com 3600 NS ns2.external-company.com.",
                        "external-company.com 3600 MX 10 mail.external-company.com.",
                        "external-company.com 3600 MX 20 backup.external-company.com.",
                        "external-company.com 3600 MX 30 mx.other.org.",
                        "external-company.com 3600 MX 40 full.external-company.com.",
                        "external-company.com 3600 A 198.51.100.30",
                        "external-company.com 3600 TXT \"v=spf1 mx -all\"",
                        "ns1.external-company.com 3600 A 198.51.100.33",
                        "ns2.external-company.com 3600 A 198.51.100.34",
                        "ns2.external-company.com 3600 AAAA 2001:db8::34",
                        "mail.external-company.com 300 A 198.51.100.31",
                        "backup.external-company.com 3600 A 198.51.100.32",
                        "backup.external-company.com 60 A 198.51.100.35",
                        "*.external-company.com 3600 MX 10 external-company.com.",
                        "old.external-company.com 3600 CNAME mail.external-company.com.",
                        "a.b.external-company.com 3600 A 192.0.2.1",
                        "full.external-company.com 3600 A 192.0.2.2",
                        "_sip._tcp.external-company.com 3600 SRV 0 5 5060 mail.external-company.com.",
                        "quoted.external-company.com 3600 TXT \"a\" \"b\""),
                lines(zone));
    }

    @Test
    void a_long_text_becomes_as_many_strings_as_it_takes() {
        var zone = ZoneYaml.read("x.com", "TXT: v=DKIM1; p=" + "A".repeat(400) + "\"\\\n");
        var record = (TXTRecord) Domain.of(zone).inOrder().getFirst();
        assertEquals(2, record.getStringsAsByteArrays().size());
        assertEquals(255, record.getStringsAsByteArrays().getFirst().length);
        var last = record.getStringsAsByteArrays().getLast();
        assertEquals("A\"\\", new String(last, last.length - 3, 3, StandardCharsets.US_ASCII));
    }

    @Test
    void a_zone_may_stand_below_its_name_and_may_be_one_address() {
        assertEquals(
                ZoneYaml.read("x.com", "{A: 192.0.2.1, MX: 10 @}"),
                ZoneYaml.read("x.com", "x.com: {A: 192.0.2.1, MX: 10 @}"));
        assertEquals(List.of("x.com 3600 A 192.0.2.1"), lines(ZoneYaml.read("x.com", "192.0.2.1")));
        assertEquals(List.of(), lines(ZoneYaml.read("x.com", "")));
    }

    @Test
    void a_document_may_hold_the_world() {
        var zones = ZoneYaml.readAll("""
                fabrikam.com: 198.51.100.50
                outside:
                  x.com: {MX: 10 mail, mail: 192.0.2.1}
                inside:
                  company.com: {mail: 192.168.1.20}
                nonexistent: [gone.org, lost.org]
                catchAll: {host: mx.everyone-else.net, address: 203.0.113.254}
                """);
        assertEquals(
                List.of("fabrikam.com", "x.com"),
                zones.outside().stream().map(Zone::domain).toList());
        assertEquals("company.com", zones.inside().getFirst().domain());
        assertEquals(List.of("gone.org", "lost.org"), zones.nonexistent());
        assertEquals("mx.everyone-else.net", zones.catchAll().orElseThrow().host());
        assertEquals(Optional.empty(), ZoneYaml.readAll("x.com: 192.0.2.1").catchAll());
        assertEquals(List.of(), ZoneYaml.readAll("").outside());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_place() {
        assertEquals(
                List.of(
                        "line 1, column 6: 'soon' is no time to live; write seconds, or 5m, 1h, 2d",
                        "line 2, column 4: record x.com A in zone x.com: the data '300.1.1.1' do not fit"
                                + " (Invalid address: 300.1.1.1); write them as in a zone file, such as 10 mail.fabrikam.com for an MX",
                        "line 3, column 9: 'nowhere' is no IP address; write one, or {TYPE: data}",
                        "line 4, column 16: 'www' is no type of record; write types in capitals, and names at the zone's level",
                        "line 5, column 7: record x.com MXX in zone x.com: 'MXX' is no type of record; write one such"
                                + " as MX, A, AAAA, CNAME, TXT",
                        "line 6, column 1: 'A' stands there twice; write a list"),
                faults(() -> ZoneYaml.read("x.com", """
                                ttl: soon
                                A: 300.1.1.1
                                mail:   nowhere
                                backup: {TTL: www: x}
                                MXX:  10 mail
                                A: 192.0.2.1
                                """.replace("{TTL: www: x}", "{      www: x}"))).stream()
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a: &x 192.0.2.1 | anchor",
                "a: !!str 192.0.2.1 | tag",
                "a: *x | ",
                "a: [1 | not YAML",
                "a: {b: {c: {d: {e: {f: {g: {h: {i: j}}}}}}}} | too deep",
                "{[a]: b} | plain word",
                "bücher: 192.0.2.1 | xn--bcher-kva",
                "a..b: 192.0.2.1 | not a domain name",
                "A: {data: 192.0.2.1, tll: 5} | 'tll' is not known",
                "A: {ttl: 5} | data is missing",
                "A: [[192.0.2.1]] | single value",
            })
    void what_cannot_be_is_refused(String text, String wrong) {
        var faults = faults(() -> ZoneYaml.read("x.com", text));
        assertTrue(faults.getFirst().startsWith("line 1, column "), faults.toString());
        assertTrue(faults.getFirst().contains(wrong == null ? "" : wrong), faults.toString());
    }

    @Test
    void of_very_many_faults_the_first_are_told() {
        var faults = faults(() -> ZoneYaml.read("x.com", "A: [" + "x, ".repeat(500) + "x]"));
        assertEquals(101, faults.size());
        assertEquals("there is more that is wrong", faults.getLast());
    }

    @Test
    void in_the_world_domains_stand_once() {
        var faults = faults(() -> ZoneYaml.readAll("x.com: 192.0.2.1\noutside: {X.com: 192.0.2.2}\n"));
        assertTrue(faults.getFirst().contains("stands there twice"));
    }

    @Test
    void whatever_the_text_is_it_is_read_or_refused() {
        var random = new Random(7);
        var yaml = "ttl: 1h\nMX: [10 mail, {data: 20 b, ttl: 5}]\nmail: {A: 192.0.2.1, TXT: \"x\"}\n";
        var master = "$TTL 1h\n@ SOA ns h 1 2 3 4 5\n MX 10 mail\n$GENERATE 1-3 h$ A 192.0.2.$\nt TXT \"a b\"\n";
        for (int i = 0; i < 3_000; i++) {
            for (var text : List.of(yaml, master)) {
                var octets = new StringBuilder(text);
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    octets.setCharAt(random.nextInt(octets.length()), (char) (' ' + random.nextInt(96)));
                }
                try {
                    if (text.equals(yaml)) {
                        ZoneYaml.read("x.com", octets.toString());
                    } else {
                        MasterFile.read("x.com", octets.toString());
                    }
                } catch (BadZone _) {
                    // that is the other way
                }
            }
        }
    }
}
