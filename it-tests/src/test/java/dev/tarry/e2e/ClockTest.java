package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ClockProgress;
import dev.tarry.client.ClockStep;
import dev.tarry.client.ClockWay;
import dev.tarry.client.LabClock;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lab's clock over its API: advanced until something holds, waited for, watched and interrupted.
@ExtendWith(SharedServer.class)
final class ClockTest {
    private static void send(TarryProcess server, String from, String... to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(from, TarryProcess.octets("Subject: tick", "", "Tock."), to);
        }
    }

    private static ClockStep waitFor(TarryProcess server, String until, Duration limit) {
        return server.client().moveClock(ClockWay.until(until, Optional.of(limit)), _ -> {});
    }

    @Test
    void a_frozen_clock_is_stepped_to_the_alarm_after_which_what_is_waited_for_holds(TarryProcess server)
            throws IOException {
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "step.example"));
        Instant before = server.client().clock().now();
        send(server, "steps@company.com", "a@step.example");

        ClockStep retry = waitFor(server, "queue step.example status=Retry lastError=*4.4.0*", Duration.ZERO);
        assertTrue(retry.met(), retry::toString);
        assertEquals(before, retry.now());

        // 60 seconds after the first failure the next attempt: fixed, and on its way
        server.client().resetLab();
        server.client().freezeClock();
        ClockStep delivered = waitFor(server, "mail a@step.example and queue step.example messageCount=0", HOUR);
        assertTrue(delivered.met(), delivered::toString);
        assertEquals(Duration.ofMinutes(1), Duration.between(before, delivered.now()));
        assertEquals("frozen", server.client().clock().mode());
        assertEquals(
                List.of(
                        "mail recipient=a@step.example count>=1: 1",
                        "queue nextHopDomain=step.example messageCount=0: 1 queue(s) with 0 message(s)"),
                delivered.standing());

        ClockStep again = waitFor(server, "mail a@step.example", HOUR);
        assertEquals(0, again.alarms());
        assertEquals(delivered.now(), again.now());
    }

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void what_never_comes_true_ends_at_the_limit_and_says_how_it_stands(TarryProcess server) {
        server.client().freezeClock();
        Instant before = server.client().clock().now();
        ClockStep step = waitFor(server, "queue nowhere.example", HOUR);
        assertFalse(step.met());
        assertEquals("arrived", step.ended());
        assertEquals(before.plus(HOUR), step.now());
        assertEquals(
                List.of("queue nextHopDomain=nowhere.example queues>=1: 0 queue(s) with 0 message(s)"),
                step.standing());

        step = server.client()
                .moveClock(
                        ClockWay.until("queue nowhere.example", Optional.of(HOUR.multipliedBy(2)))
                                .within(Duration.ZERO),
                        _ -> {});
        assertEquals("realLimit", step.ended());
    }

    @Test
    void a_running_clock_is_waited_for(TarryProcess server) throws IOException {
        send(server, "runs@company.com", "a@running.example", "b@company.com");
        ClockStep step = waitFor(
                server,
                "mail a@running.example and mailbox b@company.com and queue running.example messageCount=0",
                HOUR);
        assertTrue(step.met(), step::toString);
        server.client().runClock(10_000);
        Instant before = server.client().clock().now();
        step = waitFor(server, "mail never@running.example", HOUR);
        assertEquals("arrived", step.ended());
        assertFalse(step.now().isBefore(before.plus(HOUR)));
        assertEquals("running", server.client().clock().mode());
        assertEquals(10_000, server.client().clock().rate());
    }

    @Test
    void everything_that_can_be_waited_for_is_seen_when_it_happens_and_when_it_has_happened(TarryProcess server)
            throws IOException {
        server.client().freezeClock();
        Object id = server.client()
                .addFault(Map.of("where", "dns", "what", "servfail", "name", "seen.example", "first", 40L))
                .get("id");
        Instant before = server.client().clock().now();
        send(server, "sees@company.com", "a@seen.example");
        for (String until : List.of(
                "fault " + id + " fired>=3",
                "dnsQuery seen.example type=MX count>=3",
                "tracking DEFER recipient=a@seen.example source=DNS",
                "mail nobody@seen.example or tracking RECEIVE sender=sees@company.com",
                "queue identity=MAIL\\* nextHopDomain=seen.example status=Retry messageCount=1 queues=1")) {
            ClockStep step = waitFor(server, until, HOUR);
            assertTrue(step.met(), () -> until + ": " + step);
        }
        assertFalse(waitFor(server, "tracking DEFER recipient=a@seen.example since=now", Duration.ZERO)
                .met());
        assertFalse(waitFor(server, "mailbox sees@company.com", HOUR).met());
        ClockStep report = waitFor(server, "mailbox sees@company.com subject=Undeliverable*", Duration.ofHours(50));
        assertFalse(report.met(), "forty failures are over long before: it was delivered");
        assertTrue(waitFor(server, "mail a@seen.example since=" + before, Duration.ZERO)
                .met());
        assertFalse(
                waitFor(server, "mail a@seen.example since=now", Duration.ZERO).met());
    }

    @Test
    void an_ndr_is_waited_for_and_is_gone_when_it_is_removed(TarryProcess server) throws IOException {
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "ndr.example"));
        Instant before = server.client().clock().now();
        send(server, "waits@company.com", "a@ndr.example");
        ClockStep step = waitFor(server, "mailbox waits@company.com subject=Undeliverable*", Duration.ofHours(72));
        assertTrue(step.met(), step::toString);
        assertEquals(Duration.ofHours(48), Duration.between(before, step.now()));
        String item = new Seen(server)
                .reports("Undeliverable", "waits@company.com")
                .getFirst()
                .id();
        server.client().deleteMailboxMessage("waits@company.com", item);
        assertTrue(waitFor(server, "mailbox waits@company.com subject=Undeliverable* count=0", Duration.ZERO)
                .met());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            queue status=Sad ¦ until.queue.status: 'Sad' is not known; it is one of Active, Connecting, Ready, Retry, Suspended.
            qeue a.example   ¦ until: 'qeue' is no kind of condition; there are queue, mail,
            """)
    void what_cannot_be_waited_for_is_refused_and_moves_nothing(String until, String told, TarryProcess server) {
        server.client().freezeClock();
        Instant before = server.client().clock().now();
        ProblemException refused = assertThrows(ProblemException.class, () -> waitFor(server, until, HOUR));
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains(told), refused.getMessage());
        assertEquals(before, server.client().clock().now());
    }

    /// An advance that takes its time: a queue's retries for three hundred days.
    private static ClockWay farAway(TarryProcess server, String domain) throws IOException {
        server.client().addFault(Map.of("where", "dns", "what", "noanswer", "name", "*." + domain));
        for (int i = 0; i < 8; i++) {
            send(server, "far@company.com", "a@d" + i + "." + domain);
        }
        return ClockWay.by(Duration.ofHours(47));
    }

    @Test
    void whoever_advances_hears_how_far_it_is_and_ends_it_by_hanging_up(TarryProcess server) throws Exception {
        server.client().freezeClock();
        Instant before = server.client().clock().now();
        ClockWay way = farAway(server, "stream.example");
        CompletableFuture<ClockProgress> told = new CompletableFuture<>();
        Thread traveller = Thread.ofPlatform().start(() -> {
            try (TarryClient own = new TarryClient(server.admin())) {
                own.moveClock(way, told::complete);
            } catch (RuntimeException _) {
                // it is interrupted
            }
        });
        Wait.until("it is on its way", () -> server.client().clock().mode().equals("advancing"));
        LabClock clock = server.client().clock();
        if (clock.advance().isPresent()) {
            assertEquals(
                    before.plus(Duration.ofHours(47)), clock.advance().get().target());
            assertEquals(before, clock.advance().get().from());
        }
        ProblemException second =
                assertThrows(ProblemException.class, () -> server.client().advanceClock(HOUR));
        assertEquals(409, second.status());
        assertTrue(second.getMessage().contains("being advanced already"), second.getMessage());
        assertEquals(
                409,
                assertThrows(ProblemException.class, () -> server.client().runClock(2))
                        .status());
        Wait.until("progress was told, or it is over", () -> told.isDone() || !traveller.isAlive());
        traveller.interrupt();
        traveller.join(TarryProcess.PATIENCE);
        Wait.until("nobody advances it", () -> server.client().clock().mode().equals("frozen"));
        Instant reached = server.client().clock().now();
        assertFalse(reached.isAfter(before.plus(Duration.ofHours(47))));
        server.client().resetLab();
    }

    @Test
    void an_advance_that_is_interrupted_says_so_and_leaves_a_running_clock_running(TarryProcess server)
            throws Exception {
        server.client().runClock(60);
        ClockWay way = farAway(server, "interrupted.example");
        CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
        Thread traveller = Thread.ofPlatform().start(() -> {
            try (TarryClient own = new TarryClient(server.admin())) {
                own.moveClock(way, _ -> {});
                ended.complete(null);
            } catch (RuntimeException e) {
                ended.complete(e);
            }
        });
        Wait.until("it is on its way", () -> server.client().clock().mode().equals("advancing"));
        server.client().interruptClock();
        traveller.join(TarryProcess.PATIENCE);
        ProblemException told = (ProblemException) ended.get();
        assertEquals(409, told.status());
        assertTrue(told.getMessage().contains("interrupted; lab time is"), told.getMessage());
        assertEquals("running", server.client().clock().mode());
        assertEquals(60, server.client().clock().rate());
        server.client().resetLab();
    }

    @Test
    void a_fault_that_comes_on_the_way_acts_from_then_on(TarryProcess server) throws Exception {
        server.client().freezeClock();
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "later.example"));
        send(server, "later@company.com", "a@later.example");
        ClockWay way = farAway(server, "meanwhile.example");
        Thread traveller = Thread.ofPlatform().start(() -> {
            try (TarryClient own = new TarryClient(server.admin())) {
                own.moveClock(way, _ -> {});
            }
        });
        Wait.until("it is on its way", () -> server.client().clock().mode().equals("advancing"));
        Object id = server.client()
                .addFault(Map.of("where", "dns", "what", "refused", "name", "later.example"))
                .get("id");
        server.client().faults().stream()
                .filter(fault -> "servfail".equals(fault.get("what")))
                .forEach(fault -> server.client().removeFault((Long) fault.get("id")));
        traveller.join(TarryProcess.PATIENCE);
        assertTrue(waitFor(server, "fault " + id + " fired>=2", HOUR).met());
        server.client().resetLab();
    }

    @Test
    void after_a_kill_in_the_middle_of_an_advance_lab_time_has_not_gone_back(@TempDir Path folder) throws Exception {
        Instant reached;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().freezeClock();
            Instant before = server.client().clock().now();
            ClockWay way = farAway(server, "killed.example");
            Thread traveller = Thread.ofPlatform().start(() -> {
                try (TarryClient own = new TarryClient(server.admin())) {
                    own.moveClock(way, _ -> {});
                } catch (RuntimeException _) {
                    // it is killed on the way
                }
            });
            Wait.until(
                    "it is well on its way",
                    () -> server.client().clock().now().isAfter(before.plus(Duration.ofHours(2))));
            reached = server.client().clock().now();
            server.kill();
            traveller.join(TarryProcess.PATIENCE);
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            assertFalse(server.client().clock().now().isBefore(reached));
            assertEquals("frozen", server.client().clock().mode());
            assertTrue(waitFor(server, "queue *.killed.example queues=8", HOUR).met());
            server.stop();
        }
    }

    @Test
    void time_goes_on_evenly_over_the_night_in_which_the_clocks_are_changed(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serveWith(List.of("-Duser.timezone=Europe/Berlin"), folder)) {
            server.client().freezeClock();
            // the last Sunday of March, 02:00 there: an hour is left out; the year after the one of the tests' clock
            int year = server.client()
                            .clock()
                            .now()
                            .atZone(java.time.ZoneOffset.UTC)
                            .getYear()
                    + 1;
            Instant change = java.time.LocalDate.of(year, 3, 31)
                    .with(java.time.temporal.TemporalAdjusters.previousOrSame(java.time.DayOfWeek.SUNDAY))
                    .atTime(1, 0)
                    .toInstant(java.time.ZoneOffset.UTC);
            if (change.isAfter(server.client().clock().now().plus(Duration.ofDays(365)))) {
                server.client().advanceClock(Duration.ofDays(300));
            }
            server.client().advanceClockTo(change.minus(Duration.ofMinutes(5)));
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "dst.example"));
            send(server, "night@company.com", "a@dst.example");
            ClockStep step = server.client()
                    .moveClock(
                            ClockWay.by(Duration.ofDays(3)).orUntil("mailbox night@company.com subject=Undeliverable*"),
                            _ -> {});
            assertTrue(step.met());
            assertEquals(change.minus(Duration.ofMinutes(5)).plus(Duration.ofHours(48)), step.now());
            server.stop();
        }
    }
}
