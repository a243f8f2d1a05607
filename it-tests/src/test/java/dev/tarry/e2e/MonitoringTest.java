package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventQuery;
import dev.tarry.client.LoggedEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What dashboards, log collectors and administrators are told of a bad day: metrics, the event log, the log.
final class MonitoringTest {
    private static final Path PAGE = Path.of("../transport/server/METRICS.md");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
    private static final String SENDER = "eve@company.com";

    @TempDir
    Path folder;

    private static String send(TarryProcess server, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            return client.transaction(SENDER, TarryProcess.octets("Subject: " + to, "", "Hello " + to), to);
        }
    }

    private static String metrics(TarryProcess server) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(server.admin().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is not in\n" + metrics));
    }

    private static List<LoggedEvent> events(TarryProcess server, int id) {
        return server.client().eventLog(EventQuery.everything().ofId(id));
    }

    /// Series of a histogram belong to its name.
    private static Set<String> names(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() throws IOException {
        Matcher rows = DOCUMENTED.matcher(Files.readString(PAGE));
        return rows.results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_bad_day_shows_in_the_metrics_under_documented_names_and_in_the_event_log() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            assertEquals(documented(), names(metrics(server)));
            Seen seen = new Seen(server);
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "nodns.example"));
            server.client().addFault(Map.of("where", "connect", "what", "refuse", "host", "mail.fabrikam.com"));
            server.client()
                    .addFault(Map.of(
                            "where",
                            "smtp",
                            "what",
                            "reply",
                            "stage",
                            "rcpt",
                            "code",
                            550,
                            "text",
                            "5.1.1 gone",
                            "recipient",
                            "gone@gmail.com"));
            for (String to : List.of("a@nodns.example", "b@fabrikam.com", "gone@gmail.com", "c@gmail.com")) {
                assertTrue(send(server, to).startsWith("250 "), to);
            }
            seen.inRetry("nodns.example", 1);
            seen.inRetry("fabrikam.com", 1);
            seen.oneLabMail("c@gmail.com");
            seen.oneReport(SENDER);

            // the host has it before the server has heard its 250
            Wait.until(
                    "the delivery is counted",
                    () -> value(metrics(server), "tarry_recipients_delivered_total{to=\"host\"}") == 1);
            String now = metrics(server);
            assertEquals(documented(), names(now));
            assertEquals(1, value(now, "tarry_recipients_deferred_total{reason=\"dns\"}"));
            assertEquals(1, value(now, "tarry_recipients_deferred_total{reason=\"connection\"}"));
            assertEquals(1, value(now, "tarry_recipients_failed_total{reason=\"host\"}"));
            assertEquals(1, value(now, "tarry_reports_total{kind=\"failure\"}"));
            assertEquals(1, value(now, "tarry_recipients_delivered_total{to=\"host\"}"));
            assertEquals(1, value(now, "tarry_recipients_delivered_total{to=\"mailbox\"}"));
            assertEquals(2, value(now, "tarry_queue_messages{status=\"Retry\"}"));
            assertTrue(value(now, "tarry_dns_queries_total{outcome=\"servfail\",server=\"192.168.1.10\"}") >= 1);
            assertEquals(0, value(now, "tarry_dns_queries_total{outcome=\"servfail\",server=\"other\"}"));
            assertTrue(value(now, "tarry_send_connections_total{result=\"connect_refused\"}") >= 1);
            assertTrue(value(now, "tarry_store_sync_seconds_count") >= 4);
            assertTrue(value(now, "tarry_loop_lag_seconds_count{loop=\"queue\"}") >= 1);

            LoggedEvent dns = events(server, 2000).getFirst();
            assertEquals("Warning", dns.level());
            assertEquals("MSExchangeTransport", dns.source());
            assertEquals("nodns.example", dns.details().get("nextHop"));
            assertTrue(dns.details().get("lastError").startsWith("451 4.4.0 DNS query failed"), dns::toString);
            assertEquals(
                    "fabrikam.com", events(server, 2002).getFirst().details().get("nextHop"));
            LoggedEvent failed = events(server, 2004).getFirst();
            assertEquals(SENDER, failed.details().get("sender"));
            assertTrue(failed.details().get("reply").startsWith("550 5.1.1 gone"), failed::toString);
            assertEquals(1, events(server, 7001).size());
            assertEquals(List.of(), events(server, 1009), "it has been tried but once");

            server.client().advanceClock(Duration.ofHours(2));
            LoggedEvent unreachable = events(server, 1009).getFirst();
            assertEquals("fabrikam.com", unreachable.details().get("nextHop"));
            assertEquals("10", unreachable.details().get("retries"));
            assertEquals(1, events(server, 1009).size(), "once an episode");
            assertTrue(events(server, 2000).getFirst().suppressed() > 0, "what repeats is counted");
            assertTrue(value(metrics(server), "tarry_queue_messages_by_age{age=\"1h-4h\"}") >= 2);
            assertTrue(value(metrics(server), "tarry_queue_oldest_message_age_seconds{status=\"Retry\"}") >= 7_200 - 1);

            server.client().advanceClock(Duration.ofHours(47));
            String last = metrics(server);
            assertEquals(documented(), names(last));
            assertEquals(2, value(last, "tarry_recipients_failed_total{reason=\"expired\"}"));
            assertEquals(3, value(last, "tarry_reports_total{kind=\"failure\"}"));
            server.stop();
        }
    }

    @Test
    void the_event_log_survives_a_kill_and_tells_of_a_full_disk() throws Exception {
        long last;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            long fault = (Long) server.client()
                    .addFault(Map.of("where", "store", "what", "full", "operation", "commit"))
                    .get("id");
            assertTrue(send(server, "refused@gmail.com").startsWith("452 4.3.1"));
            Wait.until("an event of the full disk", () -> !events(server, 15006).isEmpty());
            assertEquals("Error", events(server, 15004).getFirst().level());
            server.client().removeFault(fault);
            Wait.until("an event of its end", () -> !events(server, 15005).isEmpty());
            last = server.client().eventLog(EventQuery.everything()).getFirst().recordId();
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            List<LoggedEvent> all = server.client().eventLog(EventQuery.everything());
            assertEquals(last + 1, all.getFirst().recordId(), "numbers go on");
            assertEquals(List.of(7001, 7001), ids(all, 7001), "two starts");
            assertEquals(List.of(), ids(all, 7002), "and no end between them");
            server.stop();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            List<LoggedEvent> all = server.client().eventLog(EventQuery.everything());
            assertEquals(List.of(7001, 7002), ids(all.subList(0, 2), 7001, 7002), "an orderly end before this start");
            server.stop();
        }
    }

    private static List<Integer> ids(List<LoggedEvent> events, Integer... of) {
        return events.stream()
                .map(LoggedEvent::id)
                .filter(List.of(of)::contains)
                .toList();
    }

    @Test
    void the_log_is_a_json_object_a_line_where_the_settings_say_so() throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "log.format=json", "--set", "log.level=debug")) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "nodns.example"));
            server.client().addFault(Map.of("where", "store", "what", "fail", "operation", "commit", "first", 1));
            assertTrue(send(server, "a@gmail.com").startsWith("452 "));
            Wait.until(
                    "the store is open again",
                    () -> send(server, "a@nodns.example").startsWith("250 "));
            new Seen(server).inRetry("nodns.example", 1);
            server.client().freezeClock();
            server.client().advanceClock(Duration.ofHours(1));
            server.stop();
            ObjectMapper mapper = new ObjectMapper();
            List<JsonNode> lines = server.said()
                    .lines()
                    .filter(line -> !line.startsWith("tarry ready") && !line.startsWith("tarry: "))
                    .map(mapper::readTree)
                    .toList();
            assertFalse(lines.isEmpty());
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.get("level").asString().equals("ERROR")
                                    && line.get("message").asString().startsWith("the store has failed")),
                    server::said);
            assertTrue(lines.stream().anyMatch(line -> line.has("labTime")), server::said);
        }
    }
}
