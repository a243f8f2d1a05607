package dev.tarry.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.routing.SmartHost;
import dev.tarry.stage.OneThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// What the resolver remembers and tells: journal, negative cache, names in other scripts, what is not believed.
final class DnsClientTest {
    private final OneThread stage = new OneThread();
    private final ScriptedDns one = new ScriptedDns(stage, server("8.8.8.8"));
    private final ScriptedDns two = new ScriptedDns(stage, server("8.8.4.4"));
    private final QueryJournal queries = new QueryJournal(100);
    private final List<DnsSearch> searches = new ArrayList<>();
    private MxResolver resolver = resolver(LookupSettings.DEFAULTS);

    private static InetSocketAddress server(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 53);
    }

    private MxResolver resolver(LookupSettings settings) {
        DnsJournal searched = new DnsJournal() {
            @Override
            public void queried(DnsQuery query) {}

            @Override
            public void searched(DnsSearch search) {
                searches.add(search);
            }
        };
        return new MxResolver(stage.world(), settings, Ourselves.UNKNOWN, DnsJournal.of(List.of(queries, searched)));
    }

    private static LookupSettings settings(boolean edns, boolean negativeCache) {
        LookupSettings d = LookupSettings.DEFAULTS;
        return new LookupSettings(
                d.serverTimeout(),
                d.queryBudget(),
                d.ipv6(),
                d.faultTolerance(),
                d.maxExchanges(),
                d.maxAddressesPerHost(),
                d.maxCacheEntries(),
                edns,
                negativeCache);
    }

    @AfterEach
    void every_channel_was_closed() {
        assertEquals(0, stage.wires().open(), "channels left open");
        stage.close();
    }

    private DnsServers.Chosen servers() {
        return new DnsServers.Chosen(List.of(one.address, two.address), DnsProtocolOption.ANY);
    }

    private MxAnswer answer(String domain) {
        List<MxAnswer> answers = new ArrayList<>();
        resolver.hosts(domain, servers(), 0, stage.loop(), answers::add);
        stage.runOut();
        assertEquals(1, answers.size(), "answers");
        return answers.getFirst();
    }

    private List<QueryJournal.Entry> found(QueryJournal.Search search) {
        return queries.find(search, Optional.empty(), 100).entries();
    }

    private static QueryJournal.Search of(String domain) {
        return new QueryJournal.Search(
                Optional.of(domain),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ScriptedDns.Behaviour negative(int rcode, String owner, long ttl, long minimum) {
        return (query, _) -> {
            Message response = ScriptedDns.response(query, rcode);
            Name zone = Name.fromString(owner);
            response.addRecord(new SOARecord(zone, DClass.IN, ttl, zone, zone, 1, 2, 3, 4, minimum), Section.AUTHORITY);
            return List.of(response.toWire());
        };
    }

    // --- the journal

    @Test
    void each_query_is_told_with_all_that_is_known_of_it_newest_first() {
        one.zone("gmail.com. 300 MX 5 mx.gmail.com.").on("mx.gmail.com A", ScriptedDns.SILENT);
        two.zone("mx.gmail.com. 300 A 192.0.2.7");
        assertInstanceOf(MxAnswer.Hosts.class, answer("Gmail.com"));
        List<String> told = found(QueryJournal.Search.EVERYTHING).stream()
                .map(e -> e.id() + " " + e.query().search() + " " + e.query().asker() + " "
                        + e.query().nextHop() + " " + e.query().name() + " "
                        + e.query().type() + " "
                        + e.query().attempt().server().getAddress().getHostAddress() + ":"
                        + e.query().attempt().server().getPort() + " "
                        + e.query().attempt().protocol() + " "
                        + e.query().attempt().took().toSeconds() + " s "
                        + e.query().attempt().result() + " " + e.query().records() + " "
                        + e.query().cached())
                .toList();
        assertEquals(
                List.of(
                        "3 1 DELIVERY gmail.com mx.gmail.com A 8.8.4.4:53 UDP 0 s RECORDS [192.0.2.7] false",
                        "2 1 DELIVERY gmail.com mx.gmail.com A 8.8.8.8:53 UDP 5 s NO_ANSWER [] false",
                        "1 1 DELIVERY gmail.com gmail.com MX 8.8.8.8:53 UDP 0 s RECORDS [5 mx.gmail.com.] false"),
                told);
        assertEquals(
                Duration.ofSeconds(5),
                Duration.between(
                        searches.getFirst().began(), searches.getFirst().ended()));
    }

    @Test
    void what_the_cache_answered_is_told_as_such() {
        one.zone("gmail.com. 300 MX 5 mx.gmail.com.\nmx.gmail.com. 300 A 192.0.2.7");
        answer("gmail.com");
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
        List<QueryJournal.Entry> all = found(QueryJournal.Search.EVERYTHING);
        assertEquals(
                List.of(true, true, false, false),
                all.stream().map(e -> e.query().cached()).toList());
        assertEquals(
                List.of(2L, 2L, 1L, 1L),
                all.stream().map(e -> e.query().search()).toList());
        assertEquals(2, one.asked.size());
    }

    @Test
    void queries_are_found_by_domain_server_outcome_search_and_time_and_page_by_page() {
        one.always(ScriptedDns.SERVFAIL);
        two.zone("a.com. 300 MX 5 mx.b.com.\nmx.b.com. 300 A 192.0.2.7\nc.com. 300 A 192.0.2.8");
        answer("a.com");
        stage.advance(Duration.ofMinutes(1));
        var later = stage.world().labTime().instant();
        answer("c.com");
        var none = Optional.<String>empty();
        assertEquals(4, found(of("a.com")).size(), "its own question, and those for its hosts");
        assertEquals(2, found(of("MX.B.com")).size());
        assertEquals(0, found(of("b.com")).size());
        assertEquals(
                4,
                found(new QueryJournal.Search(
                                none,
                                Optional.of(InetAddress.ofLiteral("8.8.8.8")),
                                Optional.of(DnsOutcome.SERVFAIL),
                                Optional.of(false),
                                Optional.empty(),
                                Optional.empty()))
                        .size());
        assertEquals(
                4,
                found(new QueryJournal.Search(
                                none,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(2L),
                                Optional.empty()))
                        .size());
        assertEquals(
                4,
                found(new QueryJournal.Search(
                                none,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(later)))
                        .size());
        QueryJournal.Page first = queries.find(QueryJournal.Search.EVERYTHING, Optional.empty(), 5);
        assertTrue(first.more());
        QueryJournal.Page second = queries.find(
                QueryJournal.Search.EVERYTHING,
                Optional.of(first.entries().getLast().id()),
                5);
        assertEquals(
                List.of(3L, 2L, 1L),
                second.entries().stream().map(QueryJournal.Entry::id).toList());
        assertEquals(false, second.more());
    }

    @Test
    void the_journal_is_bounded_and_may_be_none() {
        one.always(ScriptedDns.SERVFAIL);
        two.always(ScriptedDns.SERVFAIL);
        for (int i = 0; i < 80; i++) {
            answer("d" + i + ".com");
        }
        assertEquals(100, queries.size());
        assertEquals(160, found(QueryJournal.Search.EVERYTHING).getFirst().id());
        queries.limit(3);
        assertEquals(3, queries.size());
        queries.limit(0);
        answer("e.com");
        assertEquals(0, queries.size());
    }

    @Test
    void a_smart_hosts_queries_are_told_for_the_queue_that_is_named_after_the_list() {
        one.zone("relay.com. 300 A 192.0.2.7\nother.com. 300 A 192.0.2.8");
        List<MxAnswer> answers = new ArrayList<>();
        resolver.smartHosts(
                List.of(SmartHost.of("relay.com"), SmartHost.of("other.com")),
                servers(),
                0,
                stage.loop(),
                answers::add);
        stage.runOut();
        assertEquals(
                Set.of("relay.com,other.com"),
                Set.copyOf(found(QueryJournal.Search.EVERYTHING).stream()
                        .map(e -> e.query().nextHop())
                        .toList()));
        assertEquals(4, found(of("relay.com,other.com")).size());
        assertEquals(4, found(of("relay.com")).size(), "a host of the list finds them as well");
    }

    @Test
    void a_persons_question_is_told_as_a_persons() {
        one.zone("gmail.com. 300 A 192.0.2.7");
        resolver.inquirer().records("gmail.com", "A", servers());
        stage.runOut();
        assertEquals(
                DnsQuery.Asker.OPERATOR,
                found(of("gmail.com")).getFirst().query().asker());
    }

    @Test
    void detours_and_rows_that_did_no_harm_are_told() {
        one.udp((query, _) -> {
            Message cut = ScriptedDns.response(query, Rcode.NOERROR);
            cut.getHeader().setFlag(Flags.TC);
            return List.of(cut.toWire());
        });
        one.zone("""
                a.com. 300 MX 5 alias.a.com.
                a.com. 300 MX 6 gone.a.com.
                alias.a.com. 300 CNAME mx.a.com.
                mx.a.com. 300 A 192.0.2.7
                b.com. 300 A 192.0.2.8
                """);
        assertInstanceOf(MxAnswer.Hosts.class, answer("a.com"));
        assertEquals(
                Set.of(DnsRow.D13, DnsRow.D17, DnsRow.D19), searches.getLast().met());
        assertEquals(
                Set.of(Detour.TRUNCATED), found(of("a.com")).getFirst().query().detours());
        assertEquals(
                DnsProtocol.TCP, found(of("a.com")).getFirst().query().attempt().protocol());
        assertInstanceOf(MxAnswer.Hosts.class, answer("b.com"));
        assertEquals(Set.of(DnsRow.D5, DnsRow.D19), searches.getLast().met());
        two.zone("c.com. 300 MX 5 mx.c.com.\nmx.c.com. 300 A 192.0.2.7");
        one.always(ScriptedDns.SERVFAIL).udp(ScriptedDns.SERVFAIL);
        assertInstanceOf(MxAnswer.Hosts.class, answer("c.com"));
        assertEquals(Set.of(), searches.getLast().met());
    }

    // --- EDNS

    @Test
    void without_edns_no_query_carries_it_and_a_server_that_drops_it_in_silence_answers() {
        ScriptedDns.Behaviour dropsEdns =
                (query, _) -> query.getOPT() == null ? List.of(one.honest(query).toWire()) : List.of();
        one.zone("gmail.com. 300 A 192.0.2.7").always(dropsEdns);
        two.always(dropsEdns);
        MxAnswer.QueryFailed failed = assertInstanceOf(MxAnswer.QueryFailed.class, answer("gmail.com"));
        assertEquals(DnsStatus.TIMEOUT, failed.status());
        resolver.settings(settings(false, false));
        assertInstanceOf(MxAnswer.Hosts.class, answer("gmail.com"));
    }

    // --- the negative cache

    @Test
    void without_the_option_what_does_not_exist_is_asked_for_each_time() {
        one.always(negative(Rcode.NXDOMAIN, "com.", 900, 600));
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        }
        assertEquals(3, one.asked.size());
        assertEquals(List.of(), resolver.cache().list());
    }

    @ParameterizedTest
    @CsvSource({"900, 600, 600", "60, 600, 60", "0, 600, 0", "600, 0, 0", "99999999, 99999999, 10800"})
    void what_does_not_exist_is_kept_for_the_lesser_of_soa_ttl_and_minimum(long ttl, long minimum, long kept) {
        resolver = resolver(settings(true, true));
        one.always(negative(Rcode.NXDOMAIN, "com.", ttl, minimum));
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        assertEquals(kept > 0 ? 1 : 0, resolver.cache().list().size());
        if (kept > 0) {
            DnsCache.Listed listed = resolver.cache().list().getFirst();
            assertEquals(DnsCache.Status.NXDOMAIN, listed.status());
            assertEquals("gone.com", listed.name());
            assertEquals(Duration.ofSeconds(kept), listed.ttlLeft());
            stage.advance(Duration.ofSeconds(kept - 1));
        }
        int before = one.asked.size();
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        assertEquals(kept > 0 ? before : before + 1, one.asked.size());
        stage.advance(Duration.ofSeconds(1));
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        assertEquals(kept > 0 ? before + 1 : before + 2, one.asked.size());
    }

    @Test
    void no_data_is_kept_per_type_and_can_be_seen_and_forgotten() {
        resolver = resolver(settings(true, true));
        one.always(negative(Rcode.NOERROR, "example.com.", 900, 600));
        assertInstanceOf(MxAnswer.NoRecords.class, answer("a.example.com"));
        assertEquals(
                List.of("MX NODATA", "A NODATA"),
                resolver.cache().list().stream()
                        .map(l -> l.type() + " " + l.status())
                        .toList());
        assertInstanceOf(MxAnswer.NoRecords.class, answer("a.example.com"));
        assertEquals(2, one.asked.size());
        assertEquals(2, resolver.cache().forget("A.example.com."));
        assertInstanceOf(MxAnswer.NoRecords.class, answer("a.example.com"));
        assertEquals(4, one.asked.size());
    }

    @Test
    void without_an_soa_record_of_its_own_zone_nothing_negative_is_kept() {
        resolver = resolver(settings(true, true));
        one.always(negative(Rcode.NXDOMAIN, "elsewhere.org.", 900, 600));
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        one.always(ScriptedDns.NXDOMAIN);
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer("gone.com"));
        assertEquals(List.of(), resolver.cache().list());
    }

    @Test
    void failures_are_not_kept_by_the_negative_cache_either_nor_are_the_hosts_of_an_answer_with_a_bad_one() {
        resolver = resolver(settings(true, true));
        one.always(ScriptedDns.SERVFAIL);
        two.always(ScriptedDns.SILENT);
        assertInstanceOf(MxAnswer.QueryFailed.class, answer("a.com"));
        one.always(null).zone("b.com. 300 MX 5 mx.b.com.\nb.com. 300 MX 6 gone.b.com.\nmx.b.com. 300 A 192.0.2.7");
        one.on("gone.b.com A", negative(Rcode.NXDOMAIN, "b.com.", 900, 600));
        assertInstanceOf(MxAnswer.Hosts.class, answer("b.com"));
        assertEquals(List.of(), resolver.cache().list());
    }

    // --- names in other scripts

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.Example., xn--bcher-kva.example",
        "xn--BCHER-kva.example, xn--bcher-kva.example",
        "faß.example, xn--fa-hia.example",
        "пример.испытание, xn--e1afmkfd.xn--80akhbyknj4f",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "ｇｍａｉｌ.com, gmail.com"
    })
    void a_domain_in_another_script_is_asked_for_by_its_a_labels(String domain, String asked) {
        one.zone(asked + ". 300 A 192.0.2.7");
        assertInstanceOf(MxAnswer.Hosts.class, answer(domain));
        assertEquals(List.of(asked + " MX", asked + " A"), one.asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200db.example",
                "\u0301a.example",
                "אa.example",
                "-ü.example",
                "ü_ü.example",
                "\ud800.example"
            })
    void what_no_domain_may_be_called_does_not_exist_and_nobody_is_asked(String domain) {
        assertInstanceOf(MxAnswer.NoSuchDomain.class, answer(domain));
        assertEquals(List.of(), one.asked);
    }

    // --- what is not believed

    @Test
    void an_answer_about_something_else_never_means_that_there_are_no_records() {
        ScriptedDns.Behaviour elsewhere = (query, _) -> {
            Message response = ScriptedDns.response(query, Rcode.NOERROR);
            response.addRecord(
                    Record.fromString(Name.fromString("other.org."), 1, DClass.IN, 60, "192.0.2.9", Name.root),
                    Section.ANSWER);
            return List.of(response.toWire());
        };
        one.always(elsewhere);
        two.always(elsewhere);
        MxAnswer.QueryFailed failed = assertInstanceOf(MxAnswer.QueryFailed.class, answer("a.com"));
        assertEquals(DnsStatus.MALFORMED, failed.status());
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
    void that_something_does_not_exist_is_not_believed_with_octets_left_over(int rcode) {
        ScriptedDns.Behaviour longer = (query, _) -> {
            byte[] whole = ScriptedDns.response(query, rcode).toWire();
            return List.of(java.util.Arrays.copyOf(whole, whole.length + 1));
        };
        one.always(longer);
        two.always(longer);
        MxAnswer.QueryFailed failed = assertInstanceOf(MxAnswer.QueryFailed.class, answer("a.com"));
        assertEquals(DnsStatus.MALFORMED, failed.status());
        assertNotEquals(0, one.asked.size());
    }
}
