package dev.tarry.receive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// BDAT over real sockets: waiting for the disk, time-outs, ends of connections and of TLS.
final class BdatOnTheWireTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENVELOPE = "MAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\n";
    private static final String BINARY = "MAIL FROM:<a@company.com> BODY=BINARYMIME\r\nRCPT TO:<b@company.com>\r\n";

    private StageWorld stage;
    private FakeSubmission submission;
    private SmtpListener listener;

    @BeforeEach
    void begin() {
        stage = new StageWorld();
        submission = new FakeSubmission(stage.queueLoop);
        listener = SmtpListener.open(
                        stage.world, Reception.of(stage.world, StageWorld.connector(), Dialogue::standing, submission))
                .join();
    }

    @AfterEach
    void end() {
        listener.close().join();
        until(() -> stage.ledger.settled());
        assertEquals(0, submission.open.get(), "bodies left open");
        stage.close();
    }

    @Test
    void a_binary_message_of_random_octets_in_chunks_of_random_size_comes_through_whole() throws IOException {
        Random random = new Random(3);
        byte[] content = new byte[300_000];
        random.nextBytes(content);
        byte[] head = "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, message, head.length, content.length);
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\n" + BINARY);
            assertEquals("220 250 250 250", client.codes(4));
            int chunks = 0;
            for (int from = 0; from < message.length; chunks++) {
                int to = Math.min(message.length, from + random.nextInt(40_000));
                client.raw("BDAT " + (to - from) + (to == message.length ? " LAST" : "") + "\r\n");
                client.socket.getOutputStream().write(message, from, to - from);
                from = to;
            }
            assertEquals("250 ".repeat(chunks).strip(), client.codes(chunks));
        }
        byte[] kept = submission.taken.getFirst().text().getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(message, Arrays.copyOfRange(kept, kept.length - message.length, kept.length));
    }

    @Test
    void a_36_mb_chunk_waits_for_the_disk_and_never_stands_in_memory() throws IOException {
        submission.keepsOctets = false;
        submission.slowDisk = true;
        int bytes = 37_748_736;
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\n" + BINARY + "BDAT " + bytes + " LAST\r\ns: 1\r\n\r\n");
            assertEquals("220 250 250 250", client.codes(4));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                byte[] block = new byte[65_536];
                try {
                    for (int left = bytes - 8; left > 0; left -= block.length) {
                        client.socket.getOutputStream().write(block, 0, Math.min(left, block.length));
                    }
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            until(() -> submission.latest != null && submission.latest.waiting());
            FakeSubmission.FakeBody body = submission.latest;
            int drained = 0;
            while (submission.taken.isEmpty()) {
                until(() -> body.waiting() || !submission.taken.isEmpty());
                drained++;
                body.drain();
            }
            sent.join();
            assertTrue(drained > 100, "it was held back again and again");
            assertTrue(body.appendsWhileFull <= 1, "only the added lines and the first octets come together");
            assertTrue(body.largestAppend <= 70_000, "largest append " + body.largestAppend);
            assertTrue(client.reply().contains("Queued mail for delivery"));
        }
    }

    @Test
    void a_client_that_is_silent_inside_a_chunk_or_between_two_is_sent_away() throws IOException {
        for (String last : new String[] {"BDAT 100\r\nhalf", "BDAT 4\r\nhalf", "BDAT 9223372036854775807 LAST\r\n"}) {
            try (Client client = new Client(listener.address())) {
                client.raw("EHLO c\r\n" + ENVELOPE + last);
                int replies = last.startsWith("BDAT 4") ? 5 : 4;
                assertEquals("250", client.codes(replies).substring(4 * (replies - 1)));
                until(() -> stage.ledger.settled());
                advance(Duration.ofMinutes(6));
                assertEquals("451 4.7.0 Timeout waiting for client input", client.reply());
                assertTrue(client.atEnd());
            }
        }
        until(() -> listener.connections() == 0);
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_client_that_hangs_up_inside_a_chunk_leaves_nothing() throws IOException {
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\n" + ENVELOPE + "BDAT 100 LAST\r\nSubject: half\r\n\r\n");
            assertEquals("220 250 250 250", client.codes(4));
            until(() -> submission.open.get() == 1);
        }
        until(() -> submission.discarded.get() == 1 && listener.connections() == 0);
        assertTrue(submission.taken.isEmpty());
    }

    /// What comes in the clear behind the end of TLS is not part of the chunk, nor anything else.
    @Test
    void the_end_of_tls_inside_a_chunk_is_the_end_of_the_connection(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        TestTls certificate = TestTls.in(folder);
        for (String begun : new String[] {"BDAT 1000 LAST\r\nSubject: half\r\n\r\n", "BDAT 1000\r\n", "BDAT 0\r\n"}) {
            FakeSubmission kept = new FakeSubmission(Runnable::run);
            try (TlsDialogue dialogue = new TlsDialogue(
                    stage, kept, _ -> CompletableFuture.completedFuture(certificate.server), certificate.client)) {
                dialogue.heard();
                dialogue.plain("EHLO c");
                dialogue.secure();
                dialogue.say("EHLO c\r\n" + ENVELOPE + begun);
                dialogue.closeNotify();
                dialogue.heard();
                dialogue.raw("x".repeat(2_000) + "\r\nRSET\r\n" + ENVELOPE + "BDAT 0 LAST\r\n");
                assertEquals("", dialogue.heard(), begun);
                assertTrue(kept.taken.isEmpty(), begun);
                assertEquals(0, kept.open.get(), begun);
            }
        }
    }

    @Test
    void starttls_between_chunks_forgets_them(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        TestTls certificate = TestTls.in(folder);
        FakeSubmission kept = new FakeSubmission(Runnable::run);
        try (TlsDialogue dialogue = new TlsDialogue(
                stage, kept, _ -> CompletableFuture.completedFuture(certificate.server), certificate.client)) {
            dialogue.heard();
            dialogue.plain("EHLO c");
            dialogue.raw(ENVELOPE + "BDAT 8\r\na: 1\r\n\r\n");
            dialogue.heard();
            dialogue.secure();
            assertEquals(0, kept.open.get());
            assertEquals("503 5.5.2 Need mail command\r\n", dialogue.say("BDAT 3 LAST\r\nx\r\n"));
            assertTrue(kept.taken.isEmpty());
        }
    }

    private void advance(Duration span) {
        var target = stage.time.instant().plus(span);
        do {
            until(() -> stage.ledger.settled());
        } while (stage.time.ringNext(target));
        stage.time.moveTo(target);
        until(() -> stage.ledger.settled());
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition::getAsBoolean);
    }
}
