package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.net.FirewallRule;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import dev.tarry.lab.net.RuleGrammar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bad links on real sockets, under a clock that stands: what is on a link is not in flight, and comes when
/// it is due.
final class LinksTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final String HOST = "203.0.113.26";

    private LabRig rig;
    private Instant start;

    @BeforeEach
    void open() throws IOException {
        rig = new LabRig();
        start = rig.clock.now();
    }

    @AfterEach
    void close() {
        rig.close();
        assertFalse(rig.work.wentBelowZero(), "more work ended than began");
    }

    private void settle() {
        long limit = System.nanoTime() + LONG.toNanos();
        while (rig.work.inFlight() != 0) {
            assertTrue(System.nanoTime() < limit, "still in flight: " + rig.work.inFlight());
            Thread.onSpinWait();
        }
    }

    /// Time passes, what was due has run, and what it has started has come to rest.
    private void pass(Duration span) throws InterruptedException {
        for (var end = rig.clock.now().plus(span); rig.clock.now().isBefore(end); ) {
            rig.clock.advance(STEP);
            for (var loop : rig.loops) {
                loop.submit(() -> {}).sync();
            }
            settle();
        }
    }

    private void millis(long millis) throws InterruptedException {
        pass(Duration.ofMillis(millis));
    }

    private Caller udp() throws InterruptedException {
        return Caller.dial(rig, Protocol.UDP, rig.open(Protocol.UDP, "8.8.8.8", 53));
    }

    private Caller smtp() throws InterruptedException {
        return Caller.dial(rig, Protocol.TCP, rig.open(Protocol.TCP, HOST, 25));
    }

    private CompletableFuture<Route> dial(String address, int port) {
        return rig.lab.dial(Protocol.TCP, new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    private void rule(String action, String protocol, String port) {
        rig.lab.addRule(RuleGrammar.read(
                Map.of(
                        "DisplayName", "x",
                        "Direction", "Outbound",
                        "Protocol", protocol,
                        "RemotePort", port,
                        "Action", action),
                rig.lab.freeRuleName()));
    }

    // ---- datagrams

    @Test
    void a_query_and_its_answer_are_late_each_way() throws InterruptedException {
        rig.lab.addFault("link latency by=200ms address=8.8.8.8 protocol=udp");
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(0, rig.lab.queries(10).size(), "on its way there");
        millis(200);
        assertEquals(1, rig.lab.queries(10).size());
        assertEquals(start.plusMillis(200), rig.lab.queries(1).getFirst().at());
        assertEquals(0, caller.heard().size(), "on its way back");
        millis(200);
        assertEquals(1, caller.heard().size());
        assertEquals(2, rig.lab.faults().getFirst().fired());
        caller.close();
    }

    @Test
    void a_datagram_that_is_lost_is_gone_and_other_servers_are_not_concerned() throws InterruptedException {
        rig.lab.addFault("link loss address=8.8.8.8 first=1");
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        pass(Duration.ofSeconds(5));
        assertEquals(0, rig.lab.queries(10).size());
        caller.send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(1, caller.heard().size());
        assertEquals(0, rig.clock.pending());
        var other = Caller.dial(rig, Protocol.UDP, rig.open(Protocol.UDP, "1.1.1.1", 53));
        other.send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(1, other.heard().size());
        other.close();
        caller.close();
    }

    @Test
    void an_answer_can_be_lost_on_its_way_back() throws InterruptedException {
        rig.lab.addFault("link loss address=8.8.8.8 every=2");
        var caller = udp().send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(1, rig.lab.queries(10).size());
        assertEquals(0, caller.heard().size());
        caller.close();
    }

    @Test
    void datagrams_of_one_server_share_its_bandwidth() throws InterruptedException {
        var query = Queries.query("gmail.com", "MX");
        rig.lab.addFault("link bandwidth rate=" + query.length + " address=8.8.8.8");
        var caller = udp();
        for (int i = 0; i < 3; i++) {
            caller.send(query);
        }
        settle();
        await().atMost(LONG).until(() -> rig.clock.pending() == 3);
        millis(2_900);
        assertEquals(2, rig.lab.queries(10).size());
        millis(100);
        assertEquals(3, rig.lab.queries(10).size());
        caller.close();
    }

    @Test
    void a_stranger_feels_the_link_but_not_the_servers_firewall() throws InterruptedException, IOException {
        rule("Block", "UDP", "53");
        rule("Block", "TCP", "25");
        rig.lab.addFault("link latency by=1s address=8.8.8.8");
        var at = rig.lab.addresses().get("8.8.8.8");
        try (var socket = new java.net.DatagramSocket()) {
            var query = Queries.query("gmail.com", "MX");
            socket.send(new java.net.DatagramPacket(query, query.length, at));
            await().atMost(LONG).until(() -> rig.clock.pending() == 1);
            millis(1_000);
            assertEquals(1, rig.lab.queries(10).size());
            await().atMost(LONG).until(() -> rig.clock.pending() == 1);
            millis(1_000);
            socket.setSoTimeout((int) LONG.toMillis());
            socket.receive(new java.net.DatagramPacket(new byte[512], 512));
        }
    }

    // ---- connections

    @Test
    void a_dial_takes_a_round_trip_and_is_not_in_flight() throws InterruptedException {
        rig.lab.addFault("link latency by=150ms address=" + HOST);
        var route = dial(HOST, 25);
        settle();
        millis(200);
        assertFalse(route.isDone());
        millis(100);
        assertInstanceOf(
                Route.Open.class,
                route.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join());
        assertInstanceOf(Route.Open.class, dial("1.1.1.1", 53).join());
    }

    @Test
    void a_lost_syn_is_sent_again_after_a_second_doubled_and_a_refusal_takes_its_time_too()
            throws InterruptedException {
        rig.lab.addFault("link loss address=" + HOST + " first=2");
        var route = dial(HOST, 26);
        pass(Duration.ofMillis(2_900));
        assertFalse(route.isDone());
        millis(100);
        assertInstanceOf(Route.Refused.class, route.join());
    }

    @Test
    void a_dial_of_which_everything_is_lost_ends_unanswered_and_leaves_no_alarm() throws InterruptedException {
        rig.lab.addFault("link loss address=" + HOST);
        var given = dial(HOST, 25);
        given.cancel(false);
        var route = dial(HOST, 25);
        pass(Duration.ofMillis(126_900));
        assertFalse(route.isDone());
        millis(200);
        assertInstanceOf(Route.BlackHole.class, route.join());
        assertEquals(0, rig.clock.pending());
        assertEquals(1 + 7, rig.lab.faults().getFirst().asked(), "who has given up sends no more");
    }

    @Test
    void a_session_over_a_slow_link_takes_its_round_trips_and_closes_behind_its_last_reply()
            throws InterruptedException {
        var caller = smtp();
        settle();
        assertTrue(caller.text().startsWith("220 "));
        rig.lab.addFault("link latency by=200ms address=" + HOST); // it is open already
        caller.send("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n");
        settle();
        millis(300);
        assertFalse(caller.text().contains("250"));
        millis(100);
        assertTrue(caller.text().contains("\r\n354 "), caller.text());
        caller.send("x\r\n.\r\nQUIT\r\n");
        settle();
        millis(300);
        assertFalse(caller.sawTheEnd());
        millis(100);
        await().atMost(LONG).until(caller::sawTheEnd);
        assertTrue(caller.text().contains("\r\n221 "), caller.text());
        assertEquals(1, rig.lab.mail("*", "*", 10).size());
        assertEquals(
                start.plusMillis(600), rig.lab.mail("*", "*", 10).getFirst().received());
        settle();
        assertEquals(0, rig.clock.pending());
    }

    @Test
    void a_client_that_has_closed_is_still_heard_to_the_end() throws InterruptedException {
        rig.lab.addFault("link latency by=200ms address=" + HOST);
        var opening = dial(HOST, 25);
        millis(400);
        var caller = Caller.dial(rig, Protocol.TCP, (InetSocketAddress) ((Route.Open) opening.join()).address());
        settle();
        millis(200);
        caller.send("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n");
        millis(400);
        caller.send("x\r\n.\r\nQUIT\r\n");
        caller.close();
        settle();
        assertEquals(0, rig.lab.mail("*", "*", 10).size());
        millis(200);
        await().atMost(LONG).until(() -> rig.lab.mail("*", "*", 10).size() == 1);
        millis(600);
        settle();
        assertEquals(0, rig.clock.pending());
    }

    @Test
    void what_is_lost_on_a_connection_comes_later_and_whole() throws InterruptedException {
        var caller = smtp();
        settle();
        rig.lab.addFault("link loss address=" + HOST + " first=2");
        caller.send("EHLO me\r\n");
        settle();
        millis(500);
        assertFalse(caller.text().contains("250"));
        millis(100);
        assertTrue(caller.text().contains("250"), caller.text());
        caller.close();
    }

    @Test
    void ten_thousand_octets_at_a_thousand_a_second_take_ten_seconds() throws InterruptedException {
        var caller = smtp();
        caller.send("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n");
        settle();
        await().atMost(LONG).until(() -> caller.text().contains("\r\n354 "));
        rig.lab.addFault("link bandwidth rate=1000 address=" + HOST);
        caller.send("x".repeat(98).concat("\r\n").repeat(100).substring(5) + ".\r\n..");
        settle();
        millis(9_900);
        assertEquals(0, rig.lab.mail("*", "*", 10).size());
        millis(100);
        await().atMost(LONG).until(() -> rig.lab.mail("*", "*", 10).size() == 1);
        caller.close();
    }

    @Test
    void more_than_may_wait_stays_before_the_link_and_nobody_waits_for_it() throws InterruptedException {
        var caller = smtp();
        caller.send("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n");
        settle();
        await().atMost(LONG).until(() -> caller.text().contains("\r\n354 "));
        rig.lab.addFault("link bandwidth rate=1MB address=" + HOST);
        var line = "x".repeat(1022) + "\r\n";
        int lines = 5 << 10;
        for (int i = 0; i < lines; i++) {
            caller.channel.write(io.netty.buffer.Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII));
        }
        caller.channel.writeAndFlush(io.netty.buffer.Unpooled.copiedBuffer(".\r\n", StandardCharsets.US_ASCII));
        settle();
        millis(4_900);
        assertEquals(0, rig.lab.mail("*", "*", 10).size());
        pass(Duration.ofSeconds(3));
        await().atMost(LONG).until(() -> rig.lab.mail("*", "*", 10).size() == 1);
        assertEquals(lines << 10, rig.lab.mail("*", "*", 10).getFirst().sizeBytes());
        caller.close();
        settle();
    }

    @Test
    void a_client_that_closes_what_is_not_read_yet_holds_up_no_clock() throws InterruptedException {
        var caller = smtp();
        settle();
        rig.lab.addFault("link bandwidth rate=1kB address=" + HOST);
        for (int i = 0; i < 600; i++) {
            caller.channel.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(new byte[1024]));
        }
        settle();
        caller.close();
        settle();
        pass(Duration.ofSeconds(2));
    }

    @Test
    void half_an_end_over_a_late_link_holds_up_no_clock() throws InterruptedException {
        rig.lab.addFault("smtp halfclose stage=mail host=*");
        var caller = smtp();
        caller.send("EHLO me\r\n");
        settle();
        rig.lab.addFault("link latency by=200ms address=" + HOST);
        caller.send("MAIL FROM:<>\r\n");
        millis(1_000);
        await().atMost(LONG).until(caller::sawTheEnd);
        settle();
        assertEquals(0, rig.clock.pending());
    }

    @Test
    void a_client_that_says_more_than_may_wait_behind_a_late_answer_may_go() throws InterruptedException {
        rig.lab.addFault("smtp delay stage=ehlo by=1h");
        var caller = smtp();
        caller.send("EHLO me\r\n");
        settle();
        for (int i = 0; i < 3 << 10; i++) {
            caller.channel.writeAndFlush(
                    io.netty.buffer.Unpooled.copiedBuffer("NOOP\r\n".repeat(200), StandardCharsets.US_ASCII));
        }
        settle();
        caller.close();
        settle();
        pass(Duration.ofHours(1));
        settle();
        assertEquals(0, rig.clock.pending());
    }

    @Test
    void a_connection_that_stays_blocked_is_reset_in_the_end() throws InterruptedException {
        var caller = smtp();
        settle();
        rule("Block", "TCP", "25");
        caller.send("NOOP\r\n");
        settle();
        pass(Duration.ofSeconds(520));
        assertFalse(caller.sawTheEnd());
        pass(Duration.ofSeconds(3));
        await().atMost(LONG).until(caller::sawTheEnd);
        settle();
        assertEquals(0, rig.clock.pending());
    }

    @Test
    void a_dial_that_is_given_up_takes_its_alarm_along() {
        rig.lab.addFault("link latency by=5s address=" + HOST);
        var dial = dial(HOST, 25);
        assertEquals(1, rig.clock.pending());
        dial.cancel(false);
        assertEquals(0, rig.clock.pending());
        settle();
    }

    @Test
    void good_weather_comes_to_connections_that_are_open() throws InterruptedException {
        long fault = rig.lab.addFault("link latency by=5s address=" + HOST).id();
        var opening = dial(HOST, 25);
        pass(Duration.ofSeconds(10));
        var caller = Caller.dial(rig, Protocol.TCP, (InetSocketAddress) ((Route.Open) opening.join()).address());
        settle();
        rig.lab.removeFault(fault);
        pass(Duration.ofSeconds(5));
        assertTrue(caller.text().startsWith("220 "));
        caller.send("NOOP\r\n");
        settle();
        assertTrue(caller.text().contains("250"), "at once");
        caller.close();
    }

    // ---- the firewall on the way

    @Test
    void what_the_firewall_rejects_is_refused_at_once_and_what_it_blocks_is_not_answered() {
        rule("Reject", "TCP", "25");
        rule("Block", "UDP", "53");
        rule("Reject", "UDP", "5353");
        assertInstanceOf(Route.Refused.class, dial(HOST, 25).join());
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.UDP, "8.8.8.8", 53));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.UDP, "8.8.8.8", 5353));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "8.8.8.8", 53));
    }

    @Test
    void a_connection_that_is_open_stops_when_a_rule_blocks_it_and_goes_on_when_it_is_gone()
            throws InterruptedException {
        var caller = smtp();
        settle();
        rule("Block", "TCP", "25");
        caller.send("NOOP\r\n");
        settle();
        pass(Duration.ofSeconds(5));
        assertFalse(caller.text().contains("250"));
        rig.lab.removeRules(_ -> true);
        pass(Duration.ofSeconds(10));
        assertTrue(caller.text().contains("250"), "nothing of it is lost");
        caller.close();
    }

    @Test
    void a_connection_that_is_open_is_reset_when_a_rule_rejects_it() throws InterruptedException {
        var caller = smtp();
        settle();
        rule("Reject", "TCP", "25");
        caller.send("NOOP\r\n");
        await().atMost(LONG).until(caller::sawTheEnd);
        assertFalse(caller.text().contains("250"));
        settle();
    }

    @Test
    void a_socket_that_is_open_is_blocked_too() throws InterruptedException {
        var caller = udp();
        rule("Block", "UDP", "53");
        caller.send(Queries.query("gmail.com", "MX"));
        settle();
        assertEquals(0, rig.lab.queries(10).size());
        caller.close();
    }

    @Test
    void who_comes_in_is_judged_by_the_inbound_rules() {
        rig.lab.addRule(RuleGrammar.read(
                Map.of("DisplayName", "x", "LocalPort", "25", "Action", "Reject"), rig.lab.freeRuleName()));
        var client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        assertEquals(FirewallRule.Action.REJECT, rig.lab.admits(java.util.Set.of(2525, 25), client));
        assertEquals(FirewallRule.Action.ALLOW, rig.lab.admits(java.util.Set.of(2587, 587), client));
    }
}
