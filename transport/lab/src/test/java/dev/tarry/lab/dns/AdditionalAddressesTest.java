package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.LabRig;
import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What goes along with an answer, and what does not.
final class AdditionalAddressesTest {
    private static final String PUBLIC = "8.8.8.8";
    private static final String INTERNAL = "192.168.1.10";
    private static final String NS1 = "198.51.100.33";
    private static final List<String> FABRIKAM = List.of("mail.fabrikam.com. A 198.51.100.51");

    private final LabRig.StoppedClock clock = new LabRig.StoppedClock();
    private final Faults faults = new Faults(clock::now, () -> {});
    private final NameServers servers =
            new NameServers(clock::now, clock::after, faults, Set.of("mail.company.com"), 1_000);

    private void fault(String line) {
        faults.add(FaultLine.read(line, clock.now()));
    }

    private void zone(String domain, String... lines) {
        var records = new ArrayList<ZoneRecord>();
        for (var line : lines) {
            var words = line.split(" ", 3);
            records.add(new ZoneRecord(words[0], words[1], 60, words[2]));
        }
        servers.putZone(View.OUTSIDE, new Zone(domain, records));
    }

    private byte[] octets(String server, Message query, Protocol protocol) {
        var sent = new ArrayList<byte[]>();
        servers.serve(
                server, query.toWire(), protocol, ImmediateEventExecutor.INSTANCE, parcel -> sent.add(parcel.octets()));
        assertEquals(1, sent.size());
        return sent.getFirst();
    }

    private Message ask(String server, String name, String type) {
        return Queries.parse(octets(server, Queries.message(name, type), Protocol.TCP));
    }

    private static List<String> additional(Message answer) {
        return answer.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(record -> record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
    }

    private List<String> beside(String server, String name, String type) {
        return additional(ask(server, name, type));
    }

    @Test
    void an_mx_answer_brings_the_addresses_of_each_exchange_in_the_order_of_the_answer() {
        assertEquals(
                List.of(
                        "gmail-smtp-in.l.google.com. A 203.0.113.26",
                        "gmail-smtp-in.l.google.com. AAAA 2001:db8:26:0:0:0:0:1a",
                        "alt1.gmail-smtp-in.l.google.com. A 203.0.113.27",
                        "alt1.gmail-smtp-in.l.google.com. AAAA 2001:db8:27:0:0:0:0:1a"),
                beside(PUBLIC, "gmail.com", "MX").subList(0, 4));
        assertEquals(10, beside(PUBLIC, "gmail.com", "MX").size());
        assertEquals(
                List.of(
                        "outlook-com.olc.protection.outlook.com. A 203.0.113.42",
                        "outlook-com.olc.protection.outlook.com. A 203.0.113.43"),
                beside(PUBLIC, "outlook.com", "MX"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8.8.8.8 | somewhere-else.org | MX | mx.everyone-else.net. A 203.0.113.254",
                "8.8.8.8 | contoso.com | MX | mail.company.com. A 198.51.100.10",
                "192.168.1.10 | company.com | MX | mail.company.com. A 192.168.1.20",
                "192.168.1.10 | fabrikam.com | MX | mail.fabrikam.com. A 198.51.100.51",
                // inside another truth holds of the same host
                "192.168.1.10 | contoso.com | MX | mail.company.com. A 192.168.1.20",
            })
    void each_server_gives_what_it_knows(String server, String name, String type, String address) {
        assertEquals(List.of(address), beside(server, name, type));
    }

    @Test
    void a_resolver_passes_on_what_the_domains_own_server_brought_along() {
        var both =
                List.of("mail.external-company.com. A 198.51.100.31", "backup.external-company.com. A 198.51.100.32");
        assertEquals(both, beside(NS1, "external-company.com", "MX"));
        assertEquals(both, beside(PUBLIC, "external-company.com", "MX"));
        assertEquals(both, beside(INTERNAL, "external-company.com", "MX"));
    }

    @Test
    void of_a_host_in_a_domain_with_servers_of_its_own_only_they_know_the_address() {
        zone("elsewhere.org", "@ MX 10 mail.external-company.com");
        assertEquals(List.of(), beside(PUBLIC, "elsewhere.org", "MX"));
        // and these say nothing of hosts elsewhere
        zone("own.org", "@ NS ns.own.org", "ns.own.org A 192.0.2.1", "@ MX 10 mail.external-company.com");
        assertEquals(List.of(), beside("192.0.2.1", "own.org", "MX"));
        assertEquals(List.of(), beside(PUBLIC, "own.org", "MX"));
    }

    @Test
    void services_and_name_servers_have_addresses_too() {
        zone(
                "services.org",
                "_submission._tcp.services.org SRV 0 5 587 smtp.services.org",
                "smtp.services.org A 192.0.2.5",
                "smtp.services.org AAAA 2001:db8::5",
                "www.services.org CNAME smtp.services.org",
                "@ MX 10 www.services.org");
        assertEquals(
                List.of("smtp.services.org. A 192.0.2.5", "smtp.services.org. AAAA 2001:db8:0:0:0:0:0:5"),
                beside(PUBLIC, "_submission._tcp.services.org", "SRV"));
        assertEquals(
                List.of("ns1.external-company.com. A 198.51.100.33", "ns2.external-company.com. A 198.51.100.34"),
                beside(PUBLIC, "external-company.com", "NS"));
        // RFC 2181 §10.3
        assertEquals(List.of(), beside(PUBLIC, "services.org", "MX"));
    }

    @ParameterizedTest
    @CsvSource({"fabrikam.com, A", "fabrikam.com, AAAA", "gmail.com, TXT", "x.invalid, MX", "problem-domain.com, MX"})
    void other_answers_bring_nothing_along(String name, String type) {
        assertEquals(List.of(), beside(PUBLIC, name, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns servfail name=mail.fabrikam.com",
                "dns nxdomain name=mail.* type=A",
                "dns noanswer type=A",
                "dns delay by=3s server=8.8.8.8 type=A",
                "dns ttl seconds=1 name=mail.fabrikam.com protocol=udp",
                "dns servfail type=A probability=0.01 seed=3",
                "dns servfail type=A every=50",
                "dns servfail type=A first=1"
            })
    void an_address_that_there_is_a_fault_for_is_not_given_unasked(String line) {
        fault(line);
        var answer = ask(PUBLIC, "fabrikam.com", "MX");
        assertEquals(1, answer.getSection(Section.ANSWER).size());
        assertEquals(List.of(), additional(answer));
        // and who looks at the answer does not use up the fault
        assertEquals(0, faults.list().getFirst().asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns servfail name=mail.fabrikam.com server=1.1.1.1",
                "dns servfail name=mail.fabrikam.com type=AAAA",
                "dns servfail name=mail.fabrikam.com from=+10m",
                "dns servfail name=other.fabrikam.com"
            })
    void a_fault_for_something_else_hides_nothing(String line) {
        fault(line);
        assertEquals(FABRIKAM, beside(PUBLIC, "fabrikam.com", "MX"));
    }

    @Test
    void a_fault_that_is_over_hides_nothing_any_more() {
        fault("dns servfail name=mail.fabrikam.com first=1");
        assertEquals(List.of(), beside(PUBLIC, "fabrikam.com", "MX"));
        ask(PUBLIC, "mail.fabrikam.com", "A");
        assertEquals(FABRIKAM, beside(PUBLIC, "fabrikam.com", "MX"));
        fault("dns servfail name=mail.fabrikam.com until=+10m");
        assertEquals(List.of(), beside(PUBLIC, "fabrikam.com", "MX"));
        clock.advance(Duration.ofMinutes(10));
        assertEquals(FABRIKAM, beside(PUBLIC, "fabrikam.com", "MX"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NS1, PUBLIC, INTERNAL})
    void nobody_on_the_way_gives_away_what_there_is_a_fault_for(String server) {
        fault("dns noanswer name=mail.external-company.com server=" + server);
        assertEquals(
                List.of("backup.external-company.com. A 198.51.100.32"),
                beside(INTERNAL, "external-company.com", "MX"));
    }

    @Test
    void a_lie_about_the_hosts_brings_no_true_addresses_along() {
        fault("dns mx to=cname name=fabrikam.com");
        assertEquals(List.of(), beside(PUBLIC, "fabrikam.com", "MX"));
        fault("dns mx to=nowhere name=outlook.com");
        assertEquals(List.of(), beside(PUBLIC, "outlook.com", "MX"));
        fault("dns many count=500 name=yahoo.com");
        var answer = ask(PUBLIC, "yahoo.com", "MX");
        assertEquals(500, answer.getSection(Section.ANSWER).size());
        assertEquals(
                List.of(
                        "mta5.am0.yahoodns.net. A 203.0.113.55",
                        "mta6.am0.yahoodns.net. A 203.0.113.56",
                        "mta7.am0.yahoodns.net. A 203.0.113.57"),
                additional(answer));
    }

    @Test
    void a_time_to_live_that_is_a_lie_holds_for_all_of_the_answer() {
        fault("dns ttl seconds=7 name=fabrikam.com");
        var answer = ask(PUBLIC, "fabrikam.com", "MX");
        assertEquals(7, answer.getSection(Section.ADDITIONAL).getFirst().getTTL());
    }

    @Test
    void behind_aliases_the_hosts_at_their_end_count() {
        fault("dns cnamechain length=3 name=fabrikam.com");
        assertEquals(FABRIKAM, beside(PUBLIC, "fabrikam.com", "MX"));
    }

    @Test
    void what_does_not_fit_into_a_datagram_is_left_out_and_the_answer_is_whole_nevertheless() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            lines.add("@ MX " + i + " host-" + i + ".big.com");
            lines.add("host-" + i + ".big.com A 192.0.2." + i);
            lines.add("host-" + i + ".big.com AAAA 2001:db8::" + i);
        }
        zone("big.com", lines.toArray(String[]::new));
        var plain = octets(PUBLIC, Queries.message("big.com", "MX"), Protocol.UDP);
        assertTrue(plain.length <= 512);
        assertFalse(Packets.cut(plain)); // RFC 2181 §9
        assertEquals(12, Queries.parse(plain).getSection(Section.ANSWER).size());
        int fitting = additional(Queries.parse(plain)).size();
        assertTrue(0 < fitting && fitting < 24, () -> fitting + " addresses");
        assertEquals(beside(PUBLIC, "big.com", "MX").subList(0, fitting), additional(Queries.parse(plain)));

        var extended = Queries.message("big.com", "MX");
        extended.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        var whole = Queries.parse(octets(PUBLIC, extended, Protocol.UDP));
        assertEquals(24, additional(whole).size());
        assertNotNull(whole.getOPT());
    }

    @Test
    void of_very_many_hosts_only_the_first_bring_addresses_along() {
        var lines = new ArrayList<String>();
        for (int i = 0; i <= AdditionalAddresses.HOSTS_MAX; i++) {
            lines.add("@ MX " + i + " host-" + i + ".big.com");
            lines.add("host-" + i + ".big.com A 192.0.2." + i);
        }
        zone("big.com", lines.toArray(String[]::new));
        assertEquals(
                AdditionalAddresses.HOSTS_MAX, beside(PUBLIC, "big.com", "MX").size());
    }

    @Test
    void the_journal_counts_the_answer_alone() {
        ask(PUBLIC, "fabrikam.com", "MX");
        var query = servers.queries(1).getFirst();
        assertEquals("NOERROR 1", query.outcome());
        assertEquals(List.of("MX 10 mail.fabrikam.com."), query.answers());
    }
}
