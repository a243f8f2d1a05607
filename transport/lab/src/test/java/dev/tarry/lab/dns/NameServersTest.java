package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.LabRig;
import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class NameServersTest {
    private static final EventExecutor HERE = ImmediateEventExecutor.INSTANCE;
    private static final String PUBLIC = "8.8.8.8";
    private static final String INTERNAL = "192.168.1.10";

    private final LabRig.StoppedClock clock = new LabRig.StoppedClock();
    private final Faults faults = new Faults(() -> Instant.EPOCH, () -> {});
    private final NameServers servers =
            new NameServers(clock::now, clock::after, faults, Set.of("mail.company.com"), 1_000);
    private final List<byte[]> sent = new ArrayList<>();

    private void fault(String line) {
        var words = new LinkedHashMap<String, Object>();
        for (var word : line.split(" ")) {
            words.put(word.split("=")[0], word.split("=")[1]);
        }
        faults.add(FaultGrammar.read(words, Instant.EPOCH));
    }

    private List<byte[]> ask(String server, byte[] query, Protocol protocol) {
        sent.clear();
        servers.serve(server, query, protocol, HERE, parcel -> sent.add(parcel.octets()));
        return sent;
    }

    private String ask(String server, String name, String type) {
        var answers = ask(server, Queries.query(name, type), Protocol.UDP);
        return answers.isEmpty() ? "silence" : Queries.text(answers.getFirst());
    }

    private String sent() {
        return sent.isEmpty() ? "silence" : Queries.text(sent.getFirst());
    }

    private List<String> journal() {
        return servers.queries(100).stream()
                .map(query -> query.askedBy() + " " + query.server() + " " + query.outcome())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8.8.8.8 | fabrikam.com | MX | NOERROR [MX 10 mail.fabrikam.com.]",
                "9.9.9.9 | fabrikam.com | MX | NOERROR [MX 10 mail.fabrikam.com.]",
                "8.8.8.8 | mail.company.com | A | NOERROR [A 198.51.100.10]",
                "192.168.1.10 | mail.company.com | A | NOERROR [A 192.168.1.20]",
                "192.168.1.11 | autodiscover.company.com | A | NOERROR [CNAME mail.company.com., A 192.168.1.20]",
                "192.168.1.10 | nobody.company.com | A | NXDOMAIN []",
                "192.168.1.10 | fabrikam.com | MX | NOERROR [MX 10 mail.fabrikam.com.]",
                "8.8.8.8 | x.invalid | MX | NXDOMAIN []",
                "8.8.8.8 | problem-domain.com | MX | NOERROR []",
                "8.8.8.8 | gmail.com | ANY | NOERROR [HINFO \"RFC8482\" \"\"]",
                "8.8.8.8 | gmail.com | AXFR | REFUSED []",
            })
    void each_server_answers_what_it_knows(String server, String name, String type, String answer) {
        assertEquals(answer, ask(server, name, type));
    }

    @Test
    void the_form_of_an_answer_follows_the_question() {
        var query = Queries.message("FABRIKAM.com", "MX");
        query.getHeader().setID(0xbeef);
        query.addRecord(new OPTRecord(1_232, 0, 0, 0x8000), Section.ADDITIONAL);
        var answer = Queries.parse(ask(PUBLIC, query.toWire(), Protocol.UDP).getFirst());
        assertEquals(0xbeef, answer.getHeader().getID());
        assertTrue(answer.getHeader().getFlag(Flags.QR));
        assertTrue(answer.getHeader().getFlag(Flags.RA));
        assertTrue(answer.getHeader().getFlag(Flags.RD));
        assertEquals("FABRIKAM.com.", answer.getQuestion().getName().toString());
        assertEquals(
                "FABRIKAM.com.",
                answer.getSection(Section.ANSWER).getFirst().getName().toString());
        assertEquals(0x8000, answer.getOPT().getFlags());

        var plain = Queries.parse(
                ask(PUBLIC, Queries.query("fabrikam.com", "MX"), Protocol.UDP).getFirst());
        assertNull(plain.getOPT());
    }

    @Test
    void a_no_brings_the_soa_that_says_for_how_long() {
        var answer = Queries.parse(
                ask(PUBLIC, Queries.query("fabrikam.com", "AAAA"), Protocol.UDP).getFirst());
        var soa = answer.getSection(Section.AUTHORITY).getFirst();
        assertEquals(Type.SOA, soa.getType());
        assertEquals(300, soa.getTTL());
    }

    @Test
    void a_later_edns_version_is_told_so() {
        var query = Queries.message("fabrikam.com", "MX");
        query.addRecord(new OPTRecord(1_232, 0, 1), Section.ADDITIONAL);
        assertEquals(
                Rcode.BADVERS,
                Queries.parse(ask(PUBLIC, query.toWire(), Protocol.UDP).getFirst())
                        .getRcode());
    }

    @Test
    void another_class_is_refused_and_another_opcode_not_implemented() {
        var chaos = Message.newQuery(Record.newRecord(Name.fromConstantString("version.bind."), Type.TXT, DClass.CH));
        assertEquals(
                "REFUSED []",
                Queries.text(ask(PUBLIC, chaos.toWire(), Protocol.UDP).getFirst()));
        var notify = Queries.message("fabrikam.com", "SOA");
        notify.getHeader().setOpcode(Opcode.NOTIFY);
        assertEquals(
                "NOTIMP []",
                Queries.text(ask(PUBLIC, notify.toWire(), Protocol.UDP).getFirst()));
    }

    private Zones big() {
        var records = new ArrayList<ZoneRecord>();
        for (int i = 0; i < 20; i++) {
            records.add(new ZoneRecord("@", "MX", 60, i + " a-host-with-a-longer-name-" + i + ".fabrikam.com"));
        }
        return new Zones(List.of(new Zone("big.com", records)), List.of(), List.of(), Optional.empty());
    }

    @Test
    void an_answer_that_is_too_long_is_cut_over_udp_and_whole_over_tcp() {
        servers.replaceZones(big());
        var plain = ask(PUBLIC, Queries.query("big.com", "MX"), Protocol.UDP).getFirst();
        assertTrue(plain.length <= 512);
        assertTrue(Queries.parse(plain).getHeader().getFlag(Flags.TC));
        assertEquals("TRUNCATED", servers.queries(1).getFirst().outcome());

        var query = Queries.message("big.com", "MX");
        query.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        var extended = ask(PUBLIC, query.toWire(), Protocol.UDP).getFirst();
        assertTrue(extended.length > 512 && extended.length <= 1_232);
        assertEquals(20, Queries.parse(extended).getSection(Section.ANSWER).size());

        var whole = Queries.parse(
                ask(PUBLIC, Queries.query("big.com", "MX"), Protocol.TCP).getFirst());
        assertEquals(20, whole.getSection(Section.ANSWER).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what=noanswer | silence",
                "what=servfail | SERVFAIL []",
                "what=refused | REFUSED []",
                "what=nxdomain | NXDOMAIN []",
                "what=servfail name=yahoo.com | NOERROR [MX 10 mail.fabrikam.com.]",
                "what=servfail type=A | NOERROR [MX 10 mail.fabrikam.com.]",
                "what=servfail server=8.8.4.4 | NOERROR [MX 10 mail.fabrikam.com.]",
                "what=servfail protocol=tcp | NOERROR [MX 10 mail.fabrikam.com.]",
            })
    void faults_are_acted_out(String fault, String answer) {
        fault("where=dns " + fault);
        assertEquals(answer, ask(PUBLIC, "fabrikam.com", "MX"));
    }

    @Test
    void a_delayed_answer_comes_when_its_time_has_come() {
        fault("where=dns what=delay by=PT3S");
        assertEquals("silence", ask(PUBLIC, "fabrikam.com", "MX"));
        clock.advance(Duration.ofMillis(2_999));
        assertEquals("silence", sent());
        clock.advance(Duration.ofMillis(1));
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", sent());
    }

    @Test
    void no_more_questions_wait_than_there_are_places_and_each_place_is_free_again() {
        fault("where=dns what=delay by=PT3S");
        var query = Queries.query("fabrikam.com", "MX");
        for (int i = 0; i < NameServers.WAITING_MAX; i++) {
            servers.serve(PUBLIC, query, Protocol.UDP, HERE, parcel -> sent.add(parcel.octets()));
        }
        assertEquals(NameServers.WAITING_MAX, servers.waiting());
        servers.serve(PUBLIC, query, Protocol.UDP, HERE, _ -> {
            throw new AssertionError("there was no place for it");
        });
        assertEquals(
                List.of("client 8.8.8.8 DROPPED"),
                journal().subList(journal().size() - 1, journal().size()));
        clock.advance(Duration.ofSeconds(3));
        assertEquals(NameServers.WAITING_MAX, sent.size());
        assertEquals(0, servers.waiting());
        assertEquals(0, clock.pending());
        assertEquals("silence", ask(PUBLIC, "fabrikam.com", "MX"));
        assertEquals(1, servers.waiting());
    }

    @Test
    void silence_and_every_other_mischief_give_their_places_back() {
        for (var fault : List.of("noanswer", "servfail", "garbage", "truncate", "lame", "wrongsource", "empty")) {
            var other = new Faults(() -> Instant.EPOCH, () -> {});
            var slow = new NameServers(clock::now, clock::after, other, Set.of(), 10);
            var words = new LinkedHashMap<String, Object>();
            words.put("where", "dns");
            words.put("what", fault);
            other.add(FaultGrammar.read(words, Instant.EPOCH));
            slow.serve(INTERNAL, Queries.query("fabrikam.com", "MX"), Protocol.UDP, HERE, _ -> {});
            clock.advance(Duration.ofMinutes(1));
            clock.advance(Duration.ofMinutes(1));
            assertEquals(0, slow.waiting(), fault);
        }
    }

    @Test
    void a_silent_forwarder_is_given_three_seconds_and_then_the_next_is_asked() {
        fault("where=dns what=noanswer server=8.8.8.8");
        assertEquals("silence", ask(INTERNAL, "fabrikam.com", "MX"));
        clock.advance(Duration.ofSeconds(3));
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", sent());
        assertEquals(
                List.of(
                        INTERNAL + " 8.8.8.8 SILENCE",
                        INTERNAL + " 1.1.1.1 NOERROR 1",
                        "client " + INTERNAL + " NOERROR 1"),
                journal());
        assertEquals(0, clock.pending());
    }

    @Test
    void a_forwarder_that_fails_is_passed_over_at_once() {
        fault("where=dns what=servfail server=8.8.8.8");
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", ask(INTERNAL, "fabrikam.com", "MX"));
        fault("where=dns what=refused server=1.1.1.1");
        assertEquals("SERVFAIL []", ask(INTERNAL, "fabrikam.com", "MX"));
    }

    @Test
    void a_forwarders_no_is_an_answer() {
        fault("where=dns what=nxdomain server=8.8.8.8");
        assertEquals("NXDOMAIN []", ask(INTERNAL, "fabrikam.com", "MX"));
    }

    @Test
    void all_forwarders_silent_is_a_failure_after_their_time() {
        fault("where=dns what=noanswer server=8.8.8.8");
        fault("where=dns what=noanswer server=1.1.1.1");
        assertEquals("silence", ask(INTERNAL, "fabrikam.com", "MX"));
        clock.advance(Duration.ofSeconds(3));
        assertEquals("silence", sent());
        clock.advance(Duration.ofSeconds(3));
        assertEquals("SERVFAIL []", sent());
    }

    @Test
    void a_forwarder_that_answers_too_late_is_not_heard() {
        fault("where=dns what=delay by=PT5S server=8.8.8.8");
        ask(INTERNAL, "fabrikam.com", "MX");
        clock.advance(Duration.ofSeconds(3));
        assertEquals(1, sent.size());
        clock.advance(Duration.ofSeconds(3));
        assertEquals(1, sent.size());
    }

    @Test
    void without_forwarders_what_lies_outside_fails_and_what_lies_inside_does_not() {
        servers.setForwarders(INTERNAL, List.of());
        assertEquals("SERVFAIL []", ask(INTERNAL, "fabrikam.com", "MX"));
        assertEquals("NOERROR [A 192.168.1.20]", ask(INTERNAL, "mail.company.com", "A"));
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", ask("192.168.1.11", "fabrikam.com", "MX"));
    }

    @Test
    void servers_that_forward_in_a_circle_fail() {
        servers.setForwarders(INTERNAL, List.of("192.168.1.11"));
        servers.setForwarders("192.168.1.11", List.of(INTERNAL));
        assertEquals("SERVFAIL []", ask(INTERNAL, "fabrikam.com", "MX"));
    }

    @Test
    void a_forwarder_that_is_no_server_of_the_lab_stays_silent() {
        servers.setForwarders(INTERNAL, List.of("10.0.0.1", "8.8.4.4"));
        assertEquals("silence", ask(INTERNAL, "fabrikam.com", "MX"));
        clock.advance(Duration.ofSeconds(3));
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", sent());
    }

    @Test
    void forwarders_are_addresses_of_an_internal_server() {
        assertThrows(BadZone.class, () -> servers.setForwarders(PUBLIC, List.of("1.1.1.1")));
        assertThrows(BadZone.class, () -> servers.setForwarders(INTERNAL, List.of("dns.google")));
        assertThrows(BadZone.class, () -> servers.setForwarders(INTERNAL, Collections.nCopies(17, "1.1.1.1")));
    }

    @Test
    void the_journal_keeps_the_newest_queries_only() {
        var few = new NameServers(clock::now, clock::after, faults, Set.of(), 2);
        for (var name : List.of("a.com", "b.com", "c.com")) {
            few.serve(PUBLIC, Queries.query(name, "MX"), Protocol.UDP, HERE, _ -> {});
        }
        assertEquals(
                List.of("b.com", "c.com"),
                few.queries(10).stream().map(JournaledQuery::name).toList());
        assertEquals(
                List.of("c.com"),
                few.queries(1).stream().map(JournaledQuery::name).toList());
    }

    @Test
    void whatever_arrives_is_met_with_an_answer_or_silence_and_never_with_a_crash() {
        var random = new Random(4);
        var whole = Queries.query("mail.gmail.com", "MX");
        for (int i = 0; i < 200_000; i++) {
            byte[] octets;
            if (i % 2 == 0) {
                octets = new byte[random.nextInt(80)];
                random.nextBytes(octets);
            } else {
                octets = Arrays.copyOf(whole, random.nextInt(whole.length + 5));
                for (int n = random.nextInt(4); n > 0 && octets.length > 0; n--) {
                    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
                }
            }
            for (var answer : ask(PUBLIC, octets, Protocol.UDP)) {
                assertTrue((answer[2] & 0x80) != 0);
                assertArrayEquals(Arrays.copyOf(octets, 2), Arrays.copyOf(answer, 2));
            }
        }
    }

    @Test
    void a_pointer_loop_is_a_format_error() {
        var octets = new byte[] {1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 12, 0, 15, 0, 1};
        assertEquals(
                "FORMERR []", Queries.text(ask(PUBLIC, octets, Protocol.UDP).getFirst()));
    }

    @Test
    void over_tcp_messages_may_come_in_pieces_and_several_at_once() {
        var two = new byte[0];
        for (var name : List.of("fabrikam.com", "yahoo.com")) {
            var framed = Queries.framed(Queries.query(name, "MX"));
            two = Arrays.copyOf(two, two.length + framed.length);
            System.arraycopy(framed, 0, two, two.length - framed.length, framed.length);
        }
        for (int cut = 0; cut <= two.length; cut++) {
            var channel = new EmbeddedChannel();
            servers.tcp(PUBLIC, channel.pipeline());
            channel.writeInbound(Unpooled.wrappedBuffer(two, 0, cut));
            channel.writeInbound(Unpooled.wrappedBuffer(two, cut, two.length - cut));
            assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", answer(channel));
            assertTrue(answer(channel).startsWith("NOERROR [MX 1 mta5"));
            assertNull(channel.readOutbound());
            channel.finishAndReleaseAll();
        }
    }

    private static String answer(EmbeddedChannel channel) {
        ByteBuf octets = channel.readOutbound();
        int length = octets.readUnsignedShort();
        assertEquals(length, octets.readableBytes());
        var text = Queries.text(ByteBufUtil.getBytes(octets));
        octets.release();
        return text;
    }
}
