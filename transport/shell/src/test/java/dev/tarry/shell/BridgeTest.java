package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.bridge.Bridge;
import dev.tarry.shell.print.ShellIo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What another program says, line by line, and is told.
@Timeout(60)
final class BridgeTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private StubServer server;
    private TarryClient client;
    private OutputStream requests;
    private BufferedReader answers;
    private Thread bridge;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        server.json("GET /api/v1/queues", 200, Bench.TWO_QUEUES);
        open(server.uri());
    }

    private void open(URI uri) throws IOException {
        client = new TarryClient(uri);
        PipedOutputStream asked = new PipedOutputStream();
        PipedInputStream heard = new PipedInputStream(asked, 1 << 20);
        PipedOutputStream said = new PipedOutputStream();
        PipedInputStream read = new PipedInputStream(said, 1 << 20);
        requests = asked;
        answers = new BufferedReader(new InputStreamReader(read, StandardCharsets.UTF_8));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ShellIo surroundings = new ShellIo(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                ZoneOffset.UTC,
                Map.of("COMPUTERNAME", "MAIL"),
                () -> false);
        Bridge answering = new Bridge(StandardCmdlets.table(), client, surroundings);
        bridge = Thread.ofPlatform().daemon().start(() -> {
            try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
                answering.answer(heard, out);
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        requests.close();
        bridge.join();
        client.close();
        server.close();
    }

    private JsonNode ask(String request) throws IOException {
        requests.write((request + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
        return JSON.readTree(answers.readLine());
    }

    /// Asks on until the call ends, or wants something.
    private List<JsonNode> records(String request) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        JsonNode answer = ask(request);
        answer.get("records").forEach(records::add);
        while (answer.get("state").asString().equals("more")) {
            answer = ask("{\"call\":" + answer.get("call").asLong() + ",\"next\":true}");
            answer.get("records").forEach(records::add);
        }
        records.add(answer);
        return records;
    }

    private static String state(List<JsonNode> records) {
        return records.getLast().get("state").asString();
    }

    private long posts() {
        return server.requests().stream().filter(r -> !r.startsWith("GET")).count();
    }

    @Test
    void a_cmdlet_answers_with_objects() throws IOException {
        List<JsonNode> records = records("{\"call\":7,\"cmdlet\":\"Get-Queue\"}");
        assertEquals(3, records.size(), records.toString());
        JsonNode queue = records.getFirst().get("output");
        assertEquals("Queue", queue.get("$type").asString());
        JsonNode properties = queue.get("properties");
        assertEquals("MAIL\\4", properties.get("Identity").asString());
        assertEquals(1, properties.get("MessageCount").asLong());
        assertEquals(
                1767322985000L, properties.get("LastRetryTime").get("$date").asLong());
        assertEquals(List.of(0L, 1L, 0L, 0L), numbers(properties.get("DeferredMessageCountsPerPriority")));
        assertEquals(7, records.getLast().get("call").asLong());
        assertEquals("done", state(records));
    }

    private static List<Long> numbers(JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asLong()));
        return numbers;
    }

    @Test
    void parameters_are_values_whatever_stands_in_them() throws IOException {
        String nasty = "a' \"$(exit 3)` ; | Get-Foo";
        List<JsonNode> records = records("{\"call\":1,\"cmdlet\":\"Write-Output\",\"parameters\":{\"InputObject\":"
                + JSON.writeValueAsString(List.of(nasty, 3, 2.5, true)) + "}}");
        assertEquals(nasty, records.get(0).get("output").asString());
        assertEquals(3, records.get(1).get("output").asLong());
        assertEquals(2.5, records.get(2).get("output").asDouble());
        assertTrue(records.get(3).get("output").asBoolean());
    }

    @Test
    void moments_spans_tables_and_objects_go_there_and_back() throws IOException {
        String values = "[{\"$date\":1767322985123},{\"$span\":-15000000},{\"$hash\":{\"Add\":\"9.9.9.9\"}},"
                + "{\"$type\":\"Thing\",\"properties\":{\"A\":1,\"B\":null}}]";
        List<JsonNode> records =
                records("{\"call\":1,\"cmdlet\":\"Write-Output\",\"parameters\":{\"InputObject\":" + values + "}}");
        List<JsonNode> sent = new ArrayList<>();
        JSON.readTree(values).forEach(sent::add);
        assertEquals(
                sent,
                records.subList(0, 4).stream()
                        .map(record -> record.get("output"))
                        .toList());
    }

    @Test
    void a_piped_cmdlet_takes_objects_as_they_come_and_answers_each() throws IOException {
        server.json("POST /api/v1/queues/MAIL%5C4/retry", 200, "{}");
        assertEquals(
                "input",
                state(records("{\"call\":1,\"cmdlet\":\"Where-Object\",\"parameters\":{\"Property\":\"A\",\"EQ\":true,"
                        + "\"Value\":2},\"piped\":true}")));
        List<JsonNode> first = records("{\"call\":1,\"input\":[{\"$type\":\"T\",\"properties\":{\"A\":1}}]}");
        assertEquals(1, first.size(), first.toString());
        List<JsonNode> second = records("{\"call\":1,\"input\":[{\"$type\":\"T\",\"properties\":{\"A\":2}}]}");
        assertEquals("T", second.getFirst().get("output").get("$type").asString());
        assertEquals("input", state(second));
        assertEquals("done", state(records("{\"call\":1,\"end\":true}")));
    }

    @Test
    void whoever_asked_is_asked_before_anything_is_done() throws IOException {
        records("{\"call\":1,\"cmdlet\":\"Retry-Queue\",\"piped\":true}");
        String input = "{\"call\":1,\"input\":[{\"$type\":\"Queue\",\"properties\":{\"Identity\":\"MAIL\\\\4\"}}]}";
        JsonNode question = records(input).getLast();
        assertEquals("asks", question.get("state").asString());
        assertEquals("Retrying queue \"MAIL\\4\".", question.get("question").asString());
        assertEquals(0, posts());
        assertEquals("input", state(records("{\"call\":1,\"consent\":\"no\"}")));
        assertEquals(0, posts());
        records(input);
        records("{\"call\":1,\"consent\":\"yes\"}");
        assertTrue(posts() > 0);
        records("{\"call\":1,\"end\":true}");
    }

    @Test
    void an_error_is_a_record_and_does_not_end_the_call() throws IOException {
        records("{\"call\":1,\"cmdlet\":\"Get-Queue\",\"piped\":true}");
        List<JsonNode> refused = records("{\"call\":1,\"input\":[{\"$type\":\"T\",\"properties\":{\"A\":1}}]}");
        JsonNode error = refused.getFirst().get("error");
        assertFalse(error == null, refused.toString());
        assertEquals("InputObjectNotBound", error.get("id").asString());
        assertEquals("InvalidArgument", error.get("category").asString());
        assertEquals("input", state(refused));
        assertEquals("done", state(records("{\"call\":1,\"end\":true}")));
    }

    @Test
    void a_parameter_that_there_is_not_is_an_error_of_binding() throws IOException {
        List<JsonNode> records = records("{\"call\":1,\"cmdlet\":\"Get-Queue\",\"parameters\":{\"Colour\":\"red\"}}");
        assertEquals(
                "NamedParameterNotFound",
                records.getFirst().get("error").get("id").asString());
        List<JsonNode> odd = records("{\"call\":1,\"cmdlet\":\"Get-Queue\",\"parameters\":{\"A; exit\":1}}");
        assertEquals(
                "NamedParameterNotFound", odd.getFirst().get("error").get("id").asString());
    }

    @Test
    void what_is_said_beside_the_output_is_told_apart() throws IOException {
        records("{\"call\":1,\"cmdlet\":\"Get-Queue\",\"piped\":true}");
        assertTrue(records("{\"call\":1,\"input\":[\"nosuch\"]}")
                .getFirst()
                .get("warning")
                .asString()
                .startsWith("No queue has the identity 'nosuch'."));
        records("{\"call\":1,\"end\":true}");
        List<JsonNode> host = records("{\"call\":1,\"cmdlet\":\"Write-Host\",\"parameters\":{\"Object\":\"hello\"}}");
        assertEquals("hello", host.getFirst().get("host").asString());
    }

    @Test
    void calls_may_stand_in_each_other() throws IOException {
        String numbers =
                JSON.writeValueAsString(LongStream.range(0, 2_000).boxed().toList());
        JsonNode outer =
                ask("{\"call\":1,\"cmdlet\":\"Write-Output\",\"parameters\":{\"InputObject\":" + numbers + "}}");
        assertEquals("more", outer.get("state").asString());
        assertEquals("done", state(records("{\"call\":2,\"cmdlet\":\"Get-Queue\"}")));
        List<JsonNode> rest = records("{\"call\":1,\"next\":true}");
        assertEquals(1_999, rest.get(rest.size() - 2).get("output").asLong());
        assertEquals(2_000, outer.get("records").size() + rest.size() - 1);
    }

    @Test
    void a_call_that_is_stopped_ends_and_its_number_is_free() throws IOException {
        String numbers =
                JSON.writeValueAsString(LongStream.range(0, 5_000).boxed().toList());
        ask("{\"call\":1,\"cmdlet\":\"Write-Output\",\"parameters\":{\"InputObject\":" + numbers + "}}");
        JsonNode stopped = ask("{\"call\":1,\"stop\":true}");
        assertEquals("done", stopped.get("state").asString());
        records("{\"call\":1,\"cmdlet\":\"Retry-Queue\",\"piped\":true}");
        assertEquals("done", ask("{\"call\":1,\"stop\":true}").get("state").asString());
        assertEquals("done", state(records("{\"call\":1,\"cmdlet\":\"Get-Queue\"}")));
    }

    @Test
    void a_request_that_makes_no_sense_is_refused_and_the_next_is_heard() throws IOException {
        String[] wrong = {
            "hello",
            "[]",
            "{}",
            "{\"call\":1}",
            "{\"call\":1,\"next\":true}",
            "{\"call\":1,\"cmdlet\":\"Get-Nothing\"}",
            "{\"call\":1,\"cmdlet\":\"Get-Queue\",\"parameters\":{\"Identity\":{\"x\":1}}}"
        };
        for (String request : wrong) {
            JsonNode answer = ask(request);
            assertEquals("done", answer.get("state").asString(), request);
            assertFalse(
                    answer.get("records")
                            .get(0)
                            .get("error")
                            .get("message")
                            .asString()
                            .isBlank(),
                    request);
        }
        records("{\"call\":1,\"cmdlet\":\"Retry-Queue\",\"piped\":true}");
        JsonNode early = ask("{\"call\":1,\"consent\":\"yes\"}");
        assertEquals("input", early.get("state").asString(), "still waits for what it waited for");
        assertNull(early.get("question"));
        assertEquals(
                "input",
                ask("{\"call\":1,\"cmdlet\":\"Get-Queue\"}").get("state").asString());
        assertEquals("done", state(records("{\"call\":1,\"end\":true}")));
    }

    @Test
    void a_server_that_does_not_answer_is_an_error() throws IOException, InterruptedException {
        stop();
        server = new StubServer();
        try (Socket bound = new Socket()) { // and not listening: nobody else can listen there
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            open(URI.create("http://127.0.0.1:" + bound.getLocalPort()));
            JsonNode error =
                    records("{\"call\":1,\"cmdlet\":\"Get-Queue\"}").getFirst().get("error");
            assertEquals("ServerUnreachable", error.get("id").asString());
            assertTrue(error.get("message").asString().contains("the connection was refused"), error.toString());
        }
    }
}
