package dev.tarry.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockWay;
import dev.tarry.client.TarryClient;
import dev.tarry.client.WaitFor;
import dev.tarry.config.SettingsBook;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/api/v1/wait` and `/api/v1/events` of a whole server, with clients that cut their requests, read slowly,
/// or hang up.
final class WaitAndEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NEVER = "{\"condition\":\"queue never.example\",\"timeout\":\"PT1H\"}";

    private static Running server;
    private static TarryClient client;
    private static URI admin;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        InetSocketAddress at = server.addresses().admin();
        admin = URI.create("http://127.0.0.1:" + at.getPort());
        client = new TarryClient(admin);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void goodWeather() {
        client.resetLab();
        client.runClock(1);
    }

    /// One client's socket.
    private static final class Wire implements AutoCloseable {
        private final Socket socket = new Socket();

        Wire() throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", admin.getPort()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }

        Wire send(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Wire post(String path, String body) throws IOException {
            return post(path, body, "");
        }

        Wire post(String path, String body, String headers) throws IOException {
            return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /// Old HTTP, so that nothing but the events is in the body.
        Wire listen(String query, String headers) throws IOException {
            return send("GET /api/v1/events" + query + " HTTP/1.0\r\nHost: localhost\r\n" + headers + "\r\n");
        }

        /// Everything up to some words.
        String through(String words) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] wanted = words.getBytes(StandardCharsets.UTF_8);
            int matched = 0;
            while (matched < wanted.length) {
                int octet = in.read();
                assertTrue(octet >= 0, () -> "it ended after " + read.toString(StandardCharsets.UTF_8));
                read.write(octet);
                matched = octet == wanted[matched] ? matched + 1 : octet == wanted[0] ? 1 : 0;
            }
            return read.toString(StandardCharsets.UTF_8);
        }

        /// Everything until the server closes.
        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static int waiting() {
        return Waiters.MAX_WAITERS - server.waiters().free();
    }

    private static void send(String to) throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress at = server.addresses().smtp();
            socket.connect(new InetSocketAddress("127.0.0.1", at.getPort()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            lines.readLine();
            for (String command : List.of(
                    "HELO stranger.example",
                    "MAIL FROM:<alice@company.com>",
                    "RCPT TO:<" + to + ">",
                    "DATA",
                    "Subject: a\r\n\r\nb\r\n.")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                String reply = lines.readLine();
                assertTrue(reply.startsWith("2") || reply.startsWith("3"), reply);
            }
        }
    }

    // ---- wait

    @Test
    void a_request_may_be_cut_at_every_octet() throws Exception {
        String body = "{\"condition\":\"queue Submission queues>=0\"}";
        String request = "POST /api/v1/wait HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Wire wire = new Wire()) {
            wire.socket.setTcpNoDelay(true);
            for (int i = 0; i < request.length(); i++) {
                wire.send(request.substring(i, i + 1));
            }
            String answer = wire.through("\"alarms\":0}");
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.contains("{\"held\":true,"), answer);
        }
    }

    @Test
    void a_wait_whose_client_hangs_up_ends_and_gives_its_place_back() throws Exception {
        try (Wire wire = new Wire()) {
            wire.post("/api/v1/wait", NEVER);
            await().atMost(PATIENCE).until(() -> waiting() == 1);
        }
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    @Test
    void a_streamed_advance_does_not_outlive_a_client_that_hangs_up_before_it_hears_anything() throws Exception {
        client.freezeClock();
        client.addFault(Map.of("where", "dns", "what", "noanswer", "name", "*.outlived.example"));
        for (int i = 0; i < 5; i++) {
            send("a@d" + i + ".outlived.example");
        }
        client.await("queue *.outlived.example status=Retry queues=5", Duration.ofHours(1));
        Instant before = client.clock().now();
        for (String accept : List.of("Accept: application/x-ndjson\r\n", "")) {
            try (Wire wire = new Wire()) {
                wire.post("/lab/v1/clock/advance", "{\"by\":\"PT8000H\"}", accept);
                await().atMost(PATIENCE).until(() -> waiting() == 1);
            }
            await().atMost(PATIENCE)
                    .until(() -> waiting() == 0 && client.clock().mode().equals("frozen"));
        }
        assertTrue(client.clock().now().isBefore(before.plus(Duration.ofHours(8000))));
        assertFalse(client.moveClock(ClockWay.until("queue never.example", Optional.of(Duration.ZERO)), _ -> {})
                .met());
    }

    @Test
    void waits_at_once_are_bounded_and_the_next_is_told_when_to_come_back() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < Waiters.MAX_WAITERS; i++) {
                wires.add(new Wire().post("/api/v1/wait", NEVER));
            }
            await().atMost(PATIENCE).until(() -> waiting() == Waiters.MAX_WAITERS);
            try (Wire one = new Wire().post("/api/v1/wait", NEVER)) {
                String answer = one.through("\"retryAfterSeconds\":5}");
                assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                assertTrue(answer.contains("retry-after: 5\r\n"), answer);
                assertTrue(answer.contains("urn:tarry:problem:busy"), answer);
            }
            assertTrue(client.ready(), "others are answered");
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    @Test
    void what_does_not_come_in_time_is_a_problem_that_says_how_it_stands() throws Exception {
        client.freezeClock();
        Instant before = client.clock().now();
        try (Wire wire = new Wire()) {
            wire.post(
                    "/api/v1/wait",
                    "{\"condition\":\"queue never.example or mail x@never.example\",\"timeout\":\"90s\"}");
            String answer = wire.through("\"limit\":\"timeout\"}");
            assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
            assertTrue(answer.contains("\"type\":\"urn:tarry:problem:wait-timed-out\""), answer);
            assertTrue(
                    answer.contains("\"standing\":[\"queue nextHopDomain=never.example queues>=1: 0 queue(s) with 0"
                            + " message(s)\",\"mail recipient=x@never.example count>=1: 0\"]"),
                    answer);
            assertTrue(answer.contains("\"held\":false"), answer);
            assertTrue(answer.contains("\"waited\":\"PT1M30S\""), answer);
        }
        assertEquals(before.plusSeconds(90), client.clock().now());
        client.runClock(1);
        try (Wire wire = new Wire()) {
            wire.post("/api/v1/wait", "{\"condition\":\"queue never.example\",\"realTimeout\":\"50ms\"}");
            String answer = wire.through("\"limit\":\"realTimeout\"}");
            assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
        }
        assertEquals(0, waiting());
    }

    @Test
    void a_wait_for_things_to_settle_ends_when_nothing_is_in_flight() throws Exception {
        send("a@settled.example");
        var waited = client.await(WaitFor.condition("mail a@settled.example and queue settled.example messageCount=0")
                .within(Duration.ofHours(1))
                .untilSettled());
        assertEquals(
                "mail recipient=a@settled.example count>=1 and queue nextHopDomain=settled.example messageCount=0",
                waited.condition());
        assertEquals(0, waited.alarms(), "the clock runs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            {}                                               ¦ missing-member ¦ The body needs condition
            {"condition":"qeue a.example"}                   ¦ invalid-parameter ¦ condition: 'qeue' is no kind of condition; there are queue,
            {"condition":"queue status=Sad"}                 ¦ invalid-parameter ¦ condition.queue.status: 'Sad' is not known
            {"condition":{"all":[{"queue":{}},{"mail":7}]}}  ¦ invalid-parameter ¦ condition.all[1].mail: it must be an object
            {"condition":7}                                  ¦ invalid-parameter ¦ condition: it must be an object with one member
            {"condition":"queue","timeout":"soon"}           ¦ invalid-parameter ¦ timeout is a span such as PT48H
            {"condition":"queue","timeout":"400d"}           ¦ invalid-parameter ¦ timeout is a span such as PT48H
            {"condition":"queue","realTimeout":"25h"}        ¦ invalid-parameter ¦ of 0 to 1.00:00:00
            {"condition":"queue","settle":"yes"}             ¦ invalid-json ¦ settle
            {"condition":"queue","until":"x"}                ¦ unknown-member ¦ until
            """)
    void what_cannot_be_waited_for_is_refused_at_once_with_its_place(String body, String type, String told)
            throws Exception {
        try (Wire wire = new Wire()) {
            String answer =
                    wire.post("/api/v1/wait", body, "Connection: close\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("urn:tarry:problem:" + type), answer);
            assertTrue(answer.contains(told), answer);
        }
        assertEquals(0, waiting());
    }

    @Test
    void there_is_no_get_because_a_wait_may_move_the_clock() throws Exception {
        try (Wire wire = new Wire()) {
            String answer = wire.send("GET /api/v1/wait?condition=queue HTTP/1.0\r\nHost: localhost\r\n\r\n")
                    .rest();
            assertTrue(answer.startsWith("HTTP/1.1 405 ") && answer.contains("allow: POST\r\n"), answer);
        }
    }

    // ---- events

    @Test
    void events_of_a_failing_queue_come_as_they_happen_and_who_comes_back_misses_nothing() throws Exception {
        client.freezeClock();
        String id;
        try (Wire wire = new Wire().listen("?types=queue,lab", "")) {
            wire.through("listening");
            client.addFault(Map.of("where", "dns", "what", "servfail", "name", "events.example"));
            send("a@events.example");
            String told = wire.through("\"Status\":\"Retry\"");
            assertTrue(told.contains("\"Kind\":\"faultAdded\""), told);
            assertTrue(told.contains("\"Kind\":\"dnsQuery\""), told);
            assertFalse(told.contains("event: tracking"), told);
            int last = told.lastIndexOf("\nid: ");
            id = told.substring(last + 5, told.indexOf('\n', last + 5));
        }
        await().atMost(PATIENCE).until(() -> server.events().streams() == 0);
        client.resetLab();
        client.freezeClock();
        client.await("mail a@events.example and queue events.example messageCount=0", Duration.ofHours(1));
        try (Wire wire =
                new Wire().listen("?types=queue,lab&recipient=*@events.example", "Last-Event-ID: " + id + "\r\n")) {
            String told = wire.through("\"Status\":\"Ready\"");
            assertFalse(told.contains("event: gap"), told);
            assertTrue(told.contains("\"Kind\":\"faultRemoved\""), told);
            assertTrue(told.contains("\"Kind\":\"mail\""), told);
            assertTrue(told.contains("\"Recipients\":[\"a@events.example\"]"), told);
        }
        try (Wire wire = new Wire().listen("", "Last-Event-ID: 17\r\n")) {
            String told = wire.through("data: {\"lost\":null}");
            assertTrue(told.contains("event: gap\n"), told);
        }
    }

    @Test
    void a_client_that_does_not_read_stops_nobody_and_is_freed_when_it_hangs_up() throws Exception {
        client.freezeClock();
        try (Wire slow = new Wire().listen("?types=lab", "")) {
            slow.through("listening");
            client.addFault(Map.of("where", "dns", "what", "servfail", "name", "*.slow.example"));
            for (int i = 0; i < 20; i++) {
                send("a@d" + i + ".slow.example");
            }
            // some thousand queries, each told to a client that reads none of them
            client.await("tracking FAIL recipient=*@*.slow.example count=20", Duration.ofHours(50));
            assertTrue(server.events().streams() >= 1);
            client.freezeClock();
        }
        await().atMost(PATIENCE).until(() -> server.events().streams() == 0);
    }

    @Test
    void faults_that_are_replaced_are_told_and_can_be_waited_for() throws Exception {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "first.example"));
        try (Wire stream = new Wire().listen("?types=lab", "");
                Wire put = new Wire()) {
            stream.through("listening");
            String line = "dns servfail name=second.example";
            put.send("PUT /lab/v1/faults HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                            + line.length() + "\r\n\r\n" + line)
                    .through("\r\n\r\n");
            String told = stream.through("\"Kind\":\"faultAdded\"");
            assertTrue(told.contains("\"Kind\":\"faultRemoved\""), told);
            assertTrue(stream.through("\n\n").contains("second.example"));
        }
    }

    @Test
    void the_apis_description_has_both() throws Exception {
        try (Wire wire = new Wire()) {
            String document = wire.send("GET /api/v1/openapi.json HTTP/1.0\r\nHost: localhost\r\n\r\n")
                    .rest();
            int events = document.indexOf("\"/api/v1/events\":{\"get\"");
            assertTrue(events > 0);
            assertTrue(document.substring(events, events + 4_000).contains("\"text/event-stream\""));
            assertTrue(document.contains("\"/api/v1/wait\":{\"post\""));
            assertTrue(document.contains("wait-timed-out"));
        }
    }

    @Test
    void streams_at_once_are_bounded() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < EventRoutes.MAX_STREAMS; i++) {
                Wire wire = new Wire().listen("", "");
                wires.add(wire);
                wire.through("listening");
            }
            try (Wire one = new Wire().listen("", "")) {
                String answer = one.rest();
                assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("urn:tarry:problem:busy"), answer);
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
        await().atMost(PATIENCE).until(() -> server.events().streams() == 0);
        try (Wire wire = new Wire().listen("", "")) {
            wire.through("listening");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "types=queues, types has one or more of",
        "types=, types has one or more of",
        "kind=queue, is no parameter here"
    })
    void what_cannot_be_listened_to_is_refused(String query, String told) throws Exception {
        try (Wire wire = new Wire()) {
            String answer = wire.listen("?" + query, "").rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains(told), answer);
        }
    }

    @Test
    void a_server_that_stops_ends_streams_and_waits_at_once_and_whole(@TempDir Path data) throws Exception {
        Running other = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        URI mine = admin;
        try {
            admin = URI.create("http://127.0.0.1:" + other.addresses().admin().getPort());
            try (Wire stream = new Wire().send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    Wire wait = new Wire().post("/api/v1/wait", NEVER)) {
                stream.through("listening");
                await().atMost(PATIENCE).until(() -> other.waiters().free() < Waiters.MAX_WAITERS);
                other.close();
                assertTrue(stream.rest().endsWith("0\r\n\r\n"), "its end is told");
                String answer = wait.rest();
                assertTrue(answer.contains("The server is stopping."), answer);
            }
        } finally {
            admin = mine;
            other.close();
        }
    }
}
