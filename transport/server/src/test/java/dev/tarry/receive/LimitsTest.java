package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each limit of a receive connector (reference §6.2), just within and just past. Those of time and of connections are
/// in [SmtpListenerTest] and [SessionHandlerTest], the rules of addresses in the parser's own tests.
final class LimitsTest {
    private static final Peer STRANGER = new Peer("203.0.113.9", 4711, "192.0.2.1", 25, false);
    private static final Peer HERE = new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true);

    /// @param within what goes well, a line each
    /// @param past   one more line
    /// @param said   the answer to it
    record Row(String limit, ReceiveConnector connector, Peer peer, List<String> within, String past, String said) {
        @Override
        public String toString() {
            return limit;
        }
    }

    private static ReceiveConnector with(UnaryOperator<IntakeRules> change) {
        return StageWorld.connector().withRules(change.apply(IntakeRules.DEFAULT_FRONTEND));
    }

    private static IntakeRules rules(int localHops, int rate, boolean perSender, int unknown, boolean refusing) {
        return new IntakeRules(localHops, rate, !perSender, perSender, unknown, refusing, refusing, refusing, true);
    }

    private static ReceiveConnector.Limits limits(int header, int recipients, int hops, int errors) {
        ReceiveConnector.Limits d = ReceiveConnector.Limits.DEFAULT_FRONTEND;
        return new ReceiveConnector.Limits(
                1_000,
                header,
                recipients,
                hops,
                d.maxConnections(),
                d.maxConnectionsPerSource(),
                d.maxConnectionPercentagePerSource(),
                errors,
                d.connectionTimeout(),
                d.connectionInactivityTimeout(),
                d.tarpitInterval());
    }

    private static List<String> mails(int count, String sender) {
        List<String> lines = new ArrayList<>(List.of("EHLO c"));
        for (int i = 0; i < count; i++) {
            lines.add("MAIL FROM:<" + sender + ">");
            lines.add("RSET");
        }
        return lines;
    }

    private static final String RATE =
            "421 4.4.2 Message submission rate for this client has exceeded the configured limit (closed)";
    private static final String ERRORS =
            "421 4.7.0 Too many errors on this connection, closing transmission channel (closed)";

    static Stream<Row> rows() {
        ReceiveConnector plain = StageWorld.connector();
        ReceiveConnector tight = plain.withLimits(limits(100, 2, 2, 3));
        ReceiveConnector refusing = with(_ -> rules(5, 10, false, 10, true));
        List<String> ready = List.of("EHLO c", "MAIL FROM:<a@b.c>");
        return Stream.of(
                new Row(
                        "MaxMessageSize at MAIL",
                        tight,
                        HERE,
                        List.of("EHLO c", "MAIL FROM:<a@b.c> SIZE=1000", "RSET"),
                        "MAIL FROM:<a@b.c> SIZE=1001",
                        "552 5.3.4 Message size exceeds fixed maximum message size"),
                new Row(
                        "MaxRecipientsPerMessage",
                        tight,
                        HERE,
                        List.of("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<x@company.com>", "RCPT TO:<y@company.com>"),
                        "RCPT TO:<z@company.com>",
                        "452 4.5.3 Too many recipients"),
                new Row(
                        "RequireEHLODomain",
                        plain.withEhloDomain(true),
                        HERE,
                        List.of("HELO c", "EHLO c"),
                        "EHLO",
                        "501 5.0.0 HELO requires domain address"),
                new Row(
                        "EHLO without a domain where nobody asks",
                        plain,
                        HERE,
                        List.of("EHLO"),
                        "HELO",
                        "250 mail.company.com Hello [127.0.0.1]"),
                new Row(
                        "MessageRateLimit of a client",
                        with(_ -> rules(5, 3, false, 10, false)),
                        STRANGER,
                        mails(3, "a@b.c"),
                        "MAIL FROM:<other@b.c>",
                        RATE),
                new Row(
                        "MessageRateLimit of a sender",
                        with(_ -> rules(5, 3, true, 10, false)),
                        STRANGER,
                        mails(3, "a@b.c"),
                        "MAIL FROM:<A@B.C>",
                        RATE),
                new Row(
                        "MessageRateLimit spares another sender",
                        with(_ -> rules(5, 3, true, 10, false)),
                        STRANGER,
                        mails(3, "a@b.c"),
                        "MAIL FROM:<b@b.c>",
                        "250 2.1.0 Sender OK"),
                new Row(
                        "MessageRateLimit spares this machine",
                        with(_ -> rules(5, 3, false, 10, false)),
                        HERE,
                        mails(9, "a@b.c"),
                        "MAIL FROM:<a@b.c>",
                        "250 2.1.0 Sender OK"),
                new Row(
                        "MessageRateLimit of this machine too",
                        with(_ -> rules(5, 3, false, 10, false).forEverybody()),
                        HERE,
                        mails(3, "a@b.c"),
                        "MAIL FROM:<a@b.c>",
                        RATE),
                new Row(
                        "RejectReservedTopLevelRecipientDomains",
                        refusing,
                        HERE,
                        ready,
                        "RCPT TO:<x@mail.TEST>",
                        "501 5.1.4 Recipient address reserved by RFC 2606"),
                new Row(
                        "RejectReservedSecondLevelRecipientDomains",
                        refusing,
                        HERE,
                        ready,
                        "RCPT TO:<x@mail.example.NET>",
                        "501 5.1.5 Recipient address reserved by RFC 2606"),
                new Row(
                        "RejectSingleLabelRecipientDomains",
                        refusing,
                        HERE,
                        ready,
                        "RCPT TO:<x@intranet>",
                        "501 5.1.6 Recipient addresses in single label domains not accepted"),
                new Row(
                        "domains that are not reserved",
                        refusing,
                        HERE,
                        ready,
                        "RCPT TO:<x@notexample.com>",
                        "250 2.1.5 Recipient OK"),
                new Row(
                        "reserved domains where nobody asks",
                        plain,
                        HERE,
                        ready,
                        "RCPT TO:<x@intranet>",
                        "250 2.1.5 Recipient OK"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_is_within_is_taken_and_what_is_past_is_told(Row row) {
        Dialogue dialogue = new Dialogue(row.connector(), row.peer());
        dialogue.goOn();
        for (String line : row.within()) {
            String said = dialogue.say(line);
            assertTrue(said.startsWith("2"), line + ": " + said);
        }
        assertEquals(row.said(), dialogue.say(row.past()));
    }

    @Test
    void the_message_rate_is_counted_by_minutes_and_over_sessions() {
        MessageRates rates = new MessageRates();
        IntakeRules rules = rules(5, 2, false, 10, false);
        Instant now = Dialogue.NOW;
        assertTrue(rates.admit(rules, STRANGER, "", now));
        assertTrue(rates.admit(rules, STRANGER, "a@b.c", now.plusSeconds(30)));
        assertFalse(rates.admit(rules, STRANGER, "b@b.c", now.plusSeconds(59)));
        assertTrue(rates.admit(rules, new Peer("203.0.113.10", 1, "192.0.2.1", 25, false), "", now.plusSeconds(59)));
        assertTrue(rates.admit(rules, STRANGER, "b@b.c", now.plusSeconds(60)), "a new minute");
    }

    @Test
    void a_source_that_is_refused_is_not_counted_for_its_other_side() {
        MessageRates rates = new MessageRates();
        IntakeRules both = new IntakeRules(5, 1, true, true, 10, false, false, false, true);
        Peer other = new Peer("203.0.113.10", 1, "192.0.2.1", 25, false);
        assertTrue(rates.admit(both, STRANGER, "a@b.c", Dialogue.NOW));
        assertFalse(rates.admit(both, other, "a@b.c", Dialogue.NOW), "the sender has sent enough");
        assertTrue(rates.admit(both, other, "b@b.c", Dialogue.NOW), "the client has not");
    }

    @Test
    void many_sources_take_no_more_memory_than_some() {
        MessageRates rates = new MessageRates();
        IntakeRules rules = rules(5, 1, true, 10, false);
        for (int i = 0; i <= MessageRates.MAX_SOURCES; i++) {
            assertTrue(rates.admit(rules, STRANGER, "u" + i + "@b.c", Dialogue.NOW));
        }
        assertTrue(rates.admit(rules, STRANGER, "u0@b.c", Dialogue.NOW), "the first was let go");
        assertFalse(rates.admit(rules, STRANGER, "u" + MessageRates.MAX_SOURCES + "@b.c", Dialogue.NOW));
    }

    @Test
    void connections_a_minute_are_counted_for_strangers_and_not_for_this_machine() {
        ConnectionRate rate = new ConnectionRate(2);
        InboundConnections connections =
                new InboundConnections(ReceiveConnector.Limits.DEFAULT_FRONTEND, IntakeRules.DEFAULT_FRONTEND, rate);
        Instant now = Dialogue.NOW;
        assertTrue(connections.admit(STRANGER, now));
        assertTrue(connections.admit(STRANGER, now.plusSeconds(59)));
        assertFalse(connections.admit(STRANGER, now.plusSeconds(59)));
        assertTrue(connections.admit(HERE, now.plusSeconds(59)));
        assertTrue(connections.admit(STRANGER, now.plusSeconds(60)));
        rate.limit(1);
        assertFalse(connections.admit(STRANGER, now.plusSeconds(61)));
    }

    @Test
    void whoever_comes_more_often_than_it_may_takes_nothing_of_the_minute_that_all_share() {
        ConnectionRate rate = new ConnectionRate(3);
        InboundConnections connections = new InboundConnections(
                ReceiveConnector.Limits.DEFAULT_FRONTEND.withConnections(100, 2, 100),
                IntakeRules.DEFAULT_FRONTEND,
                rate);
        for (int i = 0; i < 10; i++) {
            assertEquals(i < 2, connections.admit(STRANGER, Dialogue.NOW));
        }
        Peer other = new Peer("198.51.100.9", 4_711, "192.0.2.1", 25, false);
        assertTrue(connections.admit(other, Dialogue.NOW));
        assertFalse(connections.admit(other, Dialogue.NOW), "the minute is over");
        assertEquals(3, connections.open());
    }

    @Test
    void errors_up_to_the_limit_end_the_session() {
        Dialogue dialogue = new Dialogue(StageWorld.connector().withLimits(limits(100, 2, 2, 3)), HERE);
        dialogue.goOn();
        assertEquals("500 5.3.3 Unrecognized command", dialogue.say("FOO"));
        assertEquals("500 5.3.3 Unrecognized command", dialogue.say("FOO"));
        assertEquals(ERRORS, dialogue.say("FOO"));
    }

    @Test
    void a_directory_cannot_be_tried_out() {
        Dialogue dialogue = new Dialogue(with(_ -> rules(5, 10, false, 3, false)), STRANGER);
        dialogue.goOn();
        dialogue.say("EHLO c", "MAIL FROM:<a@b.c>");
        assertEquals("550 5.1.1 User unknown", dialogue.say("RCPT TO:<nobody@company.com>"));
        assertEquals(Duration.ofSeconds(5), dialogue.lastDelay, "each guess waits in the tarpit");
        dialogue.say("RSET", "MAIL FROM:<a@b.c>");
        assertEquals("550 5.1.1 User unknown", dialogue.say("RCPT TO:<nobody@company.com>"));
        assertEquals("250 2.1.5 Recipient OK", dialogue.say("RCPT TO:<somebody@company.com>"));
        assertEquals(ERRORS, dialogue.say("RCPT TO:<nobody@company.com>"));
    }

    @Test
    void this_machine_waits_in_the_tarpit_where_limits_hold_for_it_too() {
        Dialogue free = new Dialogue(StageWorld.connector(), HERE);
        free.say("FOO");
        assertEquals(Duration.ZERO, free.lastDelay);
        Dialogue held = new Dialogue(with(IntakeRules::forEverybody), HERE);
        held.say("FOO");
        assertEquals(Duration.ofSeconds(5), held.lastDelay);
    }

    private static String send(ReceiveConnector connector, String header) {
        Dialogue dialogue = new Dialogue(connector, HERE);
        dialogue.goOn();
        dialogue.say("EHLO c", "MAIL FROM:<a@b.c>", "RCPT TO:<x@company.com>", "DATA");
        String said = dialogue.octets(header + "\r\nbody\r\n.\r\n");
        return said.startsWith("250 2.6.0 ") ? "taken" : said;
    }

    private static String hops(int count, String by) {
        return ("Received: from x (by mail.company.com) by " + by + "\r\n\twith SMTP; now\r\n").repeat(count);
    }

    @Test
    void hops_are_counted_and_those_of_this_server_for_themselves() {
        ReceiveConnector tight = StageWorld.connector().withLimits(limits(1_000, 2, 2, 3));
        String loop = "554 5.4.6 Hop count exceeded - possible mail loop";
        assertEquals("taken", send(tight, hops(2, "other.example")));
        assertEquals(loop, send(tight, hops(3, "other.example")));
        ReceiveConnector local = with(_ -> rules(1, 10, false, 10, false));
        assertEquals("taken", send(local, hops(1, "MAIL.company.com (192.0.2.1)") + hops(9, "other.example")));
        assertEquals(loop, send(local, hops(2, "mail.company.com")));
        ReceiveConnector manyNames = local.withHome(
                new Home("mail.company.com", Set.of("mail.company.com", "MX.contoso.com"), Optional.empty()));
        assertEquals("taken", send(manyNames, hops(1, "mx.contoso.com")));
        assertEquals(loop, send(manyNames, hops(1, "mx.contoso.com") + hops(1, "mail.company.com")));
        assertEquals("taken", send(with(_ -> rules(0, 10, false, 10, false)), hops(50, "mail.company.com")));
    }

    @Test
    void headers_are_as_long_as_they_may_be_and_no_longer() {
        ReceiveConnector tight = StageWorld.connector().withLimits(limits(100, 2, 2, 3));
        String field = "X: " + "a".repeat(93) + "\r\n"; // 98, and the empty line
        assertEquals("taken", send(tight, field));
        assertEquals("552 5.3.4 Header size exceeds fixed maximum size (closed)", send(tight, "X" + field));
    }

    @Test
    void one_source_has_its_share_of_what_is_free_and_so_has_this_machine_where_limits_hold_for_it() {
        ReceiveConnector.Limits tenth = ReceiveConnector.Limits.DEFAULT_FRONTEND.withConnections(100, 1_000, 10);
        InboundConnections connections =
                new InboundConnections(tenth, IntakeRules.DEFAULT_FRONTEND.forEverybody(), ConnectionRate.unlimited());
        for (Peer source : List.of(STRANGER, HERE)) {
            int admitted = 0;
            while (connections.admit(source, Dialogue.NOW)) {
                admitted++;
            }
            // each that comes leaves less for the next
            assertEquals(source == STRANGER ? 10 : 9, admitted + 1, source::toString);
        }
        connections.left(HERE);
        assertTrue(connections.admit(HERE, Dialogue.NOW));
        assertFalse(connections.admit(HERE, Dialogue.NOW));
    }
}
