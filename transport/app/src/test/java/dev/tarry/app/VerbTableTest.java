package dev.tarry.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventFilter;
import dev.tarry.client.EventStream;
import dev.tarry.client.MessageQuery;
import dev.tarry.client.MessageVerb;
import dev.tarry.client.OperationStatus;
import dev.tarry.client.ProblemException;
import dev.tarry.client.QueueVerb;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.ServerEvent;
import dev.tarry.client.TarryClient;
import dev.tarry.client.TrackingQuery;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each verb on each kind of queue and in each status, by identity and by filter, over HTTP, on a whole
/// server whose clock stands still. What is in flight is a matter of the queues' own tests.
final class VerbTableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private Running server;
    private TarryClient client;

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

    private void send(String from, String to) throws IOException {
        send(from, to, "");
    }

    private void send(String from, String to, String headers) throws IOException {
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
                    headers + "Subject: of the table\r\n\r\nBody.\r\n.")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                String reply = lines.readLine();
                assertTrue(reply.startsWith("2") || reply.startsWith("3"), reply);
            }
        }
    }

    private SequencedMap<String, Object> queue(String identity) {
        return client.queue(identity).getFirst();
    }

    private void queueIs(String identity, String status, long messages) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            SequencedMap<String, Object> queue = queue(identity);
            assertEquals(status + " " + messages, queue.get("Status") + " " + queue.get("MessageCount"));
        });
    }

    private List<String> messagesIn(String queue) {
        return client.messages(MessageQuery.all().inQueue(queue)).stream()
                .map(message -> (String) message.get("Identity"))
                .toList();
    }

    private String status(String message) {
        return (String) client.message(message, false).getFirst().get("Status");
    }

    /// Mail without a way out, and a queue in each status.
    private void layOut() throws Exception {
        send("a@company.com", "x@waits.example");
        send("a@company.com", "x@runs.example");
        queueIs("waits.example", "Retry", 1);
        queueIs("runs.example", "Ready", 0);
        client.service().sendConnectors().remove("Internet");
        send("a@company.com", "x@nowhere.example");
        queueIs("Unreachable", "Ready", 1);
    }

    /// A word for what becomes of it: the outcome's, or the problem's.
    private static String of(Supplier<dev.tarry.client.Outcome> verb) {
        try {
            return verb.get().word();
        } catch (ProblemException refused) {
            return refused.type().substring(refused.type().lastIndexOf(':') + 1);
        }
    }

    private OperationStatus ended(OperationStatus begun) {
        return client.verbs().finish(begun, _ -> {});
    }

    /// The same word where a filter means one object.
    private static String word(OperationStatus ended) {
        assertEquals("done", ended.state());
        assertEquals(1, ended.matched(), ended::toString);
        return ended.done() == 1
                ? "done"
                : ended.pending() == 1
                        ? "pending"
                        : ended.unchanged() == 1 ? "unchanged" : ended.refused() == 1 ? "order-refused" : "gone";
    }

    private String byIdentity(QueueVerb verb, String queue) {
        return of(() -> client.verbs().queue(verb, queue));
    }

    private String byFilter(QueueVerb verb, String queue) {
        String identity = (String) queue(queue).get("Identity");
        return word(ended(client.verbs().queues(verb, "Identity -like '" + identity + "'")));
    }

    @Test
    void every_verb_on_every_kind_of_queue_by_identity() throws Exception {
        layOut();
        queueVerbs(this::byIdentity);
    }

    @Test
    void every_verb_on_every_kind_of_queue_by_filter() throws Exception {
        layOut();
        queueVerbs(this::byFilter);
    }

    private interface OnQueue {
        String does(QueueVerb verb, String queue);
    }

    private void queueVerbs(OnQueue by) {
        for (String queue : List.of("Submission", "Unreachable", "waits.example", "runs.example")) {
            String before = (String) queue(queue).get("Status");
            assertEquals("unchanged", by.does(QueueVerb.RESUME, queue), queue);
            assertEquals("done", by.does(QueueVerb.SUSPEND, queue), queue);
            assertEquals("Suspended", queue(queue).get("Status"), queue);
            assertEquals("unchanged", by.does(QueueVerb.SUSPEND, queue), queue);
            assertEquals("done", by.does(QueueVerb.RESUME, queue), queue);
            assertEquals(before, queue(queue).get("Status"), queue);
        }
        assertEquals("order-refused", by.does(QueueVerb.RETRY, "Submission"));
        assertEquals("order-refused", by.does(QueueVerb.RESUBMIT, "Submission"));
        assertEquals("order-refused", by.does(QueueVerb.RETRY, "Unreachable"));
        assertEquals("unchanged", by.does(QueueVerb.RETRY, "runs.example"));
        assertEquals("unchanged", by.does(QueueVerb.RESUBMIT, "runs.example"));
        assertEquals("done", by.does(QueueVerb.RETRY, "waits.example"));
        queueIs("waits.example", "Retry", 1);
        assertEquals(1L, queue("waits.example").get("RetryCount"));
        assertEquals("done", by.does(QueueVerb.RESUBMIT, "waits.example"));
        // no connector takes it any more
        queueIs("Unreachable", "Ready", 2);
        assertEquals("done", by.does(QueueVerb.RESUBMIT, "Unreachable"));
        queueIs("Unreachable", "Ready", 2);
    }

    @Test
    void an_identity_that_means_no_queue_or_several_is_refused_whatever_the_verb() throws Exception {
        layOut();
        for (QueueVerb verb : QueueVerb.values()) {
            assertEquals("unknown-queue", byIdentity(verb, "MAIL\\77"), verb.name());
            assertEquals("unknown-queue", byIdentity(verb, "EX02\\4"), verb.name());
            assertEquals("ambiguous-identity", byIdentity(verb, "*"), verb.name());
            assertEquals("invalid-identity", byIdentity(verb, "MAIL\\4\\5\\6"), verb.name());
        }
        for (MessageVerb verb : MessageVerb.values()) {
            assertEquals("unknown-message", byIdentity(verb, "MAIL\\77\\1"), verb.name());
            assertEquals("invalid-identity", byIdentity(verb, "waits.example"), verb.name());
        }
        assertEquals("Retry", queue("waits.example").get("Status"));
    }

    private String byIdentity(MessageVerb verb, String message) {
        return of(() -> client.verbs().message(verb, message));
    }

    private interface OnMessage {
        /// To the one message that is in a queue.
        String does(MessageVerb verb, String queue);
    }

    @Test
    void every_verb_on_a_message_in_every_kind_of_queue_by_identity() throws Exception {
        layOut();
        messageVerbs((verb, queue) -> byIdentity(verb, messagesIn(queue).getFirst()));
    }

    @Test
    void every_verb_on_a_message_in_every_kind_of_queue_by_filter() throws Exception {
        layOut();
        messageVerbs((verb, queue) -> word(ended(client.verbs()
                .messages(verb, "Queue -eq '" + queue(queue).get("Identity") + "' -and Subject -like '*table'"))));
    }

    private void messageVerbs(OnMessage by) throws Exception {
        for (String queue : List.of("waits.example", "Unreachable", "Submission")) {
            if (queue.equals("Submission")) {
                client.verbs().queue(QueueVerb.SUSPEND, "Submission");
                send("b@company.com", "x@later.example");
                queueIs("Submission", "Suspended", 1);
            }
            String message = messagesIn(queue).getFirst();
            String before = queue.equals("waits.example") ? "Retry" : "Ready";
            // what is in Unreachable is offered to the categorizer when connectors change, or it is resumed
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertEquals(before, status(message), queue));
            assertEquals("unchanged", by.does(MessageVerb.RESUME, queue), queue);
            assertEquals("order-refused", export(message), queue);
            assertEquals("done", by.does(MessageVerb.SUSPEND, queue), queue);
            assertEquals("Suspended", status(message), queue);
            assertEquals("unchanged", by.does(MessageVerb.SUSPEND, queue), queue);
            assertTrue(export(message).startsWith("X-Sender: <"), queue);
            assertEquals("done", by.does(MessageVerb.RESUME, queue), queue);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertEquals(before, status(message), queue));
        }
        assertEquals("order-refused", by.does(MessageVerb.REMOVE, "Submission"));
        assertEquals("order-refused", by.does(MessageVerb.REMOVE_SILENTLY, "Submission"));
        queueIs("Submission", "Suspended", 1);
        client.verbs().queue(QueueVerb.RESUME, "Submission");
        queueIs("Unreachable", "Ready", 2);
        client.verbs()
                .message(MessageVerb.REMOVE_SILENTLY, messagesIn("Unreachable").getLast());

        assertEquals("done", by.does(MessageVerb.REMOVE, "waits.example"));
        assertEquals("done", by.does(MessageVerb.REMOVE_SILENTLY, "Unreachable"));
        await().atMost(PATIENCE)
                .until(() -> client.mailboxMessages("a@company.com").size() == 1);
        queueIs("waits.example", "Ready", 0);
        queueIs("Unreachable", "Ready", 0);
        assertEquals(1, client.mailboxMessages("a@company.com").size());
        assertEquals(List.of(), client.mailboxMessages("b@company.com"));
        assertEquals(
                3,
                client.tracking(new TrackingQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("FAIL"),
                                Optional.of("ADMIN"),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ResultLimit.serverDefault()))
                        .size());
    }

    private String export(String message) {
        try {
            return new String(client.verbs().export(message), StandardCharsets.UTF_8);
        } catch (ProblemException refused) {
            return refused.type().substring(refused.type().lastIndexOf(':') + 1);
        }
    }

    @Test
    void an_exported_message_is_its_envelope_and_then_every_octet_of_it() throws Exception {
        layOut();
        String message = messagesIn("waits.example").getFirst();
        byte[] plain = client.messageContent(message);
        client.verbs().message(MessageVerb.SUSPEND, message);
        String exported = export(message);
        String envelope = exported.substring(0, exported.length() - plain.length);
        assertArrayEquals(plain, exported.substring(envelope.length()).getBytes(StandardCharsets.UTF_8));
        assertTrue(envelope.startsWith("X-Sender: <a@company.com> BODY="), envelope);
        assertTrue(envelope.contains("\r\nX-Receiver: <x@waits.example>\r\n"), envelope);
        assertTrue(envelope.contains("\r\nX-HeloDomain: stranger.example\r\n"), envelope);
        assertTrue(envelope.contains("\r\nX-Source: SMTP:Default Frontend MAIL\r\n"), envelope);
        assertTrue(envelope.contains("\r\nX-SourceIPAddress: 127.0.0.1\r\n"), envelope);
        int last = envelope.lastIndexOf("X-EndOfInjectedXHeaders: ");
        assertEquals("X-EndOfInjectedXHeaders: " + last + "\r\n", envelope.substring(last));
        assertEquals("Suspended", status(message));
    }

    @Test
    void an_operation_is_heard_of_listed_and_counted() throws Exception {
        layOut();
        try (EventStream events = client.events(EventFilter.types("operation"))) {
            OperationStatus ended = ended(client.verbs().messages(MessageVerb.SUSPEND, "Subject -like '*table'"));
            assertEquals(2, ended.done());
            assertEquals(List.of(ended), client.verbs().operations());
            assertEquals(ended, client.verbs().operation(ended.id(), Duration.ZERO));
            assertEquals(ended, client.verbs().cancel(ended.id()));
            Optional<ServerEvent> heard = Optional.empty();
            while (heard.filter(e ->
                            e instanceof ServerEvent.Operation o && o.status().over())
                    .isEmpty()) {
                heard = events.next(PATIENCE);
                assertTrue(heard.isPresent(), "nothing was heard of its end");
            }
            assertEquals(ended, ((ServerEvent.Operation) heard.get()).status());
        }
        assertEquals("Suspended", status(messagesIn("waits.example").getFirst()));
    }

    @Test
    void suspended_messages_stay_when_their_queue_is_resubmitted() throws Exception {
        layOut();
        String message = messagesIn("waits.example").getFirst();
        client.verbs().message(MessageVerb.SUSPEND, message);
        send("c@company.com", "y@nowhere.example");
        queueIs("Unreachable", "Ready", 2);
        assertEquals("done", byIdentity(QueueVerb.RESUBMIT, "Unreachable"));
        client.verbs().queue(QueueVerb.RESUBMIT, "waits.example");
        queueIs("waits.example", "Retry", 1);
        assertEquals(List.of(message), messagesIn("waits.example"));
        assertEquals("Suspended", status(message));
    }

    @Test
    void the_numbers_of_a_queue_follow_its_mail() throws Exception {
        send("a@company.com", "x@waits.example");
        send("a@company.com", "x@waits.example", "X-Priority: 1\r\n");
        send("a@company.com", "x@waits.example", "X-Priority: 5\r\n");
        queueIs("waits.example", "Retry", 3);
        SequencedMap<String, Object> queue = queue("waits.example");
        assertEquals(List.of(0L, 0L, 0L, 0L), queue.get("MessageCountsPerPriority"));
        assertEquals(List.of(1L, 1L, 1L, 0L), queue.get("DeferredMessageCountsPerPriority"));
        assertEquals(3L, queue.get("DeferredMessageCount"));
        assertEquals(0.05, queue.get("IncomingRate"));
        assertEquals(0.0, queue.get("OutgoingRate"));
        assertEquals(-0.05, queue.get("Velocity"));

        ended(client.verbs().messages(MessageVerb.REMOVE_SILENTLY, "Priority -ne 'Normal' -and Size -lt 1MB"));
        queue = queue("waits.example");
        assertEquals(List.of(0L, 1L, 0L, 0L), queue.get("DeferredMessageCountsPerPriority"));
        assertEquals(0.03, queue.get("OutgoingRate"));
        assertEquals(-0.02, queue.get("Velocity"));

        client.advanceClock(Duration.ofSeconds(61));
        queue = queue("waits.example");
        assertEquals(0.0, queue.get("Velocity"));
        assertEquals(1L, queue.get("RetryCount"));
        assertEquals(
                1,
                client.queues(
                                Optional.of(
                                        "NextHopDomain -eq 'WAITS.example' -and RetryCount -ge 1 -and LastError -like"
                                                + " '*4.4.0*' -and DeferredMessageCountsPerPriority -eq '{0, 1, 0, 0}' -and"
                                                + " NextRetryTime -ne $null -and Velocity -eq 0"),
                                ResultLimit.serverDefault())
                        .size());
    }
}
