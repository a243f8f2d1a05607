package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventQuery;
import dev.tarry.client.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A listener under load, on a small scale; `it-tests/siege` and `it-tests/idle` are the same on a large one.
final class SiegeTest {
    private static final int MIB = 1024 * 1024;
    private static final byte[] SMALL = TarryProcess.octets("Subject: honest", "", "a line");

    @Test
    void large_messages_from_fifty_clients_at_once_stay_within_the_memory_that_is_set(@TempDir Path folder)
            throws Exception {
        int clients = 50;
        byte[] large = TarryProcess.octets("Subject: large", "", ("x".repeat(998) + "\r\n").repeat(3_000));
        try (TarryProcess server = TarryProcess.serveWith(List.of("-Xmx96m"), folder, "--set", "receive.memory=16MB")) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            List<Future<String>> replies = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
                for (int i = 0; i < clients; i++) {
                    String to = "user" + i + "@waits.example";
                    replies.add(threads.submit(() -> {
                        try (SmtpDialogue client = server.dial()) {
                            client.ok("EHLO large.example");
                            return client.transaction("eve@company.com", large, to);
                        }
                    }));
                }
                honest(server);
            }
            for (Future<String> reply : replies) {
                assertTrue(reply.get().startsWith("250 2.6.0 "), reply.get());
            }
            honest(server);
            String resources = get(server, "/api/v1/resources");
            long most = number(resources, "receiveMemoryMostBytes");
            assertEquals(16 * MIB, number(resources, "receiveMemoryLimitBytes"));
            assertTrue(most < 16 * MIB, resources);
            assertTrue(most > MIB, "they came at once: " + resources);
            Wait.until("nothing is held", () -> memory(server) == 0);
            assertFalse(server.said().contains("OutOfMemory"), server::said);
            server.stop();
        }
    }

    @Test
    void clients_that_vanish_in_the_middle_of_data_leave_nothing_behind(@TempDir Path folder) throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            honest(server);
            byte[] part = ("EHLO gone.example\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\nDATA\r\n"
                            + "Subject: x\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(150))
                    .getBytes(StandardCharsets.US_ASCII);
            String at = server.ready("smtp");
            InetSocketAddress to =
                    new InetSocketAddress("127.0.0.1", Integer.parseInt(at.substring(at.indexOf(':') + 1)));
            for (int i = 0; i < 200; i++) {
                try (Socket client = new Socket()) {
                    client.connect(to);
                    client.getInputStream().read();
                    client.getOutputStream().write(part, 0, part.length * (i % 10 + 1) / 10);
                    if (i % 2 == 0) {
                        client.setSoLinger(true, 0); // a reset
                    }
                }
            }
            honest(server);
            Wait.until("no session is left", () -> metric(server, "tarry_receive_connections_open") == 0);
            Wait.until("nothing is held", () -> memory(server) == 0);
            assertEquals(2, new Seen(server).mailbox("inbox@company.com").size());
            server.stop();
        }
    }

    @Test
    void a_long_submission_queue_slows_mail_down_then_refuses_it_and_is_over_by_itself(@TempDir Path folder)
            throws Exception {
        try (TarryProcess server = TarryProcess.serve(
                folder,
                "--set",
                "resources.meteringInterval=1s",
                "--set",
                "resources.submissionQueue.mediumToLow=0",
                "--set",
                "resources.submissionQueue.lowToMedium=1",
                "--set",
                "resources.submissionQueue.highToMedium=2",
                "--set",
                "resources.submissionQueue.mediumToHigh=3",
                "--set",
                "resources.tarpit=1s",
                "--set",
                "resources.tarpitMost=1s")) {
            post(server, "/api/v1/queues/MAIL%5CSubmission/suspend");
            honest(server);
            honest(server);
            Wait.until("it is medium", () -> get(server, "/api/v1/resources").contains("\"mailDelayMillis\":1000"));
            assertTrue(server.client().ready(), "slow is not out of order");
            honest(server);
            assertTrue(metric(server, "tarry_receive_pauses_total{reason=\"back_pressure\"}") >= 1);
            honest(server);
            Wait.until("it is high", () -> !server.client().ready());
            String refusal = "452 4.3.1 Insufficient system resources (QueueLength[SubmissionQueue])";
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO honest.example");
                assertEquals(refusal, client.command("MAIL FROM:<alice@company.com>"));
                client.ok("NOOP");
            }
            String resources = get(server, "/api/v1/resources");
            assertTrue(resources.contains("\"refusal\":\"" + refusal + "\""), resources);
            post(server, "/api/v1/queues/MAIL%5CSubmission/resume");
            Wait.until(
                    "it is over",
                    () -> get(server, "/api/v1/resources").contains("\"pressure\":\"Low\",\"refusal\":null"));
            honest(server);
            Wait.until(
                    "all has arrived",
                    () -> new Seen(server).mailbox("inbox@company.com").size() == 5);
            List<String> told = server.client().eventLog(EventQuery.everything()).stream()
                    .filter(event -> event.id() == 15004 || event.id() == 15005)
                    .map(LoggedEvent::message)
                    .toList();
            assertTrue(
                    told.stream()
                            .anyMatch(text -> text.startsWith("Resource pressure increased from Medium to High: ")),
                    told::toString);
            assertTrue(
                    told.getFirst().matches("Resource pressure decreased from (High|Medium) to Normal: .*"),
                    told::toString);
            server.stop();
        }
    }

    /// A message of somebody who waits for each answer is taken.
    private static void honest(TarryProcess server) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO honest.example");
            String reply = client.transaction("alice@company.com", SMALL, "inbox@company.com");
            assertTrue(reply.startsWith("250 2.6.0 "), reply);
        }
    }

    private static double memory(TarryProcess server) {
        return metric(server, "tarry_receive_memory_bytes");
    }

    private static double metric(TarryProcess server, String name) {
        return get(server, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long number(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        assertTrue(found.find(), json);
        return Long.parseLong(found.group(1));
    }

    private static String get(TarryProcess server, String path) {
        return ask(HttpRequest.newBuilder(at(server, path)).build());
    }

    private static void post(TarryProcess server, String path) {
        ask(HttpRequest.newBuilder(at(server, path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static URI at(TarryProcess server, String path) {
        return server.admin().resolve(path);
    }

    private static String ask(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.statusCode() < 300, answer::body);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
