package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvelopeCommandsTest {
    private static final Capabilities ALL =
            Capabilities.of(Reply.of(250, "x", "PIPELINING", "SIZE 5000", "8bitmime", "DSN", "SMTPUTF8"));

    private final Recipient recipient = new Recipient(
            EmailAddress.of("bob@x.com"),
            Optional.of(new Notify(EnumSet.of(Notify.Condition.SUCCESS, Notify.Condition.FAILURE))),
            Optional.of("rfc822;bob+2Bx@x.com"));
    private final Envelope envelope = new Envelope(
            ReversePath.of(EmailAddress.of("alice@company.com")),
            Envelope.BodyType.EIGHT_BIT_MIME,
            false,
            Optional.of(Envelope.Ret.HDRS),
            Optional.of("id+3D1"),
            List.of(recipient));

    @Test
    void what_the_host_offers_is_used_and_dsn_wishes_are_passed_on() {
        assertEquals(
                "MAIL FROM:<alice@company.com> SIZE=1234 BODY=8BITMIME RET=HDRS ENVID=id+3D1",
                EnvelopeCommands.mail(envelope, 1234, ALL));
        assertEquals(
                "RCPT TO:<bob@x.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob+2Bx@x.com",
                EnvelopeCommands.rcpt(recipient, ALL));
    }

    @Test
    void what_the_host_does_not_offer_is_left_out() {
        assertEquals("MAIL FROM:<alice@company.com>", EnvelopeCommands.mail(envelope, 1234, Capabilities.NONE));
        assertEquals("RCPT TO:<bob@x.com>", EnvelopeCommands.rcpt(recipient, Capabilities.NONE));
    }

    @Test
    void the_null_sender_is_two_brackets_and_never_is_never() {
        Recipient never = new Recipient(EmailAddress.of("b@x.com"), Optional.of(Notify.NEVER), Optional.empty());
        assertEquals(
                "MAIL FROM:<> SIZE=1", EnvelopeCommands.mail(Envelope.of(ReversePath.NULL, List.of(never)), 1, ALL));
        assertEquals("RCPT TO:<b@x.com> NOTIFY=NEVER", EnvelopeCommands.rcpt(never, ALL));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "bob|bob",
                "b.o.b+tag|b.o.b+tag",
                "\"b o b\"|\"b o b\"",
                "\"b\\\"b\"|\"b\\\"b\"",
                "a b|\"a b\"",
                "a> NOTIFY=NEVER <b|\"a> NOTIFY=NEVER <b\"",
                ".bob|\".bob\"",
                "bob.|\"bob.\"",
                "b..b|\"b..b\"",
                "b\"ob|\"b\\\"ob\"",
                "\"bob\\\"|\"\\\"bob\\\\\\\"\""
            })
    void a_local_part_cannot_leave_its_brackets(String local, String written) {
        assertEquals(
                "RCPT TO:<" + written + "@x.com>",
                EnvelopeCommands.rcpt(Recipient.of(new EmailAddress(local, "x.com")), Capabilities.NONE));
    }

    @Test
    void a_parameter_that_would_become_two_is_left_out() {
        Recipient tricky = new Recipient(
                EmailAddress.of("b@x.com"), Optional.empty(), Optional.of("rfc822;b@x.com\r\nRCPT TO:<evil@x.com>"));
        assertEquals("RCPT TO:<b@x.com>", EnvelopeCommands.rcpt(tricky, ALL));
    }
}
