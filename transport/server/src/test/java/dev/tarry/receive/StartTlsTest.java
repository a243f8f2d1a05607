package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 3207 on the server's side, octet for octet.
final class StartTlsTest {
    private static final String INJECTED =
            "NOOP\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<x@company.com>\r\nQUIT\r\n";
    private static final String PLAIN_EHLO = "250-mail.company.com Hello [127.0.0.1]\r\n250-SIZE 37748736\r\n"
            + "250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n250-STARTTLS\r\n250-8BITMIME\r\n"
            + "250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n";
    private static final String TLS_EHLO = PLAIN_EHLO.replace("STARTTLS", "AUTH LOGIN");

    private static TestTls certificate;

    private final StageWorld stage = new StageWorld();
    private final FakeSubmission submission = new FakeSubmission(Runnable::run);

    @BeforeAll
    static void make(@TempDir Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        certificate = TestTls.in(folder);
    }

    @AfterEach
    void end() {
        assertEquals(0, submission.open.get(), "bodies left open");
        stage.close();
    }

    private TlsDialogue open(TlsSource source) {
        TlsDialogue dialogue = new TlsDialogue(stage, submission, source, certificate.client);
        assertTrue(dialogue.heard().startsWith("220 mail.company.com Microsoft ESMTP MAIL Service ready at "));
        return dialogue;
    }

    private TlsDialogue open() {
        return open(_ -> CompletableFuture.completedFuture(certificate.server));
    }

    private TlsDialogue greeted() {
        TlsDialogue dialogue = open();
        assertEquals(PLAIN_EHLO, dialogue.plain("EHLO c"));
        return dialogue;
    }

    @Test
    void starttls_is_offered_where_exchange_has_it_and_not_offered_within_tls() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            assertEquals(TLS_EHLO, dialogue.say("EHLO c\r\n"));
            assertEquals(List.of(ReceiveMeter.Handshake.COMPLETED), dialogue.handshakes);
            assertEquals(List.of(), dialogue.told);
        }
    }

    @Test
    void without_a_certificate_it_is_neither_offered_nor_known() {
        try (TlsDialogue dialogue = open((TlsSource) null)) {
            assertEquals(PLAIN_EHLO.replace("250-STARTTLS\r\n", ""), dialogue.plain("EHLO c"));
            assertFalse(dialogue.plain("HELP").contains("STARTTLS"));
            assertEquals("500 5.3.3 Unrecognized command\r\n", dialogue.plain("STARTTLS"));
            assertEquals("250 2.0.0 OK\r\n", dialogue.plain("NOOP"));
        }
    }

    @Test
    void it_takes_no_arguments_wants_a_hello_and_comes_once() {
        try (TlsDialogue dialogue = open()) {
            assertEquals("503 5.5.2 Send hello first\r\n", dialogue.plain("STARTTLS"));
            dialogue.plain("EHLO c");
            assertEquals("501 5.5.4 Invalid arguments\r\n", dialogue.plain("STARTTLS now"));
            assertTrue(dialogue.plain("HELP").contains("STARTTLS"));
            assertEquals("220 2.0.0 SMTP server ready\r\n", dialogue.plain("sTaRtTlS  "));
            dialogue.handshake();
            assertEquals("503 5.5.2 Send hello first\r\n", dialogue.say("MAIL FROM:<a@b.c>\r\n"));
            dialogue.say("EHLO c\r\n");
            assertEquals("503 5.5.2 TLS has been negotiated already\r\n", dialogue.say("STARTTLS\r\n"));
            assertFalse(dialogue.say("HELP\r\n").contains("STARTTLS"));
        }
    }

    @Test
    void what_was_said_before_is_forgotten() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("MAIL FROM:<a@company.com>");
            dialogue.plain("RCPT TO:<b@company.com>");
            dialogue.secure();
            assertEquals("503 5.5.2 Need mail command\r\n", dialogue.say("DATA\r\n"));
            assertEquals("503 5.5.2 Need mail command\r\n", dialogue.say("RCPT TO:<b@company.com>\r\n"));
            assertEquals("503 5.5.2 Send hello first\r\n", dialogue.say("MAIL FROM:<a@company.com>\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void the_received_line_tells_version_and_cipher(String protocol) {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure(protocol);
            dialogue.say("EHLO inside.example\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\nDATA\r\n");
            assertTrue(dialogue.say("s: 1\r\n\r\n.\r\n").startsWith("250 2.6.0 "));
            String version = protocol.replace("TLSv1.", "TLS1_");
            String text = submission.taken.getFirst().text();
            assertTrue(
                    text.matches("(?s)Received: from inside\\.example \\(127\\.0\\.0\\.1\\)\r\n by mail\\.company\\.com"
                            + " \\(127\\.0\\.0\\.1\\) with Microsoft SMTP Server\r\n \\(version=" + version
                            + ", cipher=TLS_[A-Z0-9_]+\\) id 15\\.2\\.1544\\.4\r\n via Frontend Transport; .*"),
                    text);
        }
    }

    @Test
    void only_tls_1_2_and_1_3_are_spoken() {
        assertArrayEquals(
                new String[] {"TLSv1.3", "TLSv1.2"},
                InboundTls.handler(certificate.server).engine().getEnabledProtocols());
    }

    /// Wherever the octets behind STARTTLS are cut, and whether or not the certificate was at hand.
    @Test
    void octets_behind_starttls_in_the_clear_are_never_served() {
        String said = "EHLO c\r\nSTARTTLS\r\n" + INJECTED;
        int line = said.indexOf(INJECTED);
        for (int cut = 1; cut <= said.length(); cut++) {
            CompletableFuture<SSLContext> later = new CompletableFuture<>();
            try (TlsDialogue dialogue = open(_ -> later)) {
                dialogue.raw(said.substring(0, cut));
                dialogue.raw(said.substring(cut));
                assertEquals(PLAIN_EHLO, dialogue.heard(), "cut " + cut);
                later.complete(certificate.server);
                dialogue.run();
                assertEquals("220 2.0.0 SMTP server ready\r\n", dialogue.heard(), "cut " + cut);
                dialogue.handshake();
                assertEquals("", dialogue.told(), "cut " + cut);
                assertEquals(TLS_EHLO, dialogue.say("EHLO c\r\n"), "cut " + cut);
                assertEquals("503 5.5.2 Need mail command\r\n", dialogue.say("RCPT TO:<x@company.com>\r\n"));
            }
            if (cut <= line || cut == said.length()) {
                continue;
            }
            // the rest comes behind our 220: it is no TLS, and ends the connection
            try (TlsDialogue dialogue = open()) {
                dialogue.raw(said.substring(0, cut));
                assertEquals(PLAIN_EHLO + "220 2.0.0 SMTP server ready\r\n", dialogue.heard(), "cut " + cut);
                dialogue.raw(said.substring(cut));
                assertFalse(dialogue.heard().matches("(?s).*[2-5][0-9][0-9][ -].*"), "cut " + cut);
                dialogue.clientHello();
                dialogue.pump();
                assertFalse(dialogue.secured(), "cut " + cut);
                dialogue.advance(
                        InboundTls.HANDSHAKE_PATIENCE); // three octets and a hello may look like the head of SSL 2
                assertFalse(dialogue.server.isOpen(), "cut " + cut);
            }
        }
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_handshake_may_come_in_pieces_of_one_octet() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("STARTTLS");
            dialogue.clientHello();
            for (byte octet : dialogue.hello()) {
                dialogue.raw(new byte[] {octet});
            }
            dialogue.pump();
            assertTrue(dialogue.secured());
            assertEquals(TLS_EHLO, dialogue.say("EHLO c\r\n"));
        }
    }

    @Test
    void garbage_instead_of_a_handshake_ends_the_connection_without_a_reply() {
        Random random = new Random(7);
        List<byte[]> heads = List.of(
                new byte[0],
                new byte[] {22, 3, 1, 2, 0},
                new byte[] {22, 3, 3, 0, 4},
                new byte[] {22, 3, 1, 0, 0},
                new byte[] {23, 3, 3, 0, 16},
                new byte[] {21, 3, 3, 0, 2, 2, 40},
                new byte[] {20, 3, 3, 0, 1, 1},
                new byte[] {(byte) 0x80, 46, 1, 3, 1});
        for (int round = 0; round < 200; round++) {
            try (TlsDialogue dialogue = greeted()) {
                dialogue.plain("STARTTLS");
                byte[] tail = new byte[random.nextInt(700)];
                random.nextBytes(tail);
                dialogue.raw(heads.get(round % heads.size()));
                dialogue.raw(tail);
                dialogue.raw(INJECTED);
                assertFalse(dialogue.heard().contains("250"), "round " + round);
                dialogue.advance(Duration.ofMinutes(2));
                assertFalse(dialogue.heard().contains("4.7.0"), "round " + round);
                assertFalse(dialogue.server.isOpen(), "round " + round);
            }
        }
    }

    @Test
    void half_a_handshake_is_dropped_after_a_minute_of_wire_time_without_a_word() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("STARTTLS");
            dialogue.clientHello();
            byte[] hello = dialogue.hello();
            dialogue.raw(Arrays.copyOf(hello, hello.length / 2));
            dialogue.advance(InboundTls.HANDSHAKE_PATIENCE.minusSeconds(1));
            assertTrue(dialogue.server.isOpen());
            dialogue.advance(Duration.ofSeconds(1));
            assertFalse(dialogue.server.isOpen());
            assertEquals("", dialogue.heard());
        }
    }

    @Test
    void a_slow_handshake_gets_no_more_time_for_its_drops() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("STARTTLS");
            dialogue.clientHello();
            byte[] hello = dialogue.hello();
            for (int i = 0; i < 59; i++) {
                dialogue.raw(new byte[] {hello[i]});
                dialogue.advance(Duration.ofSeconds(1));
                assertTrue(dialogue.server.isOpen());
            }
            dialogue.advance(Duration.ofSeconds(1));
            assertFalse(dialogue.server.isOpen());
        }
    }

    @Test
    void a_certificate_that_never_comes_is_not_waited_for() {
        try (TlsDialogue dialogue = open(_ -> new CompletableFuture<>())) {
            dialogue.plain("EHLO c");
            assertEquals("", dialogue.plain("STARTTLS"));
            dialogue.advance(InboundTls.HANDSHAKE_PATIENCE);
            assertFalse(dialogue.server.isOpen());
        }
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_the_handshake_leaves_nothing_behind() {
        CompletableFuture<SSLContext> later = new CompletableFuture<>();
        try (TlsDialogue dialogue = open(_ -> later)) {
            dialogue.plain("EHLO c");
            dialogue.plain("STARTTLS");
            dialogue.server.close();
            later.complete(certificate.server);
            dialogue.run();
            assertEquals("", dialogue.heard());
        }
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("STARTTLS");
            dialogue.clientHello();
            byte[] hello = dialogue.hello();
            dialogue.raw(Arrays.copyOf(hello, 100));
            dialogue.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            dialogue.run();
            assertFalse(dialogue.server.isOpen(), "half closed");
            assertEquals(List.of(ReceiveMeter.Handshake.FAILED), dialogue.handshakes, "counted once");
            assertEquals(1, dialogue.told.size(), dialogue.told::toString);
        }
    }

    @Test
    void where_no_certificate_is_to_be_had_the_client_is_told_to_try_later_and_goes_on_in_the_clear() {
        try (TlsDialogue dialogue = open(_ -> CompletableFuture.failedFuture(new IOException("planted by a test")))) {
            dialogue.plain("EHLO c");
            assertEquals("454 4.7.0 TLS not available due to temporary reason\r\n", dialogue.plain("STARTTLS"));
            assertEquals(List.of(ReceiveMeter.Handshake.UNAVAILABLE), dialogue.handshakes);
            assertTrue(dialogue.told.getFirst().startsWith("1012 "), dialogue.told::toString);
            assertTrue(
                    dialogue.told.getFirst().contains("no certificate for mail.company.com"), dialogue.told::toString);
            assertEquals("250 2.1.0 Sender OK\r\n", dialogue.plain("MAIL FROM:<a@b.c>"));
            dialogue.advance(Duration.ofMinutes(2));
            assertEquals("250 2.0.0 OK\r\n", dialogue.plain("NOOP"));
        }
    }

    @Test
    void the_end_of_tls_is_the_end_of_the_connection() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            dialogue.say("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<b@company.com>\r\nDATA\r\nsubject: x\r\n\r\nhalf");
            dialogue.closeNotify();
            assertFalse(dialogue.server.isOpen());
            dialogue.raw("\r\n.\r\nNOOP\r\n");
            assertEquals("", dialogue.heard());
        }
        assertTrue(submission.taken.isEmpty());
        assertEquals(1, submission.discarded.get());
    }

    @Test
    void plaintext_within_tls_ends_the_connection() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            dialogue.say("EHLO c\r\n");
            dialogue.raw("NOOP\r\nNOOP\r\n");
            assertFalse(dialogue.heard().contains("250"));
            assertFalse(dialogue.server.isOpen());
        }
    }

    @Test
    void what_was_pipelined_before_the_end_of_tls_is_still_answered() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure("TLSv1.3");
            submission.answersAtOnce = false;
            dialogue.say("EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<b@company.com>\r\nDATA\r\ns: x\r\n\r\n.\r\n");
            dialogue.closeNotify();
            assertTrue(dialogue.server.isOpen(), "an answer is owed");
            submission.answer();
            dialogue.pump();
            assertFalse(dialogue.server.isOpen());
        }
        assertEquals(1, submission.taken.size());
    }

    @Test
    void time_outs_and_the_servers_end_are_told_within_tls_and_never_during_the_handshake() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            dialogue.say("EHLO c\r\n");
            dialogue.advance(Duration.ofMinutes(6));
            dialogue.pump();
            assertEquals("451 4.7.0 Timeout waiting for client input\r\n", dialogue.told());
            assertFalse(dialogue.server.isOpen());
        }
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            dialogue.server.pipeline().fireUserEventTriggered(SessionHandler.Stop.STOP);
            dialogue.pump();
            assertEquals("421 4.3.2 Service not available\r\n", dialogue.told());
            assertFalse(dialogue.server.isOpen());
        }
        try (TlsDialogue dialogue = greeted()) {
            dialogue.plain("STARTTLS");
            dialogue.server.pipeline().fireUserEventTriggered(SessionHandler.Stop.STOP);
            dialogue.run();
            assertEquals("", dialogue.heard());
            assertFalse(dialogue.server.isOpen());
        }
    }

    /// The client's window is full to the octet: the last reply still fits, and TLS's own farewell does not.
    private static final class Full extends ChannelOutboundHandlerAdapter {
        private int left = 1;

        @Override
        public void write(ChannelHandlerContext context, Object octets, ChannelPromise written) {
            boolean some = octets instanceof ByteBuf buffer && buffer.isReadable();
            if (some && left == 0) {
                ReferenceCountUtil.release(octets); // and it is never written
                return;
            }
            left -= some ? 1 : 0;
            context.write(octets, written);
        }
    }

    @Test
    void whoever_takes_the_last_reply_and_not_the_end_of_tls_is_not_waited_for() {
        try (TlsDialogue dialogue = greeted()) {
            dialogue.secure();
            dialogue.say("EHLO c\r\n");
            dialogue.server.pipeline().addFirst(new Full());
            assertEquals("221 2.0.0 Service closing transmission channel\r\n", dialogue.say("QUIT\r\n"));
            assertTrue(dialogue.server.isOpen());
            dialogue.advance(SessionHandler.CLOSE_PATIENCE);
            assertFalse(dialogue.server.isOpen());
        }
    }

    @Test
    void commands_within_tls_may_come_in_any_pieces() {
        String said =
                "EHLO c\r\nNOOP\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<b@company.com>\r\nDATA\r\ns: x\r\n\r\n.\r\nQUIT\r\n";
        for (int cut = 1; cut < said.length(); cut += 3) {
            try (TlsDialogue dialogue = greeted()) {
                dialogue.secure();
                String all = dialogue.say(said.substring(0, cut)) + dialogue.say(said.substring(cut));
                assertTrue(all.startsWith(TLS_EHLO + "250 2.0.0 OK\r\n250 2.1.0"), all);
                assertTrue(all.endsWith("221 2.0.0 Service closing transmission channel\r\n"), all);
            }
        }
        for (FakeSubmission.Taken taken : submission.taken) {
            assertTrue(taken.text().endsWith("s: x\r\n\r\n"));
        }
        assertFalse(submission.taken.isEmpty());
    }
}
