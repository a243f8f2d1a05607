package dev.tarry.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.AddressRange;
import dev.tarry.receive.Peer;
import dev.tarry.receive.ProtocolLog;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.smtp.Transcript;
import dev.tarry.smtp.Transcript.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionWatchesTest {
    private static final ReceiveConnector CONNECTOR = ReceiveConnector.defaultFrontend(
            "MAIL", "mail.company.com", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2525));

    private final SessionWatches watches =
            new SessionWatches(InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z")));
    private final ProtocolLog log = watches.beside(ProtocolLog.OFF);
    private int sessions;

    private Transcript open(String client) {
        Peer peer = new Peer(client, 50_000, "127.0.0.1", 2525, false);
        Transcript transcript = log.open(CONNECTOR, "%016X".formatted(++sessions), peer);
        transcript.connected("127.0.0.1:2525");
        return transcript;
    }

    private SessionWatch begin(String client, String address, int most) {
        return watches.begin(new SessionWatch.Wanted(
                        Optional.ofNullable(client).map(AddressRange::parse),
                        Optional.ofNullable(address),
                        Optional.empty(),
                        most))
                .orElseThrow();
    }

    private static List<String> said(SessionWatch watch) {
        return watch.sessions().stream()
                .flatMap(session -> session.lines().stream())
                .map(line -> line.event().sign() + line.data())
                .toList();
    }

    @Test
    void a_clients_session_is_kept_from_beginning_to_end_without_secrets() {
        SessionWatch watch = begin("10.0.0.0/8", null, 5);
        Transcript other = open("11.0.0.1");
        Transcript session = open("10.0.0.1");
        session.line(Event.RECEIVED, "AUTH LOGIN", "");
        session.line(Event.SENT, "334 VXNlcm5hbWU6", "");
        session.line(Event.RECEIVED, "c2VjcmV0", "");
        other.line(Event.RECEIVED, "NOOP", "");
        session.line(Event.DISCONNECT, "", "Remote");
        assertSame(Transcript.OFF, other, "nobody listens to it");
        assertEquals(List.of("+", "<AUTH LOGIN", ">334 <authentication response>", "<<Binary Data>", "-"), said(watch));
        WatchedSession kept = watch.sessions().getFirst();
        assertEquals("10.0.0.1:50000", kept.remote());
        assertEquals("MAIL\\Default Frontend MAIL", kept.connector());
        assertTrue(kept.closed().isPresent());
    }

    @Test
    void a_session_in_which_an_address_is_named_is_kept_with_what_came_before() {
        SessionWatch watch = begin(null, "Alice@Company.com", 5);
        for (String line : List.of(
                "MAIL FROM:<alice@company.com> SIZE=5",
                "rcpt to: <@relay.example,@b.example:ALICE@company.com>",
                "RCPT TO:<bob@company.com>",
                "MAIL FROM:<>",
                "NOOP alice@company.com")) {
            Transcript session = open("10.0.0.1");
            session.line(Event.RECEIVED, "EHLO c", "");
            session.line(Event.RECEIVED, line, "");
            session.line(Event.DISCONNECT, "", "Remote");
        }
        assertEquals(2, watch.sessions().size());
        assertEquals(
                List.of(
                        "+",
                        "<EHLO c",
                        "<MAIL FROM:<alice@company.com> SIZE=5",
                        "-",
                        "+",
                        "<EHLO c",
                        "<rcpt to: <@relay.example,@b.example:ALICE@company.com>",
                        "-"),
                said(watch));
        assertEquals(0, watch.missed());
    }

    @Test
    void reports_have_an_address_too() {
        SessionWatch watch = begin(null, "<>", 5);
        Transcript session = open("10.0.0.1");
        session.line(Event.RECEIVED, "MAIL FROM:<>", "");
        assertEquals(1, watch.sessions().size());
    }

    @Test
    void after_the_stop_nothing_more_is_heard_and_all_that_was_can_be_read() {
        SessionWatch watch = begin("10.0.0.1", null, 5);
        Transcript session = open("10.0.0.1");
        session.line(Event.RECEIVED, "NOOP", "");
        watches.stop(watch);
        session.line(Event.RECEIVED, "QUIT", "");
        assertSame(Transcript.OFF, open("10.0.0.1"));
        assertEquals(List.of("+", "<NOOP"), said(watches.find(watch.id()).orElseThrow()));
        watches.remove(watch);
        assertEquals(Optional.empty(), watches.find(watch.id()));
    }

    @Test
    void what_is_kept_is_bounded_and_what_is_not_is_counted() {
        SessionWatch watch = begin("10.0.0.1", null, 2);
        Transcript session = open("10.0.0.1");
        for (int i = 0; i < SessionWatch.MAX_LINES + 3; i++) {
            session.line(Event.RECEIVED, "NOOP", "");
        }
        open("10.0.0.1");
        open("10.0.0.1");
        assertEquals(2, watch.sessions().size());
        assertEquals(1, watch.missed());
        assertEquals(SessionWatch.MAX_LINES, watch.sessions().getFirst().lines().size());
        assertEquals(4, watch.sessions().getFirst().linesLeftOut());

        SessionWatch long_ = begin("10.0.0.2", null, 1);
        Transcript wordy = open("10.0.0.2");
        for (int i = 0; i < 100; i++) {
            wordy.line(Event.RECEIVED, "x".repeat(5_000), "");
        }
        assertEquals(
                ProtocolTranscripts.MAX_CHARACTERS,
                long_.sessions().getFirst().lines().getLast().data().length());
        for (int i = watches.all().size(); i < SessionWatches.MAX_WATCHES; i++) {
            begin("10.0.0.3", null, 1);
        }
        assertEquals(Optional.empty(), watches.begin(watch.wanted()));
    }

    @Test
    void sessions_that_wait_for_an_address_are_bounded_and_give_their_place_back() {
        SessionWatch watch = begin(null, "alice@company.com", 1);
        for (int i = 0; i < SessionWatch.MAX_HELD_BACK; i++) {
            open("10.0.0.1").line(Event.DISCONNECT, "", "Remote");
        }
        Transcript session = open("10.0.0.1");
        session.line(Event.RECEIVED, "MAIL FROM:<alice@company.com>", "");
        assertEquals(1, watch.sessions().size());
    }
}
