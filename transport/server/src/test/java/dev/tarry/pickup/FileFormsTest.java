package dev.tarry.pickup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileFormsTest {
    private static FileHeader header(String... lines) throws BadFile {
        return of(String.join("\r\n", lines) + "\r\n\r\n");
    }

    private static FileHeader of(String text) throws BadFile {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int end = FileHeader.end(octets, octets.length);
        assertTrue(end > 0, "no empty line");
        return FileHeader.parse(octets, end);
    }

    private static List<String> recipients(Prepared prepared) {
        return prepared.recipients().stream().map(r -> r.address().toString()).toList();
    }

    private static String refusal(String... lines) {
        return assertThrows(BadFile.class, () -> PickupForm.read(header(lines), 3))
                .getMessage();
    }

    private static String replayRefusal(String... lines) {
        return assertThrows(BadFile.class, () -> ReplayForm.read(header(lines), "company.com"))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@b.example | a@b.example",
                "<a@b.example> | a@b.example",
                "Ann <a@b.example>, \"Bob, Jr. <x@y>\" <c@d.example> | a@b.example,c@d.example",
                "a@b.example (a comment, with <brackets> (and more)) | a@b.example",
                "Friends: a@b.example, c@d.example; | a@b.example,c@d.example",
                "Undisclosed recipients:; | ''",
                "\"very odd\"@b.example | \"very odd\"@b.example",
                "a@[192.0.2.1] | a@[192.0.2.1]",
                "Ann <a @ b.example> | a@b.example",
                ", , a@b.example ,, | a@b.example"
            })
    void a_list_of_addresses_gives_its_addresses(String field, String addresses) throws BadFile {
        assertEquals(addresses, String.join(",", AddressList.parse(field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann <a@b.example", "\"Ann", "a@b.example (comment", "a@[192.0.2.1", "x \\", "\"x\\"})
    void a_list_that_ends_too_early_is_bad_or_says_what_stands_there(String field) {
        try {
            List<String> found = AddressList.parse(field);
            assertEquals(List.of("x\\"), found);
        } catch (BadFile bad) {
            assertTrue(bad.getMessage().contains("ends before"), bad.getMessage());
        }
    }

    @Test
    void a_pickup_file_goes_to_everybody_its_header_names_and_bcc_does_not_leave_with_it() throws BadFile {
        Prepared prepared = PickupForm.read(
                header(
                        "Received: from elsewhere",
                        "From: Eve <eve@company.com>",
                        "Resent-To: nobody@example.com",
                        "To: a@gmail.com,",
                        " A <a@gmail.com>",
                        "Cc: b@gmail.com",
                        "Bcc: c@outlook.com",
                        "Subject: Hello"),
                3);
        assertEquals("eve@company.com", prepared.sender().toString());
        assertEquals(List.of("a@gmail.com", "b@gmail.com", "c@outlook.com"), recipients(prepared));
        assertEquals(
                "From: Eve <eve@company.com>\r\nTo: a@gmail.com,\r\n A <a@gmail.com>\r\nCc: b@gmail.com\r\n"
                        + "Subject: Hello\r\n",
                prepared.kept());
        assertEquals("Pickup", prepared.source());
    }

    @Test
    void sender_says_whose_the_message_is_and_with_bcc_alone_to_names_nobody() throws BadFile {
        Prepared prepared = PickupForm.read(
                header("From: a@company.com, b@company.com", "Sender: b@company.com", "Bcc: c@gmail.com"), 3);
        assertEquals("b@company.com", prepared.sender().toString());
        assertTrue(prepared.kept().endsWith("To: Undisclosed Recipients:;\r\n"), prepared.kept());
        assertFalse(prepared.kept().contains("gmail"));
    }

    @Test
    void what_a_pickup_file_lacks_is_said() {
        assertTrue(refusal("From: a@company.com", "Subject: x").contains("no recipient"));
        assertTrue(refusal("To: a@gmail.com").contains("no sender"));
        assertTrue(refusal("From: a@x.com, b@x.com", "To: a@gmail.com").contains("more than one sender"));
        assertTrue(refusal("From: a@x.com", "To: a@b.c,b@b.c,c@b.c,d@b.c").contains("more than 3"));
        assertTrue(refusal("From: a@x.com", "To: nonsense").contains("To is not understood"));
        assertTrue(refusal("From: a@x.com", "To: jörg@x.com").contains("not ASCII"));
        assertTrue(refusal("From: a@x.com", "To: <a@x.com SIZE=1>").contains("not understood"));
        assertTrue(refusal("From: a@x.com", "this is no field", "To: a@b.c").contains("line 2"));
        assertTrue(refusal(" From: a@x.com").contains("line 1"));
    }

    @Test
    void the_header_ends_at_its_empty_line_whatever_the_line_ends_are() throws BadFile {
        byte[] unix = "From: a@x.com\nTo: b@y.com\n\nFrom: not@this.one\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(27, FileHeader.end(unix, unix.length));
        assertEquals(-1, FileHeader.end(unix, 26));
        assertEquals(
                "From: a@x.com\r\nTo: b@y.com\r\n",
                PickupForm.read(of("From: a@x.com\nTo: b@y.com\n\n"), 3).kept());
        assertThrows(BadFile.class, () -> of("From: a@x.com\rTo: b@y.com\n\n"));
        assertThrows(BadFile.class, () -> of("\n"));
    }

    @Test
    void a_replay_file_says_its_envelope_itself() throws BadFile {
        Prepared prepared = ReplayForm.read(
                header(
                        "X-Receiver: <mary@contoso.com> NOTIFY=NEVER ORcpt=mary@contoso.com",
                        "X-Sender: <bob@fabrikam.com> BODY=8bitmime RET=HDRS ENVID=12345ab auth=<someAuth>",
                        "X-Receiver: <wally@contoso.com> NOTIFY=FAILURE,DELAY",
                        "X-CreatedBy: MSExchange15",
                        "X-HeloDomain: there.example",
                        "X-Source: SMTP:Elsewhere",
                        "X-SourceIPAddress: 203.0.113.9",
                        "X-EndOfInjectedXHeaders: ",
                        "X-Source: this is the message's own",
                        "Received: from elsewhere",
                        "Bcc: stays@where.it.is"),
                "company.com");
        assertEquals("bob@fabrikam.com", prepared.sender().toString());
        assertEquals(Envelope.BodyType.EIGHT_BIT_MIME, prepared.body());
        assertEquals(Optional.of(Envelope.Ret.HDRS), prepared.ret());
        assertEquals(Optional.of("12345ab"), prepared.envelopeId());
        assertEquals(List.of("mary@contoso.com", "wally@contoso.com"), recipients(prepared));
        assertEquals(
                Optional.of("rfc822;mary@contoso.com"),
                prepared.recipients().getFirst().originalRecipient());
        assertEquals(
                Notify.parse("FAILURE,DELAY"), prepared.recipients().getLast().notifyOn());
        assertEquals("SMTP:Elsewhere", prepared.source());
        assertEquals("203.0.113.9", prepared.clientIp());
        assertEquals("there.example", prepared.helo());
        assertEquals(
                "X-Source: this is the message's own\r\nReceived: from elsewhere\r\nBcc: stays@where.it.is\r\n",
                prepared.kept());
    }

    @Test
    void a_replay_file_without_more_than_an_envelope_has_the_defaults() throws BadFile {
        Prepared prepared =
                ReplayForm.read(header("x-sender: <>", "x-receiver: a@gmail.com", "Subject: x"), "company.com");
        assertTrue(prepared.sender().isNull());
        assertEquals("Replay", prepared.source());
        assertEquals("0.0.0.0", prepared.clientIp());
        assertEquals("Subject: x\r\n", prepared.kept());
    }

    @Test
    void a_header_has_no_more_fields_than_fit_and_as_many_are_put_together_at_once() throws BadFile {
        String most = "X:\r\n".repeat(FileHeader.MAX_FIELDS);
        assertEquals(most, of(most + "\r\n").lines());
        assertThrows(BadFile.class, () -> of(most + "X:\r\n\r\n"));
    }

    @Test
    void a_replay_file_that_says_smtputf8_has_addresses_in_any_script() throws BadFile {
        Prepared prepared = ReplayForm.read(
                header("X-Sender: <jürgen@bücher.example> BODY=8BITMIME SMTPUTF8", "X-Receiver: <用户@例子.广告>"),
                "company.com");
        assertEquals("jürgen@bücher.example", prepared.sender().toString());
        assertEquals("用户@例子.广告", prepared.recipients().getFirst().address().toString());
        assertTrue(prepared.smtpUtf8());
        assertTrue(replayRefusal("X-Sender: <jürgen@company.com>", "X-Receiver: <a@b.c>")
                .contains("X-Sender holds an address that is not ASCII, and no SMTPUTF8 is said"));
        assertTrue(replayRefusal("X-Sender: <a@b.c>", "X-Receiver: <jürgen@company.com>")
                .contains("X-Receiver holds an address that is not ASCII"));
    }

    @Test
    void what_a_replay_file_lacks_is_said() {
        assertTrue(replayRefusal("X-Receiver: <a@b.c>", "Subject: x").contains("no X-Sender"));
        assertTrue(replayRefusal("X-Sender: <a@b.c>", "Subject: x", "X-Receiver: <a@b.c>")
                .contains("no X-Receiver"));
        assertTrue(replayRefusal("X-Sender: <a@b.c>", "X-Sender: <a@b.c>", "X-Receiver: <a@b.c>")
                .contains("more than one"));
        assertTrue(replayRefusal("X-Sender: <a@b.c> COLOUR=blue", "X-Receiver: <a@b.c>")
                .contains("X-Sender is not understood"));
        assertTrue(replayRefusal("X-Sender: <a@b.c>", "X-Receiver: <>").contains("X-Receiver is not understood"));
        assertTrue(replayRefusal("X-Sender: <>", "X-Receiver: <a@b.c>", "X-SourceIPAddress: here")
                .contains("IP address"));
    }
}
