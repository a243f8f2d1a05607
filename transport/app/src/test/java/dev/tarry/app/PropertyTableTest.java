package dev.tarry.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.Property;
import dev.tarry.admin.QueueOperations;
import dev.tarry.client.MessageQuery;
import dev.tarry.client.MessageVerb;
import dev.tarry.client.ProblemException;
import dev.tarry.client.QueueVerb;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.config.SettingsBook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every property of queues and messages (reference §1.7, §1.8): what makes its value another one, and that each of its
/// filter operators finds by it and each other is refused. Over HTTP, on a whole server whose clock stands still. A
/// property without a row fails.
final class PropertyTableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "ge", "lt", "le", "like");
    private static final String ALL = "eq ne gt ge lt le";
    private static final String TIME = "gt ge lt le";
    private static final String TEXT = "eq ne like";
    private static final String EQ = "eq ne";
    private static final String NONE = "";

    /// @param operators what may be asked of it (column F)
    /// @param here, there two scenes
    /// @param before, after its value in each, as a pattern
    private record Row(String property, String operators, String here, String before, String there, String after) {
        boolean constant() {
            return here.equals(there);
        }
    }

    private static Row row(String property, String operators, String here, String before, String there, String after) {
        return new Row(property, operators, here, before, there, after);
    }

    /// The same wherever one looks.
    private static Row constant(String property, String value) {
        return row(property, NONE, "later", value, "later", value);
    }

    private static final String MOMENT = "2\\d{3}-\\d\\d-\\d\\dT[0-9:.]+Z";

    private static final List<Row> QUEUES = List.of(
            row("DeliveryType", EQ, "unreachable", "Unreachable", "later", "DnsConnectorDelivery"),
            row("NextHopDomain", TEXT, "unreachable", "Unreachable Domain", "later", "waits\\.example"),
            row("TlsDomain", TEXT, "later", "", "later", ""),
            row("NextHopConnector", TEXT, "unreachable", "[0-]{36}", "later", "(?![0-]{36})[0-9a-f-]{36}"),
            row("Status", EQ, "idle", "Ready", "later", "Retry"),
            row("MessageCount", ALL, "first", "1", "later", "4"),
            row("LastError", TEXT, "idle", "", "later", ".*451 4\\.4\\.0 DNS query failed.*"),
            row("RetryCount", ALL, "first", "0", "later", "[1-9]"),
            row("LastRetryTime", TIME, "first", MOMENT, "later", MOMENT),
            row("NextRetryTime", TIME, "first", MOMENT, "later", MOMENT),
            row("FirstRetryTime", ALL, "idle", "null", "later", MOMENT),
            row("DeferredMessageCount", ALL, "first", "1", "later", "4"),
            constant("LockedMessageCount", "0"),
            row("MessageCountsPerPriority", TEXT, "suspended", "\\[0, 1, 0, 0]", "later", "\\[0, 0, 0, 0]"),
            row("DeferredMessageCountsPerPriority", TEXT, "first", "\\[0, 1, 0, 0]", "later", "\\[1, 3, 0, 0]"),
            constant("RiskLevel", "Normal"),
            constant("OutboundIPPool", "0"),
            row("NextHopCategory", EQ, "unreachable", "Internal", "later", "External"),
            row("IncomingRate", ALL, "first", "0\\.02", "later", "0\\.0"),
            row("OutgoingRate", ALL, "first", "0\\.0", "removed", "0\\.02"),
            row("Velocity", ALL, "first", "-0\\.02", "later", "0\\.0"),
            constant("OverrideSource", ""),
            row("QueueIdentity", NONE, "unreachable", "MAIL\\\\Unreachable", "later", "MAIL\\\\\\d+"),
            constant("PriorityDescriptions", "\\[High, Normal, Low, None]"),
            row("Identity", TEXT, "unreachable", "MAIL\\\\Unreachable", "later", "MAIL\\\\\\d+"),
            constant("IsValid", "true"),
            constant("ObjectState", "New"));

    private static final List<Row> MESSAGES = List.of(
            row("Identity", NONE, "first", "MAIL\\\\\\d+\\\\\\d+", "report", "MAIL\\\\\\d+\\\\\\d+"),
            row("MessageIdentity", NONE, "first", "MAIL\\\\\\d+\\\\\\d+", "report", "MAIL\\\\\\d+\\\\\\d+"),
            row("Subject", TEXT, "first", "of the table", "urgent", "now"),
            row("InternetMessageId", TEXT, "first", "<[^<>]+>", "urgent", "<urgent@elsewhere\\.example>"),
            row("FromAddress", TEXT, "report", "<>", "urgent", "b@waits\\.example"),
            row("Status", EQ, "suspended", "Suspended", "urgent", "Retry"),
            row("Size", ALL, "first", ".*B \\(\\d+ bytes\\)", "urgent", ".*KB \\([0-9,]+ bytes\\)"),
            row("SizeBytes", NONE, "first", "\\d{3}", "urgent", "\\d{4}"),
            row("MessageSourceName", TEXT, "report", "DSN", "urgent", "SMTP:Default Frontend MAIL"),
            row("SourceIP", EQ, "report", "", "urgent", "127\\.0\\.0\\.1"),
            row("SCL", ALL, "first", "-1", "urgent", "0"),
            row("DateReceived", TIME, "first", MOMENT, "urgent", MOMENT),
            row("ExpirationTime", TIME, "first", MOMENT, "urgent", MOMENT),
            row("LastError", TEXT, "unreachable", "A matching connector.*", "urgent", ".*451 4\\.4\\.0 DNS query.*"),
            row("Queue", TEXT, "unreachable", "MAIL\\\\Unreachable", "urgent", "MAIL\\\\\\d+"),
            row("Recipients", "like", "first", ".*x@waits\\.example.*", "urgent", ".*y@waits\\.example.*"),
            row(
                    "ComponentLatency",
                    NONE,
                    "first",
                    "\\[\\{Component=(SMTP Receive, Latency=[0-9:.]+}, \\{Component=)?Categorizer, Latency=00:00:00.00},"
                            + " \\{Component=Delivery Queue, Latency=00:00:00.00}]",
                    "aged",
                    "\\[\\{Component=(SMTP Receive, Latency=[0-9:.]+}, \\{Component=)?Categorizer, Latency=00:00:00.00},"
                            + " \\{Component=Delivery Queue, Latency=00:01:01.00}]"),
            row("MessageLatency", ALL, "first", "00:00:00\\.00", "held", "00:01:01\\.00"),
            row("DeferReason", TEXT, "urgent", "None", "urgent", "None"),
            constant("LockReason", "null"),
            row("Priority", EQ, "first", "Normal", "urgent", "High"),
            row("RetryCount", ALL, "first", "1", "later", "[2-9]"),
            row("OriginalFromAddress", TEXT, "first", "a@company\\.com", "report", "c@waits\\.example"),
            row("Directionality", EQ, "first", "Originating", "urgent", "Incoming"),
            constant("AccountForest", ""),
            constant("ExternalDirectoryOrganizationId", "[0-]{36}"),
            constant("TrafficType", "Email"),
            constant("TrafficSubType", ""),
            constant("IsValid", "true"),
            constant("ObjectState", "New"));

    @TempDir
    private Path data;

    private Running server;
    private TarryClient client;
    private final SequencedMap<String, SequencedMap<String, Object>> queues = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<String, Object>> messages = new LinkedHashMap<>();

    @BeforeEach
    void start() throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        client = new TarryClient(
                URI.create("http://127.0.0.1:" + server.addresses().admin().getPort()));
        client.freezeClock();
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void send(String from, String to, String headers, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress("127.0.0.1", server.addresses().smtp().getPort()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            lines.readLine();
            for (String command : List.of(
                    "HELO stranger.example",
                    "MAIL FROM:<" + from + ">",
                    "RCPT TO:<" + to + ">",
                    "DATA",
                    headers + "\r\n\r\n" + body + "\r\n.")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                String reply = lines.readLine();
                assertTrue(reply.startsWith("2") || reply.startsWith("3"), reply);
            }
        }
    }

    private void queueIs(String identity, String status, long messages) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            SequencedMap<String, Object> queue = client.queue(identity).getFirst();
            assertEquals(status + " " + messages, queue.get("Status") + " " + queue.get("MessageCount"));
        });
    }

    private SequencedMap<String, Object> queue(String scene, String identity) {
        SequencedMap<String, Object> queue = client.queue(identity).getFirst();
        queues.put(scene, queue);
        return queue;
    }

    /// The last message of a queue that has one like that.
    private SequencedMap<String, Object> message(String scene, String queue, String filter) {
        List<SequencedMap<String, Object>> found = client.messages(
                new MessageQuery(Optional.of(queue), Optional.of(filter), ResultLimit.serverDefault(), true, true));
        assertEquals(1, found.size(), scene);
        messages.put(scene, found.getFirst());
        return found.getFirst();
    }

    /// What happens, and what it looked like then. The last scenes stay as they are.
    private void play() throws Exception {
        send("a@company.com", "x@runs.example", "Subject: gone", "Body.");
        queueIs("runs.example", "Ready", 0);
        queue("idle", "runs.example");

        send("a@company.com", "x@waits.example", "Subject: of the table", "Body.");
        queueIs("waits.example", "Retry", 1);
        queue("first", "waits.example");
        String first = (String)
                message("first", "waits.example", "Priority -eq 'Normal'").get("Identity");
        client.verbs().message(MessageVerb.SUSPEND, first);
        message("suspended", "waits.example", "Priority -eq 'Normal'");
        queue("suspended", "waits.example");
        client.verbs().message(MessageVerb.RESUME, first);

        client.advanceClock(Duration.ofSeconds(61));
        queueIs("waits.example", "Retry", 1);
        message("aged", "waits.example", "Priority -eq 'Normal'");

        send("c@waits.example", "z@waits.example", "Subject: never", "Body.");
        queueIs("waits.example", "Retry", 2);
        client.verbs().message(MessageVerb.REMOVE, (String)
                client.messages(MessageQuery.all().inQueue("waits.example"))
                        .getLast()
                        .get("Identity"));
        await().atMost(PATIENCE)
                .until(() -> client.messages(MessageQuery.all().inQueue("waits.example")).stream()
                        .anyMatch(message -> message.get("FromAddress").equals("<>")));
        queueIs("waits.example", "Retry", 2);
        queue("removed", "waits.example");

        send(
                "b@waits.example",
                "y@waits.example",
                "X-Priority: 1\r\nMessage-ID: <urgent@elsewhere.example>\r\nSubject: now",
                "Many words. ".repeat(60) + "\r\n" + "Many words. ".repeat(60));
        queueIs("waits.example", "Retry", 3);
        client.verbs().queue(QueueVerb.SUSPEND, "Submission");
        send("a@company.com", "x@waits.example", "Subject: held", "Body.");
        client.advanceClock(Duration.ofSeconds(61));
        client.verbs().queue(QueueVerb.RESUME, "Submission");
        queueIs("waits.example", "Retry", 4);
        client.advanceClock(Duration.ofSeconds(61));
        queueIs("waits.example", "Retry", 4);
        message("held", "waits.example", "Subject -eq 'held'");

        client.service().sendConnectors().remove("Internet");
        send("a@company.com", "x@nowhere.example", "Subject: without a way", "Body.");
        queueIs("Unreachable", "Ready", 1);
        queue("unreachable", "Unreachable");
        message("unreachable", "Unreachable", "Size -gt 1");
        queue("later", "waits.example");
        message("later", "waits.example", "Subject -eq 'of the table'");
        message("urgent", "waits.example", "Priority -eq 'High'");
        message("report", "waits.example", "FromAddress -eq '<>'");
    }

    private static void hold(List<? extends Property<?>> known, List<Row> rows) {
        List<String> names = new ArrayList<>();
        known.forEach(property -> names.add(property.name()));
        assertEquals(names, rows.stream().map(Row::property).toList());
    }

    @Test
    void every_property_has_a_row() {
        hold(QueueOperations.properties(), QUEUES);
        hold(MessageOperations.properties(), MESSAGES);
    }

    private static void values(List<Row> rows, Map<String, SequencedMap<String, Object>> scenes) {
        for (Row row : rows) {
            String before = String.valueOf(scenes.get(row.here()).get(row.property()));
            String after = String.valueOf(scenes.get(row.there()).get(row.property()));
            assertTrue(before.matches("(?s)" + row.before()), () -> row + " was " + before);
            assertTrue(after.matches("(?s)" + row.after()), () -> row + " was " + after);
            if (!row.constant()) {
                assertNotEquals(before, after, row::toString);
            }
        }
    }

    /// Whether what is there now is found by a filter.
    private interface Search {
        Set<Object> identities(String filter);
    }

    private static void filters(
            List<Row> rows, Map<String, SequencedMap<String, Object>> scenes, Set<String> past, Search search) {
        for (Row row : rows) {
            Set<String> taken = row.operators().isEmpty()
                    ? Set.of()
                    : Set.of(row.operators().split(" "));
            SequencedMap<String, Object> object = scenes.get(row.there());
            boolean moved = past.contains(row.there());
            String value = literal(object.get(row.property()));
            for (String operator : OPERATORS) {
                String asked = operator.equals("like") && !row.property().equals("Recipients") ? part(value) : value;
                String filter = row.property() + " -" + operator + " '"
                        + (row.property().equals("Recipients") ? "*y@waits.example*" : asked) + "'";
                if (!taken.contains(operator)) {
                    assertThrows(ProblemException.class, () -> search.identities(filter), filter);
                } else if (!moved) {
                    boolean equals = Set.of("eq", "ge", "le", "like").contains(operator);
                    assertEquals(
                            equals,
                            search.identities(filter).contains(object.get("Identity")),
                            () -> filter + "\n" + object);
                }
            }
            if (taken.contains("eq") && !row.constant() && !moved) {
                Object other = scenes.get(row.here()).get(row.property());
                if (other != null) {
                    String filter = row.property() + " -eq '" + literal(other) + "'";
                    assertFalse(search.identities(filter).contains(object.get("Identity")), filter);
                }
            }
        }
    }

    /// As a person types it.
    private static String literal(Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
            case String text
            when text.matches(".* \\([0-9,]+ bytes\\)") ->
                text.replaceAll(".*\\(([0-9,]+) bytes\\)", "$1").replace(",", "");
            default -> value.toString().replace("'", "''");
        };
    }

    /// The beginning of it and a star.
    private static String part(String value) {
        return value.substring(0, value.length() / 2) + "*";
    }

    private static Function<SequencedMap<String, Object>, Object> identity() {
        return object -> object.get("Identity");
    }

    @Test
    void every_property_changes_and_can_be_searched_as_the_reference_says() throws Exception {
        play();
        values(QUEUES, queues);
        values(MESSAGES, messages);
        filters(
                QUEUES,
                queues,
                Set.of("removed"),
                filter -> client.queues(Optional.of(filter), ResultLimit.serverDefault()).stream()
                        .map(identity())
                        .collect(Collectors.toSet()));
        filters(
                MESSAGES,
                messages,
                Set.of("aged"),
                filter -> client
                        .messages(new MessageQuery(
                                Optional.empty(), Optional.of(filter), ResultLimit.serverDefault(), true))
                        .stream()
                        .map(identity())
                        .collect(Collectors.toSet()));
    }
}
