package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventFilter;
import dev.tarry.client.EventStream;
import dev.tarry.client.ServerEvent;
import dev.tarry.client.WaitFor;
import dev.tarry.client.WaitTimedOutException;
import dev.tarry.client.Waited;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Waiting for something in one call, and listening to what happens, by curl and by the client.
@ExtendWith(SharedServer.class)
final class WatchTest {
    private static void send(TarryProcess server, String from, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(from, TarryProcess.octets("Subject: watched", "", "Hello."), to);
        }
    }

    private static String curlWait(Path folder, TarryProcess server, String body) {
        return Program.run(
                folder,
                "curl",
                "curl",
                "",
                List.of(
                        "-sS",
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        body,
                        "-w",
                        "\n%{http_code}",
                        server.admin() + "/api/v1/wait"));
    }

    /// The next event that is wanted; all that come before are let go.
    private static ServerEvent await(EventStream stream, Predicate<ServerEvent> wanted) throws InterruptedException {
        while (true) {
            ServerEvent event = stream.next(TarryProcess.PATIENCE)
                    .orElseThrow(() -> new AssertionError("the event that is waited for did not come"));
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    @Test
    void curl_sees_a_queue_go_to_retry_when_dns_breaks(TarryProcess server, @TempDir Path folder) throws Exception {
        try (Program curl = Program.launch(
                folder,
                "curl",
                "curl",
                List.of("-sSN", "--max-time", "300", server.admin() + "/api/v1/events?types=queue,lab"))) {
            Wait.until("curl listens", () -> curl.said().startsWith(": listening\n"));
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "curl.example"));
            send(server, "curl@company.com", "a@curl.example");
            Wait.until(
                    "the queue is in Retry",
                    () -> curl.said()
                            .lines()
                            .anyMatch(line -> line.startsWith("data: {")
                                    && line.contains("\"NextHopDomain\":\"curl.example\"")
                                    && line.contains("\"Status\":\"Retry\"")
                                    && line.contains("451 4.4.0")));
            assertTrue(curl.said().contains("event: lab\ndata: {\"Kind\":\"faultAdded\""), curl::said);
            assertTrue(curl.said().contains("\"Kind\":\"faultFired\""), curl::said);
            assertFalse(curl.said().contains("event: tracking"), curl::said);
        }
    }

    @Test
    void one_curl_brings_the_ndr_after_48_hours_of_a_frozen_clock(TarryProcess server, @TempDir Path folder)
            throws Exception {
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "ndr.watch.example"));
        Instant before = server.client().clock().now();
        send(server, "once@company.com", "a@ndr.watch.example");
        String answer = curlWait(
                folder,
                server,
                "{\"condition\":\"mailbox once@company.com subject=\\\"Undeliverable*\\\"\",\"timeout\":\"72h\"}");
        assertTrue(answer.startsWith("{\"held\":true,") && answer.endsWith("\n200"), answer);
        assertTrue(answer.contains("\"waited\":\"PT48H\""), answer);
        assertEquals(before.plus(Duration.ofHours(48)), server.client().clock().now());
        assertTrue(
                new Seen(server).oneReport("Undeliverable", "once@company.com").contains("ndr.watch.example"));
    }

    @Test
    void what_does_not_come_in_time_is_a_504_that_says_how_it_stands(TarryProcess server, @TempDir Path folder) {
        server.client().freezeClock();
        String answer =
                curlWait(folder, server, "{\"condition\":\"queue nowhere.watch.example\",\"timeout\":\"PT1H\"}");
        assertTrue(
                answer.startsWith("{\"type\":\"urn:tarry:problem:wait-timed-out\"") && answer.endsWith("\n504"),
                answer);
        assertTrue(answer.contains("queue nextHopDomain=nowhere.watch.example queues>=1: 0 queue(s)"), answer);
    }

    @Test
    void the_client_waits_for_everything_that_can_be_waited_for(TarryProcess server) throws Exception {
        server.client().freezeClock();
        Object id = server.client()
                .addFault(Map.of("where", "dns", "what", "servfail", "name", "all.watch.example", "first", 4L))
                .get("id");
        send(server, "all@company.com", "a@all.watch.example");
        Duration hour = Duration.ofHours(1);
        assertEquals(
                0,
                server.client()
                        .await("queue nextHopDomain=all.watch.example status=Retry", hour)
                        .alarms());
        for (String condition : List.of(
                "fault " + id + " fired>=3",
                "dnsQuery all.watch.example type=MX count>=3",
                "tracking DEFER recipient=a@all.watch.example",
                "mail a@all.watch.example host=*",
                "queue all.watch.example messageCount=0")) {
            Waited waited = server.client().await(condition, hour);
            assertTrue(waited.waited().compareTo(hour) < 0, waited::toString);
        }
        server.client()
                .await(WaitFor.condition("queue messageCount=0")
                        .within(Duration.ofDays(3))
                        .untilSettled());
        WaitTimedOutException late = assertThrows(
                WaitTimedOutException.class,
                () -> server.client().await("mailbox nobody.watch@company.com", Duration.ofMinutes(5)));
        assertEquals(Duration.ofMinutes(5), late.waited().waited());
        assertEquals(
                List.of("mailbox nobody.watch@company.com count>=1: 0"),
                late.waited().standing());
    }

    @Test
    void a_stream_tells_of_48_hours_while_they_pass(TarryProcess server) throws Exception {
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "hours.watch.example"));
        try (EventStream stream = server.client().events(EventFilter.everything())) {
            send(server, "hours@company.com", "a@hours.watch.example");
            ServerEvent.Queue retry = assertInstanceOf(
                    ServerEvent.Queue.class,
                    await(
                            stream,
                            event -> event instanceof ServerEvent.Queue queue
                                    && queue.nextHopDomain().equals("hours.watch.example")
                                    && queue.status().equals("Retry")));
            assertTrue(retry.lastError().contains("451 4.4.0"), retry::toString);
            assertEquals(1, retry.messageCount());
            assertEquals(
                    retry.identity(),
                    new Seen(server).queue("hours.watch.example").orElseThrow().get("Identity"));

            server.client().advanceClock(Duration.ofHours(49));
            List<Object> events = new ArrayList<>();
            await(stream, event -> {
                if (event instanceof ServerEvent.Tracking(long _, var row)
                        && List.of("a@hours.watch.example").equals(row.get("Recipients"))) {
                    events.add(row.get("EventId"));
                }
                return event instanceof ServerEvent.Tracking(long _, var row)
                        && "DELIVER".equals(row.get("EventId"))
                        && List.of("hours@company.com").equals(row.get("Recipients"))
                        && String.valueOf(row.get("MessageSubject")).startsWith("Undeliverable");
            });
            assertEquals("FAIL", events.getLast(), events::toString);
            await(
                    stream,
                    event -> event instanceof ServerEvent.Lab(long _, String kind, var clock)
                            && kind.equals("clock")
                            && "frozen".equals(clock.get("mode")));
        }
    }
}
