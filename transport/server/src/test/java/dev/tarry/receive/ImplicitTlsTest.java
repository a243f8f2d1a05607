package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS that begins with the connection, as on port 465 (RFC 8314 §3.3).
final class ImplicitTlsTest {
    private static TestTls certificate;

    private final StageWorld stage = new StageWorld();
    private final FakeSubmission submission = new FakeSubmission(Runnable::run);

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        certificate = TestTls.in(folder);
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private static ReceiveConnector connector() {
        return StageWorld.connector().withSignIn(SignInTerms.DEFAULT_FRONTEND.withTls(true, true, false));
    }

    private TlsDialogue open(TlsSource source) {
        return new TlsDialogue(stage, submission, source, certificate.client, connector());
    }

    private TlsDialogue open() {
        return open(_ -> CompletableFuture.completedFuture(certificate.server));
    }

    @Test
    void the_greeting_comes_within_tls_and_starttls_is_not_offered_any_more() {
        try (TlsDialogue dialogue = open()) {
            assertEquals("", dialogue.heard(), "nothing is said in the clear");
            dialogue.handshake();
            assertTrue(dialogue.secured());
            assertTrue(dialogue.told().startsWith("220 mail.company.com Microsoft ESMTP MAIL Service ready at "));
            String ehlo = dialogue.say("EHLO c\r\n");
            assertFalse(ehlo.contains("STARTTLS"), ehlo);
            assertTrue(ehlo.contains("250-AUTH LOGIN\r\n"), ehlo);
            assertEquals("503 5.5.2 TLS has been negotiated already\r\n", dialogue.say("STARTTLS\r\n"));
            dialogue.say("MAIL FROM:<a@company.com>\r\nRCPT TO:<user@company.com>\r\nDATA\r\n");
            assertTrue(dialogue.say("Subject: x\r\n\r\ny\r\n.\r\n").startsWith("250 2.6.0"));
            assertTrue(submission.taken.getFirst().text().contains("\r\n (version=TLS1_"));
            assertEquals(List.of(ReceiveMeter.Handshake.COMPLETED), dialogue.handshakes);
            assertEquals(List.of(), dialogue.told);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, false",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, false"
    })
    void a_client_that_only_knows_weak_ciphers_gets_no_session(String cipher, boolean good) {
        try (TlsDialogue dialogue = open()) {
            dialogue.clientHello(List.of(cipher), "TLSv1.2");
            dialogue.pump();
            assertEquals(good, dialogue.secured());
            assertEquals(good, dialogue.told().startsWith("220 "));
            assertEquals(good, dialogue.server.isOpen());
        }
    }

    @Test
    void the_handshake_may_come_in_pieces_of_one_octet() {
        try (TlsDialogue dialogue = open()) {
            dialogue.clientHello();
            for (byte octet : dialogue.hello()) {
                dialogue.raw(new byte[] {octet});
            }
            dialogue.pump();
            assertTrue(dialogue.secured());
            assertTrue(dialogue.told().startsWith("220 "));
        }
    }

    @Test
    void who_talks_in_the_clear_hears_nothing_of_smtp() {
        try (TlsDialogue dialogue = open()) {
            dialogue.raw("EHLO c\r\nMAIL FROM:<a@company.com>\r\n");
            assertFalse(dialogue.heard().matches("(?s).*[2-5][0-9][0-9][ -].*"));
            assertFalse(dialogue.server.isOpen());
            assertEquals(List.of(ReceiveMeter.Handshake.FAILED), dialogue.handshakes);
            assertEquals(1, dialogue.told.size());
            assertTrue(
                    dialogue.told.getFirst().endsWith(" could not be begun: the client does not speak TLS"),
                    dialogue.told::toString);
        }
    }

    @Test
    void one_that_leaves_in_mid_handshake_is_told_of_in_words() {
        try (TlsDialogue dialogue = open()) {
            dialogue.clientHello();
            byte[] hello = dialogue.hello();
            dialogue.raw(Arrays.copyOf(hello, hello.length / 2));
            dialogue.server.close();
            dialogue.run();
            assertEquals(List.of(ReceiveMeter.Handshake.FAILED), dialogue.handshakes);
            assertEquals(1, dialogue.told.size());
            assertTrue(
                    dialogue.told.getFirst().endsWith(" could not be begun: the client is gone"),
                    dialogue.told::toString);
        }
    }

    @Test
    void one_that_begins_nothing_is_dropped_after_a_minute_without_a_word() {
        try (TlsDialogue dialogue = open()) {
            dialogue.advance(InboundTls.HANDSHAKE_PATIENCE.minusSeconds(1));
            assertTrue(dialogue.server.isOpen());
            dialogue.advance(Duration.ofSeconds(1));
            assertFalse(dialogue.server.isOpen());
            assertEquals("", dialogue.heard());
        }
    }

    @Test
    void without_a_certificate_clients_are_hung_up_on_and_the_event_log_says_why() {
        for (TlsSource source : new TlsSource[] {
            null, _ -> CompletableFuture.failedFuture(new IllegalStateException("planted by a test"))
        }) {
            try (TlsDialogue dialogue = open(source)) {
                assertFalse(dialogue.server.isOpen());
                assertEquals("", dialogue.heard());
                assertEquals(1, dialogue.told.size());
                assertTrue(dialogue.told.getFirst().startsWith("1012 Receive connector Default Frontend MAIL"));
                assertEquals(List.of(ReceiveMeter.Handshake.UNAVAILABLE), dialogue.handshakes);
            }
        }
    }

    /// The certificate comes late, and what the client said meanwhile is not lost.
    @Test
    void over_sockets_with_a_certificate_that_comes_late() throws Exception {
        CompletableFuture<SSLContext> late = new CompletableFuture<>();
        Reception reception = Reception.of(stage.world, connector(), Dialogue::standing, submission)
                .withTls(Optional.of(_ -> late));
        SmtpListener listener = SmtpListener.open(stage.world, reception).join();
        var address = (java.net.InetSocketAddress) listener.address();
        try (SSLSocket socket = (SSLSocket)
                certificate.client.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            Thread greeted = Thread.ofVirtual().start(() -> {
                try {
                    socket.startHandshake();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            late.complete(certificate.server);
            greeted.join();
            byte[] greeting = new byte[3];
            assertEquals(3, socket.getInputStream().readNBytes(greeting, 0, 3));
            assertEquals("220", new String(greeting, java.nio.charset.StandardCharsets.US_ASCII));
        }
        listener.close().join();
    }
}
