package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.lab.net.Protocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every effect at the stages of a session, over real sockets: what a client hears, whether the message is kept, and
/// that nothing is left in flight.
final class HostFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> STEPS = List.of(
            "EHLO client.example\r\n",
            "MAIL FROM:<a@company.com>\r\n",
            "RCPT TO:<b@fabrikam.com>\r\n",
            "DATA\r\n",
            "Subject: x\r\n\r\nhello\r\n.\r\n",
            "QUIT\r\n");

    private LabRig rig;
    private Caller caller;
    private int read;

    @BeforeEach
    void open() throws IOException {
        rig = new LabRig();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (caller != null) {
            caller.close();
        }
        settle();
        await().atMost(LONG)
                .until(() -> rig.lab.sessions(SessionSearch.newest(10)).stream()
                        .allMatch(session -> session.closed().isPresent()));
        assertEquals(0, rig.clock.pending(), "alarms are left behind");
        rig.close();
        assertFalse(rig.work.wentBelowZero(), "more work ended than began");
    }

    private void settle() {
        await().atMost(LONG).pollDelay(Duration.ZERO).until(() -> rig.work.inFlight() == 0);
    }

    private void dial() throws InterruptedException {
        read = 0;
        caller = Caller.dial(rig, Protocol.TCP, rig.open(Protocol.TCP, "198.51.100.51", 25));
        settle();
    }

    /// What has come since the last time: codes of whole replies, other octets as they are, nothing as `-`.
    private String heard() {
        var fresh = caller.text().substring(read);
        read += fresh.length();
        if (fresh.isEmpty()) {
            return "-";
        }
        var codes = new ArrayList<String>();
        for (var line : fresh.split("(?<=\n)")) {
            if (!line.matches("(?s)\\d{3}[ -].*\r\n|\\d{3}\r\n")) {
                codes.add("'" + line.strip() + "'");
            } else if (line.charAt(3) != '-') {
                codes.add(line.substring(0, 3));
            } else if (fresh.endsWith(line)) {
                codes.add(line.substring(0, 4));
            }
        }
        return String.join("+", codes);
    }

    private String session() throws InterruptedException {
        dial();
        var heard = new ArrayList<>(List.of(heard()));
        for (var step : STEPS) {
            if (caller.sawTheEnd()) {
                break;
            }
            caller.send(step);
            settle();
            heard.add(heard());
        }
        heard.add(caller.sawTheEnd() ? "end" : "open");
        return String.join(" ", heard) + " kept=" + rig.lab.mail("*", "*", 10).size();
    }

    private JournaledSession journaled() {
        return rig.lab.sessions(SessionSearch.newest(1)).getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "smtp close stage=banner | - end kept=0",
                "smtp close stage=ehlo | 220 - end kept=0",
                "smtp close stage=mail | 220 250 - end kept=0",
                "smtp close stage=rcpt | 220 250 250 - end kept=0",
                "smtp close stage=data | 220 250 250 250 - end kept=0",
                "smtp close stage=content octets=5 | 220 250 250 250 354 - end kept=0",
                "smtp close stage=content octets=5000 | 220 250 250 250 354 250 221 end kept=1",
                "smtp close stage=eod | 220 250 250 250 354 - end kept=0",
                "smtp close stage=kept | 220 250 250 250 354 - end kept=1",
                "smtp close stage=between | 220 250 250 250 354 250 end kept=1",
                "smtp close stage=quit | 220 250 250 250 354 250 - end kept=1",
                "smtp reset stage=ehlo | 220 - end kept=0",
                "smtp reset stage=mail | 220 250 - end kept=0",
                "smtp reset stage=content | 220 250 250 250 354 - end kept=0",
                "smtp reset stage=eod | 220 250 250 250 354 - end kept=0",
                "smtp reset stage=kept | 220 250 250 250 354 - end kept=1",
                "smtp halfclose stage=banner | - end kept=0",
                "smtp halfclose stage=rcpt | 220 250 250 - end kept=0",
                "smtp halfclose stage=content | 220 250 250 250 354 - end kept=0",
                "smtp halfclose stage=between | 220 250 250 250 354 250 end kept=1",
                "smtp stall stage=banner | - - - - - - - open kept=0",
                "smtp stall stage=ehlo | 220 - - - - - - open kept=0",
                "smtp stall stage=data | 220 250 250 250 - - - open kept=0",
                "smtp stall stage=content | 220 250 250 250 354 - - open kept=0",
                "smtp stall stage=eod | 220 250 250 250 354 - - open kept=0",
                "smtp stall stage=kept | 220 250 250 250 354 - - open kept=1",
                "smtp stall stage=between | 220 250 250 250 354 250 - open kept=1",
                "smtp stall stage=quit | 220 250 250 250 354 250 - open kept=1",
                "smtp reply stage=banner code=554 | 554 503 503 503 503 503+503+503+503 221 end kept=0",
                "smtp reply stage=banner code=421 | 421 end kept=0",
                "smtp reply stage=ehlo code=250 text=\"hello\\nSIZE 0\" | 220 250 250 250 354 250 221 end kept=1",
                "smtp reply stage=ehlo code=502 | 220 502 503 503 503 500+500+500+500 221 end kept=0",
                "smtp reply stage=mail code=251 | 220 250 251 250 354 250 221 end kept=1",
                "smtp reply stage=mail code=354 | 220 250 354 250 354 250 221 end kept=1",
                "smtp reply stage=rcpt code=550 text=\"one\\ntwo\" | 220 250 250 550 554 500+500+500+500 221 end kept=0",
                "smtp reply stage=data code=250 | 220 250 250 250 250 250 221 end kept=1",
                "smtp reply stage=content code=452 | 220 250 250 250 354 452 221 end kept=0",
                "smtp reply stage=content code=250 | 220 250 250 250 354 250 221 end kept=1",
                "smtp reply stage=content code=421 | 220 250 250 250 354 421 end kept=0",
                "smtp reply stage=eod code=250 text=queued | 220 250 250 250 354 250 221 end kept=1",
                "smtp reply stage=eod code=354 | 220 250 250 250 354 354 221 end kept=0",
                "smtp reply stage=kept code=451 | 220 250 250 250 354 451 221 end kept=1",
                "smtp reply stage=between code=421 | 220 250 250 250 354 250+421 end kept=1",
                "smtp reply stage=between code=450 | 220 250 250 250 354 250+450 221 end kept=1",
                "smtp reply stage=quit code=500 | 220 250 250 250 354 250 500 end kept=1",
                "smtp raw stage=mail text=\"25O OK\\r\\n\" | 220 250 '25O OK' 503 503 500+500+500+500 221 end kept=0",
                "smtp raw stage=mail text=\"250 yes\\r\\n\" | 220 250 250 250 354 250 221 end kept=1",
                "smtp raw stage=eod text=\"250-never ends\\r\\n\" | 220 250 250 250 354 250- 221 end kept=0",
                "smtp raw stage=kept text=\"\\xff\\0\" | 220 250 250 250 354 'ÿ\0' 221 end kept=1",
                "smtp raw stage=between text=\"hm\\r\\n\" | 220 250 250 250 354 250+'hm' 221 end kept=1",
                "smtp half stage=banner then=close | '220 mail.fabrik' end kept=0",
                "smtp half stage=mail then=stall | 220 250 '250 2.1' - - - - open kept=0",
                "smtp half stage=eod then=close | 220 250 250 250 354 '250 2.0' end kept=0",
                "smtp half stage=kept then=close | 220 250 250 250 354 '250 2.0.0' end kept=1",
                "smtp limit stage=mail count=0 per=1h | 220 250 452 503 503 500+500+500+500 221 end kept=0",
                "smtp bounce stage=eod after=1h | 220 250 250 250 354 250 221 end kept=0",
            })
    void a_client_hears(String line, String outcome) throws InterruptedException {
        rig.lab.addFault(line);
        assertEquals(outcome, session());
        assertEquals(line.contains("5000") ? 0 : 1, rig.lab.faults().getFirst().asked());
        rig.lab.reset(false);
    }

    @ParameterizedTest
    @CsvSource({"banner, 0", "ehlo, 1", "mail, 2", "rcpt, 3", "data, 4", "eod, 5", "kept, 5", "quit, 6"})
    void a_late_answer_comes_when_its_alarm_rings(String stage, int step) throws InterruptedException {
        rig.lab.addFault("smtp delay stage=" + stage + " by=20s");
        dial();
        for (int i = 0; i < step; i++) {
            heard();
            caller.send(STEPS.get(i));
            settle();
        }
        assertEquals("-", heard());
        assertEquals(1, rig.clock.pending());
        assertEquals(
                stage.equals("kept") ? 1 : 0,
                stage.equals("quit") ? 0 : rig.lab.mail("*", "*", 9).size());
        rig.clock.advance(Duration.ofSeconds(19));
        settle();
        assertEquals("-", heard());
        rig.clock.advance(Duration.ofSeconds(1));
        await().atMost(LONG).until(() -> caller.text().length() > read);
        settle();
        assertEquals(List.of("220", "250", "250", "250", "354", "250", "221").get(step), heard());
        assertEquals(step >= 5 ? 1 : 0, rig.lab.mail("*", "*", 10).size());
    }

    @Test
    void commands_behind_a_late_answer_wait_in_order() throws InterruptedException {
        rig.lab.addFault("smtp delay stage=rcpt by=1m");
        dial();
        caller.send(STEPS.get(0) + STEPS.get(1) + STEPS.get(2) + STEPS.get(3));
        settle();
        assertEquals("220+250+250", heard());
        rig.clock.advance(Duration.ofMinutes(1));
        await().atMost(LONG).until(() -> caller.text().contains("354"));
        assertEquals("250+354", heard());
    }

    @Test
    void whoever_loses_patience_has_not_handed_the_message_over() throws InterruptedException {
        rig.lab.addFault("smtp delay stage=eod by=20m");
        session();
        caller.close();
        settle();
        await().atMost(LONG).until(() -> rig.clock.pending() == 0);
        rig.clock.advance(Duration.ofHours(1));
        settle();
        assertEquals(List.of(), rig.lab.mail("*", "*", 10));
    }

    @Test
    void a_dripping_host_answers_octet_by_octet_and_keeps_the_message_with_the_last() throws InterruptedException {
        rig.lab.addFault("smtp drip stage=eod by=1s");
        dial();
        for (var step : STEPS.subList(0, 5)) {
            caller.send(step);
            settle();
        }
        heard();
        int before = read;
        var answer = "250 2.0.0 OK\r\n";
        for (int i = 1; i < answer.length(); i++) {
            int sofar = i;
            await().atMost(LONG).until(() -> caller.text().length() == before - 1 + sofar);
            assertEquals(List.of(), rig.lab.mail("*", "*", 10));
            settle();
            await().atMost(LONG).until(() -> rig.clock.pending() == 1); // an octet may be here before its host waits
            rig.clock.advance(Duration.ofSeconds(1));
        }
        await().atMost(LONG).until(() -> caller.text().endsWith(answer));
        assertEquals(1, rig.lab.mail("*", "*", 10).size());
        assertTrue(journaled().messages().getFirst().answered());
    }

    @Test
    void a_greylist_lets_in_who_comes_back_in_time() throws InterruptedException {
        rig.lab.addFault("smtp greylist stage=rcpt wait=5m");
        assertEquals("220 250 250 451 554 500+500+500+500 221 end kept=0", session());
        rig.clock.advance(Duration.ofMinutes(4));
        assertEquals("220 250 250 451 554 500+500+500+500 221 end kept=0", session());
        rig.clock.advance(Duration.ofMinutes(1));
        assertEquals("220 250 250 250 354 250 221 end kept=1", session());
    }

    @Test
    void a_limit_is_a_window_that_slides() throws InterruptedException {
        rig.lab.addFault("smtp limit stage=eod count=2 per=1h");
        session();
        rig.clock.advance(Duration.ofMinutes(30));
        assertEquals("220 250 250 250 354 250 221 end kept=2", session());
        assertEquals("220 250 250 250 354 452 221 end kept=2", session());
        rig.clock.advance(Duration.ofMinutes(30));
        assertEquals("220 250 250 250 354 250 221 end kept=3", session());
        assertEquals("220 250 250 250 354 452 221 end kept=3", session());
    }

    @Test
    void a_host_that_finds_out_too_late_reports_to_the_sender() throws InterruptedException, IOException {
        rig.lab.addFault("smtp bounce stage=eod after=10m text=\"5.1.1 Nobody here\"");
        dial();
        for (var step : List.of(
                STEPS.get(0),
                "MAIL FROM:<me@gmail.com>\r\n",
                STEPS.get(2),
                STEPS.get(3),
                "Message-ID: <1@gmail.com>\r\nX: y\r\n\r\nsecret\r\n.\r\n")) {
            caller.send(step);
            settle();
        }
        rig.lab.clearFaults();
        assertEquals(
                List.of("me@gmail.com"),
                rig.lab.reportsOwed().stream().map(r -> r.sender()).toList());
        assertEquals(
                "Message-ID: <1@gmail.com>\r\nX: y\r\n",
                rig.lab.reportsOwed().getFirst().originalHeaders());
        assertEquals(List.of(), rig.lab.mail("*", "*", 10));
        rig.clock.advance(Duration.ofMinutes(10));
        await().atMost(LONG).until(() -> rig.lab.reportsOwed().isEmpty());
        settle();
        var report = rig.lab.mail("me@gmail.com", "*", 10).getFirst();
        assertEquals("", report.mailFrom());
        assertEquals("mail.fabrikam.com", report.heloName());
        try (var content = rig.lab.content(report.id()).orElseThrow()) {
            var text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(
                    text.contains("Final-Recipient: rfc822;b@fabrikam.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"),
                    text);
            assertTrue(text.contains("In-Reply-To: <1@gmail.com>\r\n"), text);
            assertFalse(text.contains("secret"), text);
        }
    }

    /// A message from one of our own senders has been taken, and its report is on its way.
    private void bounceToUs() throws InterruptedException {
        rig.lab.addFault("smtp bounce stage=eod after=10m");
        session();
        rig.lab.clearFaults();
        caller.close();
        settle();
        rig.clock.advance(Duration.ofMinutes(10));
    }

    @Test
    void a_report_to_us_waits_in_lab_time_where_nothing_is_said_and_goes_on_where_we_go_on()
            throws InterruptedException {
        var met = new LinkedBlockingQueue<Channel>();
        var listening = new ServerBootstrap()
                .group(rig.loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(rig.lab.acceptedEnd());
                        met.add(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        rig.lab.ownHostsListenAt(() -> Optional.of(listening.localAddress()));
        bounceToUs();
        var first = met.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        settle();
        rig.clock.advance(Duration.ofMinutes(10));
        await().atMost(LONG).until(() -> !first.isOpen());
        await().atMost(LONG).until(() -> rig.lab.reportsOwed().getFirst().tries() == 1);
        settle();
        await().atMost(LONG).until(() -> rig.clock.pending() == 1);
        rig.clock.advance(Duration.ofMinutes(1));
        var second = met.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        settle();
        second.writeAndFlush(Unpooled.copiedBuffer("220 us\r\n", StandardCharsets.US_ASCII))
                .sync();
        settle();
        assertTrue(
                journaled().lines().stream().anyMatch(line -> line.text().startsWith("EHLO ")),
                "it is heard and answered");
        rig.lab.reset(false);
        await().atMost(LONG).until(() -> !second.isOpen());
        settle();
        assertEquals(List.of(), rig.lab.reportsOwed());
        listening.close().sync();
    }

    @Test
    void a_report_is_owed_on_when_it_cannot_be_told_where_it_goes() throws InterruptedException {
        rig.lab.ownHostsListenAt(() -> {
            throw new IllegalStateException();
        });
        bounceToUs();
        await().atMost(LONG).until(() -> rig.lab.reportsOwed().getFirst().tries() == 1);
        settle();
        assertEquals(1, rig.clock.pending());
        rig.lab.reset(false);
    }

    @Test
    void a_report_that_nobody_takes_is_tried_again_for_five_days_and_then_dropped() throws InterruptedException {
        rig.lab.addFault("smtp bounce stage=eod after=10m");
        session();
        for (int tries = 1; tries <= 23; tries++) {
            int so = tries;
            assertEquals(1, rig.lab.reportsOwed().size());
            rig.clock.advance(Duration.ofDays(1));
            await().atMost(LONG).until(() -> rig.lab.reportsOwed().stream().allMatch(owed -> owed.tries() == so));
            settle();
        }
        assertEquals(List.of(), rig.lab.reportsOwed());
        assertTrue(journaled().lines().getFirst().text().contains("the report is dropped"));
    }

    @Test
    void a_session_can_be_read_line_by_line() throws InterruptedException {
        rig.lab.addFault("smtp reply stage=rcpt code=550 text=\"no \u00fc\" first=1");
        session();
        var session = journaled();
        assertEquals("mail.fabrikam.com", session.host());
        assertEquals("198.51.100.51", session.address());
        assertEquals(25, session.port());
        assertEquals("127.0.0.1", session.client());
        assertEquals("client.example", session.heloName());
        assertEquals(List.of("a@company.com"), session.senders());
        assertEquals(List.of(), session.recipients());
        assertEquals("quit", session.end());
        assertEquals(caller.text().length(), session.octetsOut());
        assertTrue(session.lines().stream().anyMatch(line -> line.text().equals("fault at rcpt: reply")));
        assertTrue(session.lines().stream().anyMatch(line -> line.text().equals("550 no \\xc3\\xbc")));
        session();
        var search = new SessionSearch(
                new Glob("*.fabrikam.com"),
                Glob.ANYTHING,
                new Glob("a@*"),
                new Glob("b@*"),
                Optional.of(rig.clock.now()),
                Optional.of("quit"),
                10);
        var found = rig.lab.sessions(search);
        assertEquals(1, found.size());
        assertEquals("L1", found.getFirst().messages().getFirst().id());
        assertEquals(found.getFirst(), rig.lab.session(found.getFirst().id()).orElseThrow());
    }
}
