package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mailbox.LocalDelivery;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.routing.AcceptedDomain;
import dev.tarry.routing.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Addresses and headers in any script (RFC 6531, RFC 6532).
final class SmtpUtf8Test {
    private static final String NOT_PERMITTED = "553 5.6.7 Non-ASCII address without SMTPUTF8 is not permitted";

    @Test
    void addresses_outside_ascii_need_the_parameter() {
        Dialogue d = open(ReceiveConnector.Extensions.ALL);
        assertEquals(NOT_PERMITTED, say(d, "MAIL FROM:<jürgen@company.com>"));
        assertEquals(NOT_PERMITTED, say(d, "MAIL FROM:<a@bücher.example>"));
        assertEquals("250 2.1.0 Sender OK", say(d, "MAIL FROM:<a@xn--bcher-kva.example>"));
        assertEquals(NOT_PERMITTED, say(d, "RCPT TO:<jürgen@company.com>"));
        assertEquals(NOT_PERMITTED, say(d, "RCPT TO:<b@bücher.example>"));
        assertEquals("250 2.1.5 Recipient OK", say(d, "RCPT TO:<b@xn--bcher-kva.example>"));
        assertEquals("250 2.0.0 Resetting", say(d, "RSET"));
        assertEquals("250 2.1.0 Sender OK", say(d, "MAIL FROM:<jürgen@company.com> SMTPUTF8"));
        assertEquals("250 2.1.5 Recipient OK", say(d, "RCPT TO:<用户@例子.广告>"));
        assertEquals("250 2.1.5 Recipient OK", say(d, "RCPT TO:<b@company.com> ORCPT=utf-8;jürgen@company.com"));
        say(d, "DATA");
        assertTrue(say(d, "Subject: Grüße, 例子", "Message-ID: <é@x>", "", "hällo", ".")
                .startsWith("250 2.6.0 <@x> "));
        FakeSubmission.Taken taken = d.submission.taken.getFirst();
        Envelope envelope = taken.message().envelope();
        assertTrue(envelope.smtpUtf8());
        assertEquals("jürgen@company.com", envelope.sender().toString());
        assertEquals("用户@例子.广告", envelope.recipients().getFirst().address().toString());
        assertEquals(
                "utf-8;j\\x{FC}rgen@company.com",
                envelope.recipients().getLast().originalRecipient().orElseThrow());
        assertEquals("Grüße, 例子", taken.message().subject());
        assertTrue(taken.text().contains(latin1("Subject: Grüße, 例子\r\n")), "the header stays as it came");
        assertFalse(d.closed, "refusals of addresses are no protocol errors");
    }

    @Test
    void where_it_is_not_offered_neither_the_parameter_nor_such_an_address_is_taken() {
        Dialogue d = open(new ReceiveConnector.Extensions(
                ReceiveConnector.SizeKeyword.ENABLED, true, true, true, true, true, true, false));
        assertEquals("501 5.5.4 Invalid arguments", say(d, "MAIL FROM:<a@b.c> SMTPUTF8"));
        assertEquals(NOT_PERMITTED, say(d, "MAIL FROM:<jürgen@company.com>"));
        assertEquals("250 2.1.0 Sender OK", say(d, "MAIL FROM:<a@b.c>"));
        assertEquals(NOT_PERMITTED, say(d, "RCPT TO:<jürgen@company.com>"));
    }

    @Test
    void an_ascii_transaction_with_the_parameter_is_marked_too() {
        Dialogue d = open(ReceiveConnector.Extensions.ALL);
        say(d, "MAIL FROM:<a@b.c> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<b@company.com>", "DATA", "s: 1", "", ".");
        assertTrue(d.submission.taken.getFirst().message().envelope().smtpUtf8());
    }

    @Test
    void a_domain_is_the_same_with_u_labels_and_with_a_labels() {
        UUID id = new UUID(0, 1);
        for (String written : List.of("bücher.example", "BÜCHER.example", "xn--bcher-kva.example")) {
            Router router = new Router(
                    List.of(),
                    List.of(AcceptedDomain.authoritative(written, true)),
                    new Router.MailboxDatabase("Mailbox Database", id),
                    Set.of());
            for (String domain : List.of("bücher.example", "bu\u0308cher.example", "xn--bcher-kva.example")) {
                EmailAddress address = new EmailAddress("user", domain);
                assertTrue(router.acceptedDomain(address.domain()).isPresent(), written + " and " + domain);
                assertEquals("user@xn--bcher-kva.example", LocalDelivery.mailbox(address));
                assertEquals("user@xn--bcher-kva.example", Mailboxes.name("USER@" + domain));
            }
            assertFalse(router.acceptedDomain("bucher.example").isPresent());
        }
        assertEquals("jürgen@company.com", Mailboxes.name("JU\u0308RGEN@company.com"));
        assertEquals("no address", Mailboxes.name("No Address"));
    }

    private static Dialogue open(ReceiveConnector.Extensions offered) {
        Dialogue d = new Dialogue(
                StageWorld.connector().withExtensions(offered), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
        assertEquals(offered.smtpUtf8(), d.say("EHLO c").contains("SMTPUTF8"));
        return d;
    }

    private static String say(Dialogue d, String... lines) {
        String[] octets = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            octets[i] = latin1(lines[i]);
        }
        return d.say(octets);
    }

    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
