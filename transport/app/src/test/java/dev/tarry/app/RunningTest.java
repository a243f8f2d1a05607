package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ProtocolLine;
import dev.tarry.client.ProtocolQuery;
import dev.tarry.client.TarryClient;
import dev.tarry.config.ConfigException;
import dev.tarry.config.SettingsBook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A live server and what is set while it runs.
final class RunningTest {
    private static final String BANNER = "receiveConnectors[0].banner";

    @TempDir
    private Path data;

    private SettingsBook book() throws ConfigException {
        return SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true));
    }

    private static Socket connect(Running server) throws IOException {
        InetSocketAddress smtp = server.addresses().smtp();
        return new Socket(smtp.getAddress(), smtp.getPort());
    }

    private static String greeting(Running server) throws IOException {
        try (Socket socket = connect(server)) {
            return reader(socket).readLine();
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    @Test
    void a_change_holds_when_it_is_said_to_be_made_and_after_a_restart() throws Exception {
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            assertTrue(greeting(server).startsWith("220 mail.company.com Microsoft ESMTP"), () -> "not Exchange's");
            try (Socket before = connect(server)) {
                BufferedReader said = reader(before);
                said.readLine();
                book.change(_ -> Map.of(
                        BANNER,
                        Optional.of("220 changed"),
                        "receiveConnectors[0].anonymousRelayRanges",
                        Optional.of("{}")));
                assertEquals("220 changed", greeting(server));
                assertEquals("250 2.1.5 Recipient OK", recipient(before, said), "an old session keeps its terms");
            }
            try (Socket after = connect(server)) {
                BufferedReader said = reader(after);
                said.readLine();
                assertTrue(recipient(after, said).startsWith("550 5.7."));
            }
        }
        try (Running server = Running.start(book())) {
            assertEquals("220 changed", greeting(server));
        }
    }

    private static String recipient(Socket socket, BufferedReader said) throws IOException {
        OutputStream out = socket.getOutputStream();
        String reply = "";
        for (String line : List.of("HELO me", "MAIL FROM:<a@company.com>", "RCPT TO:<b@gmail.com>")) {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            reply = said.readLine();
        }
        return reply;
    }

    @Test
    void the_tracking_log_is_written_as_it_is_set_now() throws Exception {
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            book.change(_ -> Map.of("trackingLog.enabled", Optional.of("false")));
            send(server, "unseen");
            book.change(_ -> Map.of(
                    "trackingLog.enabled", Optional.of("true"),
                    "trackingLog.subjectLoggingEnabled", Optional.of("false")));
            send(server, "secret");
            book.change(_ -> Map.of("trackingLog.subjectLoggingEnabled", Optional.empty()));
            send(server, "shown");
            String log = get(server, "/api/v1/tracking?eventId=RECEIVE");
            assertTrue(log.contains("shown"), log);
            assertTrue(!log.contains("secret") && !log.contains("unseen"), log);
            assertEquals(2, log.split("\"RECEIVE\"", -1).length - 1, log);
        }
    }

    @Test
    void what_is_said_is_written_down_as_each_connector_has_it_now() throws Exception {
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            TarryClient client = new TarryClient(
                    URI.create("http://127.0.0.1:" + server.addresses().admin().getPort()));
            send(server, "unheard");
            await(() -> get(server, "/api/v1/tracking?eventId=SEND").contains("unheard"));
            assertEquals(List.of(), client.sendProtocolLog(ProtocolQuery.everything()), "None is the default");
            book.change(_ -> Map.of("sendConnectors[0].protocolLoggingLevel", Optional.of("Verbose")));
            send(server, "body line");
            await(() -> client.sendProtocolLog(ProtocolQuery.everything().holding("Local"))
                            .size()
                    == 1);
            String session = client.sendProtocolLog(ProtocolQuery.everything().holding("MAIL FROM"))
                    .getFirst()
                    .session();
            List<ProtocolLine> said =
                    client.sendProtocolLog(ProtocolQuery.everything().ofSession(session));
            for (int i = 0; i < said.size(); i++) {
                assertEquals(i, said.get(i).sequence());
                assertEquals("Internet", said.get(i).connector());
            }
            assertEquals("attempting to connect", said.get(1).context());
            assertEquals("+", said.get(2).event());
            assertTrue(
                    said.get(2).local().startsWith("127.0.0.1:"),
                    () -> said.get(2).toString());
            assertTrue(said.stream().anyMatch(line -> line.data().startsWith("250  ")), said::toString);
            assertTrue(
                    said.stream().anyMatch(line -> line.context().startsWith("sending message with RecordId ")),
                    said::toString);
            assertTrue(said.stream().noneMatch(line -> line.data().contains("body line")), said::toString);

            List<ProtocolLine> heard =
                    client.receiveProtocolLog(ProtocolQuery.everything().holding("RCPT TO"));
            assertEquals(2, heard.size(), heard::toString);
            assertEquals("MAIL\\Default Frontend MAIL", heard.getFirst().connector());

            Path elsewhere = data.resolve("elsewhere");
            book.change(_ -> Map.of(
                    "receiveConnectors[0].protocolLoggingLevel", Optional.of("None"),
                    "sendProtocolLog.path", Optional.of(elsewhere.toString())));
            send(server, "once more");
            await(() -> !client.sendProtocolLog(ProtocolQuery.everything().holding("Local"))
                    .isEmpty());
            assertEquals(
                    2,
                    client.receiveProtocolLog(ProtocolQuery.everything().holding("RCPT TO"))
                            .size());
            try (var files = Files.list(elsewhere)) {
                String file = Files.readString(files.findFirst().orElseThrow());
                assertTrue(
                        file.startsWith("#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n"
                                + "#Log-type: SMTP Send Protocol Log\r\n#Date: "),
                        file);
                assertTrue(
                        file.contains("#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,"
                                + "remote-endpoint,event,data,context\r\n"),
                        file);
            }
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private static void send(Running server, String subject) throws IOException {
        try (Socket socket = connect(server)) {
            BufferedReader said = reader(socket);
            said.readLine();
            assertEquals("250 2.1.5 Recipient OK", recipient(socket, said));
            OutputStream out = socket.getOutputStream();
            out.write("DATA\r\n".getBytes(StandardCharsets.US_ASCII));
            said.readLine();
            out.write(("Subject: " + subject + "\r\n\r\nhello\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
            assertTrue(said.readLine().startsWith("250 2.6.0"));
        }
    }

    private static String get(Running server, String path) throws Exception {
        InetSocketAddress admin = server.addresses().admin();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void what_is_here_can_be_held_against_what_is_set_there() throws Exception {
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            book.change(_ -> Map.of("transport.queueMaxIdleTime", Optional.of("7m")));
            StringWriter out = new StringWriter();
            int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(new StringWriter()))
                    .execute(
                            "config",
                            "diff",
                            "--data=" + data.resolve("elsewhere"),
                            "--exit-code",
                            "--server=http://127.0.0.1:"
                                    + server.addresses().admin().getPort());
            assertEquals(1, exit, out::toString);
            assertTrue(
                    out.toString().contains("transport.queueMaxIdleTime: 00:03:00 -> 00:07:00  (set at run time)"),
                    out::toString);
            assertTrue(
                    out.toString().lines().allMatch(line -> line.matches("(data|transport.queueMaxIdleTime): .*")),
                    out::toString);
        }
    }

    @Test
    void whatever_breaks_on_the_way_up_is_told_and_nothing_is_left_open() throws Exception {
        // an instant as any other to read, and none that could be counted on from
        Path clock = Files.writeString(data.resolve("clock"), "1.0 " + Instant.MAX + " 2026-01-01T00:00:00Z");
        StartFailure failed = assertThrows(StartFailure.class, () -> Running.start(book()));
        assertFalse(failed.getMessage().isBlank());
        Files.delete(clock);
        try (Running server = Running.start(book())) { // the store's lock was given back
            assertTrue(greeting(server).startsWith("220 "));
        }
    }

    @Test
    void what_the_server_could_not_be_built_of_is_refused_and_nothing_changes() throws Exception {
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            // each value is one that a setting may have; a smart host's name must not end in a digit
            ConfigException refused = assertThrows(
                    ConfigException.class,
                    () -> book.change(_ -> Map.of(
                            "sendConnectors",
                            Optional.of("[{name: Odd, addressSpaces: 'SMTP:*;1', dnsRoutingEnabled: false,"
                                    + " smartHosts: host.example9}]"))));
            assertTrue(refused.getMessage().contains("host.example9"), refused.getMessage());
            assertEquals("Internet", book.now().sendConnectors().getFirst().name());
            assertTrue(greeting(server).startsWith("220 "));
        }
    }
}
