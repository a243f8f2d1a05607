package dev.tarry.lab.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.LabRig;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.net.Protocol;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadRunTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String OFFERS = "250-x|250 PIPELINING";

    private LabRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new LabRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void what_was_reported_is_what_the_other_side_got() throws IOException {
        var report = ended(plan(host(), 60, 5, true, 7, "choice:300=5,20KiB=4,300KiB=1", "uniform:1..4"));

        var mail = rig.lab.mail("*", "*", 1_000);
        assertEquals(60, report.messages());
        assertEquals(60, report.accepted());
        assertEquals(60, mail.size());
        assertEquals(mail.stream().mapToLong(m -> m.sizeBytes()).sum(), report.octets());
        assertEquals(
                mail.stream().mapToLong(m -> m.recipients().size()).sum(),
                report.recipients().accepted());
        assertEquals(report.recipients().all(), report.recipients().accepted());
        assertTrue(report.clean());
        assertFalse(report.stopped());
        assertEquals(Map.of(), report.failures());
        assertEquals(Map.of("354", 60L), report.replies().get("DATA"));
        assertEquals(60, report.latencies().get("message").count());
        assertEquals(60, contents().size());
        assertTrue(report.connections() >= 9, "7 messages on each connection, and " + report.connections());
    }

    @Test
    void the_same_seed_sends_the_same_messages_however_many_sessions_there_are() throws IOException {
        ended(plan(host(), 40, 1, false, Integer.MAX_VALUE, "exponential:5KiB", "uniform:1..3"));
        var one = contents();
        rig.lab.reset(true);
        ended(plan(host(), 40, 8, true, 3, "exponential:5KiB", "uniform:1..3"));
        assertEquals(40, one.size());
        assertEquals(one, contents());
    }

    @Test
    void refusals_are_counted_where_they_were_said() {
        rig.lab.addFault(fault("smtp reply stage=rcpt recipient=user?@* code=450"));
        rig.lab.addFault(fault("smtp reply stage=rcpt recipient=user1*@* code=550"));
        rig.lab.addFault(fault("smtp reply stage=eod code=554 first=5"));
        var report = ended(plan(host(), 200, 4, true, Integer.MAX_VALUE, "1KiB", "zipf:10"));

        var mail = rig.lab.mail("*", "*", 1_000);
        assertEquals(mail.size(), report.accepted());
        assertEquals(200, report.accepted() + report.refused());
        assertEquals(0, report.failed());
        assertEquals(
                mail.stream().mapToLong(m -> m.recipients().size()).sum(),
                report.recipients().accepted());
        var rcpt = report.replies().get("RCPT");
        assertEquals(rcpt.get("450"), report.recipients().refusedForNow());
        assertEquals(rcpt.get("550"), report.recipients().refused());
        assertTrue(report.recipients().lost() >= 5);
        assertEquals(5, report.replies().get("end of data").get("554"));
        assertFalse(report.clean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLOSE",
                "RESET",
                "220 x;CLOSE",
                "220 x;RESET",
                "220-x|220-y|220 z…;OFFERS;CLOSE",
                "220 x;OFFERS;250 ok;CLOSE",
                "220 x;OFFERS;250 ok;250 ok;CLOSE",
                "220 x;OFFERS;250 ok;250 ok;354 go;CLOSE",
                "220 x;OFFERS;250 ok;250 ok;354 go;RESET",
                "421 x",
                "220 x;421 x",
                "220 x;OFFERS;421 x",
                "220 x;OFFERS;250 ok;421 x",
                "220 x;OFFERS;250 ok;250 ok;421 x",
                "220 x;OFFERS;250 ok;250 ok;354 go;421 x…",
                "HTTP/1.1 400 Bad Request",
                "220 x;250-a|251 b;CLOSE",
                "220 x;OFFERS;250 ok;250 ok;250 ok",
                "220 x;354 go",
                "220 x|220 y|220 z",
                "220 x;OFFERS|250 ok|250 ok|250 ok|250 ok",
                "220 \u0000\u001b[2J;250 \u00ff…;250 ok;\u0000"
            })
    void however_a_server_breaks_off_every_message_ends_once(String script) {
        try (var server = new RudeServer(script.replace("OFFERS", OFFERS).split(";"))) {
            var report = ended(plan(server.address(), 6, 2, true, Integer.MAX_VALUE, "2KiB", "1"));
            assertEquals(6, report.messages(), report::toString);
            assertEquals(6, report.accepted() + report.refused() + report.failed(), report::toString);
            assertEquals(0, report.accepted(), report::toString);
            assertEquals(6, report.recipients().all(), report::toString);
            assertEquals(6, server.connections());
            assertEquals(
                    6,
                    report.failures().values().stream()
                            .flatMap(kinds -> kinds.values().stream())
                            .mapToLong(Long::longValue)
                            .sum(),
                    report::toString);
        }
    }

    @Test
    void a_server_that_turns_everybody_away_in_good_order_is_no_failure() {
        try (var server = new RudeServer("554-no|554 really…", "221 bye")) {
            var report = ended(plan(server.address(), 6, 2, true, Integer.MAX_VALUE, "2KiB", "1"));
            assertEquals(6, report.refused());
            assertEquals(Map.of(), report.failures());
            assertEquals(Map.of("554", 6L), report.replies().get("banner"));
        }
    }

    @Test
    void replies_an_octet_at_a_time_are_replies() {
        try (var server = new RudeServer(
                "220 x…", "250-x|250 8BITMIME…", "250 2.1.0 ok…", "250 ok…", "354 go…", "250 ok…", "221 x…")) {
            var report = ended(plan(server.address(), 3, 1, true, 1, "200KiB", "1"));
            assertEquals(3, report.accepted(), report::toString);
            assertTrue(report.clean());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SILENCE",
                "220 x;SILENCE",
                "220 x;OFFERS;SILENCE",
                "220 x;OFFERS;250 ok;250 ok;354 go;SILENCE",
                "220 x;OFFERS;250 ok;250 ok;354 go;250 ok;SILENCE"
            })
    void a_server_that_falls_silent_is_left_when_the_time_is_up(String script) {
        try (var server = new RudeServer(script.replace("OFFERS", OFFERS).split(";"))) {
            var run = start(plan(server.address(), 2, 2, true, 1, "2KiB", "1"));
            var report = endOfSilence(run, server, 2);
            assertEquals(2, report.accepted() + report.failed(), report::toString);
            assertEquals(
                    List.of(Map.of("timed out", 2L)),
                    List.copyOf(report.failures().values()));
        }
    }

    @Test
    void a_stopped_run_begins_nothing_more_and_reports_what_was() {
        var run = start(plan(host(), Long.MAX_VALUE, 3, true, Integer.MAX_VALUE, "1KiB", "1"));
        await().atMost(PATIENCE).until(() -> run.progress().accepted() >= 20);
        run.stop();
        run.stop();
        var report = endOf(run);
        assertTrue(report.stopped());
        assertTrue(report.accepted() >= 20);
        assertEquals(report.messages(), report.accepted());
        assertEquals(rig.lab.mail("*", "*", 100_000).size(), report.accepted());
        assertEquals(Map.of("221 2.0.0", 3L), report.replies().get("QUIT"));
    }

    @Test
    void a_stop_while_sessions_wait_for_their_time_ends_at_once() {
        var plan = paced(host(), "1/h", OptionalLong.of(10), TIMEOUT);
        var run = start(plan);
        await().atMost(PATIENCE).until(() -> run.progress().accepted() == 1);
        run.stop();
        var report = run.done().join();
        assertEquals(1, report.messages());
        assertEquals(0, report.behind());
    }

    @Test
    void with_a_rate_messages_go_when_they_are_due() {
        var run = start(paced(host(), "10/s", OptionalLong.of(100), TIMEOUT));
        for (int tenths = 0; tenths < 20; tenths++) {
            long due = tenths + 1;
            await().atMost(PATIENCE).until(() -> run.progress().accepted() == due);
            // each loop looks after its session, which waits for the next message: no alarm is set too late
            await().atMost(PATIENCE).until(() -> rig.clock.pending() == 4);
            assertEquals(0, run.progress().behind());
            rig.clock.advance(Duration.ofMillis(100));
        }
        run.stop();
        assertTrue(run.done().join().latencies().get("message").max() <= 100);
    }

    @Test
    void messages_that_are_due_and_find_no_free_session_are_told() {
        try (var silent = new RudeServer("SILENCE")) {
            var run = start(paced(silent.address(), "10/s", OptionalLong.of(20), TIMEOUT));
            await().atMost(PATIENCE).until(() -> rig.clock.pending() == 3); // two loops look, and one session waits
            rig.clock.advance(Duration.ofMillis(100));
            await().atMost(PATIENCE).until(() -> run.progress().inFlight() == 2);
            rig.clock.advance(Duration.ofSeconds(1));
            assertEquals(10, run.progress().behind());
            run.stop();
            assertEquals(2, endOfSilence(run, silent, 2).failed());
        }
    }

    @Test
    void when_nobody_is_there_every_session_tries_once_and_that_is_that() {
        // Nobody can listen at port 0.
        var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var report = ended(plan(nowhere, 1_000_000, 4, true, 1, "1KiB", "1"));
        assertTrue(report.nobodyThere());
        assertEquals(4, report.failed());
        assertEquals(0, report.connections());
        assertEquals(List.of("connect"), List.copyOf(report.failures().keySet()));
    }

    @Test
    void sessions_of_a_ramp_come_one_after_the_other() {
        try (var silent = new RudeServer("SILENCE")) {
            var plan = plan(silent.address(), 100, 4, true, 1, "1KiB", "1", "unlimited", Duration.ofSeconds(4));
            var run = start(plan);
            await().atMost(PATIENCE).until(() -> rig.clock.pending() == 5); // two loops look, and three sessions wait
            for (int second = 0; second < 4; second++) {
                int here = second + 1;
                await().atMost(PATIENCE).until(() -> silent.connections() == here);
                assertEquals(here, run.progress().inFlight());
                rig.clock.advance(Duration.ofSeconds(1));
            }
            run.stop();
            assertEquals(4, endOfSilence(run, silent, 4).failed());
        }
    }

    private InetSocketAddress host() {
        return rig.open(Protocol.TCP, "203.0.113.26", 25);
    }

    private static Fault fault(String line) {
        return FaultLine.read(line, BEGIN);
    }

    /// By Message-ID: recipients and content.
    private Map<String, String> contents() throws IOException {
        var all = new TreeMap<String, String>();
        for (var message : rig.lab.mail("*", "*", 1_000)) {
            try (var in = rig.lab.content(message.id()).orElseThrow()) {
                var content = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                var id = content.replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1");
                all.put(id, message.recipients() + content);
            }
        }
        return all;
    }

    private LoadReport ended(LoadPlan plan) {
        return endOf(start(plan));
    }

    private LoadRun start(LoadPlan plan) {
        var loops = new ArrayList<EventLoop>();
        rig.loops.forEach(loop -> loops.add((EventLoop) loop));
        return LoadRun.start(
                plan, loops, () -> Duration.between(BEGIN, rig.clock.now()).toNanos(), rig.clock);
    }

    /// @param sessions so many wait for a server that says nothing more
    private LoadReport endOfSilence(LoadRun run, RudeServer server, int sessions) {
        await().atMost(PATIENCE).until(() -> server.silences() == sessions);
        rig.clock.advance(TIMEOUT.plusSeconds(1));
        return endOf(run);
    }

    /// Time goes on while it waits.
    private LoadReport endOf(LoadRun run) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    rig.clock.advance(Duration.ofMillis(20));
                    return run.done().isDone();
                });
        return run.done().join();
    }

    private static LoadPlan paced(InetSocketAddress to, String rate, OptionalLong messages, Duration timeout) {
        var plan = plan(to, messages.orElseThrow(), 2, true, Integer.MAX_VALUE, "1KiB", "1", rate, Duration.ZERO);
        return new LoadPlan(
                to, messages, Optional.empty(), 2, plan.rate(), Duration.ZERO, timeout, plan.manners(), plan.letters());
    }

    private static LoadPlan plan(
            InetSocketAddress to,
            long messages,
            int sessions,
            boolean pipelining,
            int perConnection,
            String size,
            String recipients) {
        return plan(to, messages, sessions, pipelining, perConnection, size, recipients, "unlimited", Duration.ZERO);
    }

    private static LoadPlan plan(
            InetSocketAddress to,
            long messages,
            int sessions,
            boolean pipelining,
            int perConnection,
            String size,
            String recipients,
            String rate,
            Duration ramp) {
        return new LoadPlan(
                to,
                OptionalLong.of(messages),
                Optional.empty(),
                sessions,
                Rate.parse("--rate", rate),
                ramp,
                TIMEOUT,
                new Manners("load.example", pipelining, perConnection, Optional.empty()),
                new Letters(
                        Spread.parse("--size", size, Spread.Of.SIZES),
                        Spread.parse("--recipients", recipients, Spread.Of.RECIPIENTS),
                        Domains.parse("--domains", "gmail.com"),
                        "alice@company.com",
                        7,
                        BEGIN));
    }
}
