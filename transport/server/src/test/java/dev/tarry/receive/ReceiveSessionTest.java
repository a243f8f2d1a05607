package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.smtp.BareLineEnds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReceiveSessionTest {
    private static final String ANONYMOUS = "X-MS-Exchange-Organization-AuthSource: mail.company.com\r\n"
            + "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n";
    private static final String RECEIVED = "Received: from client.example (127.0.0.1)\r\n"
            + " by mail.company.com (127.0.0.1) with Microsoft SMTP Server id 15.2.1544.4\r\n"
            + " via Frontend Transport; Sun, 22 Nov 2026 09:05:07 +0000\r\n";

    @Test
    void the_banner_and_the_greeting() {
        Dialogue d = Dialogue.local();
        assertEquals(
                "220 mail.company.com Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 09:05:07 +0000\n"
                        + "250 mail.company.com Hello [127.0.0.1] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES 8BITMIME"
                        + " BINARYMIME CHUNKING SMTPUTF8",
                d.say("EHLO client.example"));
        assertEquals("250 mail.company.com Hello [127.0.0.1]", d.say("HELO client.example"));
    }

    @Test
    void while_resources_are_short_mail_and_whole_messages_are_refused_and_the_session_goes_on() {
        Reply shortOfSpace = Reply.of(452, "4.3.1 Insufficient system resources (UsedDiskSpace[queue])");
        Dialogue d = greeted(Dialogue.local());
        d.noMail = Optional.of(shortOfSpace);
        assertEquals(shortOfSpace.toString(), d.say("MAIL FROM:<a@company.com>"));
        assertEquals("503 5.5.2 Need mail command", d.say("RCPT TO:<user@company.com>"));
        d.noMail = Optional.empty();
        d.say("MAIL FROM:<a@company.com>", "RCPT TO:<user@company.com>", "DATA");
        d.noMore = Optional.of(shortOfSpace);
        assertEquals(shortOfSpace.toString(), d.say("Subject: x", "", "y", "."));
        assertTrue(d.submission.taken.isEmpty());
        d.noMore = Optional.empty();
        d.say("MAIL FROM:<a@company.com>", "RCPT TO:<user@company.com>", "DATA");
        assertTrue(d.say("Subject: x", "", "y", ".").startsWith("250 2.6.0"));
    }

    @Test
    void while_the_service_is_paused_what_was_begun_is_taken_and_the_next_message_ends_the_session() {
        Dialogue d = greeted(Dialogue.local());
        d.say("MAIL FROM:<a@company.com>", "RCPT TO:<user@company.com>", "DATA");
        d.noMail = Optional.of(Reply.of(421, "4.3.2 Service not active"));
        assertTrue(d.say("Subject: x", "", "y", ".").startsWith("250 2.6.0"));
        assertEquals("421 4.3.2 Service not active (closed)", d.say("MAIL FROM:<a@company.com>"));
    }

    @Test
    void a_message_is_queued() {
        Dialogue d = greeted(Dialogue.local());
        assertEquals(
                "250 2.1.0 Sender OK", d.say("MAIL FROM:<a@company.com> SIZE=100 BODY=8BITMIME RET=HDRS ENVID=e1"));
        assertEquals(
                "250 2.1.5 Recipient OK", d.say("RCPT TO:<user@gmail.com> NOTIFY=FAILURE ORCPT=rfc822;user@gmail.com"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<Postmaster>"));
        assertEquals("354 Start mail input; end with <CRLF>.<CRLF>", d.say("DATA"));
        String message = "Message-ID: <m1@client.example>\r\nDate: x\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9F?=\r\n"
                + "Importance: high\r\n\r\n.dot\r\n";
        d.octets(message.replace("\r\n.", "\r\n.."));
        d.pass(Duration.ofMillis(3537));
        int bytes = RECEIVED.length() + ANONYMOUS.length() + message.length();
        assertEquals(
                "250 2.6.0 <m1@client.example> [InternalId=1099511627776, Hostname=mail.company.com] " + bytes
                        + " bytes in 3.537, 0." + (bytes * 1_000L * 1_000 / 1_024 / 3_537)
                        + " KB/sec Queued mail for delivery",
                d.say("."));
        FakeSubmission.Taken taken = d.submission.taken.getFirst();
        assertEquals(RECEIVED + ANONYMOUS + message, taken.text());
        Incoming incoming = taken.message();
        assertEquals("<m1@client.example>", incoming.internetMessageId());
        assertEquals("grüß", incoming.subject());
        assertEquals(0, incoming.priority());
        assertEquals(bytes - ".dot\r\n".length(), incoming.headerBytes());
        Envelope envelope = incoming.envelope();
        assertEquals("a@company.com", envelope.sender().toString());
        assertEquals(Envelope.BodyType.EIGHT_BIT_MIME, envelope.body());
        assertEquals(Optional.of(Envelope.Ret.HDRS), envelope.ret());
        assertEquals(Optional.of("e1"), envelope.envelopeId());
        assertEquals(2, envelope.recipients().size());
        assertEquals(Notify.parse("FAILURE"), envelope.recipients().getFirst().notifyOn());
        assertEquals(
                "postmaster@company.com",
                envelope.recipients().getLast().address().toString());
        Incoming.Source source = incoming.source();
        assertEquals("SMTP:Default Frontend MAIL", source.name());
        assertEquals("MAIL\\Default Frontend MAIL", source.connector());
        assertEquals("client.example", source.clientHostname());
        assertTrue(source.context().matches("[0-9A-F]{16};2026-11-22T09:05:07\\.250Z;0"), source.context());
        assertEquals(0, d.submission.open.get());
    }

    @Test
    void what_is_missing_in_the_header_is_added_above_it() {
        Dialogue d = inData(Dialogue.local());
        String reply = d.say("Subject: x", "", "body", ".");
        String text = d.submission.taken.getFirst().text();
        String id = d.submission.taken.getFirst().message().internetMessageId();
        assertTrue(id.matches("<[0-9a-f-]{36}@mail\\.company\\.com>"), id);
        assertEquals(
                RECEIVED + "Message-ID: " + id + "\r\nDate: Sun, 22 Nov 2026 09:05:07 +0000\r\n" + ANONYMOUS
                        + "Subject: x\r\n\r\nbody\r\n",
                text);
        assertTrue(reply.startsWith("250 2.6.0 " + id + " [InternalId="), reply);
    }

    @Test
    void a_message_without_header_becomes_all_body() {
        Dialogue d = inData(Dialogue.local());
        d.say("hello", "world", ".");
        String text = d.submission.taken.getFirst().text();
        assertTrue(text.endsWith("+0000\r\n" + ANONYMOUS + "\r\nhello\r\nworld\r\n"), text);
        assertEquals(
                text.length() - "hello\r\nworld\r\n".length(),
                d.submission.taken.getFirst().message().headerBytes());
        d = inData(Dialogue.local());
        d.say(".");
        assertTrue(d.submission.taken.getFirst().text().endsWith("+0000\r\n" + ANONYMOUS + "\r\n"));
    }

    @Test
    void commands_out_of_place() {
        Dialogue d = Dialogue.local();
        d.say();
        assertEquals("503 5.5.2 Send hello first", d.say("MAIL FROM:<a@b.c>"));
        assertEquals("503 5.5.2 Need mail command", d.say("RCPT TO:<a@b.c>"));
        d = greeted(Dialogue.local());
        assertEquals("503 5.5.2 Need mail command", d.say("DATA"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<>"));
        assertEquals("503 5.5.2 Sender already specified", d.say("MAIL FROM:<>"));
        assertEquals("503 5.5.2 Need rcpt command", d.say("DATA"));
        assertEquals("250 2.0.0 Resetting", d.say("RSET"));
        assertEquals("503 5.5.2 Need mail command", d.say("RCPT TO:<a@b.c>"));
    }

    @Test
    void a_second_hello_forgets_the_transaction() {
        Dialogue d = greeted(Dialogue.local());
        d.say("MAIL FROM:<>", "RCPT TO:<a@b.c>", "EHLO again.example");
        assertEquals("503 5.5.2 Need mail command", d.say("DATA"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<>"));
    }

    @Test
    void commands_that_are_always_answered() {
        Dialogue d = Dialogue.local();
        d.say();
        assertEquals("250 2.0.0 OK", d.say("NOOP"));
        assertEquals("250 2.0.0 Resetting", d.say("RSET"));
        assertEquals("252 2.1.5 Cannot VRFY user", d.say("VRFY a"));
        assertTrue(d.say("HELP").startsWith("214 This server supports the following commands:"));
        assertEquals("221 2.0.0 Service closing transmission channel (closed)", d.say("QUIT"));
    }

    @Test
    void what_is_malformed() {
        Dialogue d = greeted(Dialogue.local());
        assertEquals("500 5.3.3 Unrecognized command", d.say("FOO"));
        assertEquals("501 5.5.4 Invalid arguments", d.say("MAIL FROM:<a@b.c> FOO=1"));
        assertEquals("550 5.1.7 Invalid address", d.say("MAIL FROM:<a@@b.c>"));
        assertEquals("501 5.5.4 Invalid domain name", d.say("EHLO a b"));
        d = greeted(Dialogue.local());
        d.say("MAIL FROM:<>");
        assertEquals("501 5.1.3 Invalid address", d.say("RCPT TO:<a>"));
        assertEquals("500 5.3.3 Unrecognized command", d.octets("NO\nOP\r\n"));
        assertEquals("500 5.5.2 Line too long", d.say("NOOP " + "x".repeat(3_000)));
    }

    @Test
    void what_is_not_offered_is_refused() {
        ReceiveConnector.Extensions none = new ReceiveConnector.Extensions(
                ReceiveConnector.SizeKeyword.DISABLED, false, false, false, false, false, false, false);
        Dialogue d = new Dialogue(
                StageWorld.connector().withExtensions(none), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
        d.say();
        assertEquals("250 mail.company.com Hello [127.0.0.1]", d.say("EHLO c"));
        for (String parameter : List.of("SMTPUTF8", "BODY=BINARYMIME", "BODY=8BITMIME", "SIZE=1", "RET=FULL")) {
            d = new Dialogue(
                    StageWorld.connector().withExtensions(none), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
            greeted(d);
            assertEquals("501 5.5.4 Invalid arguments", d.say("MAIL FROM:<a@b.c> " + parameter), parameter);
        }
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<a@b.c> BODY=7BIT"));
        assertEquals("500 5.3.3 Unrecognized command", d.say("STARTTLS"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<d@company.com>"));
        assertEquals("500 5.3.3 Unrecognized command", d.octets("BDAT 6 LAST\r\nRSET\r\n"));
        assertFalse(d.say("HELP").contains("BDAT"));
    }

    @Test
    void the_fifth_protocol_error_ends_the_session() {
        Dialogue d = greeted(Dialogue.local());
        for (int i = 0; i < 4; i++) {
            assertEquals("500 5.3.3 Unrecognized command", d.say("JUNK"));
        }
        assertEquals(
                "421 4.7.0 Too many errors on this connection, closing transmission channel (closed)", d.say("JUNK"));
    }

    @Test
    void refused_recipients_are_no_protocol_errors() {
        Dialogue d = greeted(Dialogue.stranger());
        d.say("MAIL FROM:<x@y.z>");
        for (int i = 0; i < 20; i++) {
            assertEquals("550 5.1.1 User unknown", d.say("RCPT TO:<nobody@company.com>"));
        }
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<user@company.com>"));
    }

    @Test
    void a_browser_is_shown_out_at_once() {
        Dialogue d = Dialogue.local();
        d.say();
        assertEquals(
                "500 5.3.3 Unrecognized command (closed)",
                d.octets("POST / HTTP/1.1\r\nHost: x\r\n\r\nMAIL FROM:<>\r\n"));
    }

    @Test
    void strangers_reach_accepted_domains_only_whatever_the_local_part_says() {
        Dialogue d = greeted(Dialogue.stranger());
        d.say("MAIL FROM:<boss@company.com>");
        String refused = "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain";
        assertEquals(refused, d.say("RCPT TO:<user@gmail.com>"));
        assertEquals(Duration.ofSeconds(5), d.lastDelay);
        assertEquals(refused, d.say("RCPT TO:<\"user@company.com\"@gmail.com>"));
        assertEquals(refused, d.say("RCPT TO:<@company.com:user@gmail.com>"));
        assertEquals(refused, d.say("RCPT TO:<user@[192.0.2.1]>"));
        assertEquals("503 5.5.2 Need rcpt command", d.say("DATA"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<user%gmail.com@company.com>"));
        assertEquals(Duration.ZERO, d.lastDelay);
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<USER@Company.COM>"));
    }

    @Test
    void nobody_on_this_machine_is_tarpitted() {
        Dialogue d = greeted(Dialogue.local());
        d.say("FOO");
        assertEquals(Duration.ZERO, d.lastDelay);
    }

    @Test
    void who_may_relay_is_a_setting() {
        Peer stranger = new Peer("203.0.113.9", 1, "192.0.2.1", 25, false);
        Dialogue open = greeted(new Dialogue(StageWorld.connector().withRelay(_ -> true), stranger));
        open.say("MAIL FROM:<>");
        assertEquals("250 2.1.5 Recipient OK", open.say("RCPT TO:<user@gmail.com>"));
        Dialogue shut = greeted(new Dialogue(
                StageWorld.connector().withRelay(ReceiveConnector.Relay.NOBODY),
                new Peer("127.0.0.1", 1, "127.0.0.1", 25, true)));
        shut.say("MAIL FROM:<>");
        assertTrue(shut.say("RCPT TO:<user@gmail.com>").startsWith("550 5.7.54"));
    }

    @Test
    void recipients_beyond_the_limit_are_for_the_next_transaction() {
        Dialogue d = greeted(Dialogue.local());
        d.say("MAIL FROM:<>");
        for (int i = 0; i < 200; i++) {
            assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<u" + i + "@gmail.com>"));
        }
        assertEquals("452 4.5.3 Too many recipients", d.say("RCPT TO:<u200@gmail.com>"));
        d.say("DATA", ".");
        assertEquals(
                200,
                d.submission.taken.getFirst().message().envelope().recipients().size());
    }

    @Test
    void a_message_that_is_announced_too_large_is_refused_at_mail() {
        Dialogue d = greeted(Dialogue.local());
        assertEquals("552 5.3.4 Message size exceeds fixed maximum message size", d.say("MAIL FROM:<> SIZE=37748737"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<> SIZE=37748736"));
    }

    @Test
    void a_message_that_is_too_large_is_refused_at_its_end_and_the_session_goes_on() {
        ReceiveConnector small =
                StageWorld.connector().withLimits(ReceiveConnector.Limits.DEFAULT_FRONTEND.withMaxMessageBytes(100));
        Dialogue d = inData(new Dialogue(small, new Peer("127.0.0.1", 1, "127.0.0.1", 25, true)));
        assertEquals("", d.say("A: b", "", "x".repeat(92 - 2)));
        assertEquals("", d.say("y"));
        assertEquals("552 5.3.4 Message size exceeds fixed maximum message size", d.say("."));
        assertEquals(1, d.submission.discarded.get());
        assertEquals(0, d.submission.open.get());
        d.say("MAIL FROM:<>", "RCPT TO:<a@b.c>", "DATA");
        assertTrue(d.say("A: b", "", "x".repeat(92 - 2), ".").startsWith("250 2.6.0"));
        assertEquals(1, d.submission.taken.size());
    }

    @Test
    void a_header_that_is_too_large_is_refused_at_the_end_and_that_is_the_end() {
        Dialogue d = inData(Dialogue.local());
        for (int i = 0; i < 300; i++) {
            d.say("X-Filler: " + "x".repeat(1_000));
        }
        assertEquals("552 5.3.4 Header size exceeds fixed maximum size (closed)", d.say("", "body", "."));
        assertEquals(0, d.submission.open.get());
        assertTrue(d.submission.taken.isEmpty());
    }

    @Test
    void sixty_hops_are_enough() {
        for (int hops : new int[] {60, 61}) {
            Dialogue d = inData(Dialogue.local());
            for (int i = 0; i < hops; i++) {
                d.say((i % 2 == 0 ? "received" : "RECEIVED") + ": from somewhere");
            }
            String reply = d.say("", ".");
            assertEquals(hops == 60, reply.startsWith("250 2.6.0"), () -> "with " + hops + " hops: " + reply);
            assertEquals(hops != 60, reply.equals("554 5.4.6 Hop count exceeded - possible mail loop"));
            assertEquals(0, d.submission.open.get());
        }
    }

    @Test
    void bare_line_ends_are_refused_after_the_true_end() {
        Dialogue d = inData(Dialogue.local());
        assertEquals("", d.octets("a: b\r\n\r\nx\n.\r\nMAIL FROM:<evil@x.y>\r\n"));
        String reply = d.say(".");
        assertTrue(reply.startsWith("550 5.6.11 "), reply);
        assertTrue(d.submission.taken.isEmpty());
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<>"));
    }

    @Test
    void bare_line_ends_are_kept_where_the_setting_says_so() {
        Dialogue d = inData(new Dialogue(
                StageWorld.connector().withBareLineEnds(BareLineEnds.PASS),
                new Peer("127.0.0.1", 1, "127.0.0.1", 25, true)));
        assertTrue(d.octets("a: b\r\n\r\nx\ny\r\n.\r\n").startsWith("250 2.6.0"));
        assertTrue(d.submission.taken.getFirst().text().endsWith("a: b\r\n\r\nx\ny\r\n"));
    }

    @Test
    void what_the_store_refuses_is_refused_in_its_words() {
        Dialogue d = inData(Dialogue.local());
        d.submission.refusal = Reply.of(452, "4.3.1 Insufficient system resources");
        assertEquals("452 4.3.1 Insufficient system resources", d.say("."));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<>"));
    }

    @Test
    void nothing_is_answered_while_the_250_is_pending_and_then_all_in_order() {
        Dialogue d = inData(Dialogue.local());
        d.submission.answersAtOnce = false;
        assertEquals("", d.say("a: b", "", ".", "MAIL FROM:<>", "NOOP"));
        assertTrue(d.session.owesAnswer());
        d.submission.answer();
        String replies = d.goOn();
        assertTrue(replies.matches("(?s)250 2\\.6\\.0 .*\n250 2\\.1\\.0 Sender OK\n250 2\\.0\\.0 OK"), replies);
    }

    @Test
    void a_client_that_hangs_up_in_data_leaves_nothing() {
        Dialogue d = inData(Dialogue.local());
        d.say("a: b", "", "body");
        assertEquals(1, d.submission.open.get());
        d.session.hungUp();
        assertEquals(0, d.submission.open.get());
        assertTrue(d.submission.taken.isEmpty());
        Dialogue inHeader = inData(Dialogue.local());
        inHeader.say("a: b");
        inHeader.session.hungUp();
        assertEquals(0, inHeader.submission.open.get());
    }

    @Test
    void a_client_that_hangs_up_while_its_250_is_pending_has_sent_its_message() {
        Dialogue d = inData(Dialogue.local());
        d.submission.answersAtOnce = false;
        d.say(".");
        d.session.hungUp();
        d.submission.answer();
        assertEquals(1, d.submission.taken.size());
        assertEquals("", d.goOn());
    }

    @Test
    void a_closing_server_answers_the_message_first() {
        Dialogue d = inData(Dialogue.local());
        d.submission.answersAtOnce = false;
        d.say(".");
        d.act(d.session.stopping());
        assertFalse(d.closed);
        d.submission.answer();
        String reply = d.goOn();
        assertTrue(reply.startsWith("250 2.6.0 ") && reply.endsWith(" (closed)"), reply);
        Dialogue idle = greeted(Dialogue.local());
        idle.act(idle.session.stopping());
        assertEquals("421 4.3.2 Service not available (closed)", idle.goOn());
    }

    @Test
    void names_that_would_break_a_line_never_get_in() {
        Dialogue d = Dialogue.local();
        d.say();
        assertEquals("500 5.3.3 Unrecognized command", d.octets("EHLO a\nX-Evil: 1\r\n"));
        assertEquals("501 5.5.4 Invalid domain name", d.octets("EHLO a\u001b]0;x\u0007\r\n"));
        assertEquals("500 5.3.3 Unrecognized command", d.octets("MAIL FROM:<a\rb@c.d>\r\n"));
        assertEquals("501 5.5.4 Invalid arguments", d.octets("MAIL FROM:<a\u001bb@c.d>\r\n"));
    }

    @Test
    void an_ehlo_without_a_name_is_taken_and_the_address_stands_for_it() {
        Dialogue d = Dialogue.local();
        d.say("EHLO", "MAIL FROM:<>", "RCPT TO:<a@b.c>", "DATA");
        d.say(".");
        assertTrue(d.submission.taken.getFirst().text().startsWith("Received: from [127.0.0.1] (127.0.0.1)\r\n"));
    }

    @Test
    void a_null_sender_is_nobody() {
        Dialogue d = greeted(Dialogue.local());
        d.say("MAIL FROM:<>", "RCPT TO:<a@b.c>", "DATA", ".");
        assertTrue(d.submission.taken.getFirst().message().envelope().sender().isNull());
    }

    @Test
    void messages_of_one_session_know_nothing_of_each_other() {
        Dialogue d = greeted(Dialogue.local());
        d.say("MAIL FROM:<one@x.y> BODY=8BITMIME", "RCPT TO:<a@b.c>", "DATA", "Subject: one", "", ".");
        d.say("MAIL FROM:<two@x.y>", "RCPT TO:<d@b.c>", "DATA", "", ".");
        Incoming second = d.submission.taken.getLast().message();
        assertEquals("two@x.y", second.envelope().sender().toString());
        assertEquals(Envelope.BodyType.SEVEN_BIT, second.envelope().body());
        assertEquals(1, second.envelope().recipients().size());
        assertEquals("", second.subject());
    }

    private static Dialogue greeted(Dialogue d) {
        d.say("EHLO client.example");
        return d;
    }

    private static Dialogue inData(Dialogue d) {
        greeted(d).say("MAIL FROM:<a@company.com>", "RCPT TO:<user@gmail.com>", "DATA");
        return d;
    }
}
