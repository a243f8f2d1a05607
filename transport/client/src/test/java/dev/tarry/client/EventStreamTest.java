package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stream of events against a server that says octets.
final class EventStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Socket> came = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private TarryClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new TarryClient(URI.create("http://127.0.0.1:" + server.getLocalPort()), Optional.of("a-token"));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        for (Socket socket : came) {
            socket.close();
        }
    }

    /// Answers each connection with the next of these, and hangs up after all but those that end with a dot.
    private void serve(String... answers) {
        Thread.ofVirtual().start(() -> {
            for (String answer : answers) {
                try {
                    Socket socket = server.accept();
                    came.add(socket);
                    ByteArrayOutputStream head = new ByteArrayOutputStream();
                    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                        head.write(socket.getInputStream().read());
                    }
                    asked.add(head.toString(StandardCharsets.ISO_8859_1));
                    boolean stays = answer.endsWith(".");
                    String octets = stays ? answer.substring(0, answer.length() - 1) : answer;
                    socket.setTcpNoDelay(true);
                    for (byte octet : octets.getBytes(StandardCharsets.UTF_8)) {
                        socket.getOutputStream().write(octet);
                    }
                    if (!stays) {
                        socket.close();
                    }
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private static ServerEvent next(EventStream stream) throws InterruptedException {
        return stream.next(PATIENCE).orElseThrow(() -> new AssertionError("no event came"));
    }

    @Test
    void each_type_is_a_record_and_what_is_unknown_or_a_comment_is_passed_over() throws Exception {
        serve(HEAD + """
                : listening
                id: 6

                id: 7
                event: queue
                data: {"At":"2026-01-02T03:04:05.000Z","Change":"changed","Identity":"MAIL\\\\4","DeliveryType":"DnsConnectorDelivery",
                data: "NextHopDomain":"gmail.com","Status":"Retry","MessageCount":2,"LastError":"451 4.4.0 ä"}

                id: 8
                event: tracking
                data: {"Timestamp":"2026-01-02T03:04:06.000Z","EventId":"DEFER"}

                : nothing new
                id: 9

                event: novelty
                id: 10
                data: {}

                event:lab
                id:11
                data:{"Kind":"dnsQuery","Query":{"Name":"gmail.com"}}

                id: 15
                event: gap
                data: {"lost":4}

                id: 15
                event: gap
                data: {"lost":null}

                .""");
        try (EventStream stream =
                client.events(EventFilter.types("queue", "lab").recipient("*@gmail.com"))) {
            assertEquals(
                    new ServerEvent.Queue(
                            7,
                            Instant.parse("2026-01-02T03:04:05Z"),
                            false,
                            "MAIL\\4",
                            "DnsConnectorDelivery",
                            "gmail.com",
                            "Retry",
                            2,
                            "451 4.4.0 ä"),
                    next(stream));
            ServerEvent.Tracking tracking = assertInstanceOf(ServerEvent.Tracking.class, next(stream));
            assertEquals(Instant.parse("2026-01-02T03:04:06Z"), tracking.event().get("Timestamp"));
            ServerEvent.Lab lab = assertInstanceOf(ServerEvent.Lab.class, next(stream));
            assertEquals("dnsQuery", lab.kind());
            assertEquals("gmail.com", lab.what().get("Name"));
            assertEquals(11, lab.id());
            assertEquals(new ServerEvent.Gap(15, OptionalLong.of(4)), next(stream));
            assertEquals(new ServerEvent.Gap(15, OptionalLong.empty()), next(stream));
            assertEquals(Optional.empty(), stream.next(Duration.ofMillis(1)));
        }
        String request = asked.take();
        assertTrue(
                request.startsWith("GET /api/v1/events?types=queue%2Clab&recipient=%2A%40gmail.com HTTP/1.1\r\n")
                        || request.startsWith(
                                "GET /api/v1/events?types=queue%2Clab&recipient=*%40gmail.com HTTP/1.1\r\n"),
                request);
        assertTrue(request.contains("Accept: text/event-stream"), request);
        assertFalse(request.contains("Last-Event-ID"), request);
        assertTrue(request.contains("Authorization: Bearer a-token\r\n"), request);
    }

    @Test
    void a_stream_that_breaks_off_goes_on_where_it_was_and_half_an_event_is_not_told() throws Exception {
        serve(
                HEAD + "id: 7\nevent: tracking\ndata: {\"EventId\":\"SEND\"}\n\nid: 8\nevent: tracking\ndata: {\"Eve",
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                HEAD + "id: 9\nevent: tracking\ndata: {\"EventId\":\"FAIL\"}\n\n.");
        try (EventStream stream = client.events(EventFilter.everything())) {
            assertEquals(7, next(stream).id());
            assertEquals(9, next(stream).id());
        }
        assertFalse(asked.take().contains("Last-Event-ID"));
        for (int i = 0; i < 2; i++) {
            String again = asked.take();
            assertTrue(again.startsWith("GET /api/v1/events HTTP/1.1\r\n"), again);
            assertTrue(again.contains("Last-Event-ID: 7\r\n"), again);
        }
    }

    @Test
    void what_the_server_refuses_is_thrown_at_once() {
        serve("HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: 66\r\n\r\n"
                + "{\"type\":\"urn:tarry:problem:x\",\"title\":\"t\",\"status\":400,\"detail\":\"d\"}");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> client.events(EventFilter.types("queues")));
        assertEquals(400, refused.status());
    }

    @Test
    void what_is_no_event_fails_the_stream_for_good() throws Exception {
        serve(HEAD + "id: one\nevent: lab\ndata: {}\n\n.");
        try (EventStream stream = client.events(EventFilter.everything())) {
            assertThrows(UnexpectedAnswerException.class, () -> next(stream));
            assertThrows(UnexpectedAnswerException.class, () -> next(stream));
        }
    }

    @Test
    void a_stream_that_is_closed_hangs_up_and_has_no_next() throws Exception {
        serve(HEAD + "id: 7\nevent: tracking\ndata: {}\n\n.");
        EventStream stream = client.events(EventFilter.everything());
        next(stream);
        stream.close();
        assertThrows(NoSuchElementException.class, () -> stream.next(PATIENCE));
        Socket socket = came.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        assertEquals(-1, socket.getInputStream().read(), "the server sees its end");
        came.add(socket);
    }

    @Test
    void a_server_that_falls_silent_is_left_after_three_heartbeats_and_asked_again() throws Exception {
        serve(
                HEAD + "id: 7\nevent: tracking\ndata: {\"EventId\":\"SEND\"}\n\n.",
                HEAD + "id: 8\nevent: tracking\ndata: {\"EventId\":\"FAIL\"}\n\n.");
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
        try (Http http = new Http(uri, Optional.empty());
                EventStream stream = new EventStream(http, EventFilter.everything(), false)) {
            assertEquals(7, next(stream).id());
            long looks = EventStream.SILENCE_MAX.dividedBy(EventStream.LOOK);
            for (int i = 1; i < looks; i++) {
                assertFalse(stream.look());
            }
            // no look counts before the reader waits again
            assertTimeoutPreemptively(PATIENCE, () -> {
                while (!stream.look()) {
                    Thread.onSpinWait();
                }
            });
            assertEquals(8, next(stream).id());
            assertFalse(stream.look(), "what has spoken since is there");
        }
        asked.take();
        assertTrue(asked.take().contains("Last-Event-ID: 7\r\n"));
    }

    @Test
    void a_stream_that_breaks_off_before_it_has_told_where_it_was_gives_a_gap_of_unknown_size() throws Exception {
        serve(HEAD + ": listening\n", HEAD + "id: 9\nevent: tracking\ndata: {\"EventId\":\"FAIL\"}\n\n.");
        try (EventStream stream = client.events(EventFilter.everything())) {
            assertEquals(new ServerEvent.Gap(0, OptionalLong.empty()), next(stream));
            assertEquals(9, next(stream).id());
        }
        asked.take();
        assertFalse(asked.take().contains("Last-Event-ID"));
    }

    // ---- waits

    @Test
    void a_wait_that_holds_and_one_that_does_not() throws IOException {
        try (StubServer stub = new StubServer();
                TarryClient waits = new TarryClient(stub.uri())) {
            stub.json("POST /api/v1/wait", 200, """
                    {"held":true,"condition":"queue queues>=1","standing":["queue queues>=1: 1"],
                    "when":"2026-01-02T03:04:05.000Z","waited":"PT48H","realMillis":822,"alarms":295}
                    """);
            assertEquals(
                    new Waited(
                            "queue queues>=1",
                            List.of("queue queues>=1: 1"),
                            Instant.parse("2026-01-02T03:04:05Z"),
                            Duration.ofHours(48),
                            Duration.ofMillis(822),
                            295),
                    waits.await("queue", Duration.ofHours(49)));
            assertEquals(
                    "POST /api/v1/wait {\"condition\":\"queue\",\"timeout\":\"PT49H\",\"realTimeout\":\"PT10M\",\"settle\":false}",
                    stub.requests().getFirst());
            stub.json("POST /api/v1/wait", 504, """
                    {"type":"urn:tarry:problem:wait-timed-out","title":"t","status":504,"detail":"It did not hold.","held":false,
                    "condition":"queue queues>=1","standing":["queue queues>=1: 0"],"when":"2026-01-02T03:04:05.000Z",
                    "waited":"PT1H","realMillis":1,"alarms":0,"limit":"timeout"}
                    """);
            WaitTimedOutException late = assertThrows(
                    WaitTimedOutException.class,
                    () -> waits.await(WaitFor.condition("queue").untilSettled().withinReal(Duration.ofSeconds(5))));
            assertEquals("It did not hold.", late.getMessage());
            assertEquals(List.of("queue queues>=1: 0"), late.waited().standing());
            assertEquals(Duration.ofHours(1), late.waited().waited());
            assertEquals(
                    "POST /api/v1/wait {\"condition\":\"queue\",\"realTimeout\":\"PT5S\",\"settle\":true}",
                    stub.requests().getLast());
        }
    }
}
