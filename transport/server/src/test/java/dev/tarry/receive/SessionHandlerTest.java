package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.NettyLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What needs a stranger's address, and time that a test moves.
final class SessionHandlerTest {
    private final StageWorld stage = new StageWorld();
    private final FakeSubmission submission = new FakeSubmission(Runnable::run);
    private final InboundConnections connections = new InboundConnections(ReceiveConnector.Limits.DEFAULT_FRONTEND);
    private Duration slow = Duration.ZERO;
    private final StrangersChannel channel = new StrangersChannel();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        stage.close();
    }

    @Test
    void a_stranger_waits_five_seconds_for_a_5xx_and_so_does_what_it_pipelined() {
        begin();
        assertTrue(heard().startsWith("220 "));
        send("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@gmail.com>\r\nRCPT TO:<x@company.com>\r\nNOOP\r\n");
        String first = heard();
        assertTrue(first.endsWith("250 2.1.0 Sender OK\r\n"), first);
        advance(Duration.ofMillis(4_900));
        assertEquals("", heard());
        advance(Duration.ofMillis(200));
        assertEquals(
                "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain\r\n250 2.1.5 Recipient OK\r\n"
                        + "250 2.0.0 OK\r\n",
                heard());
    }

    @Test
    void a_stranger_that_hangs_up_in_the_tarpit_is_gone() {
        begin();
        send("FOO\r\nNOOP\r\n");
        heard();
        channel.close();
        advance(Duration.ofSeconds(10));
        assertEquals("", heard());
        assertEquals(0, connections.open());
    }

    @Test
    void all_that_one_read_brought_is_answered_with_one_flush() {
        begin();
        heard();
        int flushes = channel.flushes;
        send("EHLO c\r\nNOOP\r\nNOOP\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\n");
        assertEquals(flushes + 1, channel.flushes);
        assertTrue(heard().endsWith("354 Start mail input; end with <CRLF>.<CRLF>\r\n"));
    }

    @Test
    void drops_of_data_are_no_sign_of_life() {
        begin();
        send("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\nx: y\r\n\r\n");
        heard();
        for (int i = 0; i < 4; i++) {
            advance(Duration.ofMinutes(1));
            assertTrue(channel.isOpen());
            send("drop\r\n");
        }
        advance(Duration.ofSeconds(80));
        assertEquals("451 4.7.0 Timeout waiting for client input\r\n", heard());
        assertFalse(channel.isOpen());
        assertEquals(1, submission.discarded.get());
    }

    @Test
    void a_steady_stream_of_data_is_one() {
        begin();
        send("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\nx: y\r\n\r\n");
        for (int i = 0; i < 9; i++) {
            advance(Duration.ofMinutes(1));
            send("x".repeat(60 * 500) + "\r\n");
        }
        heard();
        send(".\r\n");
        assertTrue(heard().startsWith("250 2.6.0 "));
    }

    @Test
    void a_command_that_comes_octet_by_octet_must_be_whole_within_a_minute() {
        begin();
        send("EHLO c\r\n");
        heard();
        String dripped = "MAIL FROM:<somebody.with.a.long.name@somewhere.example> SIZE=100";
        int drips = 0;
        while (channel.isOpen() && drips < dripped.length()) {
            send(dripped.substring(drips, ++drips));
            advance(Duration.ofSeconds(5));
        }
        assertTrue(drips >= 12 && drips <= 14, "it was heard for a minute: " + drips);
        assertEquals("451 4.7.0 Timeout waiting for client input\r\n", heard());
        assertEquals(0, connections.open());
    }

    @Test
    void a_line_without_end_is_no_command_however_fast_it_comes() {
        begin();
        heard();
        for (int i = 0; i < 59; i++) {
            send("x".repeat(10_000));
            advance(Duration.ofSeconds(1));
            assertTrue(channel.isOpen());
        }
        advance(Duration.ofSeconds(5));
        assertEquals("451 4.7.0 Timeout waiting for client input\r\n", heard());
        assertFalse(channel.isOpen());
    }

    @Test
    void many_commands_each_begun_before_the_last_was_answered_are_no_slow_command() {
        begin();
        send("EHLO c\r\nNO");
        for (int i = 0; i < 100; i++) {
            advance(Duration.ofSeconds(4));
            send("OP\r\nNO");
        }
        assertTrue(channel.isOpen());
        assertEquals(100, heard().split("250 2.0.0 OK").length - 1);
    }

    @Test
    void data_that_is_too_slow_is_cut_off_and_was_fast_enough_at_twice_the_rate() {
        for (String begins : List.of("DATA", "BDAT 9000000 LAST")) {
            assertEquals(20, minutesBorne(begins, 2 * 500));
            int borne = minutesBorne(begins, 250);
            // at half the rate it lags by half a minute a minute
            assertTrue(borne >= 9 && borne <= 11, begins + ": minutes " + borne);
        }
    }

    /// Minutes, up to 20, for which a message may come in at this rate.
    private int minutesBorne(String begins, int octetsPerSecond) {
        ReceiveConnector.Limits usual = ReceiveConnector.Limits.DEFAULT_FRONTEND;
        StrangersChannel channel = new StrangersChannel();
        begin(channel, StageWorld.connector().withLimits(usual.withConnectionTimeout(Duration.ofHours(2))));
        write(channel, "EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\n" + begins + "\r\nx: y\r\n\r\n");
        int minutes = 0;
        for (; minutes < 20 && channel.isOpen(); minutes++) {
            for (int i = 0; i < 6 && channel.isOpen(); i++) {
                write(channel, "x".repeat(octetsPerSecond * 10 - 2) + "\r\n");
                advance(channel, Duration.ofSeconds(10));
            }
        }
        channel.close();
        channel.finishAndReleaseAll();
        return minutes;
    }

    @Test
    void while_resources_run_short_mail_is_answered_late_to_everybody_and_what_is_pipelined_waits_too() {
        slow = Duration.ofSeconds(10);
        begin();
        send("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\n");
        assertTrue(heard().endsWith("250 SMTPUTF8\r\n"));
        advance(Duration.ofMillis(9_900));
        assertEquals("", heard());
        advance(Duration.ofMillis(200));
        assertEquals("250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n", heard());
        send("RSET\r\nMAIL FROM:<bad>\r\n");
        assertTrue(heard().startsWith("250 2.0.0 Resetting\r\n"), "only what is taken is slow");
        slow = Duration.ZERO;
        advance(Duration.ofSeconds(10));
        heard();
        send("MAIL FROM:<a@b.c>\r\n");
        assertEquals("250 2.1.0 Sender OK\r\n", heard());
    }

    @Test
    void while_memory_is_spent_large_messages_are_refused_and_small_ones_taken() {
        begin();
        send("EHLO c\r\n");
        heard();
        submission.memory().limit(1_000);
        submission.memory().take(1_000);
        transaction("x: y\r\n\r\nsmall\r\n");
        assertTrue(heard().contains("250 2.6.0 "));
        transaction("x: y\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(200));
        String refused = heard();
        assertTrue(refused.endsWith("452 4.3.1 Insufficient system resources (ReceiveMemory)\r\n"), refused);
        assertEquals(1, submission.taken.size());
        assertEquals(0, submission.open.get());
        submission.memory().give(1_000);
        transaction("x: y\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(200));
        assertTrue(heard().contains("250 2.6.0 "));
        assertEquals(0, submission.memory().used());
    }

    @Test
    void a_header_that_is_not_whole_counts_until_it_is_or_its_client_is_gone() {
        begin();
        send("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\n");
        for (int i = 0; i < 20; i++) {
            send("x: " + "y".repeat(990) + "\r\n");
        }
        long held = submission.memory().used();
        assertTrue(held >= 20_000 && held < 60_000, "held: " + held);
        send("\r\nbody\r\n.\r\n");
        assertEquals(0, submission.memory().used());
        send("MAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\nx: y\r\n");
        assertTrue(submission.memory().used() > 0);
        channel.close();
        assertEquals(0, submission.memory().used());
    }

    private void transaction(String message) {
        send("MAIL FROM:<a@b.c>\r\nRCPT TO:<x@company.com>\r\nDATA\r\n");
        for (int from = 0; from < message.length(); from += 2_000) {
            send(message.substring(from, Math.min(message.length(), from + 2_000)));
        }
        send(".\r\n");
    }

    @Test
    void what_a_browser_says_further_is_not_heard() {
        begin();
        heard();
        send("GET / HTTP/1.1\r\nMAIL FROM:<a@b.c>\r\n");
        assertEquals("500 5.3.3 Unrecognized command\r\n", heard());
        assertFalse(channel.isOpen());
    }

    @Test
    void whatever_comes_in_whatever_pieces_each_reply_is_a_reply_and_nothing_is_left_behind() {
        Random random = new Random(23);
        String[] pieces = {
            "EHLO a",
            "HELO",
            "MAIL FROM:<a@b.c>",
            "MAIL FROM:<>",
            "RCPT TO:<d@e.f>",
            "RCPT TO:<nobody@company.com>",
            "DATA",
            "RSET",
            "NOOP",
            "\r\n",
            "\r\n",
            "\r\n",
            "\r\n.\r\n",
            ".",
            "\n",
            "\r",
            "\0",
            "x: y",
            "Received: z",
            "x".repeat(700),
            "\u00e9",
            "\u001b[2J"
        };
        for (int round = 0; round < 3_000; round++) {
            EmbeddedChannel channel = new EmbeddedChannel();
            begin(channel);
            StringBuilder said = new StringBuilder("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\n");
            for (int i = random.nextInt(40); i > 0; i--) {
                said.append(pieces[random.nextInt(pieces.length)]);
            }
            List<ByteBuf> sent = new ArrayList<>();
            for (int from = 0; from < said.length() && channel.isOpen(); ) {
                int to = Math.min(said.length(), from + 1 + random.nextInt(200));
                ByteBuf octets = Unpooled.copiedBuffer(said.substring(from, to), StandardCharsets.ISO_8859_1);
                sent.add(octets);
                channel.writeInbound(octets);
                from = to;
            }
            String heard = heard(channel);
            for (String line : heard.split("\r\n", -1)) {
                assertTrue(line.isEmpty() || line.matches("[2-5][0-9][0-9][ -][ -~]*"), line);
            }
            assertFalse(heard.contains("451 4.7.0 Temporary"), heard);
            channel.close();
            channel.runPendingTasks();
            for (ByteBuf octets : sent) {
                assertEquals(0, octets.refCnt());
            }
            assertEquals(0, submission.open.get());
            channel.finishAndReleaseAll();
        }
        assertFalse(submission.taken.isEmpty());
    }

    private void begin() {
        begin(channel);
    }

    private void begin(EmbeddedChannel channel) {
        begin(channel, StageWorld.connector());
    }

    private void begin(EmbeddedChannel channel, ReceiveConnector connector) {
        NettyLoop loop = new NettyLoop(channel.eventLoop(), stage.ledger);
        Reception reception = Reception.of(stage.world, connector, Dialogue::standing, submission)
                .withAdmission(new Admission() {
                    @Override
                    public Duration delayAtMail() {
                        return slow;
                    }
                });
        TimeoutWatch watch = new TimeoutWatch(stage.time, stage.time, loop, Duration.ofMinutes(5));
        channel.pipeline().addLast(new SessionHandler(reception, connections, watch, stage.time, loop, () -> {}));
        channel.pipeline().fireChannelActive();
    }

    private void send(String octets) {
        write(channel, octets);
    }

    private static void write(EmbeddedChannel channel, String octets) {
        channel.writeInbound(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
    }

    private String heard() {
        return heard(channel);
    }

    private static String heard(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return text.toString();
    }

    private void advance(Duration span) {
        advance(channel, span);
    }

    private void advance(EmbeddedChannel channel, Duration span) {
        var target = stage.time.instant().plus(span);
        while (stage.time.ringNext(target)) {
            channel.runPendingTasks();
        }
        stage.time.moveTo(target);
    }

    private static final class StrangersChannel extends EmbeddedChannel {
        int flushes;

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("203.0.113.9", 4711);
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress("192.0.2.1", 25);
        }

        @Override
        protected void doWrite(io.netty.channel.ChannelOutboundBuffer in) throws Exception {
            flushes++;
            super.doWrite(in);
        }
    }
}
