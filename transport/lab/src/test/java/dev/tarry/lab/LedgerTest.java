package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On real sockets: when the ledger is empty, everything that was going to happen has happened.
final class LedgerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

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

    /// Waits as the clock would: as soon as nothing is in flight, time may be moved.
    private void settle() {
        long limit = System.nanoTime() + LONG.toNanos();
        while (rig.work.inFlight() != 0) {
            assertTrue(System.nanoTime() < limit, "still in flight: " + rig.work.inFlight());
            Thread.onSpinWait();
        }
    }

    private void fault(Map<String, ?> words) {
        rig.lab.addFault(words);
    }

    private Caller udp() throws InterruptedException {
        return Caller.dial(rig, Protocol.UDP, rig.open(Protocol.UDP, "8.8.8.8", 53));
    }

    private Caller smtp() throws InterruptedException {
        return Caller.dial(rig, Protocol.TCP, rig.open(Protocol.TCP, "203.0.113.26", 25));
    }

    @Test
    void an_answer_has_arrived_when_the_ledger_is_empty() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            var caller = udp();
            caller.send(Queries.query("gmail.com", "MX"));
            settle();
            assertEquals(1, caller.heard().size());
            caller.close();
        }
    }

    @Test
    void silence_settles_without_an_answer() throws InterruptedException {
        fault(Map.of("where", "dns", "what", "noanswer"));
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals("SILENCE", rig.lab.queries(1).getFirst().outcome());
        assertEquals(0, caller.heard().size());
        caller.close();
    }

    @Test
    void a_late_answer_is_an_alarm_until_it_is_sent_and_then_in_flight() throws InterruptedException {
        fault(Map.of("where", "dns", "what", "delay", "by", "PT3S"));
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(0, caller.heard().size());
        assertEquals(1, rig.clock.pending());
        rig.clock.advance(Duration.ofSeconds(3));
        await().atMost(LONG).until(() -> caller.heard().size() == 1);
        settle();
        caller.close();
    }

    @Test
    void an_answer_after_the_client_has_closed_is_waited_for_by_nobody() throws InterruptedException {
        fault(Map.of("where", "dns", "what", "delay", "by", "PT3S"));
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        caller.close();
        settle();
        rig.clock.advance(Duration.ofSeconds(3));
        await().atMost(LONG).until(() -> !rig.lab.queries(1).isEmpty());
        settle();
        assertEquals(0, caller.heard().size());
    }

    @Test
    void closing_at_once_writes_off_what_was_sent() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            udp().send(Queries.query("gmail.com", "MX")).close();
        }
        settle();
        await().atMost(LONG).until(() -> rig.lab.queries(1_000).size() == 200);
        settle();
    }

    @Test
    void garbage_is_handled_too() throws InterruptedException {
        var caller = udp().send(new byte[] {1, 2, 3});
        settle();
        assertEquals(0, caller.heard().size());
        caller.send("twelve or more octets of rubbish");
        settle();
        assertEquals(1, caller.heard().size());
        caller.close();
    }

    @Test
    void over_tcp_the_answer_has_arrived_when_the_ledger_is_empty() throws InterruptedException {
        var to = rig.open(Protocol.TCP, "8.8.8.8", 53);
        for (int i = 0; i < 200; i++) {
            var caller = Caller.dial(rig, Protocol.TCP, to);
            caller.send(Queries.framed(Queries.query("gmail.com", "MX")));
            settle();
            assertTrue(caller.heard().size() >= 1);
            caller.close();
            settle();
        }
    }

    @Test
    void the_greeting_has_arrived_when_the_ledger_is_empty() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var caller = smtp();
            settle();
            assertEquals("220 gmail-smtp-in.l.google.com ESMTP\r\n", caller.text());
            caller.close();
        }
    }

    @Test
    void half_a_line_settles_and_waits_for_the_rest() throws InterruptedException {
        var caller = smtp();
        settle();
        int greeting = caller.text().length();
        for (var octet : "EHLO mail.company.com\r".split("")) {
            caller.send(octet);
            settle();
            assertEquals(greeting, caller.text().length());
        }
        caller.send("\n");
        settle();
        assertTrue(caller.text().endsWith("250 STARTTLS\r\n"));
        caller.close();
        settle();
    }

    @Test
    void the_end_that_the_lab_makes_has_been_seen_when_the_ledger_is_empty() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            var caller = smtp();
            caller.send("QUIT\r\n");
            settle();
            assertTrue(caller.sawTheEnd());
            assertTrue(caller.text().contains("221 "));
        }
    }

    @Test
    void a_reset_settles_when_both_ends_know() throws InterruptedException {
        fault(Map.of("where", "smtp", "what", "close", "stage", "banner"));
        for (int i = 0; i < 200; i++) {
            // The lab closes at once, perhaps with octets of ours unread: then it is a reset.
            var caller = smtp();
            caller.channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
            settle();
            assertTrue(caller.sawTheEnd());
        }
    }

    @Test
    void a_refused_connect_settles() throws IOException {
        try (var bound = new Socket()) { // nobody else can listen there
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var nobody = (InetSocketAddress) bound.getLocalSocketAddress();
            assertThrows(ConnectException.class, () -> Caller.dial(rig, Protocol.TCP, nobody));
        }
        settle();
        assertTrue(rig.work.begun() > 0);
    }

    @Test
    void a_message_is_kept_and_answered_when_the_ledger_is_empty() throws InterruptedException {
        var caller = smtp();
        caller.send("EHLO me\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n");
        settle();
        assertTrue(caller.text().endsWith("354 Go ahead\r\n"));
        caller.send("Subject: x\r\n\r\ntext\r\n.\r\n");
        settle();
        assertTrue(caller.text().contains("250 2.0.0 OK L1"));
        assertEquals(1, rig.lab.mail("*", "*", 10).size());
        caller.close();
        settle();
    }

    @Test
    void strangers_leave_no_trace_in_the_ledger() throws IOException {
        var to = rig.open(Protocol.TCP, "203.0.113.26", 25);
        settle();
        int before = rig.work.begun();
        try (var stranger = new Socket(to.getAddress(), to.getPort())) {
            stranger.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.getInputStream().readAllBytes();
        }
        assertEquals(before, rig.work.begun());
    }

    @Test
    void many_connections_at_once_all_settle() throws InterruptedException {
        var to = rig.open(Protocol.TCP, "203.0.113.26", 25);
        var callers = new ArrayList<Caller>();
        for (int i = 0; i < 200; i++) {
            callers.add(Caller.dial(rig, Protocol.TCP, to).send("NOOP\r\n"));
        }
        settle();
        for (var caller : callers) {
            assertTrue(caller.text().endsWith("250 2.0.0 OK\r\n"), caller.text());
            caller.close();
        }
        settle();
    }

    @Test
    void a_black_hole_is_no_work() {
        fault(Map.of("where", "connect", "what", "blackhole"));
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.TCP, "203.0.113.26", 25));
        settle();
    }
}
