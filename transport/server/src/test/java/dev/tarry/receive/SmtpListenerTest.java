package dev.tarry.receive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.login.Mechanism;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Submission;
import dev.tarry.smtp.Transcript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real sockets.
final class SmtpListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StageWorld stage;
    private FakeSubmission submission;
    private SmtpListener listener;

    @BeforeEach
    void begin() {
        stage = new StageWorld();
        submission = new FakeSubmission(stage.queueLoop);
    }

    @AfterEach
    void end() {
        if (listener != null) {
            listener.close().join();
            assertEquals(0, listener.connections());
        }
        until(() -> stage.ledger.settled());
        assertEquals(0, submission.open.get(), "bodies left open");
        stage.close();
    }

    @Test
    void a_dialogue() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            assertTrue(client.reply().startsWith("220 mail.company.com Microsoft ESMTP MAIL Service ready at "));
            assertEquals(
                    "250-mail.company.com Hello [127.0.0.1]|250-SIZE 37748736|250-PIPELINING|250-DSN"
                            + "|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-BINARYMIME|250-CHUNKING|250 SMTPUTF8",
                    client.say("EHLO client.example"));
            client.say("MAIL FROM:<a@company.com>");
            client.say("RCPT TO:<user@gmail.com>");
            assertEquals("354 Start mail input; end with <CRLF>.<CRLF>", client.say("DATA"));
            client.send("Subject: x", "", "..body", ".");
            assertTrue(client.reply().endsWith("Queued mail for delivery"));
            assertEquals("221 2.0.0 Service closing transmission channel", client.say("QUIT"));
            assertTrue(client.atEnd());
        }
        assertTrue(submission.taken.getFirst().text().endsWith("Subject: x\r\n\r\n.body\r\n"));
    }

    @Test
    void whole_transactions_in_one_segment() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.send(
                    "EHLO c",
                    "MAIL FROM:<a@b.c>",
                    "RCPT TO:<d@e.f>",
                    "DATA",
                    "s: 1",
                    "",
                    ".",
                    "MAIL FROM:<a@b.c>",
                    "RCPT TO:<bad>",
                    "RCPT TO:<d@e.f>",
                    "DATA",
                    "s: 2",
                    "",
                    "..",
                    ".",
                    "NOOP",
                    "QUIT",
                    "NOOP");
            assertEquals("220 250 250 250 354 250 250 501 250 354 250 250 221 -", client.codes(14));
        }
        assertEquals(2, submission.taken.size());
        assertTrue(submission.taken.getLast().text().endsWith("s: 2\r\n\r\n.\r\n"));
    }

    @Test
    void commands_behind_data_wait_for_the_250() throws IOException {
        submission.answersAtOnce = false;
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "s: 1", "", ".", "NOOP", "QUIT");
            assertEquals("220 250 250 250 354", client.codes(5));
            until(() -> submission.taken.size() == 1);
            assertEquals(0, client.socket.getInputStream().available());
            submission.answer();
            assertEquals("250 250 221 -", client.codes(4));
        }
    }

    @Test
    void a_client_that_has_said_all_it_will_still_gets_its_answers() throws IOException {
        submission.answersAtOnce = false;
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "s: 1", "", ".", "NOOP");
            client.socket.shutdownOutput();
            until(() -> submission.taken.size() == 1);
            submission.answer();
            assertEquals("220 250 250 250 354 250 250 -", client.codes(8));
        }
    }

    @Test
    void a_client_that_hangs_up_in_the_middle_of_data_leaves_nothing() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "s: 1", "", "half a li");
            assertEquals("220 250 250 250 354", client.codes(5));
            until(() -> submission.open.get() == 1);
        }
        until(() -> submission.discarded.get() == 1 && listener.connections() == 0);
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_36_mb_message_passes_without_standing_in_memory() throws IOException {
        submission.keepsOctets = false;
        submission.slowDisk = true;
        open(StageWorld.connector());
        String line = "x".repeat(997) + "\r\n";
        int lines = 37_748_736 / line.length() - 1;
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c> SIZE=37748736", "RCPT TO:<d@e.f>", "DATA", "s: 1", "");
            assertEquals("220 250 250 250 354", client.codes(5));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    byte[] block = line.repeat(64).getBytes(StandardCharsets.US_ASCII);
                    int left = lines;
                    for (; left >= 64; left -= 64) {
                        client.socket.getOutputStream().write(block);
                    }
                    client.raw(line.repeat(left));
                    client.raw(".\r\n");
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            until(() -> submission.latest != null && submission.latest.waiting());
            FakeSubmission.FakeBody body = submission.latest;
            int drained = 0;
            while (submission.taken.isEmpty()) {
                long before = body.bytes();
                until(() -> body.waiting() || !submission.taken.isEmpty());
                assertTrue(body.bytes() - before <= 70_000, "at most one more chunk between two full marks");
                drained++;
                body.drain();
            }
            assertTrue(drained > 100, "it was held back again and again");
            assertTrue(body.appendsWhileFull <= 1, "only the added lines and the first chunk come together");
            assertTrue(body.largestAppend <= 70_000, "largest chunk " + body.largestAppend);
            sent.join();
            assertTrue(client.reply().contains(" bytes in "));
            assertTrue(body.bytes() > (long) lines * line.length());
        }
    }

    @Test
    void a_large_message_within_tls_waits_for_the_disk_too(@TempDir Path folder) throws Exception {
        submission.keepsOctets = false;
        submission.slowDisk = true;
        TestTls tls = TestTls.in(folder);
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector())
                                .withTls(Optional.of(_ -> CompletableFuture.completedFuture(tls.server))))
                .join();
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "STARTTLS");
            assertEquals("220 250 220", client.codes(3));
            SSLSocket secure =
                    (SSLSocket) tls.client.getSocketFactory().createSocket(client.socket, "mail.company.com", 25, true);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(secure.getInputStream(), StandardCharsets.US_ASCII));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    secure.getOutputStream()
                            .write("HELO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\ns: 1\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    byte[] block = ("x".repeat(997) + "\r\n").repeat(64).getBytes(StandardCharsets.US_ASCII);
                    for (int i = 0; i < 64; i++) {
                        secure.getOutputStream().write(block);
                    }
                    secure.getOutputStream().write(".\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            for (int i = 0; i < 4; i++) {
                assertTrue(replies.readLine().matches("250 .*|354 .*"));
            }
            int drained = 0;
            while (submission.taken.isEmpty()) {
                until(() -> submission.latest.waiting() || !submission.taken.isEmpty());
                drained++;
                submission.latest.drain();
            }
            assertTrue(drained > 20, "it was held back again and again: " + drained);
            assertTrue(submission.latest.bytes() > 64 * 64 * 999);
            sent.join();
            assertTrue(replies.readLine().contains(" bytes in "));
            assertTrue(replies.readLine().startsWith("221 "));
            assertNull(replies.readLine());
        }
    }

    @Test
    void a_client_that_never_reads_its_replies_is_not_read_either() throws IOException {
        open(StageWorld.connector());
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            client.connect(listener.address());
            client.configureBlocking(false);
            ByteBuffer noops = ByteBuffer.wrap("NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            AtomicLong written = new AtomicLong();
            AtomicInteger stalled = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
                int moved = client.write(noops);
                if (!noops.hasRemaining()) {
                    noops.rewind();
                }
                written.addAndGet(moved);
                stalled.updateAndGet(before -> moved > 0 ? 0 : before + 1);
                return stalled.get() > 200;
            });
            assertTrue(written.get() < 20_000_000, "took " + written + " octets of commands without being read");
            // and when it reads at last, there is an answer to each
            AtomicLong replies = new AtomicLong(-1); // the banner
            ByteBuffer in = ByteBuffer.allocate(65_536);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
                for (in.clear(); client.read(in) > 0; in.clear()) {
                    for (int i = 0; i < in.position(); i++) {
                        replies.addAndGet(in.get(i) == '\n' ? 1 : 0);
                    }
                }
                return replies.get() == written.get() / 6;
            });
        }
    }

    @Test
    void connections_beyond_the_limit_are_turned_away() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector()
                                        .withLimits(ReceiveConnector.Limits.DEFAULT_FRONTEND.withConnections(2, 20, 2)))
                                .withEvents(event -> told.add(event.kind().id() + " " + event.about())))
                .join();
        try (Client first = new Client(listener.address());
                Client second = new Client(listener.address())) {
            first.reply();
            second.reply();
            try (Client third = new Client(listener.address())) {
                assertEquals(
                        "421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing"
                                + " transmission channel",
                        third.reply());
                assertTrue(third.atEnd());
            }
            assertEquals(List.of("1003 Default Frontend MAIL 127.0.0.1"), told);
            second.say("QUIT");
            until(() -> listener.connections() == 1);
            try (Client fourth = new Client(listener.address())) {
                assertTrue(fourth.reply().startsWith("220 "));
            }
        }
    }

    @Test
    void one_source_may_not_take_all_but_this_machine_may() {
        InboundConnections connections = new InboundConnections(ReceiveConnector.Limits.DEFAULT_FRONTEND);
        Peer stranger = new Peer("203.0.113.9", 1, "192.0.2.1", 25, false);
        Peer other = new Peer("203.0.113.10", 1, "192.0.2.1", 25, false);
        Peer local = new Peer("127.0.0.1", 1, "127.0.0.1", 25, true);
        for (int i = 0; i < 20; i++) {
            assertTrue(connections.admit(stranger, Dialogue.NOW));
        }
        assertFalse(connections.admit(stranger, Dialogue.NOW));
        assertTrue(connections.admit(other, Dialogue.NOW));
        for (int i = 0; i < 30; i++) {
            assertTrue(connections.admit(local, Dialogue.NOW));
        }
        connections.left(stranger);
        assertTrue(connections.admit(stranger, Dialogue.NOW));
        assertEquals(51, connections.open());
    }

    @Test
    void whoever_pipelines_without_end_and_never_reads_is_held_back_and_others_are_served_meanwhile() throws Exception {
        open(StageWorld.connector());
        List<SocketChannel> deaf = new ArrayList<>();
        try {
            byte[] noise = "NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 8; i++) {
                SocketChannel one = SocketChannel.open(listener.address());
                one.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                one.configureBlocking(false);
                deaf.add(one);
            }
            long[] sent = new long[deaf.size()];
            int[] idle = new int[1];
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                long more = 0;
                for (int i = 0; i < deaf.size(); i++) {
                    int taken = deaf.get(i).write(ByteBuffer.wrap(noise));
                    sent[i] += taken;
                    more += taken;
                }
                idle[0] = more == 0 ? idle[0] + 1 : 0;
                return idle[0] == 20; // what the sockets' buffers take is taken, and no more is read
            });
            for (long octets : sent) {
                assertTrue(octets > 0 && octets < 64_000_000, "taken of one: " + octets);
            }
            try (Client honest = new Client(listener.address())) {
                honest.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "s: 1", "", ".", "QUIT");
                assertEquals("220 250 250 250 354 250 221 -", honest.codes(8));
            }
            until(() -> listener.connections() == deaf.size());
            advance(Duration.ofMinutes(5).plusSeconds(20));
            advance(SessionHandler.CLOSE_PATIENCE.plusSeconds(1));
            until(() -> listener.connections() == 0);
        } finally {
            for (SocketChannel one : deaf) {
                one.close();
            }
        }
    }

    @Test
    void whoever_pipelines_without_end_has_eighty_six_commands_answered_before_it_is_somebody_elses_turn()
            throws Exception {
        CountDownLatch everybodyHasSpoken = new CountDownLatch(1);
        ConcurrentMap<Thread, AtomicInteger> answered = new ConcurrentHashMap<>();
        AtomicInteger before = new AtomicInteger(-1);
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector())
                                .withLog((_, _, _) -> heard(line -> {
                                    AtomicInteger here =
                                            answered.computeIfAbsent(Thread.currentThread(), _ -> new AtomicInteger());
                                    switch (line) {
                                        case "< NOOP" -> {
                                            waitFor(everybodyHasSpoken);
                                            here.incrementAndGet();
                                        }
                                        case "< EHLO honest.example" -> before.set(here.get());
                                        default -> {}
                                    }
                                })))
                .join();
        byte[] noise = "NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (Client first = new Client(listener.address()); // there are two loops
                Client second = new Client(listener.address());
                Client honest = new Client(listener.address())) {
            for (Client greeted : List.of(first, second, honest)) {
                assertTrue(greeted.reply().startsWith("220 "));
            }
            for (Client noisy : List.of(first, second)) {
                noisy.socket.getOutputStream().write(noise);
            }
            honest.send("EHLO honest.example");
            everybodyHasSpoken.countDown();
            assertTrue(honest.reply().startsWith("250-"));
            assertTrue(before.get() >= 0 && before.get() <= 3 * 86, "answered before it: " + before);
        }
    }

    @Test
    void whoever_never_reads_is_answered_no_longer_than_small_buffers_take() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector())
                                .withLog((_, _, _) -> heard(line -> {
                                    if (line.startsWith("> 250 ")) {
                                        answers.incrementAndGet();
                                    }
                                })))
                .join();
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            client.connect(listener.address());
            client.configureBlocking(false);
            ByteBuffer noops = ByteBuffer.wrap("NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            AtomicInteger stalled = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
                int moved = client.write(noops);
                if (!noops.hasRemaining()) {
                    noops.rewind();
                }
                return stalled.updateAndGet(before -> moved > 0 ? 0 : before + 1) > 200;
            });
            // 96 KB; where the system's buffers for replies grow as they like it is megabytes
            assertTrue(answers.get() > 0 && answers.get() < 7_000, "answers: " + answers);
        }
    }

    @Test
    void the_beginning_of_a_long_line_of_auth_is_counted_and_where_memory_is_spent_that_was_it() throws IOException {
        submission.memory().limit(1_000_000);
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector()
                                .withSignIn(
                                        SignInTerms.CLIENT_FRONTEND.withMechanisms(Set.of(Mechanism.PLAIN), false))))
                .join();
        try (Client one = new Client(listener.address());
                Client other = new Client(listener.address())) {
            one.reply();
            one.say("EHLO c");
            one.raw("AUTH PLAIN " + "A".repeat(9_000));
            until(() -> submission.memory().used() >= 9_000);
            assertTrue(
                    submission.memory().used() < 40_000,
                    () -> "used: " + submission.memory().used());
            submission.memory().take(1_000_000);
            one.raw("A".repeat(1_000));
            assertEquals("452 4.3.1 Insufficient system resources (ReceiveMemory)", one.reply());
            assertTrue(one.atEnd());
            // nobody with an ordinary command is hurt by it
            other.reply();
            other.raw("EHLO ");
            other.raw("c\r\n");
            assertTrue(other.reply().startsWith("250-"));
            submission.memory().give(1_000_000);
        }
        until(() -> listener.connections() == 0);
        until(() -> submission.memory().used() == 0);
    }

    private static Transcript heard(Consumer<String> lines) {
        return new Transcript() {
            @Override
            public void connected(String local) {}

            @Override
            public void line(Event event, String data, String context) {
                lines.accept(event.sign() + " " + data);
            }
        };
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_silent_client_is_sent_away_after_five_minutes_of_wire_time() throws IOException {
        open(StageWorld.connector().withPace(new Pace(Duration.ofHours(1), 500)));
        try (Client client = new Client(listener.address())) {
            client.reply();
            advance(Duration.ofMinutes(4));
            client.say("NOOP");
            client.raw("NOO");
            advance(Duration.ofMinutes(4).plusSeconds(50));
            client.raw("P");
            assertEquals("250 2.0.0 OK", client.say("")); // octets alone are no sign of life, but it is not time yet
            advance(Duration.ofSeconds(90));
            assertEquals("421 4.4.1 Connection timed out", client.reply());
            assertTrue(client.atEnd());
        }
        try (Client client = new Client(listener.address())) {
            client.reply();
            client.raw("NOO");
            advance(Duration.ofMinutes(5).plusSeconds(20));
            assertEquals("451 4.7.0 Timeout waiting for client input", client.reply());
            assertTrue(client.atEnd());
        }
    }

    @Test
    void no_time_out_while_it_is_we_who_owe_an_answer() throws IOException {
        submission.answersAtOnce = false;
        List<Reply> refused = new CopyOnWriteArrayList<>();
        ReceiveMeter meter = new ReceiveMeter() {
            @Override
            public void refused(Reply reply) {
                refused.add(reply);
            }
        };
        listener = SmtpListener.open(
                        stage.world, reception(StageWorld.connector()).withMeter(meter))
                .join();
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", ".");
            client.codes(5);
            until(() -> submission.taken.size() == 1);
            advance(Duration.ofMinutes(11));
            submission.answer();
            assertTrue(client.reply().startsWith("250 2.6.0 "));
            assertTrue(client.atEnd());
            assertEquals(
                    List.of(Replies.CONNECTION_TIMED_OUT), refused, "the end is counted once, however long it takes");
        }
    }

    @Test
    void closing_tells_idle_clients_and_answers_the_others_first() throws IOException {
        submission.answersAtOnce = false;
        open(StageWorld.connector());
        try (Client idle = new Client(listener.address());
                Client busy = new Client(listener.address())) {
            idle.reply();
            busy.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", ".");
            busy.codes(5);
            until(() -> submission.taken.size() == 1);
            CompletableFuture<Void> closed = listener.close();
            assertEquals("421 4.3.2 Service not available", idle.reply());
            assertTrue(idle.atEnd());
            assertFalse(closed.isDone());
            submission.answer();
            assertTrue(busy.reply().startsWith("250 2.6.0 "));
            String last = busy.reply(); // if it was answered before its loop heard of the closing, it is told too
            assertTrue(last.isEmpty() || last.equals("421 4.3.2 Service not available"), last);
            closed.join();
            assertFalse(
                    listener.listening()); // its port may be somebody else's by now: dialling it would prove nothing
            assertEquals(0, listener.connections());
        }
    }

    @Test
    void an_address_that_is_taken_is_told() {
        open(StageWorld.connector());
        ReceiveConnector same = StageWorld.connector().withBind((InetSocketAddress) listener.address());
        CompletionException e = assertThrows(
                CompletionException.class,
                () -> SmtpListener.open(stage.world, reception(same)).join());
        assertInstanceOf(BindException.class, e.getCause().getCause());
        assertTrue(e.getCause().getMessage().contains("cannot listen on 127.0.0.1:"), e::getMessage);
    }

    @Test
    void something_of_ours_that_breaks_is_a_temporary_failure() throws IOException {
        Submission broken = new Submission() {
            @Override
            public dev.tarry.queue.IncomingMemory memory() {
                return submission.memory();
            }

            @Override
            public Body newBody() {
                throw new IllegalStateException("planted by a test");
            }

            @Override
            public void accept(
                    dev.tarry.queue.Incoming message, Body body, java.util.function.Consumer<Acceptance> answer) {
                throw new AssertionError();
            }
        };
        listener = SmtpListener.open(
                        stage.world, Reception.of(stage.world, StageWorld.connector(), Dialogue::standing, broken))
                .join();
        try (Client client = new Client(listener.address())) {
            client.send("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "s: 1", "", "x", ".");
            client.codes(5);
            assertEquals("451 4.7.0 Temporary server error. Please try again later.", client.reply());
            assertTrue(client.atEnd());
        }
    }

    @Test
    void the_log_and_the_meter_are_told() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        List<String> counts = new CopyOnWriteArrayList<>();
        ReceiveMeter meter = new ReceiveMeter() {
            @Override
            public void connected() {
                counts.add("connected");
            }

            @Override
            public void disconnected() {
                counts.add("disconnected");
            }

            @Override
            public void accepted(long bytes, int recipients) {
                counts.add("accepted for " + recipients);
            }

            @Override
            public void refused(Reply reply) {
                counts.add("refused " + reply.code());
            }
        };
        listener = SmtpListener.open(
                        stage.world,
                        reception(StageWorld.connector()).withMeter(meter).withLog((_, _, _) -> new Lines(lines)))
                .join();
        try (Client client = new Client(listener.address())) {
            client.send(
                    "HELO c", "JUNK \u001b", "MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA", "secret: x", ".", "QUIT");
            client.codes(8);
            assertTrue(client.atEnd());
        }
        until(() -> counts.contains("disconnected"));
        assertEquals(List.of("connected", "refused 500", "accepted for 1", "disconnected"), counts);
        until(() -> lines.contains("-Local"));
        String log = String.join("\n", lines);
        assertTrue(log.startsWith("+\n*SMTPSubmit SMTPAcceptAnyRecipient SMTPAcceptAnySender"), log);
        assertTrue(log.contains("<HELO c\n>250 mail.company.com Hello [127.0.0.1]\n<JUNK ?\n>500 5.3.3 "), log);
        assertTrue(log.contains("<MAIL FROM:<a@b.c>\n*"), log);
        assertTrue(log.contains(";1receiving message\n>250 2.1.0 "), log);
        assertTrue(log.contains("<DATA\n>354 Start"), log);
        assertFalse(log.contains("secret"), log);
    }

    private record Lines(List<String> lines) implements Transcript {
        @Override
        public void connected(String local) {
            lines.add("+");
        }

        @Override
        public void line(Event event, String data, String context) {
            lines.add(event.sign() + data + context);
        }
    }

    @Test
    void many_clients_at_once() {
        open(StageWorld.connector());
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            clients.add(CompletableFuture.runAsync(() -> {
                try (Client client = new Client(listener.address())) {
                    client.reply();
                    client.say("EHLO c");
                    for (int j = 0; j < 25; j++) {
                        client.send("MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "DATA");
                        assertEquals("250 250 354", client.codes(3));
                        client.send("Message-ID: <" + number + "." + j + "@x>", "", "body", ".");
                        String reply = client.reply();
                        assertTrue(reply.startsWith("250 2.6.0 <" + number + "." + j + "@x> "), reply);
                    }
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        clients.forEach(CompletableFuture::join);
        assertEquals(1_000, submission.taken.size());
    }

    private void open(ReceiveConnector connector) {
        listener = SmtpListener.open(stage.world, reception(connector)).join();
    }

    private Reception reception(ReceiveConnector connector) {
        return Reception.of(stage.world, connector, Dialogue::standing, submission);
    }

    /// Moves wire time, ringing every alarm on the way and letting it settle.
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
