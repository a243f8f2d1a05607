package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.LabRig;
import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Domains with servers of their own, delegations, forwarders, split DNS.
final class ResolvingTest {
    private static final String NS1 = "198.51.100.33";
    private static final String NS2 = "198.51.100.34";
    private static final String MAIL = "NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]";

    private final LabRig.StoppedClock clock = new LabRig.StoppedClock();
    private final Faults faults = new Faults(() -> Instant.EPOCH, () -> {});
    private final NameServers servers = new NameServers(clock::now, clock::after, faults, Set.of(), 1_000);
    private final List<byte[]> sent = new ArrayList<>();

    @BeforeEach
    void a_parent_that_delegates() {
        put(
                "parent.org",
                "@ NS ns.parent.org",
                "ns.parent.org A 192.0.2.1",
                "www.parent.org CNAME web.child.parent.org",
                "mx.parent.org CNAME fabrikam.com",
                "child.parent.org NS ns.child.parent.org",
                "ns.child.parent.org A 192.0.2.2",
                "lost.parent.org NS ns.lost.parent.org",
                "ns.lost.parent.org A 192.0.2.3",
                "gone.parent.org NS ns.nowhere.net");
        put(
                "child.parent.org",
                "@ NS ns.child.parent.org",
                "ns.child.parent.org A 192.0.2.2",
                "@ MX 10 web.child.parent.org",
                "web.child.parent.org A 192.0.2.80");
    }

    private void put(String domain, String... lines) {
        put(View.OUTSIDE, domain, lines);
    }

    private void put(View view, String domain, String... lines) {
        var records = new ArrayList<ZoneRecord>();
        for (var line : lines) {
            var words = line.split(" ", 3);
            records.add(new ZoneRecord(words[0], words[1], 60, words[2]));
        }
        servers.putZone(view, new Zone(domain, records));
    }

    private void fault(String line) {
        var words = new LinkedHashMap<String, Object>();
        for (var word : ("where=dns " + line).split(" ")) {
            words.put(word.split("=")[0], word.split("=")[1]);
        }
        faults.add(FaultGrammar.read(words, clock.now()));
    }

    private String ask(String server, String name, String type) {
        sent.clear();
        servers.serve(
                server,
                Queries.query(name, type),
                Protocol.UDP,
                ImmediateEventExecutor.INSTANCE,
                parcel -> sent.add(parcel.octets()));
        return said();
    }

    private String said() {
        return sent.isEmpty() ? "silence" : Queries.text(sent.getFirst());
    }

    private Message message() {
        return Queries.parse(sent.getFirst());
    }

    private List<String> journal() {
        return servers.queries(100).stream()
                .map(query -> query.askedBy() + " " + query.server() + " " + query.name() + " " + query.outcome())
                .toList();
    }

    @Test
    void a_resolver_asks_the_servers_of_the_domain() {
        assertEquals(MAIL, ask("8.8.8.8", "external-company.com", "MX"));
        assertFalse(message().getHeader().getFlag(Flags.AA));
        assertTrue(message().getHeader().getFlag(Flags.RA));
        assertEquals(
                List.of(
                        "8.8.8.8 " + NS1 + " external-company.com NOERROR 2",
                        "client 8.8.8.8 external-company.com NOERROR 2"),
                journal());
        assertEquals(0, clock.pending());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external-company.com | MX | NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "external-company.com | AAAA | NOERROR []",
                "nobody.external-company.com | A | NXDOMAIN []",
                "fabrikam.com | MX | REFUSED []",
                "com | NS | REFUSED []",
                "external-company.com | ANY | NOERROR [HINFO \"RFC8482\" \"\"]",
            })
    void a_name_server_answers_for_its_own_zones_and_for_no_others(String name, String type, String answer) {
        assertEquals(answer, ask(NS1, name, type));
        assertFalse(message().getHeader().getFlag(Flags.RA));
        assertEquals(
                !answer.startsWith("REFUSED") && !type.equals("ANY"),
                message().getHeader().getFlag(Flags.AA));
    }

    @Test
    void the_case_of_the_question_comes_back() {
        ask(NS1, "exTERnal-COMPANY.com", "MX");
        assertEquals("exTERnal-COMPANY.com.", message().getQuestion().getName().toString());
    }

    @ParameterizedTest
    @CsvSource({"servfail, SERVFAIL", "refused, REFUSED"})
    void a_server_that_fails_or_refuses_is_passed_over_at_once(String effect, String outcome) {
        fault("what=" + effect + " server=" + NS1);
        assertEquals(MAIL, ask("8.8.8.8", "external-company.com", "MX"));
        assertEquals(
                List.of(
                        "8.8.8.8 " + NS1 + " external-company.com " + outcome,
                        "8.8.8.8 " + NS2 + " external-company.com NOERROR 2",
                        "client 8.8.8.8 external-company.com NOERROR 2"),
                journal());
    }

    @Test
    void a_no_of_one_server_is_an_answer() {
        fault("what=nxdomain server=" + NS1);
        assertEquals("NXDOMAIN []", ask("8.8.8.8", "external-company.com", "MX"));
    }

    @Test
    void a_silent_server_is_given_a_second() {
        fault("what=noanswer server=" + NS1);
        assertEquals("silence", ask("8.8.8.8", "external-company.com", "MX"));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(MAIL, said());
        assertEquals(0, clock.pending());
    }

    @Test
    void when_all_servers_of_a_domain_fail_every_resolver_says_servfail_and_other_domains_do_not_suffer() {
        fault("what=noanswer server=198.51.100.3*");
        for (var resolver : List.of("8.8.8.8", "1.1.1.1")) {
            assertEquals("silence", ask(resolver, "external-company.com", "MX"));
            clock.advance(Duration.ofSeconds(1));
            assertEquals("silence", said());
            clock.advance(Duration.ofSeconds(1));
            assertEquals("SERVFAIL []", said());
            assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", ask(resolver, "fabrikam.com", "MX"));
        }
    }

    @Test
    void an_internal_server_hears_of_it_before_it_loses_patience_with_its_forwarder() {
        fault("what=noanswer server=198.51.100.3*");
        ask("192.168.1.10", "external-company.com", "MX");
        clock.advance(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1)); // 8.8.8.8 says SERVFAIL, and 1.1.1.1 is asked
        clock.advance(Duration.ofSeconds(1));
        assertEquals("silence", said());
        clock.advance(Duration.ofSeconds(1));
        assertEquals("SERVFAIL []", said());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "child.parent.org | MX | NOERROR [MX 10 web.child.parent.org.]",
                "web.child.parent.org | A | NOERROR [A 192.0.2.80]",
                "no.child.parent.org | A | NXDOMAIN []",
                "www.parent.org | A | NOERROR [CNAME web.child.parent.org., A 192.0.2.80]",
                "mx.parent.org | MX | NOERROR [CNAME fabrikam.com., MX 10 mail.fabrikam.com.]",
                "mx.parent.org | TXT | NOERROR [CNAME fabrikam.com.]",
                "www.parent.org | CNAME | NOERROR [CNAME web.child.parent.org.]",
                "lost.parent.org | MX | SERVFAIL []",
                "x.gone.parent.org | A | SERVFAIL []",
            })
    void delegations_and_aliases_are_followed_from_server_to_server(String name, String type, String answer) {
        assertEquals(answer, ask("8.8.8.8", name, type));
    }

    @Test
    void a_delegation_is_told_with_the_addresses_of_the_servers() {
        assertEquals("NOERROR []", ask("192.0.2.1", "web.child.parent.org", "A"));
        assertFalse(message().getHeader().getFlag(Flags.AA));
        assertEquals(
                "child.parent.org.\t60\tIN\tNS\tns.child.parent.org.",
                message().getSection(Section.AUTHORITY).getFirst().toString());
        assertEquals(
                "ns.child.parent.org.\t60\tIN\tA\t192.0.2.2",
                message().getSection(Section.ADDITIONAL).getFirst().toString());
    }

    @Test
    void servers_that_do_not_know_what_was_delegated_to_them_are_lame() {
        assertEquals("SERVFAIL []", ask("9.9.9.9", "mail.lost.parent.org", "A"));
        assertEquals(
                List.of(
                        "9.9.9.9 192.0.2.1 mail.lost.parent.org NOERROR 0",
                        "9.9.9.9 192.0.2.3 mail.lost.parent.org REFUSED",
                        "client 9.9.9.9 mail.lost.parent.org SERVFAIL"),
                journal());
    }

    @Test
    void domains_that_alias_each_other_for_ever_fail() {
        put("round.org", "@ NS ns.round.org", "ns.round.org A 192.0.2.9", "a.round.org CNAME b.parent.org");
        put("parent.org", "@ NS ns.parent.org", "ns.parent.org A 192.0.2.1", "b.parent.org CNAME a.round.org");
        assertEquals("SERVFAIL []", ask("8.8.8.8", "a.round.org", "A"));
    }

    @Test
    void a_server_serves_all_zones_that_name_it_and_a_zone_without_servers_is_left_to_the_resolvers() {
        put("hosted-1.org", "@ NS ns.parent.org", "@ A 192.0.2.41");
        put("hosted-2.org", "@ NS ns.unknown.net", "@ A 192.0.2.42");
        assertEquals("NOERROR [A 192.0.2.41]", ask("192.0.2.1", "hosted-1.org", "A"));
        assertEquals("NOERROR [A 192.0.2.41]", ask("8.8.8.8", "hosted-1.org", "A"));
        assertEquals("REFUSED []", ask("192.0.2.1", "hosted-2.org", "A"));
        assertEquals("NOERROR [A 192.0.2.42]", ask("8.8.8.8", "hosted-2.org", "A"));
        servers.removeZone(View.OUTSIDE, "hosted-1.org");
        assertEquals("REFUSED []", ask("192.0.2.1", "hosted-1.org", "A"));
    }

    @Test
    void servers_come_and_go_with_their_zones() {
        assertTrue(servers.at("192.0.2.1"));
        assertTrue(servers.servers().contains("192.0.2.2"));
        servers.removeZone(View.OUTSIDE, "parent.org");
        assertFalse(servers.at("192.0.2.1"));
        assertTrue(servers.at("192.0.2.2"));
        assertFalse(servers.at("198.51.100.31"));
        assertTrue(servers.at("8.8.8.8"));
        assertTrue(servers.at("192.168.1.10"));
        assertEquals("NOERROR [A 203.0.113.254]", ask("8.8.8.8", "ns.parent.org", "A"));
    }

    @Test
    void a_conditional_forwarder_is_asked_for_its_domain_and_the_longest_match_counts() {
        servers.setConditionalForwarders("parent.org", List.of("192.0.2.1"));
        servers.setConditionalForwarders("child.parent.org", List.of("192.0.2.3", "192.0.2.2"));
        assertEquals("NOERROR [A 192.0.2.1]", ask("192.168.1.10", "ns.parent.org", "A"));
        assertEquals("NOERROR [A 192.0.2.80]", ask("192.168.1.11", "web.child.parent.org", "A"));
        assertEquals(
                List.of(
                        "192.168.1.10 192.0.2.1 ns.parent.org NOERROR 1",
                        "client 192.168.1.10 ns.parent.org NOERROR 1",
                        "192.168.1.11 192.0.2.3 web.child.parent.org REFUSED",
                        "192.168.1.11 192.0.2.2 web.child.parent.org NOERROR 1",
                        "client 192.168.1.11 web.child.parent.org NOERROR 1"),
                journal());
        assertTrue(servers.removeConditionalForwarders("parent.org"));
        assertFalse(servers.removeConditionalForwarders("parent.org"));
        assertEquals("NOERROR [A 192.0.2.1]", ask("192.168.1.10", "ns.parent.org", "A"));
        assertTrue(journal().contains("192.168.1.10 8.8.8.8 ns.parent.org NOERROR 1"));
    }

    @Test
    void a_conditional_forwarder_without_addresses_fails_and_so_does_a_referral() {
        servers.setConditionalForwarders("fabrikam.com", List.of());
        assertEquals("SERVFAIL []", ask("192.168.1.10", "mail.fabrikam.com", "A"));
        servers.setConditionalForwarders("child.parent.org", List.of("192.0.2.1"));
        assertEquals("SERVFAIL []", ask("192.168.1.10", "child.parent.org", "MX"));
    }

    @Test
    void conditional_forwarders_are_checked() {
        assertThrows(BadZone.class, () -> servers.setConditionalForwarders("a..b", List.of()));
        assertThrows(BadZone.class, () -> servers.setConditionalForwarders("a.b", List.of("dns.google")));
    }

    @Test
    void what_stands_inside_hides_what_stands_outside_for_those_who_ask_inside() {
        put(View.INSIDE, "external-company.com", "@ MX 5 gateway.external-company.com");
        assertEquals("NOERROR [MX 5 gateway.external-company.com.]", ask("192.168.1.10", "external-company.com", "MX"));
        assertTrue(message().getHeader().getFlag(Flags.AA));
        assertEquals("NXDOMAIN []", ask("192.168.1.10", "mail.external-company.com", "A"));
        assertEquals(MAIL, ask("8.8.8.8", "external-company.com", "MX"));
        servers.setConditionalForwarders("mail.external-company.com", List.of("8.8.8.8"));
        assertEquals("NOERROR [A 198.51.100.31]", ask("192.168.1.10", "mail.external-company.com", "A"));
    }

    @Test
    void an_alias_that_leads_out_is_asked_of_the_forwarders() {
        put(View.INSIDE, "company.com", "portal.company.com CNAME fabrikam.com");
        assertEquals("NOERROR [CNAME fabrikam.com., A 198.51.100.50]", ask("192.168.1.10", "portal.company.com", "A"));
        servers.setForwarders("192.168.1.10", List.of());
        assertEquals("SERVFAIL []", ask("192.168.1.10", "portal.company.com", "A"));
        assertEquals("NOERROR [CNAME fabrikam.com.]", ask("192.168.1.10", "portal.company.com", "CNAME"));
    }

    @Test
    void addresses_inside_have_names_inside_only() {
        assertEquals("NOERROR [PTR mail.company.com.]", ask("192.168.1.10", "20.1.168.192.in-addr.arpa", "PTR"));
        assertEquals("NXDOMAIN []", ask("8.8.8.8", "20.1.168.192.in-addr.arpa", "PTR"));
        assertEquals("NOERROR [PTR fabrikam.com.]", ask("192.168.1.10", "50.100.51.198.in-addr.arpa", "PTR"));
    }

    @Test
    void a_reverse_zone_of_its_own_is_believed_instead() {
        put("100.51.198.in-addr.arpa", "50.100.51.198.in-addr.arpa PTR other.name.org");
        assertEquals("NOERROR [PTR other.name.org.]", ask("8.8.8.8", "50.100.51.198.in-addr.arpa", "PTR"));
        assertEquals("NXDOMAIN []", ask("8.8.8.8", "51.100.51.198.in-addr.arpa", "PTR"));
    }

    @Test
    void single_records_are_added_and_removed() {
        var mx = new ZoneRecord("@", "MX", 60, "10 mail.problem-domain.com");
        assertTrue(servers.addRecord(View.OUTSIDE, "problem-domain.com", mx).isPresent());
        servers.addRecord(
                View.OUTSIDE,
                "problem-domain.com",
                new ZoneRecord("problem-domain.com", "mx", 90, "10 mail.problem-domain.com."));
        assertEquals("NOERROR [MX 10 mail.problem-domain.com.]", ask("8.8.8.8", "problem-domain.com", "MX"));
        assertEquals(90, message().getSection(Section.ANSWER).getFirst().getTTL());
        assertEquals(Optional.empty(), servers.addRecord(View.OUTSIDE, "undefined.org", mx));
        assertThrows(
                BadZone.class,
                () -> servers.addRecord(View.OUTSIDE, "fabrikam.com", new ZoneRecord("@", "MX", 60, "mail")));
        assertEquals(
                List.of(),
                servers.removeRecords(
                        View.OUTSIDE,
                        "problem-domain.com",
                        Optional.of("@"),
                        Optional.of("A"),
                        Optional.of("192.0.2.1")));
        assertEquals(
                1,
                servers.removeRecords(
                                View.OUTSIDE,
                                "problem-domain.com",
                                Optional.of("PROBLEM-domain.com"),
                                Optional.of("MX"),
                                Optional.empty())
                        .size());
        assertEquals("NOERROR []", ask("8.8.8.8", "problem-domain.com", "MX"));
        assertEquals("NOERROR [A 198.51.100.40]", ask("8.8.8.8", "problem-domain.com", "A"));
    }

    @Test
    void a_zone_put_again_keeps_its_place_and_the_hosts_follow() {
        put("first.org", "@ A 192.0.2.70");
        put("second.org", "@ A 192.0.2.70");
        assertEquals("first.org", host("192.0.2.70"));
        put("first.org", "@ A 192.0.2.70", "x.first.org A 192.0.2.71");
        assertEquals("first.org", host("192.0.2.70"));
        assertEquals("x.first.org", host("192.0.2.71"));
        servers.removeZone(View.OUTSIDE, "FIRST.org");
        assertEquals("second.org", host("192.0.2.70"));
        assertEquals("", host("192.0.2.71"));
        assertEquals("second.org", servers.zones().outside().getLast().domain());
    }

    private String host(String address) {
        return servers.hostAt(InetAddress.ofLiteral(address), Set.of()).orElse("");
    }
}
