package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Form;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/// What each DNS fault does on real sockets. When the ledger is empty, all of it has happened: nothing is waited for
/// that never comes.
final class DnsFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int ID = 0x4242;
    private static final String TRUTH = "NOERROR [MX 10 mail.fabrikam.com.]";

    private LabRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new LabRig();
    }

    @AfterEach
    void close() {
        rig.close();
        assertFalse(rig.work.wentBelowZero(), "more work ended than began");
    }

    private void settle() {
        await().atMost(LONG).until(() -> rig.work.inFlight() == 0);
    }

    private static byte[] query() {
        var query = Queries.message("fabrikam.com", "MX");
        query.getHeader().setID(ID);
        query.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        return query.toWire();
    }

    private List<String> overUdp() throws InterruptedException {
        var caller = Caller.dial(rig, Protocol.UDP, rig.open(Protocol.UDP, "8.8.8.8", 53))
                .send(query());
        settle();
        caller.close();
        return caller.heard().stream().map(DnsFaultsTest::seen).toList();
    }

    private List<String> overTcp() throws InterruptedException {
        var caller = Caller.dial(rig, Protocol.TCP, rig.open(Protocol.TCP, "8.8.8.8", 53))
                .send(Queries.framed(query()));
        settle();
        caller.close();
        var stream = new ByteArrayOutputStream();
        caller.heard().forEach(stream::writeBytes);
        var left = ByteBuffer.wrap(stream.toByteArray());
        var seen = new ArrayList<String>();
        while (left.hasRemaining()) {
            var octets = new byte[left.getShort() & 0xffff];
            left.get(octets);
            seen.add(seen(octets));
        }
        return seen;
    }

    /// As somebody sees it who knows what was asked.
    private static String seen(byte[] octets) {
        if (octets.length == 0) {
            return "nothing";
        }
        Message message;
        try {
            message = new Message(octets);
        } catch (IOException _) {
            return "broken";
        }
        if (message.getHeader().getID() != ID) {
            return "stray";
        }
        if (!message.getQuestion().getName().toString().equals("fabrikam.com.")) {
            return "other";
        }
        return message.getHeader().getFlag(Flags.TC) ? "cut" : Queries.text(octets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns noanswer | [] | []",
                "dns noanswer protocol=tcp | [T] | []",
                "dns delay by=3s | [] | []",
                "dns servfail | [SERVFAIL []] | [SERVFAIL []]",
                "dns refused | [REFUSED []] | [REFUSED []]",
                "dns notimp | [NOTIMP []] | [NOTIMP []]",
                "dns formerr | [FORMERR []] | [FORMERR []]",
                "dns nxdomain | [NXDOMAIN []] | [NXDOMAIN []]",
                "dns nodata | [NOERROR []] | [NOERROR []]",
                "dns lame | [NOERROR []] | [NOERROR []]",
                "dns truncate | [cut] | [T]",
                "dns cnameloop | [NOERROR [CNAME back-to.fabrikam.com.made-up.test., CNAME fabrikam.com.]]"
                        + " | [NOERROR [CNAME back-to.fabrikam.com.made-up.test., CNAME fabrikam.com.]]",
                "dns cnamechain length=60 | [cut] | 60",
                "dns ttl seconds=4294967295 | [T] | [T]",
                "dns mx to=null | [NOERROR [MX 0 .]] | [NOERROR [MX 0 .]]",
                "dns many count=500 | [cut] | 500",
                "dns many count=4000 | [cut] | [cut]",
                "dns poison | [NOERROR [MX 10 mail.fabrikam.com., A 192.0.2.66]]"
                        + " | [NOERROR [MX 10 mail.fabrikam.com., A 192.0.2.66]]",
                "dns edns how=formerr | [FORMERR []] | [FORMERR []]",
                "dns edns how=notimp | [NOTIMP []] | [NOTIMP []]",
                "dns edns how=badvers | [BADVERS []] | [BADVERS []]",
                "dns edns how=silent | [] | []",
                "dns edns how=garbled | [broken] | [broken]",
                "dns wrongid | [stray] | [stray]",
                "dns wrongquestion | [other] | [other]",
                "dns wrongsource | [] | [T]",
                "dns stray count=3 | [stray, stray, stray, T] | [stray, stray, stray, T]",
                "dns garbage | [broken] | [broken]",
                "dns empty | [nothing] | [nothing]",
                "dns counts | [broken] | [broken]",
                "dns lengths | [broken] | [broken]",
                "dns compression | [broken] | [broken]",
            })
    void a_fault_is_seen_over_udp_and_over_tcp(String line, String udp, String tcp) throws InterruptedException {
        rig.lab.addFault(line);
        assertEquals(
                udp.replace("[T]", "[" + TRUTH + "]").replace(", T]", ", " + TRUTH + "]"),
                overUdp().toString());
        var heard = overTcp();
        if (tcp.matches("\\d+")) {
            assertEquals(1, heard.size());
            assertEquals(Integer.parseInt(tcp), heard.getFirst().split(", ").length - (line.contains("chain") ? 1 : 0));
        } else {
            assertEquals(tcp.replace("[T]", "[" + TRUTH + "]").replace(", T]", ", " + TRUTH + "]"), heard.toString());
        }
        rig.lab.clearFaults();
        assertEquals(List.of(TRUTH), overUdp());
        assertEquals(List.of(TRUTH), overTcp());
    }

    @Test
    void every_way_of_going_wrong_that_can_be_said_is_acted_out() throws InterruptedException {
        for (var form : FaultGrammar.forms()) {
            if (form.where() == Form.Place.DNS) {
                rig.lab.addFault(form.example());
                overUdp();
                overTcp();
                rig.lab.clearFaults();
            }
        }
        assertEquals(List.of(TRUTH), overUdp());
    }

    @Test
    void as_many_strays_as_there_may_be_do_not_drown_the_answer() throws InterruptedException {
        rig.lab.addFault("dns stray count=50");
        var heard = overUdp();
        assertEquals(51, heard.size());
        assertEquals(TRUTH, heard.getLast());
    }

    @Test
    void the_answer_from_another_port_reaches_who_listens_to_all() throws IOException {
        rig.lab.addFault("dns wrongsource");
        var server = rig.open(Protocol.UDP, "8.8.8.8", 53);
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout((int) LONG.toMillis());
            for (int i = 0; i < 3; i++) {
                socket.send(new DatagramPacket(query(), query().length, server));
                var packet = new DatagramPacket(new byte[4_096], 4_096);
                socket.receive(packet);
                assertEquals(server.getAddress(), packet.getAddress());
                assertNotEquals(server.getPort(), packet.getPort());
                assertEquals(TRUTH, seen(Arrays.copyOf(packet.getData(), packet.getLength())));
            }
        }
    }

    @Test
    void tcp_to_port_53_is_refused_or_silent_while_udp_answers() throws InterruptedException {
        rig.lab.addFault("connect refuse address=8.8.8.8 port=53 protocol=tcp first=1");
        rig.lab.addFault("connect blackhole address=8.8.8.8 port=53 protocol=tcp");
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.TCP, "8.8.8.8", 53));
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.TCP, "8.8.8.8", 53));
        assertEquals(List.of(TRUTH), overUdp());
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "8.8.4.4", 53));
    }
}
