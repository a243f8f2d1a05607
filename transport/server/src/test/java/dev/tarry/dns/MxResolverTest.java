package dev.tarry.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.DnsFaultTolerance;
import dev.tarry.config.DnsProtocolOption;
import dev.tarry.routing.SmartHost;
import dev.tarry.stage.OneThread;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class MxResolverTest {
    private static final String GMAIL = """
            gmail.com. 300 MX 5 mx1.gmail.com.
            gmail.com. 300 MX 10 mx2.gmail.com.
            mx1.gmail.com. 300 A 203.0.113.1
            mx1.gmail.com. 300 A 203.0.113.2
            mx2.gmail.com. 300 A 203.0.113.3
            """;

    private final OneThread stage = new OneThread();
    private final ScriptedDns one = new ScriptedDns(stage, server("8.8.8.8"));
    private final ScriptedDns two = new ScriptedDns(stage, server("8.8.4.4"));
    private final List<String> journal = new ArrayList<>();
    private MxResolver resolver = resolver(LookupSettings.DEFAULTS);
    private DnsProtocolOption option = DnsProtocolOption.ANY;

    private static InetSocketAddress server(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 53);
    }

    private MxResolver resolver(LookupSettings settings) {
        return new MxResolver(
                stage.world(),
                settings,
                new Ourselves(Set.of("MAIL.company.com"), Set.of(InetAddress.ofLiteral("192.0.2.25"))),
                query -> {
                    if (!query.cached()) {
                        journal.add(query.nextHop() + " " + query.attempt());
                    }
                });
    }

    private static LookupSettings with(boolean ipv6, DnsFaultTolerance tolerance, int cacheEntries) {
        return new LookupSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(60), ipv6, tolerance, 20, 16, cacheEntries, true, false);
    }

    @AfterEach
    void every_channel_was_closed() {
        assertEquals(0, stage.wires().open(), "channels left open");
        stage.close();
    }

    private List<MxAnswer> ask(String domain, long attempt, InetSocketAddress... servers) {
        List<MxAnswer> answers = new ArrayList<>();
        resolver.hosts(domain, new DnsServers.Chosen(List.of(servers), option), attempt, stage.loop(), answers::add);
        return answers;
    }

    /// Asks server one, then two, letting as much time pass as it takes.
    private MxAnswer answer(String domain) {
        List<MxAnswer> answers = ask(domain, 0, one.address, two.address);
        stage.runOut();
        assertEquals(1, answers.size(), "answers");
        return answers.getFirst();
    }

    private static String hosts(MxAnswer answer) {
        return assertInstanceOf(MxAnswer.Hosts.class, answer).hosts().stream()
                .map(h -> h.preference() + " " + h.name() + " "
                        + h.addresses().stream()
                                .map(InetAddress::getHostAddress)
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
    }

    private static MxAnswer.QueryFailed failed(DnsStatus status, MxAnswer answer) {
        MxAnswer.QueryFailed failed = assertInstanceOf(MxAnswer.QueryFailed.class, answer);
        assertEquals(status, failed.status());
        return failed;
    }

    // --- the ordinary way

    @Test
    void hosts_come_in_order_of_preference_with_all_their_addresses() {
        one.zone(GMAIL);
        assertEquals(
                "5 mx1.gmail.com 203.0.113.1,203.0.113.2; 10 mx2.gmail.com 203.0.113.3", hosts(answer("Gmail.COM")));
        assertEquals(Duration.ZERO, stage.elapsed());
        assertEquals(List.of("gmail.com MX", "mx1.gmail.com A", "mx2.gmail.com A"), one.asked);
        assertEquals(List.of(), two.asked);
    }

    @Test
    void without_mx_the_domains_own_address_is_its_host_D5() {
        one.zone("problem-domain.com. 300 A 203.0.113.9");
        assertEquals("0 problem-domain.com 203.0.113.9", hosts(answer("problem-domain.com")));
    }

    @Test
    void with_mx_the_domains_own_address_is_never_a_host() {
        one.zone("a.com. MX 5 gone.a.com.\na.com. A 203.0.113.9");
        assertInstanceOf(MxAnswer.NoUsableHost.class, answer("a.com"));
    }

    @Test
    void an_address_literal_is_its_own_host_and_nobody_is_asked() {
        assertEquals("0 [192.0.2.1] 192.0.2.1", hosts(answer("[192.0.2.1]")));
        assertEquals("0 [ipv6:2001:db8::1] 2001:db8:0:0:0:0:0:1", hosts(answer("[IPv6:2001:db8::1]")));
        assertInstanceOf(MxAnswer.Loop.class, answer("[192.0.2.25]"));
        assertEquals(List.of(), one.asked);
    }

    @Test
    void aaaa_is_asked_first_where_ipv6_is_up_and_not_at_all_where_not() {
        one.zone("a.com. MX 1 m.a.com.\nm.a.com. A 203.0.113.1\nm.a.com. AAAA 2001:db8::5");
        assertEquals("1 m.a.com 203.0.113.1", hosts(answer("a.com")));
        resolver = resolver(with(true, DnsFaultTolerance.LENIENT, 10_000));
        assertEquals("1 m.a.com 2001:db8:0:0:0:0:0:5,203.0.113.1", hosts(answer("a.com")));
        one.on("m.a.com AAAA", ScriptedDns.SERVFAIL);
        two.on("m.a.com AAAA", ScriptedDns.SERVFAIL);
        resolver = resolver(with(true, DnsFaultTolerance.LENIENT, 10_000));
        assertEquals("1 m.a.com 203.0.113.1", hosts(answer("a.com")));
    }

    // --- classes of failure

    @Test
    void nxdomain_is_an_answer_and_the_next_server_is_not_asked_D1() {
        two.zone(GMAIL);
        assertEquals(new MxAnswer.NoSuchDomain("gmail.com"), answer("gmail.com"));
        assertEquals(List.of(), two.asked);
    }

    @Test
    void neither_mx_nor_address_is_no_records_D6() {
        one.zone("a.com. TXT \"hello\"");
        assertEquals(new MxAnswer.NoRecords("a.com"), answer("a.com"));
    }

    @Test
    void a_domain_that_dns_cannot_hold_does_not_exist() {
        for (String domain : List.of("a".repeat(64) + ".com", "a..com", "a b.com", "a\\.b.com", "")) {
            assertInstanceOf(MxAnswer.NoSuchDomain.class, answer(domain), domain);
        }
        assertEquals(List.of(), one.asked);
    }

    @Test
    void servfail_moves_on_to_the_next_server_and_fails_only_when_all_fail_D7() {
        one.always(ScriptedDns.SERVFAIL);
        two.zone(GMAIL);
        assertEquals(
                "5 mx1.gmail.com 203.0.113.1,203.0.113.2; 10 mx2.gmail.com 203.0.113.3", hosts(answer("gmail.com")));
        assertEquals(Duration.ZERO, stage.elapsed());
        two.always(ScriptedDns.SERVFAIL);
        assertEquals(
                2,
                failed(DnsStatus.SERVER_FAILURE, answer("other.com")).attempts().size());
    }

    @Test
    void refused_by_every_server_is_D8() {
        one.always(ScriptedDns.REFUSED);
        two.always(ScriptedDns.REFUSED);
        failed(DnsStatus.REFUSED, answer("gmail.com"));
    }

    @Test
    void a_silent_server_costs_five_seconds_and_the_next_one_is_asked_D9() {
        one.always(ScriptedDns.SILENT);
        two.zone(GMAIL);
        List<MxAnswer> answers = ask("gmail.com", 0, one.address, two.address);
        stage.advance(Duration.ofMillis(4_999));
        assertEquals(List.of(), answers);
        assertEquals(List.of(), two.asked);
        stage.advance(Duration.ofMillis(1));
        assertEquals(1, answers.size());
        assertEquals(
                "5 mx1.gmail.com 203.0.113.1,203.0.113.2; 10 mx2.gmail.com 203.0.113.3", hosts(answers.getFirst()));
        assertEquals(1, one.asked.size(), "a silent server is not asked for the addresses as well");
        assertEquals("gmail.com 8.8.8.8: no answer (gmail.com MX, UDP, 5.000 s)", journal.getFirst());
    }

    @Test
    void all_silent_is_a_time_out_and_each_server_is_asked_once() {
        one.always(ScriptedDns.SILENT);
        two.always(ScriptedDns.SILENT);
        MxAnswer.QueryFailed failed = failed(DnsStatus.TIMEOUT, answer("gmail.com"));
        assertEquals(Duration.ofSeconds(10), stage.elapsed());
        assertEquals(
                List.of(
                        "8.8.8.8: no answer (gmail.com MX, UDP, 5.000 s)",
                        "8.8.4.4: no answer (gmail.com MX, UDP, 5.000 s)"),
                failed.attempts().stream().map(ServerAttempt::toString).toList());
    }

    @Test
    void twenty_silent_servers_are_given_sixty_seconds_in_all() {
        InetSocketAddress[] many = new InetSocketAddress[20];
        List<ScriptedDns> silent = new ArrayList<>();
        for (int i = 0; i < many.length; i++) {
            many[i] = server("10.0.0." + i);
            silent.add(new ScriptedDns(stage, many[i]).always(ScriptedDns.SILENT));
        }
        List<MxAnswer> answers = ask("gmail.com", 0, many);
        stage.runOut();
        failed(DnsStatus.TIMEOUT, answers.getFirst());
        assertEquals(Duration.ofSeconds(60), stage.elapsed());
        assertEquals(12, silent.stream().filter(s -> !s.asked.isEmpty()).count());
    }

    @Test
    void the_budget_counts_for_all_questions_together() {
        one.zone("a.com. MX 1 h0.a.com.\na.com. MX 2 h1.a.com.\nh1.a.com. A 203.0.113.1");
        one.on("h0.a.com A", ScriptedDns.SILENT);
        List<MxAnswer> answers = ask("a.com", 0, one.address);
        stage.runOut();
        assertEquals("2 h1.a.com 203.0.113.1", hosts(answers.getFirst()), "the only server is asked again");
        assertEquals(Duration.ofSeconds(5), stage.elapsed());
    }

    @Test
    void nobody_to_ask_is_D10() {
        List<MxAnswer> answers = ask("gmail.com", 0);
        stage.settle();
        failed(DnsStatus.NO_SERVER, answers.getFirst());
        List<MxAnswer> unreachable = ask("gmail.com", 0, server("10.9.9.9"));
        stage.settle();
        MxAnswer.QueryFailed failed = failed(DnsStatus.NO_SERVER, unreachable.getFirst());
        assertEquals(
                "10.9.9.9: unreachable: Connection refused (gmail.com MX, UDP, 0.000 s)",
                failed.attempts().getFirst().toString());
    }

    @Test
    void garbage_is_ignored_until_the_time_is_up_and_then_told_D11() {
        ScriptedDns.Behaviour garbage = (query, _) -> List.of(new byte[] {
            (byte) (query.getHeader().getID() >> 8), (byte) query.getHeader().getID(), 1, 2, 3
        });
        one.always(garbage);
        two.always(garbage);
        failed(DnsStatus.MALFORMED, answer("gmail.com"));
        assertEquals(Duration.ofSeconds(10), stage.elapsed());
    }

    @Test
    void a_referral_is_no_answer_and_never_means_that_there_are_no_records() {
        ScriptedDns.Behaviour referral = (query, _) -> {
            Message response = ScriptedDns.response(query, Rcode.NOERROR);
            response.addRecord(
                    Record.fromString(
                            Name.fromString("com."), org.xbill.DNS.Type.NS, 1, 300, "a.gtld-servers.net.", Name.root),
                    Section.AUTHORITY);
            return List.of(response.toWire());
        };
        one.always(referral);
        two.zone(GMAIL);
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        two.always(referral);
        failed(DnsStatus.MALFORMED, answer("other.com"));
    }

    @Test
    void null_mx_takes_no_mail_D16_and_beside_real_ones_is_ignored() {
        one.zone("a.com. MX 0 .\nb.com. MX 0 .\nb.com. MX 5 m.b.com.\nm.b.com. A 203.0.113.1");
        assertEquals(new MxAnswer.NullMx("a.com"), answer("a.com"));
        assertEquals("5 m.b.com 203.0.113.1", hosts(answer("b.com")));
    }

    @Test
    void unresolvable_hosts_are_left_out_while_another_is_fine_D13() {
        one.zone("a.com. MX 1 gone.a.com.\na.com. MX 2 sick.a.com.\na.com. MX 3 ok.a.com.\nok.a.com. A 203.0.113.1");
        one.on("sick.a.com A", ScriptedDns.SERVFAIL);
        two.on("sick.a.com A", ScriptedDns.SERVFAIL);
        assertEquals("3 ok.a.com 203.0.113.1", hosts(answer("a.com")));
        assertEquals(List.of(), resolver.cache().list(), "results with a bad MX are never cached");
    }

    @Test
    void under_Normal_fault_tolerance_a_bad_host_takes_with_it_all_that_are_no_better() {
        resolver = resolver(with(false, DnsFaultTolerance.NORMAL, 10));
        one.zone("""
                a.com. MX 1 ok.a.com.
                a.com. MX 5 also.a.com.
                a.com. MX 5 gone.a.com.
                a.com. MX 9 far.a.com.
                c.com. MX 3 192.0.2.1.
                c.com. MX 1 ok.a.com.
                c.com. MX 4 far.a.com.
                ok.a.com. A 203.0.113.1
                also.a.com. A 203.0.113.2
                far.a.com. A 203.0.113.3
                """);
        assertEquals("1 ok.a.com 203.0.113.1", hosts(answer("a.com")));
        assertTrue(one.asked.stream().noneMatch("far.a.com A"::equals), "nobody waits for the rest");
        assertEquals("1 ok.a.com 203.0.113.1", hosts(answer("c.com")));
    }

    @Test
    void hosts_that_nobody_looked_at_leave_it_open_whether_a_domain_has_one_and_its_mail_waits() {
        one.zone("""
                b.com. MX 1 gone.b.com.
                b.com. MX 9 ok.b.com.
                c.com. MX 1 192.0.2.1.
                c.com. MX 9 ok.b.com.
                d.com. MX 5 ok.b.com.
                d.com. MX 5 sad.b.com.
                only.com. MX 1 gone.b.com.
                ok.b.com. A 203.0.113.3
                """);
        resolver = resolver(with(false, DnsFaultTolerance.NORMAL, 10));
        for (String domain : List.of("b.com", "c.com", "d.com")) {
            failed(DnsStatus.HOSTS_UNRESOLVED, answer(domain));
        }
        assertInstanceOf(MxAnswer.NoUsableHost.class, answer("only.com"), "there is no other");
        resolver = resolver(LookupSettings.DEFAULTS);
        for (int i = 0; i < LookupSettings.MAX_EXCHANGES; i++) {
            one.zone("many.com. MX " + i + " gone" + i + ".b.com.");
        }
        assertInstanceOf(MxAnswer.NoUsableHost.class, answer("many.com"), "all have been looked at");
        one.zone("many.com. MX 99 ok.b.com.");
        failed(DnsStatus.HOSTS_UNRESOLVED, answer("many.com"));
    }

    @Test
    void a_server_that_is_written_twice_is_not_asked_again_after_it_has_failed() {
        one.always(ScriptedDns.SERVFAIL);
        List<MxAnswer> answers = ask("gmail.com", 0, one.address, one.address);
        stage.settle();
        assertEquals(
                1,
                failed(DnsStatus.SERVER_FAILURE, answers.getFirst()).attempts().size());
    }

    @Test
    void hosts_that_do_not_exist_or_are_addresses_are_no_usable_host_D14_D18() {
        one.zone("a.com. MX 1 gone.a.com.\nb.com. MX 1 192.0.2.7.\nc.com. MX 1 zero.c.com.\nzero.c.com. A 0.0.0.0");
        assertInstanceOf(MxAnswer.NoUsableHost.class, answer("a.com"));
        assertEquals(new MxAnswer.NoUsableHost("b.com", "192.0.2.7 is no host name", true), answer("b.com"));
        assertInstanceOf(MxAnswer.NoUsableHost.class, answer("c.com"));
    }

    @Test
    void hosts_whose_addresses_could_not_be_found_out_are_a_failed_query_D15() {
        one.zone("a.com. MX 1 gone.a.com.\na.com. MX 2 sick.a.com.");
        one.on("sick.a.com A", ScriptedDns.SERVFAIL);
        two.on("sick.a.com A", ScriptedDns.SERVFAIL);
        failed(DnsStatus.HOSTS_UNRESOLVED, answer("a.com"));
    }

    @Test
    void we_and_all_that_are_no_better_are_left_out_and_alone_we_are_a_loop_D12() {
        one.zone("""
                a.com. MX 5 mail.company.com.
                b.com. MX 1 m.b.com.
                b.com. MX 5 mail.company.com.
                b.com. MX 5 z.b.com.
                b.com. MX 9 y.b.com.
                c.com. MX 5 alias.c.com.
                c.com. MX 5 aa.c.com.
                m.b.com. A 203.0.113.1
                z.b.com. A 203.0.113.2
                y.b.com. A 203.0.113.3
                alias.c.com. A 192.0.2.25
                aa.c.com. A 203.0.113.4
                d.com. A 192.0.2.25
                e.com. MX 1 sick.e.com.
                e.com. MX 5 mail.company.com.
                mail.company.com. A 203.0.113.99
                """);
        assertEquals(new MxAnswer.Loop("a.com"), answer("a.com"));
        assertEquals("1 m.b.com 203.0.113.1", hosts(answer("b.com")));
        assertEquals(new MxAnswer.Loop("c.com"), answer("c.com"));
        assertEquals(new MxAnswer.Loop("d.com"), answer("d.com"));
        one.on("sick.e.com A", ScriptedDns.SERVFAIL);
        two.on("sick.e.com A", ScriptedDns.SERVFAIL);
        failed(DnsStatus.HOSTS_UNRESOLVED, answer("e.com"));
    }

    // --- aliases

    @Test
    void an_mx_that_is_an_alias_is_followed_D17_also_over_several_answers() {
        one.zone("""
                a.com. CNAME b.com.
                b.com. MX 1 m.b.com.
                m.b.com. CNAME n.b.com.
                n.b.com. A 203.0.113.1
                """);
        assertEquals("1 m.b.com 203.0.113.1", hosts(answer("a.com")));
        one.on("a.com MX", (query, _) -> {
            Message only = ScriptedDns.response(query, Rcode.NOERROR);
            only.addRecord(
                    Record.fromString(
                            query.getQuestion().getName(), org.xbill.DNS.Type.CNAME, 1, 300, "b.com.", Name.root),
                    Section.ANSWER);
            return List.of(only.toWire());
        });
        resolver.cache().flush();
        assertEquals("1 m.b.com 203.0.113.1", hosts(answer("a.com")));
    }

    @Test
    void an_alias_of_what_does_not_exist_does_not_exist() {
        one.zone("a.com. CNAME gone.com.");
        assertEquals(new MxAnswer.NoSuchDomain("a.com"), answer("a.com"));
    }

    @Test
    void aliases_that_go_round_end_within_one_answer_and_over_many() {
        one.zone("a.com. CNAME b.com.\nb.com. CNAME a.com.");
        failed(DnsStatus.ALIAS_LOOP, answer("a.com"));
        one.always((query, _) -> {
            String first = query.getQuestion().getName().getLabelString(0);
            Message next = ScriptedDns.response(query, Rcode.NOERROR);
            next.addRecord(
                    Record.fromString(
                            query.getQuestion().getName(),
                            org.xbill.DNS.Type.CNAME,
                            1,
                            300,
                            first + "x.long.com.",
                            Name.root),
                    Section.ANSWER);
            return List.of(next.toWire());
        });
        one.asked.clear();
        failed(DnsStatus.ALIAS_LOOP, answer("c.long.com"));
        assertEquals(LookupSettings.MAX_ALIAS_STEPS + 1, one.asked.size());
    }

    // --- what must not be believed

    @Test
    void strays_are_ignored_and_the_true_answer_behind_them_counts() {
        one.zone(GMAIL);
        one.udp((query, _) -> {
            Message otherId = ScriptedDns.response(query, Rcode.NXDOMAIN);
            otherId.getHeader().setID(query.getHeader().getID() ^ 1);
            Message otherQuestion = new Message(query.getHeader().getID());
            otherQuestion.getHeader().setFlag(Flags.QR);
            otherQuestion.getHeader().setRcode(Rcode.NXDOMAIN);
            otherQuestion.addRecord(
                    Record.newRecord(
                            Name.fromString("evil.com."), query.getQuestion().getType(), 1),
                    Section.QUESTION);
            Message noQuestion = new Message(query.getHeader().getID());
            noQuestion.getHeader().setFlag(Flags.QR);
            noQuestion.getHeader().setRcode(Rcode.NXDOMAIN);
            return List.of(
                    otherId.toWire(),
                    otherQuestion.toWire(),
                    noQuestion.toWire(),
                    query.toWire(),
                    new byte[0],
                    new byte[] {1},
                    one.honest(query).toWire());
        });
        assertEquals(
                "5 mx1.gmail.com 203.0.113.1,203.0.113.2; 10 mx2.gmail.com 203.0.113.3", hosts(answer("gmail.com")));
        assertEquals(Duration.ZERO, stage.elapsed());
    }

    @Test
    void extras_for_any_name_are_not_looked_at() {
        one.zone(GMAIL);
        one.on("gmail.com MX", (query, _) -> {
            Message poisoned = one.honest(query);
            for (String name : List.of("mx1.gmail.com.", "mx2.gmail.com.", "bank.com.")) {
                Record a = Record.fromString(Name.fromString(name), 1, 1, 300, "6.6.6.6", Name.root);
                poisoned.addRecord(a, Section.ADDITIONAL);
                poisoned.addRecord(a, Section.ANSWER);
            }
            return List.of(poisoned.toWire());
        });
        assertEquals(
                "5 mx1.gmail.com 203.0.113.1,203.0.113.2; 10 mx2.gmail.com 203.0.113.3", hosts(answer("gmail.com")));
    }

    @Test
    void ids_differ_from_query_to_query() {
        List<Integer> ids = new ArrayList<>();
        one.always((query, _) -> {
            ids.add(query.getHeader().getID());
            return List.of(ScriptedDns.response(query, Rcode.SERVFAIL).toWire());
        });
        for (int i = 0; i < 20; i++) {
            answer("d" + i + ".com");
        }
        assertTrue(Set.copyOf(ids).size() > 18, ids::toString);
    }

    @Test
    void a_server_that_cannot_read_edns_is_asked_once_more_without() {
        one.zone(GMAIL);
        one.udp((query, _) -> {
            if (query.getOPT() == null) {
                return List.of(one.honest(query).toWire());
            }
            Message complaint = new Message(query.getHeader().getID());
            complaint.getHeader().setFlag(Flags.QR);
            complaint.getHeader().setRcode(Rcode.FORMERR);
            return List.of(complaint.toWire());
        });
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        assertEquals(List.of(), two.asked);
        one.udp(ScriptedDns.rcode(Rcode.FORMERR));
        two.always(ScriptedDns.rcode(Rcode.NOTIMP));
        failed(DnsStatus.SERVER_FAILURE, answer("other.com"));
    }

    // --- TCP

    private static List<byte[]> truncated(Message query) {
        Message cut = ScriptedDns.response(query, Rcode.NOERROR);
        cut.getHeader().setFlag(Flags.TC);
        return List.of(cut.toWire());
    }

    @Test
    void what_does_not_fit_is_fetched_over_tcp_D19() {
        one.zone(GMAIL).udp((query, _) -> truncated(query));
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        assertEquals(List.of("gmail.com MX", "gmail.com MX TCP"), one.asked.subList(0, 2));
        assertEquals(Duration.ZERO, stage.elapsed());
    }

    @Test
    void what_is_cut_even_over_tcp_is_no_answer_and_the_next_server_is_asked() {
        one.always((query, _) -> truncated(query));
        two.zone(GMAIL);
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        assertEquals(List.of("gmail.com MX", "gmail.com MX TCP"), one.asked.subList(0, 2));
        two.always((query, _) -> truncated(query));
        assertTrue(failed(DnsStatus.MALFORMED, answer("other.com"))
                .attempts()
                .getFirst()
                .toString()
                .contains("cut, even over TCP"));
    }

    @Test
    void under_UseUdpOnly_what_does_not_fit_is_a_failure_and_nothing_is_dialled_over_tcp() {
        option = DnsProtocolOption.USE_UDP_ONLY;
        one.zone(GMAIL).udp((query, _) -> truncated(query));
        two.zone(GMAIL).udp((query, _) -> truncated(query));
        failed(DnsStatus.TRUNCATED, answer("gmail.com"));
        assertTrue(stage.wires().dials().stream().noneMatch(d -> d.startsWith("TCP")));
    }

    @Test
    void under_UseTcpOnly_no_datagram_is_sent() {
        option = DnsProtocolOption.USE_TCP_ONLY;
        one.zone(GMAIL);
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        assertTrue(stage.wires().dials().stream().noneMatch(d -> d.startsWith("UDP")));
    }

    @Test
    void tcp_that_nobody_answers_is_given_up_after_the_servers_five_seconds() {
        InetSocketAddress hole = server("10.8.8.8");
        ScriptedDns cutting = new ScriptedDns(stage, hole).udp((query, _) -> truncated(query));
        stage.wires().blackHole(new InetSocketAddress(InetAddress.ofLiteral("10.7.7.7"), 53));
        option = DnsProtocolOption.USE_TCP_ONLY;
        List<MxAnswer> answers = ask("gmail.com", 0, server("10.7.7.7"));
        stage.runOut();
        failed(DnsStatus.TIMEOUT, answers.getFirst());
        assertEquals(Duration.ofSeconds(5), stage.elapsed());
        assertEquals(0, stage.wires().pending(), "the dial was given up");
        assertEquals(List.of(), cutting.asked);
    }

    @Test
    void a_tcp_server_that_hangs_up_or_talks_rubbish_is_passed_over_at_once() {
        option = DnsProtocolOption.USE_TCP_ONLY;
        two.zone(GMAIL);
        one.always((_, _) -> List.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}));
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        stage.wires().host(server("10.6.6.6"), () -> new io.netty.channel.ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(io.netty.channel.ChannelHandlerContext ctx, Object msg) {
                io.netty.util.ReferenceCountUtil.release(msg);
                ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {0})).addListener(_ -> ctx.close());
            }
        });
        List<MxAnswer> answers = ask("other.com", 0, server("10.6.6.6"));
        stage.settle();
        assertEquals(
                "10.6.6.6: unreachable: the connection was closed (other.com MX, TCP, 0.000 s)",
                failed(DnsStatus.NO_SERVER, answers.getFirst())
                        .attempts()
                        .getFirst()
                        .toString());
        assertEquals(Duration.ZERO, stage.elapsed());
    }

    // --- order, joining, cache

    @Test
    void equal_preferences_are_shuffled_by_attempt_and_stay_put_within_one() {
        StringBuilder zone = new StringBuilder("a.com. MX 1 first.a.com.\nfirst.a.com. A 203.0.113.100\n");
        for (int i = 0; i < 8; i++) {
            zone.append("a.com. MX 5 m" + i + ".a.com.\nm" + i + ".a.com. A 203.0.113." + i + "\n");
        }
        one.zone(zone.toString());
        Set<String> orders = new java.util.LinkedHashSet<>();
        for (int attempt = 0; attempt < 10; attempt++) {
            List<MxAnswer> answers = ask("a.com", attempt, one.address);
            List<MxAnswer> again = ask("a.com", attempt, one.address);
            stage.settle();
            assertEquals(hosts(answers.getFirst()), hosts(again.getFirst()));
            assertTrue(hosts(answers.getFirst()).startsWith("1 first.a.com"));
            orders.add(hosts(answers.getFirst()));
        }
        assertTrue(orders.size() > 5, orders::toString);
        try (OneThread sameSeed = new OneThread()) {
            assertEquals(sameSeed.world().chance(), stage.world().chance());
        }
    }

    @Test
    void a_huge_set_keeps_its_best_and_each_host_a_bounded_number_of_addresses() {
        StringBuilder zone = new StringBuilder();
        for (int i = 999; i >= 0; i--) {
            zone.append("a.com. MX " + i + " m" + i + ".a.com.\nm" + i + ".a.com. A 203.0.113.1\n");
        }
        for (int i = 0; i < 100; i++) {
            zone.append("m0.a.com. A 198.51.100." + i + "\n");
        }
        one.zone(zone.toString());
        option = DnsProtocolOption.USE_TCP_ONLY;
        List<MxHost> hosts =
                assertInstanceOf(MxAnswer.Hosts.class, answer("a.com")).hosts();
        assertEquals(LookupSettings.DEFAULTS.maxExchanges(), hosts.size());
        assertEquals("m0.a.com", hosts.getFirst().name());
        assertEquals(
                LookupSettings.DEFAULTS.maxAddressesPerHost(),
                hosts.getFirst().addresses().size());
    }

    @Test
    void equal_searches_under_way_are_one_search() {
        one.zone(GMAIL);
        List<MxAnswer> first = ask("gmail.com", 0, one.address);
        List<MxAnswer> second = ask("GMAIL.com", 1, one.address);
        List<MxAnswer> elsewhere = ask("gmail.com", 0, two.address);
        stage.settle();
        assertEquals(hosts(first.getFirst()), hosts(second.getFirst()));
        assertEquals(1, one.asked.stream().filter("gmail.com MX"::equals).count());
        assertInstanceOf(MxAnswer.NoSuchDomain.class, elsewhere.getFirst());
    }

    @Test
    void what_was_found_is_kept_for_its_ttl_in_lab_time() {
        one.zone("a.com. 60 MX 1 m.a.com.\nm.a.com. 30 A 203.0.113.1");
        answer("a.com");
        answer("a.com");
        assertEquals(2, one.asked.size());
        assertEquals(
                List.of("a.com MX PT1M [1 m.a.com.]", "m.a.com A PT30S [203.0.113.1]"),
                resolver.cache().list().stream()
                        .map(e -> e.name() + " " + e.type() + " " + e.ttlLeft() + " " + e.records())
                        .toList());
        stage.advance(Duration.ofSeconds(30));
        answer("a.com");
        assertEquals(List.of("a.com MX", "m.a.com A", "m.a.com A"), one.asked);
        resolver.cache().flush();
        answer("a.com");
        assertEquals(5, one.asked.size());
    }

    @Test
    void another_list_of_servers_has_a_cache_of_its_own() {
        one.zone(GMAIL);
        answer("gmail.com");
        List<MxAnswer> answers = ask("gmail.com", 0, two.address);
        stage.settle();
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answers.getFirst());
    }

    @Test
    void ttl_zero_is_not_kept_a_huge_one_for_a_day_and_a_negative_one_not_at_all() {
        one.zone("a.com. 0 MX 1 m.a.com.\nm.a.com. 2147483647 A 203.0.113.1");
        answer("a.com");
        assertEquals(
                List.of("m.a.com A PT24H"),
                resolver.cache().list().stream()
                        .map(e -> e.name() + " " + e.type() + " " + e.ttlLeft())
                        .toList());
    }

    @Test
    void failures_are_never_kept() {
        one.always(ScriptedDns.SERVFAIL);
        two.always(ScriptedDns.SERVFAIL);
        failed(DnsStatus.SERVER_FAILURE, answer("gmail.com"));
        one.always(ScriptedDns.NXDOMAIN);
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gmail.com"));
        one.always(null).zone("gmail.com. TXT \"x\"");
        assertInstanceOf(MxAnswer.NoRecords.class, answer("gmail.com"));
        one.forget().zone(GMAIL);
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
    }

    @Test
    void the_cache_forgets_the_oldest_when_full() {
        resolver = resolver(with(false, DnsFaultTolerance.LENIENT, 3));
        for (int i = 0; i < 5; i++) {
            one.zone("d" + i + ".com. MX 1 m.com.\n");
        }
        one.zone("m.com. A 203.0.113.1");
        for (int i = 0; i < 5; i++) {
            answer("d" + i + ".com");
        }
        assertEquals(3, resolver.cache().list().size());
    }

    @Test
    void the_cache_is_bounded_in_records_too_and_counts_what_leaves_it() {
        DnsCache cache = new DnsCache(stage.world().labTime(), 100, 10);
        put(cache, "a.com", 4);
        put(cache, "b.com", 4);
        assertEquals(List.of("a.com 4", "b.com 4"), sets(cache));
        put(cache, "b.com", 5);
        assertEquals(List.of("a.com 4", "b.com 5"), sets(cache), "the one it had before is not counted");
        put(cache, "c.com", 2);
        assertEquals(List.of("b.com 5", "c.com 2"), sets(cache));
        put(cache, "d.com", 11);
        assertEquals(List.of("b.com 5", "c.com 2"), sets(cache), "nothing leaves for what there is no room for");
        assertEquals(1, cache.forget("B.com."));
        put(cache, "e.com", 8);
        assertEquals(List.of("c.com 2", "e.com 8"), sets(cache));
        stage.advance(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), cache.get(key("c.com")));
        assertEquals(0, cache.flush(), "what has expired was not remembered any more");
        put(cache, "f.com", 10);
        assertEquals(1, cache.flush());
        put(cache, "g.com", 10);
        assertEquals(List.of("g.com 10"), sets(cache));
    }

    private DnsCache.Key key(String name) {
        DnsServers.Chosen whom = new DnsServers.Chosen(List.of(one.address), option);
        return new DnsCache.Key(whom, DomainNames.parse(name).orElseThrow(), Type.A);
    }

    private void put(DnsCache cache, String name, int count) {
        Name owner = DomainNames.parse(name).orElseThrow();
        List<Record> records = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            records.add(new ARecord(owner, DClass.IN, 300, InetAddress.ofLiteral("203.0.113." + i)));
        }
        cache.put(key(name), DnsCache.Status.NOERROR, owner, records, one.address, 300);
    }

    private static List<String> sets(DnsCache cache) {
        return cache.list().stream()
                .map(set -> set.name() + " " + set.records().size())
                .toList();
    }

    // --- smart hosts

    private MxAnswer smart(long attempt, String... hosts) {
        List<MxAnswer> answers = new ArrayList<>();
        resolver.smartHosts(
                List.of(hosts).stream().map(SmartHost::of).toList(),
                new DnsServers.Chosen(List.of(one.address), option),
                attempt,
                stage.loop(),
                answers::add);
        stage.runOut();
        assertEquals(1, answers.size());
        return answers.getFirst();
    }

    @Test
    void a_smart_host_is_looked_up_as_mx_first_and_then_as_a_host() {
        one.zone("""
                smart.com. MX 1 inner.smart.com.
                smart.com. A 203.0.113.9
                inner.smart.com. A 203.0.113.1
                plain.com. A 203.0.113.2
                """);
        assertEquals("0 inner.smart.com 203.0.113.1", hosts(smart(0, "smart.com")));
        assertEquals("0 plain.com 203.0.113.2", hosts(smart(0, "plain.com")));
        assertEquals("0 [10.1.1.1] 10.1.1.1", hosts(smart(0, "10.1.1.1")));
        assertEquals(new MxAnswer.NoSuchDomain("gone.com"), smart(0, "gone.com"));
    }

    @Test
    void several_smart_hosts_begin_anywhere_and_go_round_and_bad_ones_are_left_out() {
        one.zone("b.com. A 203.0.113.2");
        Set<String> orders = new java.util.TreeSet<>();
        for (int attempt = 0; attempt < 20; attempt++) {
            orders.add(hosts(smart(attempt, "10.1.1.1", "b.com", "gone.com")));
        }
        assertEquals(
                Set.of("0 [10.1.1.1] 10.1.1.1; 1 b.com 203.0.113.2", "0 b.com 203.0.113.2; 1 [10.1.1.1] 10.1.1.1"),
                orders);
    }

    @Test
    void a_long_list_of_smart_hosts_is_walked_through_however_quickly_they_are_answered() {
        List<SmartHost> hosts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            hosts.add(SmartHost.of("h" + i + ".com"));
        }
        List<MxAnswer> answers = new ArrayList<>();
        resolver.smartHosts(
                hosts, new DnsServers.Chosen(List.of(), option), 0, stage.loop(), answers::add); // fails at once
        stage.settle();
        assertEquals(1, answers.size());
        failed(DnsStatus.NO_SERVER, answers.getFirst());
    }

    @Test
    void the_same_seed_asks_the_same_things_in_the_same_order() {
        one.zone(GMAIL).udp(ScriptedDns.SERVFAIL);
        two.zone(GMAIL);
        answer("gmail.com");
        List<String> first = List.copyOf(journal);
        journal.clear();
        resolver = resolver(LookupSettings.DEFAULTS);
        answer("gmail.com");
        assertEquals(first, journal);
        assertNotEquals(List.of(), first);
    }

    // --- questions of people

    @Test
    void a_persons_question_is_answered_like_a_deliverys_and_leaves_nothing_behind() {
        one.zone(GMAIL);
        CompletableFuture<Inquiry> asked = resolver.inquirer()
                .hosts("Gmail.COM.", new DnsServers.Chosen(List.of(one.address, two.address), option));
        stage.runOut();
        Inquiry.Hosts found = assertInstanceOf(Inquiry.Hosts.class, asked.join());
        assertEquals(hosts(answer("gmail.com")), hosts(found.answer()));
        assertEquals(
                List.of("gmail.com MX", "mx1.gmail.com A", "mx2.gmail.com A"),
                found.attempts().stream().map(ServerAttempt::question).toList());
        assertEquals(6, one.asked.size(), "the delivery had to ask for itself");
        assertEquals(one.address, resolver.cache().list().getFirst().from());
        CompletableFuture<Inquiry> again = resolver.inquirer()
                .hosts("gmail.com", new DnsServers.Chosen(List.of(one.address, two.address), option));
        stage.runOut();
        assertEquals(List.of(), again.join().attempts(), "and now it is remembered");
    }

    @Test
    void a_persons_question_for_records_tells_each_server_and_what_it_said() {
        one.on("a.com TXT", ScriptedDns.SERVFAIL);
        two.zone("a.com. 60 TXT \"hello\"");
        DnsServers.Chosen servers = new DnsServers.Chosen(List.of(one.address, two.address), option);
        CompletableFuture<Inquiry> asked = resolver.inquirer().records("A.com", "txt", servers);
        CompletableFuture<Inquiry> nodata = resolver.inquirer().records("a.com", "MX", servers);
        CompletableFuture<Inquiry> nobody =
                resolver.inquirer().records("a.com", "MX", new DnsServers.Chosen(List.of(), option));
        stage.runOut();
        Inquiry.Records found = assertInstanceOf(Inquiry.Records.class, asked.join());
        assertEquals("NOERROR", found.status());
        assertEquals(List.of("hello"), found.records());
        assertEquals(
                List.of("SERVFAIL", "NOERROR, 1 records"),
                found.attempts().stream().map(ServerAttempt::outcome).toList());
        assertEquals(
                "NXDOMAIN",
                assertInstanceOf(Inquiry.Records.class, nodata.join()).status());
        assertEquals(
                "NO_SERVER",
                assertInstanceOf(Inquiry.Records.class, nobody.join()).status());
        assertEquals(List.of(), resolver.cache().list());
    }

    @Test
    void a_persons_question_that_is_given_up_leaves_no_socket_and_no_alarm() {
        one.udp(ScriptedDns.SILENT);
        DnsServers.Chosen servers = new DnsServers.Chosen(List.of(one.address, two.address), option);
        CompletableFuture<Inquiry> domain = resolver.inquirer().hosts("gmail.com", servers);
        CompletableFuture<Inquiry> records = resolver.inquirer().records("a.com", "A", servers);
        stage.settle();
        assertEquals(2, stage.wires().open(), "nobody answers");
        domain.cancel(false);
        records.cancel(false);
        resolver.inquirer().hosts("b.com", servers).cancel(false); // before anything was asked
        stage.settle();
        assertEquals(0, stage.wires().open());
        stage.runOut();
        assertEquals(Duration.ZERO, stage.elapsed(), "no alarm was left");
        assertEquals(List.of(), two.asked);
    }

    @Test
    void what_is_no_name_or_no_type_is_refused_before_anybody_is_asked() {
        DnsServers.Chosen servers = new DnsServers.Chosen(List.of(one.address), option);
        assertThrows(IllegalArgumentException.class, () -> resolver.inquirer().hosts("no name", servers));
        assertThrows(IllegalArgumentException.class, () -> resolver.inquirer().records("", "A", servers));
        for (String type : List.of("", "NONSENSE", "ANY", "AXFR", "-1")) {
            assertThrows(
                    IllegalArgumentException.class, () -> resolver.inquirer().records("a.com", type, servers), type);
        }
        assertEquals(List.of(), one.asked);
    }

    @Test
    void one_name_is_forgotten_with_all_its_types_and_nothing_else() {
        one.zone(GMAIL);
        answer("gmail.com");
        assertEquals(0, resolver.cache().forget("nobody.com"));
        assertEquals(1, resolver.cache().forget("MX1.gmail.com."));
        answer("gmail.com");
        assertEquals(List.of("gmail.com MX", "mx1.gmail.com A", "mx2.gmail.com A", "mx1.gmail.com A"), one.asked);
        assertEquals(3, resolver.cache().flush());
        assertEquals(List.of(), resolver.cache().list());
    }
}
