package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.LabRig;
import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.DnsEffect;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What each fault sends, octet by octet.
final class MischiefTest {
    private static final EventExecutor HERE = ImmediateEventExecutor.INSTANCE;
    private static final String PUBLIC = "8.8.8.8";
    private static final String INTERNAL = "192.168.1.10";
    private static final int HEADER = 12;

    private final LabRig.StoppedClock clock = new LabRig.StoppedClock();
    private final Faults faults = new Faults(clock::now, () -> {});
    private final NameServers servers =
            new NameServers(clock::now, clock::after, faults, Set.of("mail.company.com"), 1_000);

    private void fault(String line) {
        faults.add(FaultLine.read(line, clock.now()));
    }

    private static Message query(String name, String type) {
        var query = Queries.message(name, type);
        query.getHeader().setID(0x1234);
        return query;
    }

    private static Message extended(String name, String type) {
        var query = query(name, type);
        query.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        return query;
    }

    private List<Sending.Parcel> sent(String server, Message query, Protocol protocol) {
        var parcels = new ArrayList<Sending.Parcel>();
        servers.serve(server, query.toWire(), protocol, HERE, parcels::add);
        return parcels;
    }

    private byte[] one(Message query, Protocol protocol) {
        var parcels = sent(PUBLIC, query, protocol);
        assertEquals(1, parcels.size());
        assertFalse(parcels.getFirst().elsewhere());
        return parcels.getFirst().octets();
    }

    private byte[] one(String name, String type) {
        return one(query(name, type), Protocol.UDP);
    }

    private String text(String server, String name, String type) {
        var parcels = sent(server, query(name, type), Protocol.UDP);
        return parcels.isEmpty() ? "silence" : Queries.text(parcels.getFirst().octets());
    }

    private List<String> journal() {
        return servers.queries(100).stream()
                .map(query -> query.server() + " " + query.protocol() + " " + query.outcome())
                .toList();
    }

    private static int get16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    /// Behind the header and the question for this name.
    private static int questionEnd(String name) {
        return HEADER + name.length() + 2 + 4;
    }

    private static List<String> records(Message message, int section) {
        return message.getSection(section).stream().map(Record::toString).toList();
    }

    // ---- in good order

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servfail | SERVFAIL []",
                "refused | REFUSED []",
                "notimp | NOTIMP []",
                "formerr | FORMERR []",
                "nxdomain | NXDOMAIN []",
                "nodata | NOERROR []",
                "noanswer | silence",
                "mx to=address | NOERROR [MX 10 192.0.2.66.]",
                "mx to=nowhere | NOERROR [MX 10 nowhere.made-up.test.]",
                "mx to=loopback | NOERROR [MX 10 loopback.made-up.test.]",
                "mx to=null | NOERROR [MX 0 .]",
                "mx to=self | NOERROR [MX 10 mail.company.com.]",
                "mx to=cname | NOERROR [MX 10 alias-of.mail.fabrikam.com.made-up.test.]",
                "poison | NOERROR [MX 10 mail.fabrikam.com., A 192.0.2.66]",
                "cnamechain length=1 | NOERROR [CNAME alias-0.fabrikam.com.made-up.test., MX 10 mail.fabrikam.com.]",
                "cnameloop | NOERROR [CNAME back-to.fabrikam.com.made-up.test., CNAME fabrikam.com.]",
                "many count=2 | NOERROR [MX 10 mail.fabrikam.com., MX 65535 many-0.made-up.test.]",
                "ttl seconds=0 | NOERROR [MX 10 mail.fabrikam.com.]",
                "lame | NOERROR []",
            })
    void lies_in_good_order_are_messages_like_any_other(String fault, String answer) {
        fault("dns " + fault);
        assertEquals(answer, text(PUBLIC, "fabrikam.com", "MX"));
    }

    @Test
    void a_no_of_a_name_without_data_brings_an_soa() {
        fault("dns nodata");
        var answer = Queries.parse(one("fabrikam.com", "MX"));
        assertEquals(Type.SOA, answer.getSection(Section.AUTHORITY).getFirst().getType());
    }

    @Test
    void a_lame_server_points_to_the_root_and_does_not_recurse() {
        fault("dns lame");
        var answer = Queries.parse(one("fabrikam.com", "MX"));
        assertFalse(answer.getHeader().getFlag(Flags.AA));
        assertFalse(answer.getHeader().getFlag(Flags.RA));
        assertEquals(Rcode.NOERROR, answer.getRcode());
        assertEquals(
                List.of("a.root-servers.net.", "b.root-servers.net."),
                answer.getSection(Section.AUTHORITY).stream()
                        .map(Record::rdataToString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 86_400, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL})
    void a_time_to_live_is_any_32_bits(long seconds) {
        fault("dns ttl server=8.8.8.8 seconds=" + seconds);
        var octets = one(extended("gmail.com", "MX"), Protocol.UDP);
        assertEquals(0, get16(octets, octets.length - 6), "the OPT record has no time to live");
        int at = questionEnd("gmail.com") + 2 + 4;
        assertEquals(seconds, (long) get16(octets, at) << 16 | get16(octets, at + 2));
        assertEquals(5, get16(octets, 6));

        var internal = Queries.parse(sent(INTERNAL, query("gmail.com", "MX"), Protocol.UDP)
                .getFirst()
                .octets());
        assertEquals(
                seconds > Integer.MAX_VALUE ? 0 : seconds,
                internal.getSection(Section.ANSWER).getLast().getTTL());
    }

    @Test
    void a_time_to_live_of_a_no_changes_too() {
        fault("dns ttl seconds=7");
        var answer = Queries.parse(one("nobody.fabrikam.com", "MX"));
        assertEquals(Rcode.NXDOMAIN, answer.getRcode());
        assertEquals(7, answer.getSection(Section.AUTHORITY).getFirst().getTTL());
    }

    @Test
    void poison_stands_in_the_additional_section_for_the_hosts_and_for_others() {
        fault("dns poison");
        var answer = Queries.parse(one("fabrikam.com", "MX"));
        assertEquals(
                List.of(
                        "mail.fabrikam.com.\t300\tIN\tA\t192.0.2.66",
                        "gmail-smtp-in.l.google.com.\t300\tIN\tA\t192.0.2.66",
                        "outlook.com.\t\t300\tIN\tA\t192.0.2.66"),
                records(answer, Section.ADDITIONAL));
        assertEquals(
                "gmail.com.\t\t300\tIN\tA\t192.0.2.66",
                answer.getSection(Section.ANSWER).getLast().toString());
        assertEquals("NOERROR [A 203.0.113.5, A 192.0.2.66]", text(PUBLIC, "gmail.com", "A"));
        assertEquals(
                "gmail-smtp-in.l.google.com.",
                Queries.parse(one("gmail.com", "A"))
                        .getSection(Section.ANSWER)
                        .getLast()
                        .getName()
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({"MX, 10", "A, 10", "AAAA, 10", "TXT, 10"})
    void there_are_many_of_each_kind_and_the_truth_comes_first(String type, int count) {
        var name = type.equals("AAAA") ? "gmail-smtp-in.l.google.com" : "gmail.com";
        var truth = Queries.parse(one(name, type)).getSection(Section.ANSWER);
        fault("dns many count=" + count);
        var answer = Queries.parse(one(query(name, type), Protocol.TCP)).getSection(Section.ANSWER);
        assertEquals(count, answer.size());
        assertEquals(truth, answer.subList(0, truth.size()));
        assertEquals(count, Set.copyOf(answer).size());
    }

    @Test
    void what_is_not_there_does_not_become_many() {
        fault("dns many count=10");
        assertEquals("NXDOMAIN []", text(PUBLIC, "nobody.fabrikam.com", "A"));
        assertEquals("NOERROR []", text(PUBLIC, "problem-domain.com", "MX"));
    }

    @Test
    void many_are_cut_over_udp_whole_over_tcp_and_cut_there_past_64_kib() {
        fault("dns many count=500 type=MX");
        fault("dns many count=4000 type=A");
        fault("dns many count=4000 type=TXT");
        assertTrue(Packets.cut(one("gmail.com", "MX")));
        assertTrue(Packets.cut(one(extended("gmail.com", "MX"), Protocol.UDP)));
        var whole = one(query("gmail.com", "MX"), Protocol.TCP);
        assertFalse(Packets.cut(whole));
        assertEquals(500, Queries.parse(whole).getSection(Section.ANSWER).size());
        assertEquals(
                4_000,
                Queries.parse(one(query("gmail.com", "A"), Protocol.TCP))
                        .getSection(Section.ANSWER)
                        .size());
        var past = one(query("gmail.com", "TXT"), Protocol.TCP);
        assertTrue(Packets.cut(past));
        assertTrue(past.length <= 65_535);
    }

    @Test
    void a_cut_answer_is_empty_over_udp_and_the_truth_over_tcp() {
        fault("dns truncate");
        var cut = one("fabrikam.com", "MX");
        assertTrue(Packets.cut(cut));
        assertEquals("NOERROR []", Queries.text(cut));
        assertEquals(
                "NOERROR [MX 10 mail.fabrikam.com.]", Queries.text(one(query("fabrikam.com", "MX"), Protocol.TCP)));
        assertEquals(List.of("8.8.8.8 UDP TRUNCATED", "8.8.8.8 TCP NOERROR 1"), journal());
    }

    @Test
    void other_types_than_mx_are_left_alone() {
        fault("dns mx to=nowhere");
        assertEquals("NOERROR [A 198.51.100.50]", text(PUBLIC, "fabrikam.com", "A"));
    }

    // ---- names that are made up

    @Test
    void a_chain_of_aliases_is_the_same_whoever_follows_it_step_by_step() {
        fault("dns cnamechain length=3 name=*fabrikam.com");
        assertEquals(
                "NOERROR [CNAME alias-2.fabrikam.com.made-up.test., CNAME alias-1.fabrikam.com.made-up.test.,"
                        + " CNAME alias-0.fabrikam.com.made-up.test., MX 10 mail.fabrikam.com.]",
                text(PUBLIC, "fabrikam.com", "MX"));
        assertEquals(
                "NOERROR [CNAME alias-1.fabrikam.com.made-up.test., CNAME alias-0.fabrikam.com.made-up.test.,"
                        + " MX 10 mail.fabrikam.com.]",
                text(INTERNAL, "alias-2.fabrikam.com.made-up.test", "MX"));
        var last = Queries.parse(one("ALIAS-0.fabrikam.com.made-up.test", "MX"));
        assertEquals(
                "ALIAS-0.fabrikam.com.made-up.test.",
                last.getSection(Section.ANSWER).getFirst().getName().toString());
        assertEquals("NXDOMAIN []", text(PUBLIC, "alias-0.nobody.fabrikam.com.made-up.test", "MX"));
    }

    @Test
    void the_longest_chain_comes_over_tcp() {
        fault("dns cnamechain length=1000");
        var whole = one(query("fabrikam.com", "MX"), Protocol.TCP);
        assertFalse(Packets.cut(whole));
        assertEquals(1_001, Queries.parse(whole).getSection(Section.ANSWER).size());
    }

    @Test
    void a_loop_is_a_loop_from_either_end_and_an_alias_leads_to_the_truth() {
        assertEquals(
                "NOERROR [CNAME fabrikam.com., CNAME back-to.fabrikam.com.made-up.test.]",
                text(PUBLIC, "back-to.fabrikam.com.made-up.test", "MX"));
        assertEquals(
                "NOERROR [CNAME mail.fabrikam.com., A 198.51.100.51]",
                text(INTERNAL, "alias-of.mail.fabrikam.com.made-up.test", "A"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loopback.made-up.test | A | NOERROR [A 127.0.0.1]",
                "loopback.made-up.test | AAAA | NOERROR []",
                "nowhere.made-up.test | A | NXDOMAIN []",
                "made-up.test | A | NOERROR []",
                "x.y.made-up.test | MX | NXDOMAIN []",
                "192.0.2.66 | A | NXDOMAIN []",
                "alias-99999.fabrikam.com.made-up.test | A | NXDOMAIN []",
            })
    void made_up_names_mean_the_same_everywhere(String name, String type, String answer) {
        assertEquals(answer, text(PUBLIC, name, type));
        assertEquals(answer, text(INTERNAL, name, type));
    }

    @Test
    void names_that_are_too_long_to_be_made_up_do_without() {
        var name = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60) + "." + "d".repeat(55) + ".com";
        fault("dns cnameloop type=MX");
        fault("dns cnamechain length=5 type=A");
        assertEquals("NOERROR [CNAME " + name + ".]", text(PUBLIC, name, "MX"));
        assertEquals("NOERROR [A 203.0.113.254]", text(PUBLIC, name, "A"));
    }

    @Test
    void aliases_of_aliases_end() {
        fault("dns cnameloop");
        fault("dns cnamechain length=20");
        var name = "alias-of.".repeat(8) + "fabrikam.com" + ".made-up.test".repeat(8);
        assertTrue(text(PUBLIC, name, "A").startsWith("NOERROR [CNAME "));
    }

    // ---- octets that are no good message

    @Test
    void another_id_is_the_truth_otherwise() {
        var truth = one("fabrikam.com", "MX");
        fault("dns wrongid type=MX");
        var octets = one("fabrikam.com", "MX");
        assertEquals(0x1235, get16(octets, 0));
        assertArrayEquals(Arrays.copyOfRange(truth, 2, truth.length), Arrays.copyOfRange(octets, 2, octets.length));
        assertEquals("8.8.8.8 UDP WRONGID", journal().getLast());
    }

    @Test
    void another_question_is_answered_in_good_order() {
        fault("dns wrongquestion");
        var answer = Queries.parse(one("fabrikam.com", "MX"));
        assertEquals("xabrikam.com.", answer.getQuestion().getName().toString());
        assertEquals(
                "xabrikam.com.",
                answer.getSection(Section.ANSWER).getFirst().getName().toString());
        assertEquals(
                "yabc.com.",
                Queries.parse(one("xabc.com", "MX")).getQuestion().getName().toString());
        assertEquals(Type.TXT + 2, Queries.parse(one(".", "NS")).getQuestion().getType());
    }

    @Test
    void the_answer_from_another_port_is_the_truth_and_over_tcp_it_comes_as_ever() {
        var truth = one("fabrikam.com", "MX");
        fault("dns wrongsource type=MX");
        var parcels = sent(PUBLIC, query("fabrikam.com", "MX"), Protocol.UDP);
        assertEquals(1, parcels.size());
        assertTrue(parcels.getFirst().elsewhere());
        assertArrayEquals(truth, parcels.getFirst().octets());
        one(query("fabrikam.com", "MX"), Protocol.TCP);
        assertEquals(List.of("WRONGSOURCE", "NOERROR 1"), outcomes().subList(1, 3));
    }

    private List<String> outcomes() {
        return servers.queries(100).stream().map(JournaledQuery::outcome).toList();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void strays_say_no_under_other_ids_and_the_truth_comes_last(Protocol protocol) {
        var truth = one(query("fabrikam.com", "MX"), protocol);
        fault("dns stray count=3 type=MX");
        var parcels = sent(PUBLIC, query("fabrikam.com", "MX"), protocol);
        assertEquals(4, parcels.size());
        for (int i = 0; i < 3; i++) {
            var stray = Queries.parse(parcels.get(i).octets());
            assertEquals(0x1235 + i, stray.getHeader().getID());
            assertEquals("fabrikam.com.", stray.getQuestion().getName().toString());
            assertEquals(Rcode.NXDOMAIN, stray.getRcode());
            assertTrue(stray.getHeader().getFlag(Flags.QR));
            assertEquals(questionEnd("fabrikam.com"), parcels.get(i).octets().length);
        }
        assertArrayEquals(truth, parcels.getLast().octets());
    }

    @Test
    void garbage_has_the_right_id_and_no_sense() {
        fault("dns garbage");
        var octets = one("fabrikam.com", "MX");
        assertEquals(0x1234, get16(octets, 0));
        assertThrows(IOException.class, () -> new Message(octets));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void nothing_at_all_is_a_message_without_octets(Protocol protocol) {
        fault("dns empty");
        assertEquals(0, one(query("fabrikam.com", "MX"), protocol).length);
    }

    @Test
    void the_header_promises_more_than_there_is() {
        var truth = one("fabrikam.com", "MX");
        fault("dns counts type=MX");
        var octets = one("fabrikam.com", "MX");
        assertEquals(get16(truth, 6) + 5, get16(octets, 6));
        assertEquals(truth.length, octets.length);
        assertThrows(IOException.class, () -> new Message(octets));
    }

    @ParameterizedTest
    @CsvSource({"fabrikam.com, MX", "nobody.fabrikam.com, A", "fabrikam.com, AAAA"})
    void a_length_reaches_past_the_end(String name, String type) {
        fault("dns lengths");
        var octets = one(name, type);
        int record = questionEnd(name);
        int owner = (octets[record] & 0xc0) == 0xc0 ? 2 : 1;
        assertEquals(0xffff, get16(octets, record + owner + 8));
        assertThrows(IOException.class, () -> new Message(octets));
    }

    @Test
    void an_answer_without_records_gets_one_whose_length_lies() {
        servers.setForwarders(INTERNAL, List.of());
        fault("dns lengths");
        var octets = sent(INTERNAL, query("fabrikam.com", "MX"), Protocol.UDP)
                .getFirst()
                .octets();
        assertEquals(1, get16(octets, 6));
        assertEquals(0xc00c, get16(octets, questionEnd("fabrikam.com")));
        assertThrows(IOException.class, () -> new Message(octets));
    }

    @Test
    void a_pointer_points_at_itself() {
        fault("dns compression");
        var octets = one("fabrikam.com", "MX");
        int record = questionEnd("fabrikam.com");
        assertEquals(0xc000 | record, get16(octets, record));
        assertThrows(IOException.class, () -> new Message(octets));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wrongid", "wrongquestion", "wrongsource", "stray", "garbage", "counts", "lengths", "compression"
            })
    void whatever_is_spoilt_nothing_breaks(String what) {
        fault("dns " + what);
        for (var name : List.of(".", "com", "fabrikam.com", "nobody.fabrikam.com", "x.invalid", "big.example")) {
            for (var type : List.of("A", "MX", "TXT", "ANY", "SOA", "AXFR")) {
                for (var protocol : Protocol.values()) {
                    assertFalse(sent(PUBLIC, query(name, type), protocol).isEmpty());
                    assertFalse(sent(PUBLIC, extended(name, type), protocol).isEmpty());
                }
            }
        }
    }

    // ---- EDNS

    @ParameterizedTest
    @EnumSource(DnsEffect.EdnsFlaw.class)
    void without_edns_there_is_nothing_to_be_borne(DnsEffect.EdnsFlaw how) {
        fault("dns edns how=" + how.name().toLowerCase());
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", text(PUBLIC, "fabrikam.com", "MX"));
    }

    @ParameterizedTest
    @CsvSource({"formerr, 1", "notimp, 4"})
    void who_has_not_heard_of_edns_answers_without(String how, int rcode) {
        fault("dns edns how=" + how);
        var answer = Queries.parse(one(extended("fabrikam.com", "MX"), Protocol.UDP));
        assertEquals(rcode, answer.getRcode());
        assertNull(answer.getOPT());
        assertEquals("fabrikam.com.", answer.getQuestion().getName().toString());
    }

    @Test
    void the_other_ways_not_to_bear_edns() {
        fault("dns edns how=badvers first=1");
        assertEquals(
                Rcode.BADVERS,
                Queries.parse(one(extended("fabrikam.com", "MX"), Protocol.UDP)).getRcode());
        fault("dns edns how=silent first=1");
        assertTrue(sent(PUBLIC, extended("fabrikam.com", "MX"), Protocol.UDP).isEmpty());
        fault("dns edns how=garbled");
        var octets = one(extended("fabrikam.com", "MX"), Protocol.UDP);
        assertEquals(1, get16(octets, 10));
        assertEquals(4, get16(octets, octets.length - 6));
        assertEquals(0xffff, get16(octets, octets.length - 2));
        assertThrows(IOException.class, () -> new Message(octets));
    }

    // ---- questions that were passed on

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl seconds=9 | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP NOERROR 1",
                "mx to=null | NOERROR [MX 0 .] | 8.8.8.8 UDP NOERROR 1",
                "nxdomain | NXDOMAIN [] | 8.8.8.8 UDP NXDOMAIN",
                "stray count=2 | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP NOERROR 1",
                "poison | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP NOERROR 1",
                "truncate | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP TRUNCATED",
                "servfail | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP SERVFAIL",
                "notimp | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP NOTIMP",
                "lame | NOERROR [MX 10 mail.fabrikam.com.] | 8.8.8.8 UDP NOERROR 0",
            })
    void a_careful_forwarder_passes_on_what_it_believes(String fault, String answer, String journal) {
        fault("dns " + fault + " server=8.8.8.8");
        assertEquals(answer, text(INTERNAL, "fabrikam.com", "MX"));
        assertEquals(journal, journal().getFirst());
        assertEquals(0, clock.pending());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noanswer",
                "wrongid",
                "wrongquestion",
                "wrongsource",
                "garbage",
                "empty",
                "counts",
                "lengths",
                "compression",
                "edns how=garbled",
                "edns how=silent"
            })
    void a_careful_forwarder_ignores_what_is_no_answer_and_asks_the_next_one(String fault) {
        fault("dns " + fault + " server=8.8.8.8");
        var parcels = new ArrayList<Sending.Parcel>();
        servers.serve(INTERNAL, extended("fabrikam.com", "MX").toWire(), Protocol.UDP, HERE, parcels::add);
        assertTrue(parcels.isEmpty());
        clock.advance(Duration.ofSeconds(3));
        assertEquals(
                "NOERROR [MX 10 mail.fabrikam.com.]",
                Queries.text(parcels.getFirst().octets()));
        assertEquals(0, clock.pending());
    }

    @Test
    void a_careful_forwarder_asks_without_edns_who_cannot_bear_it() {
        fault("dns edns how=formerr server=8.8.8.8");
        var answer = sent(INTERNAL, extended("fabrikam.com", "MX"), Protocol.UDP)
                .getFirst()
                .octets();
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", Queries.text(answer));
        assertEquals(List.of("8.8.8.8 UDP FORMERR", "8.8.8.8 UDP NOERROR 1", "192.168.1.10 UDP NOERROR 1"), journal());
    }

    @Test
    void a_forwarder_whose_cut_answer_does_not_come_over_tcp_either_asks_the_next_one() {
        fault("dns truncate protocol=udp server=8.8.8.8");
        fault("dns noanswer protocol=tcp server=8.8.8.8");
        var parcels = new ArrayList<Sending.Parcel>();
        servers.serve(INTERNAL, query("fabrikam.com", "MX").toWire(), Protocol.UDP, HERE, parcels::add);
        assertTrue(parcels.isEmpty());
        clock.advance(Duration.ofSeconds(3));
        assertEquals(
                "NOERROR [MX 10 mail.fabrikam.com.]",
                Queries.text(parcels.getFirst().octets()));
    }

    // ---- at the name server of a domain

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mx to=null | NOERROR [MX 0 .]",
                "nxdomain | NXDOMAIN []",
                "nodata | NOERROR []",
                "stray count=2 | NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "poison | NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "truncate | NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "lame | NOERROR [MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "cnamechain length=1 | NOERROR [CNAME alias-0.external-company.com.made-up.test.,"
                        + " MX 10 mail.external-company.com., MX 20 backup.external-company.com.]",
                "cnameloop | NOERROR [CNAME back-to.external-company.com.made-up.test., CNAME external-company.com.]",
            })
    void a_resolver_is_as_careful_with_the_servers_of_a_domain(String fault, String answer) {
        fault("dns " + fault + " server=198.51.100.33");
        assertEquals(answer, text(PUBLIC, "external-company.com", "MX"));
        assertEquals(0, clock.pending());
    }

    @ParameterizedTest
    @ValueSource(strings = {"noanswer", "wrongid", "wrongsource", "garbage", "empty", "compression"})
    void a_resolver_asks_the_next_server_of_a_domain(String fault) {
        fault("dns " + fault + " server=198.51.100.33");
        var parcels = new ArrayList<Sending.Parcel>();
        servers.serve(PUBLIC, query("external-company.com", "A").toWire(), Protocol.UDP, HERE, parcels::add);
        assertTrue(parcels.isEmpty());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(
                "NOERROR [A 198.51.100.30]", Queries.text(parcels.getFirst().octets()));
    }

    @Test
    void the_server_of_a_domain_lies_with_authority() {
        fault("dns mx to=null");
        var answer = Queries.parse(sent("198.51.100.33", query("external-company.com", "MX"), Protocol.UDP)
                .getFirst()
                .octets());
        assertTrue(answer.getHeader().getFlag(Flags.AA));
        assertFalse(answer.getHeader().getFlag(Flags.RA));
    }

    // ---- flapping

    @Test
    void a_server_that_flaps_is_there_and_gone_by_turns() {
        fault("dns servfail on=1m off=2m");
        var seen = new ArrayList<String>();
        for (int minute = 0; minute < 6; minute++) {
            seen.add(text(PUBLIC, "fabrikam.com", "MX").split(" ")[0]);
            clock.advance(Duration.ofMinutes(1));
        }
        assertEquals(List.of("SERVFAIL", "NOERROR", "NOERROR", "SERVFAIL", "NOERROR", "NOERROR"), seen);
    }

    @Test
    void every_other_question_may_fail() {
        fault("dns servfail every=2");
        var seen = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            seen.add(text(PUBLIC, "fabrikam.com", "MX").split(" ")[0]);
        }
        assertEquals(List.of("NOERROR", "SERVFAIL", "NOERROR", "SERVFAIL"), seen);
    }
}
