package dev.tarry.admin.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.OperationRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that take their time: made later, and streams of events.
final class LongAnswersTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String WAIT = "POST /later HTTP/1.1\r\n" + HOST + "\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage = new Stage();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicInteger over = new AtomicInteger();
    private final BlockingQueue<Optional<String>> lastIds = new LinkedBlockingQueue<>();
    private volatile Reply.Caller caller;
    private volatile Telling telling = to -> {};

    private interface Telling {
        void tell(Reply.Events.Sink to) throws IOException, InterruptedException;
    }

    private final RouteTable routes = new RouteTable(List.of(
            Route.post("/later", "Waits.").by(_ -> new Reply.Later(this::later)),
            Route.post("/refused", "Is refused later.")
                    .by(_ -> new Reply.Later(_ -> {
                        throw new ProblemException(Problem.busy("Not now.", Duration.ofSeconds(5)));
                    })),
            Route.post("/unknown", "Is refused later.")
                    .by(_ -> new Reply.Later(_ -> {
                        throw new OperationRefused(OperationRefused.Reason.UNKNOWN_QUEUE, "there is no queue 'x'");
                    })),
            Route.post("/broken", "Fails later.")
                    .by(_ -> new Reply.Later(_ -> {
                        throw new IOException("the secret is 42");
                    })),
            Route.get("/events", "A stream.")
                    .givesType(Reply.Events.MEDIA_TYPE, "Events.")
                    .by(_ -> new Reply.Events(new Source()))));

    private final HttpListener listener = stage.listen(HttpSettings.loopback(Stage.anyPort()), routes);

    private Reply later(Reply.Caller from) throws InterruptedException {
        caller = from;
        from.whenGone(gone::countDown);
        begun.countDown();
        assertTrue(release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return Reply.ok(Map.of("waits", from.waits()));
    }

    private final class Source implements Reply.Events.Source {
        @Override
        public void writeTo(Reply.Events.Sink to) throws IOException, InterruptedException {
            to.whenGone(gone::countDown);
            lastIds.add(to.lastEventId());
            telling.tell(to);
        }

        @Override
        public void over() {
            over.incrementAndGet();
        }
    }

    @AfterEach
    void close() {
        release.countDown();
        stage.close();
    }

    private RawClient dial() throws IOException {
        return new RawClient(listener.address());
    }

    private void awaitGone() throws InterruptedException {
        assertTrue(gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nobody noticed that the client is gone");
    }

    private void awaitBegun() throws InterruptedException {
        assertTrue(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void an_answer_that_is_made_later_is_an_answer_like_others() throws Exception {
        try (RawClient client = dial()) {
            client.send(WAIT);
            awaitBegun();
            release.countDown();
            String answer = client.reply();
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("{\"waits\":true}"), answer);
            awaitGone(); // what still worked on it would work for nobody
            client.send("POST /refused HTTP/1.1\r\n" + HOST + "\r\n");
            String refused = client.reply();
            HttpScene.assertProblem(503, "busy", refused);
            assertTrue(refused.contains("retry-after: 5\r\n"), refused);
            client.send("POST /unknown HTTP/1.1\r\n" + HOST + "\r\n");
            HttpScene.assertProblem(404, "unknown-queue", client.reply());
            client.send("POST /broken HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
            String broken = client.rest();
            HttpScene.assertProblem(500, "internal", broken);
            assertFalse(broken.contains("42"), broken);
        }
    }

    @Test
    void a_client_that_hangs_up_is_noticed_before_anything_was_written() throws Exception {
        try (RawClient client = dial()) {
            client.send(WAIT);
            awaitBegun();
            assertTrue(caller.waits());
        }
        awaitGone();
        assertFalse(caller.waits());
        CountDownLatch again = new CountDownLatch(1);
        caller.whenGone(again::countDown);
        assertEquals(0, again.getCount(), "whoever asks too late is told at once");
        await().atMost(PATIENCE).until(() -> listener.open() == 0);
    }

    @Test
    void a_client_that_ends_its_half_has_hung_up() throws Exception {
        try (RawClient client = dial()) {
            client.send(WAIT);
            awaitBegun();
            client.endOurHalf();
            awaitGone();
        }
    }

    @Test
    void a_client_that_asks_ahead_and_hangs_up_is_noticed_too_and_one_that_stays_is_answered_in_order()
            throws Exception {
        try (RawClient client = dial()) {
            client.send(WAIT);
            awaitBegun();
            client.send("POST /refused HTTP/1.1\r\n" + HOST + "\r\n");
            release.countDown();
            assertTrue(client.reply().startsWith("HTTP/1.1 200 "));
            assertTrue(client.reply().startsWith("HTTP/1.1 503 "));
        }
        try (RawClient client = dial()) {
            telling = to -> {
                to.comment("here", "");
                while (to.waits()) {
                    Thread.onSpinWait();
                }
            };
            client.send("GET /events HTTP/1.1\r\n" + HOST + "\r\n");
            client.through("here");
            client.send("GET /events HTTP/1.1\r\n" + HOST + "\r\n");
        }
        await().atMost(PATIENCE).until(() -> over.get() == 1 && listener.open() == 0);
    }

    @Test
    void a_request_may_be_cut_anywhere() throws Exception {
        try (RawClient client = dial()) {
            for (char octet : WAIT.toCharArray()) {
                client.send(String.valueOf(octet));
            }
            awaitBegun();
            release.countDown();
            assertTrue(client.reply().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void when_the_listener_closes_who_waits_is_told_and_still_gets_an_answer() throws Exception {
        try (RawClient client = dial()) {
            client.send(WAIT);
            awaitBegun();
            var closed = listener.close();
            awaitGone();
            assertFalse(caller.waits());
            release.countDown();
            String answer = client.rest();
            assertTrue(answer.endsWith("{\"waits\":false}"), answer);
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    // ---- events

    private static final Reply.Events.Event ODD =
            new Reply.Events.Event("7", "queue", Map.of("LastError", "one\r\ntwo\nevent: forged\n\n\u0000<&>"));

    @Test
    void events_are_written_as_browsers_read_them() throws Exception {
        telling = to -> {
            to.comment("listening", "6");
            to.send(List.of(ODD, new Reply.Events.Event("8", "lab", Map.of("At", Instant.EPOCH))));
            to.comment("nothing new", "");
        };
        String answer;
        try (RawClient client = dial()) {
            answer = client.send("GET /events HTTP/1.0\r\n" + HOST + "Last-Event-ID: 5\r\n\r\n")
                    .rest();
        }
        int end = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, end + 2);
        assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
        assertTrue(head.contains("content-type: text/event-stream\r\n"), head);
        assertTrue(head.contains("cache-control: no-store\r\n"), head);
        assertTrue(head.contains("X-Content-Type-Options: nosniff\r\n"), head);
        assertFalse(head.toLowerCase(java.util.Locale.ROOT).contains("access-control"), head);
        assertEquals("""
                : listening
                id: 6

                id: 7
                event: queue
                data: {"LastError":"one\\r\\ntwo\\nevent: forged\\n\\n\\u0000<&>"}

                id: 8
                event: lab
                data: {"At":"1970-01-01T00:00:00.000Z"}

                : nothing new

                """, answer.substring(end + 4));
        assertEquals(Optional.of("5"), lastIds.take());
        await().atMost(PATIENCE).until(() -> over.get() == 1);
    }

    @Test
    void over_http_1_1_they_come_in_chunks_and_the_connection_can_be_used_again() throws Exception {
        telling = to -> to.send(List.of(new Reply.Events.Event("1", "lab", Map.of())));
        try (RawClient client = dial()) {
            client.send("GET /events HTTP/1.1\r\n" + HOST + "\r\n");
            client.send("POST /refused HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
            String answer = client.rest();
            assertTrue(answer.contains("transfer-encoding: chunked\r\n"), answer);
            assertTrue(answer.contains("\r\n1b\r\nid: 1\nevent: lab\ndata: {}\n\n\r\n0\r\n\r\nHTTP/1.1 503 "), answer);
        }
        assertEquals(Optional.empty(), lastIds.take());
    }

    @Test
    void a_head_alone_begins_no_stream_and_what_was_prepared_for_it_is_given_back() throws Exception {
        try (RawClient client = dial()) {
            String answer = client.send("HEAD /events HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                    .rest();
            assertTrue(answer.contains("content-type: text/event-stream\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
        assertTrue(lastIds.isEmpty());
        await().atMost(PATIENCE).until(() -> over.get() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\nretry: 1", "one\rtwo", "a\u0000"})
    void an_id_or_a_type_of_two_lines_is_a_bug_of_ours_and_is_never_written(String odd) throws Exception {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        telling = to -> {
            thrown.add(assertThrows(
                    IllegalArgumentException.class,
                    () -> to.send(List.of(new Reply.Events.Event(odd, "lab", Map.of())))));
            thrown.add(assertThrows(
                    IllegalArgumentException.class,
                    () -> to.send(List.of(new Reply.Events.Event("1", odd, Map.of())))));
            thrown.add(assertThrows(IllegalArgumentException.class, () -> to.comment(odd, "")));
        };
        try (RawClient client = dial()) {
            String answer =
                    client.send("GET /events HTTP/1.0\r\n" + HOST + "\r\n").rest();
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
        assertEquals(3, thrown.size());
    }

    @Test
    void a_client_that_reads_nothing_holds_up_its_own_stream_and_is_cut_off_after_a_while() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        Map<String, Object> large = Map.of("text", "x".repeat(100_000));
        telling = to -> {
            while (to.waits()) {
                to.send(List.of(new Reply.Events.Event("1", "lab", large)));
                sent.incrementAndGet();
            }
            full.countDown();
        };
        try (RawClient client = dial()) {
            client.send("GET /events HTTP/1.1\r\n" + HOST + "\r\n");
            await().atMost(PATIENCE).until(() -> {
                int before = sent.get();
                // no time passes for the server; only a socket that is full stops it
                return before > 0 && stage.time.nextAlarm().isPresent() && stable(sent, before);
            });
            assertEquals(0, over.get());
            stage.time.moveTo(Stage.NOW.plus(HttpListener.READ_WITHIN).minusMillis(1));
            ring();
            assertEquals(0, over.get());
            // where the socket was not full yet, but the server had no turn, the time begins anew with what it takes
            await().atMost(PATIENCE).until(() -> {
                stage.time.moveTo(
                        stage.time.instant().plus(HttpListener.READ_WITHIN).plusSeconds(1));
                ring();
                return over.get() == 1 && listener.open() == 0;
            });
        }
        awaitGone();
    }

    /// Whether it stays the same over many looks.
    private static boolean stable(AtomicInteger count, int before) {
        for (int look = 0; look < 200_000; look++) {
            if (count.get() != before) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private void ring() {
        while (stage.time.ringNext(stage.time.instant())) {}
    }

    @Test
    void a_page_of_another_site_opens_no_stream_and_our_own_does() throws Exception {
        for (String foreign : List.of("Sec-Fetch-Site: cross-site\r\n", "Origin: http://evil.example\r\n")) {
            try (RawClient client = dial()) {
                HttpScene.assertProblem(
                        403,
                        "cross-origin",
                        client.send("GET /events HTTP/1.1\r\n" + HOST + foreign + "Connection: close\r\n\r\n")
                                .rest());
            }
        }
        assertTrue(lastIds.isEmpty());
        int port = ((InetSocketAddress) listener.address()).getPort();
        try (RawClient client = dial()) {
            String answer = client.send(
                            "GET /events HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nSec-Fetch-Site: same-origin\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n")
                    .rest();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }
}
