package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TarryClientTest {
    private StubServer server;
    private TarryClient client;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        client = new TarryClient(server.uri());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void queues_keep_the_servers_order_of_properties_and_moments_are_instants() {
        server.json("GET /api/v1/queues", 200, """
                {"items":[{"Status":"Retry","MessageCount":1,"Velocity":0.5,"NextRetryTime":"2026-01-02T03:04:05.000Z",
                "LastError":"2026-01-02T03:04:05.000Z","LastRetryTime":null,"MessageCountsPerPriority":[0,1,0,0],"IsValid":true}]}
                """);
        var queue = client.queues(Optional.empty(), ResultLimit.serverDefault()).getFirst();
        assertEquals(
                List.of(
                        "Status",
                        "MessageCount",
                        "Velocity",
                        "NextRetryTime",
                        "LastError",
                        "LastRetryTime",
                        "MessageCountsPerPriority",
                        "IsValid"),
                List.copyOf(queue.keySet()));
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), queue.get("NextRetryTime"));
        assertEquals("2026-01-02T03:04:05.000Z", queue.get("LastError"), "text that looks like a moment stays text");
        assertEquals(List.of(0L, 1L, 0L, 0L), queue.get("MessageCountsPerPriority"));
        assertEquals(0.5, queue.get("Velocity"));
        assertEquals(true, queue.get("IsValid"));
        assertTrue(queue.containsKey("LastRetryTime"));
    }

    @Test
    void filters_and_limits_go_percent_encoded_into_the_query() {
        server.json("GET /api/v1/queues?filter=Status%20-eq%20%27Retry%27&resultSize=5", 200, "{\"items\":[]}");
        assertEquals(List.of(), client.queues(Optional.of("Status -eq 'Retry'"), ResultLimit.of(5)));
        server.json(
                "GET /api/v1/messages?queue=MAIL%5C4&resultSize=Unlimited&includeRecipientInfo=true",
                200, "{\"items\":[]}");
        assertEquals(
                List.of(),
                client.messages(
                        new MessageQuery(Optional.of("MAIL\\4"), Optional.empty(), ResultLimit.unlimited(), true)));
    }

    @Test
    void a_queue_asked_for_by_identity_may_come_bare_or_as_items() {
        server.json("GET /api/v1/queues/MAIL%5C4", 200, "{\"Identity\":\"MAIL\\\\4\"}");
        server.json("GET /api/v1/queues/gmail.com", 200, "{\"items\":[{\"Identity\":\"a\"},{\"Identity\":\"b\"}]}");
        assertEquals("MAIL\\4", client.queue("MAIL\\4").getFirst().get("Identity"));
        assertEquals(2, client.queue("gmail.com").size());
    }

    @Test
    void retry_posts_an_empty_object_or_resubmit() {
        server.json("POST /api/v1/queues/4/retry", 200, "{\"outcome\":\"done\",\"messages\":3}");
        client.retryQueue("4", false);
        client.retryQueue("4", true);
        assertEquals(
                List.of("POST /api/v1/queues/4/retry {}", "POST /api/v1/queues/4/retry {\"resubmit\":true}"),
                server.requests());
    }

    @Test
    void a_tracking_search_sends_what_is_present_and_nothing_else() {
        server.json(
                "GET /api/v1/tracking?start=2026-01-02T03%3A04%3A05Z&eventId=SEND&recipients=a%40x.com%2Cb%40x.com",
                200, "{\"items\":[{\"Timestamp\":\"2026-01-02T03:04:06.100Z\",\"EventId\":\"SEND\"}]}");
        var query = new TrackingQuery(
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
                Optional.empty(),
                Optional.of("SEND"),
                Optional.empty(),
                Optional.empty(),
                List.of("a@x.com", "b@x.com"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
        assertEquals(
                Instant.parse("2026-01-02T03:04:06.1Z"),
                client.tracking(query).getFirst().get("Timestamp"));
    }

    @Test
    void mailboxes_and_their_messages_are_records() {
        server.json("GET /api/v1/mailboxes", 200, "{\"items\":[{\"Mailbox\":\"a@company.com\",\"Count\":2}]}");
        server.json("GET /api/v1/mailboxes/a%40company.com/messages", 200, """
                {"items":[{"Id":7,"Received":"2026-01-02T03:04:05Z","From":"x","Subject":"s","MessageId":"<1@y>","SizeBytes":12}]}
                """);
        byte[] raw = {'S', ':', (byte) 0xff, '\r', '\n'};
        server.bytes("GET /api/v1/mailboxes/a%40company.com/messages/7/content", raw);
        server.json("DELETE /api/v1/mailboxes/a%40company.com/messages/7", 204, "");
        assertEquals(List.of(new MailboxSummary("a@company.com", 2)), client.mailboxes());
        assertEquals(
                new MailboxMessage("7", Instant.parse("2026-01-02T03:04:05Z"), "x", "s", "<1@y>", 12),
                client.mailboxMessages("a@company.com").getFirst());
        assertArrayEquals(raw, client.mailboxMessageContent("a@company.com", "7"));
        client.deleteMailboxMessage("a@company.com", "7");
    }

    @Test
    void the_clock_is_read_and_stepped() {
        server.json("GET /lab/v1/clock", 200, """
                {"now":"2026-01-02T03:04:05.000Z","mode":"frozen","rate":1.0,"nextAlarm":null}""");
        server.json("POST /lab/v1/clock/advance", 200, """
                {"from":"2026-01-02T03:04:05Z","now":"2026-01-04T03:04:05Z","alarms":295,"realMillis":1200}""");
        assertEquals(
                new LabClock(Instant.parse("2026-01-02T03:04:05Z"), "frozen", 1.0, Optional.empty(), Optional.empty()),
                client.clock());
        ClockStep step = client.advanceClock(Duration.ofHours(48));
        assertEquals(295, step.alarms());
        assertEquals(Duration.ofMillis(1200), step.real());
        assertEquals(
                "POST /lab/v1/clock/advance {\"by\":\"PT48H\"}",
                server.requests().getLast());
    }

    @Test
    void an_advance_tells_its_progress_and_then_what_it_came_to() {
        server.json("POST /lab/v1/clock/advance", 200, """
                {"progress":{"now":"2026-01-02T04:04:05Z","from":"2026-01-02T03:04:05Z","target":"2026-01-04T03:04:05Z","alarms":10,"realMillis":1000}}
                {"result":{"from":"2026-01-02T03:04:05Z","now":"2026-01-02T05:04:05Z","alarms":22,"realMillis":1200,"ended":"met","standing":["queue queues>=1: 1"]}}
                """);
        List<ClockProgress> told = new ArrayList<>();
        ClockStep step = client.moveClock(
                ClockWay.by(Duration.ofHours(48)).orUntil("queue a.example").within(Duration.ofSeconds(9)), told::add);
        assertEquals(10.0, told.getFirst().alarmsPerSecond());
        assertEquals(1, told.size());
        assertTrue(step.met());
        assertEquals(List.of("queue queues>=1: 1"), step.standing());
        assertEquals(
                "POST /lab/v1/clock/advance"
                        + " {\"by\":\"PT48H\",\"until\":\"queue a.example\",\"realLimit\":\"PT9S\"}",
                server.requests().getLast());
    }

    @Test
    void what_ends_an_advance_on_the_way_is_thrown_as_a_refusal_is() {
        server.json("POST /lab/v1/clock/wait", 200, """
                {"problem":{"type":"urn:tarry:problem:conflict","title":"No","status":409,"detail":"interrupted"}}
                """);
        ProblemException told = assertThrows(
                ProblemException.class,
                () -> client.moveClock(ClockWay.until(Map.of("mail", Map.of()), Optional.empty()), _ -> {}));
        assertEquals(409, told.status());
        server.json("POST /lab/v1/clock/wait", 200, "");
        assertThrows(
                UnexpectedAnswerException.class,
                () -> client.moveClock(ClockWay.until("mail", Optional.empty()), _ -> {}));
    }

    @Test
    void a_firewall_rule_makes_the_round() {
        String rule = """
                {"Name":"{1}","DisplayName":"Block","Direction":"Outbound","Protocol":"UDP","LocalPort":"Any",\
                "RemotePort":"53",\
                "RemoteAddress":"Any","Action":"Block","Enabled":true,"Profile":"Any"}""";
        server.json("POST /lab/v1/firewall", 201, rule);
        server.json("GET /lab/v1/firewall", 200, "{\"items\":[" + rule + "]}");
        server.json("DELETE /lab/v1/firewall/%7B1%7D", 204, "");
        FirewallRule made = client.addFirewallRule(
                new FirewallRule("", "Block", "Outbound", "UDP", "Any", "53", "Any", "Block", true, "Any"));
        assertEquals("{1}", made.name());
        assertFalse(server.requests().getFirst().contains("\"Name\""), "the server chooses the name");
        assertEquals(List.of(made), client.firewallRules());
        client.removeFirewallRule(made.name());
    }

    @Test
    void faults_lab_mail_and_the_journal_are_read() {
        server.json("GET /lab/v1/faults", 200, "{\"items\":[{\"id\":1,\"what\":\"servfail\",\"fired\":3}]}");
        server.json("POST /lab/v1/faults", 201, "{\"id\":2,\"what\":\"servfail\"}");
        server.json("DELETE /lab/v1/faults/2", 204, "");
        server.json("GET /lab/v1/mail?recipient=u%40gmail.com&limit=10", 200, """
                {"items":[{"Id":"m1","Received":"2026-01-02T03:04:05Z","Host":"mx1.gmail.com","From":"","Recipients":["u@gmail.com"],
                "SizeBytes":99,"HeloName":"mail.company.com"}]}""");
        server.json("POST /lab/v1/reset", 204, "");
        assertEquals(3L, client.faults().getFirst().get("fired"));
        assertEquals(
                2L, client.addFault(Map.of("where", "dns", "what", "servfail")).get("id"));
        client.removeFault(2);
        LabMail mail = client.labMail(Optional.of("u@gmail.com"), Optional.empty(), ResultLimit.of(10))
                .getFirst();
        assertEquals(List.of("u@gmail.com"), mail.recipients());
        client.resetLab();
        server.json("GET /lab/v1/mail?limit=2147483647", 200, "{\"items\":[]}");
        assertEquals(List.of(), client.labMail(Optional.empty(), Optional.empty(), ResultLimit.unlimited()));
    }

    @Test
    void a_refusal_is_taken_apart_as_a_problem_document() {
        server.json("GET /api/v1/queues/4", 404, """
                {"type":"urn:tarry:not-found","title":"Not Found","status":404,"detail":"There is no queue 4."}""");
        ProblemException e = assertThrows(ProblemException.class, () -> client.queue("4"));
        assertEquals(404, e.status());
        assertEquals("urn:tarry:not-found", e.type());
        assertEquals("Not Found", e.title());
        assertEquals("There is no queue 4.", e.detail());
        assertEquals("There is no queue 4.", e.getMessage());
    }

    @Test
    void a_refusal_without_a_document_still_says_its_status() {
        ProblemException e = assertThrows(ProblemException.class, () -> client.queue("nowhere"));
        assertEquals(404, e.status());
        assertTrue(e.getMessage().contains("404"), e.getMessage());
    }

    @Test
    void an_answer_that_is_not_json_or_lacks_a_field_says_so() {
        server.json("GET /api/v1/queues", 200, "<html>hello</html>");
        server.json("GET /lab/v1/clock", 200, "{\"mode\":\"frozen\"}");
        server.json("GET /api/v1/mailboxes", 200, "[1]");
        server.json("GET /lab/v1/faults", 200, "{\"items\":[{\"id\":1");
        assertThrows(
                UnexpectedAnswerException.class, () -> client.queues(Optional.empty(), ResultLimit.serverDefault()));
        var lacking = assertThrows(UnexpectedAnswerException.class, client::clock);
        assertTrue(lacking.getMessage().contains("'now'"), lacking.getMessage());
        assertThrows(UnexpectedAnswerException.class, client::mailboxes);
        assertThrows(UnexpectedAnswerException.class, client::faults);
    }

    @Test
    void an_answer_that_breaks_off_is_no_server_that_does_not_answer() {
        byte[] half = "{\"items\":[".getBytes(StandardCharsets.UTF_8);
        server.torn("GET /api/v1/messages/7/export", half);
        server.torn("GET /api/v1/mailboxes", half);
        var content = assertThrows(
                AnswerBrokenOffException.class, () -> client.verbs().export("7"));
        assertTrue(
                content.getMessage().startsWith("The answer to GET /api/v1/messages/7/export broke off: "),
                content.getMessage());
        assertThrows(AnswerBrokenOffException.class, client::mailboxes);
    }

    @Test
    void where_nothing_listens_the_error_names_the_address() throws IOException {
        try (Socket bound = new Socket()) { // and not listening: nobody else can listen there
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = bound.getLocalPort();
            try (TarryClient lost = new TarryClient(URI.create("http://127.0.0.1:" + port + "/"))) {
                var e = assertThrows(ServerUnreachableException.class, lost::mailboxes);
                assertEquals(
                        "No server answers at http://127.0.0.1:" + port + ": the connection was refused.",
                        e.getMessage());
            }
        }
    }

    @Test
    void without_a_lab_the_time_is_the_date_header() {
        Instant time = client.serverTime();
        assertEquals(0, time.getNano());
    }

    @Test
    void ready_is_what_the_server_says() {
        assertFalse(client.ready());
        server.json("GET /health/ready", 200, "{\"status\":\"UP\"}");
        assertTrue(client.ready());
    }

    @Test
    void an_address_that_is_no_web_address_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TarryClient(URI.create("localhost:8025")));
        assertThrows(IllegalArgumentException.class, () -> new TarryClient(URI.create("ftp://x/")));
        assertThrows(IllegalArgumentException.class, () -> ResultLimit.of(0));
    }
}
