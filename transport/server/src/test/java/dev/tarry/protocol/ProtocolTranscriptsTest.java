package dev.tarry.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.mail.Reply;
import dev.tarry.receive.Peer;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.routing.SendConnector;
import dev.tarry.send.SendLog;
import dev.tarry.send.Target;
import dev.tarry.smtp.Transcript;
import dev.tarry.smtp.Transcript.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ProtocolTranscriptsTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z"));
    private static final Target HOST =
            new Target("mx.gmail.com", new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 25));
    private static final SendConnector INTERNET = SendConnector.named("Internet", new UUID(1, 2))
            .protocolLogging(true)
            .build();

    private final List<ProtocolRow> rows = new ArrayList<>();

    private Transcript send() {
        return ProtocolTranscripts.send(rows::add, NOON).open(INTERNET, "0123456789ABCDEF", HOST);
    }

    private List<String> lines() {
        return rows.stream().map(ProtocolFormat.SEND::line).toList();
    }

    @Test
    void a_session_stands_in_exchanges_form_with_its_own_numbers_from_0() {
        Transcript log = send();
        log.line(Event.INFORMATION, "", "attempting to connect");
        log.connected("10.0.0.1:50123");
        log.line(Event.RECEIVED, Transcript.text(Reply.of(220, "mx, ready")), "");
        log.line(Event.SENT, "EHLO mail.company.com", "");
        log.line(Event.RECEIVED, Transcript.text(Reply.of(250, "mx", "SIZE 10", "DSN")), "");
        log.line(Event.DISCONNECT, "", "Remote");
        String begin = "2026-01-05T12:00:00.000Z,Internet,0123456789ABCDEF,";
        assertEquals(
                List.of(
                        begin + "0,,203.0.113.7:25,*,,attempting to connect",
                        begin + "1,10.0.0.1:50123,203.0.113.7:25,+,,",
                        begin + "2,10.0.0.1:50123,203.0.113.7:25,<,\"220 mx, ready\",",
                        begin + "3,10.0.0.1:50123,203.0.113.7:25,>,EHLO mail.company.com,",
                        begin + "4,10.0.0.1:50123,203.0.113.7:25,<,250  mx SIZE 10 DSN,",
                        begin + "5,10.0.0.1:50123,203.0.113.7:25,-,,Remote"),
                lines());
    }

    @Test
    void what_a_connector_does_not_want_is_never_begun() {
        SendLog log = ProtocolTranscripts.send(rows::add, NOON);
        assertFalse(log.on(SendConnector.named("Quiet", new UUID(3, 4)).build()));
        assertTrue(log.on(INTERNET));
        ReceiveConnector quiet = ReceiveConnector.defaultFrontend(
                "MAIL", "mail.company.com", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Peer peer = new Peer("::1", 40_000, "::1", 2525, true);
        assertSame(Transcript.OFF, ProtocolTranscripts.receive(rows::add, NOON).open(quiet, "0", peer));
        Transcript loud = ProtocolTranscripts.receive(rows::add, NOON).open(quiet.withProtocolLogging(true), "0", peer);
        loud.connected("[::1]:2525");
        assertEquals("MAIL\\Default Frontend MAIL", rows.getFirst().connector());
        assertEquals("[::1]:40000", rows.getFirst().remote());
    }

    @Test
    void secrets_are_hidden_in_both_directions() {
        Transcript ours = send();
        ours.line(Event.SENT, "AUTH PLAIN c2VjcmV0", "");
        ours.line(Event.RECEIVED, "334 c2VjcmV0", "");
        ours.line(Event.SENT, "c2VjcmV0", "");
        Transcript theirs = ProtocolTranscripts.receive(rows::add, NOON)
                .open(
                        ReceiveConnector.defaultFrontend(
                                        "MAIL",
                                        "mail.company.com",
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                                .withProtocolLogging(true),
                        "0",
                        new Peer("127.0.0.1", 1, "127.0.0.1", 2, true));
        theirs.line(Event.RECEIVED, "AUTH LOGIN c2VjcmV0", "");
        theirs.line(Event.SENT, "334 UGFzc3dvcmQ6", "");
        theirs.line(Event.RECEIVED, "c2VjcmV0", "");
        assertEquals(6, rows.size());
        assertFalse(lines().toString().contains("c2VjcmV0"), () -> lines().toString());
    }

    @Test
    void a_hosts_words_forge_neither_a_line_nor_a_field_and_come_back_as_they_were() {
        List<String> payloads = List.of(
                "250 ok\r\n2026-01-05T12:00:00.000Z,Internet,0,9,,,<,\"250 forged\",",
                "=cmd|' /C calc'!A0",
                "+1",
                "-1",
                "@x",
                "\u001b[31mred",
                "a,\"b\",c",
                "${jndi:ldap://x}",
                "\u202eevil\u2028",
                "\ud800");
        Transcript log = send();
        for (String payload : payloads) {
            log.line(Event.RECEIVED, payload, payload);
        }
        for (int i = 0; i < payloads.size(); i++) {
            String line = lines().get(i);
            assertTrue(line.chars().noneMatch(c -> c < ' ' || c == 0x7f), line);
            List<String> fields = CsvLine.parse(line).orElseThrow();
            assertEquals(ProtocolFormat.FIELDS.size(), fields.size(), line);
            assertEquals(payloads.get(i), FieldText.unescaped(fields.get(7)), line);
            assertTrue("=+-@".indexOf(fields.get(7).charAt(0)) < 0, line);
        }
    }

    @Test
    void a_line_without_end_is_cut() {
        send().line(Event.RECEIVED, "2".repeat(1_000_000), "");
        assertEquals(ProtocolTranscripts.MAX_CHARACTERS, rows.getFirst().data().length());
    }
}
