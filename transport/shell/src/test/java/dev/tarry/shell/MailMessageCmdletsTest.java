package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailMessageCmdletsTest {
    private static final String MAIL = "POST /api/v1/computer/mail";
    private static final String SEND = "Send-MailMessage -From admin@company.com -To test@gmail.com -Subject s -Body b"
            + " -SmtpServer localhost ";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json(
                "GET /lab/v1/clock",
                200,
                "{\"now\":\"2026-01-02T03:04:05.000Z\",\"mode\":\"frozen\",\"rate\":0.0,\"nextAlarm\":null}");
        comes("Taken", "250 2.6.0 Queued", "[]", "");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void comes(String outcome, String reply, String refused, String detail) {
        bench.server.json(
                MAIL,
                200,
                "{\"Outcome\":\"" + outcome + "\",\"Command\":\"\",\"Reply\":\"" + reply + "\",\"Refused\":" + refused
                        + ",\"Notes\":[],\"Detail\":\"" + detail + "\"}");
    }

    private String sent() {
        return bench.server.requests().getLast();
    }

    private String content() {
        Matcher found = Pattern.compile("\"content\":\"([^\"]*)\"").matcher(sent());
        assertTrue(found.find(), sent());
        return new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
    }

    @Test
    void a_message_is_handed_over_and_nothing_is_printed() {
        Bench.Said said = bench.run(SEND);
        assertEquals("", said.out() + said.err());
        assertTrue(sent().contains("\"recipients\":[\"test@gmail.com\"]"), sent());
        String content = content();
        assertTrue(content.contains("From: admin@company.com\r\n"), content);
        assertTrue(content.contains("Subject: s\r\n"), content);
        assertTrue(content.contains("Date: Fri, 2 Jan 2026 03:04:05 +0000"), content);
        assertTrue(content.contains("Content-Type: text/plain; charset=us-ascii\r\n"), content);
        assertFalse(content.contains("Message-ID"), "the server gives it");
    }

    @Test
    void without_a_server_a_variable_says_whom_to_hand_it_to() {
        String script = SEND.replace(" -SmtpServer localhost ", "");
        Bench.Said said = bench.run(script);
        assertTrue(said.err().contains("no SMTP server was specified"), said.err());
        assertFalse(bench.server.requests().stream().anyMatch(request -> request.contains("/computer/mail")));
        said = bench.run("$PSEmailServer = 'relay.company.com'; " + script);
        assertEquals("", said.out() + said.err());
        assertTrue(sent().contains("\"server\":\"relay.company.com\""), sent());
    }

    @Test
    void blind_copies_stand_in_the_envelope_only() {
        bench.run(SEND + "-Cc 'Bob <bob@company.com>' -Bcc secret@company.com -ReplyTo r@company.com -Priority High"
                + " -BodyAsHtml");
        assertTrue(
                sent().contains("\"recipients\":[\"test@gmail.com\",\"bob@company.com\",\"secret@company.com\"]"),
                sent());
        String content = content();
        assertTrue(content.contains("Cc: Bob <bob@company.com>"), content);
        assertTrue(content.contains("Reply-To: r@company.com"), content);
        assertTrue(content.contains("X-Priority: 1"), content);
        assertTrue(content.contains("text/html"), content);
        assertFalse(content.contains("secret"), content);
    }

    @Test
    void other_letters_are_sent_as_utf_8() {
        bench.run(SEND.replace("-Subject s -Body b", "-Subject 'Grüße' -Body 'schöne'"));
        assertTrue(content().contains("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?="), content());
        assertTrue(content().contains("sch=C3=B6ne"), content());
    }

    @Test
    void files_are_attached(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("report.csv"), "a,b");
        bench.run(SEND + "-Attachments '" + file + "'");
        assertTrue(content().contains("filename=report.csv"), content());
        assertTrue(content().contains("YSxi"), content());
        Bench.Said said = bench.run(SEND + "-Attachments '" + folder.resolve("none") + "'");
        assertTrue(said.err().contains("Could not find file '"), said.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Subject \"s`r`nX-Evil: 1\"",
                "-Subject \"s`nX-Evil: 1\"",
                "-Subject \"s`rX-Evil: 1\"",
                "-Subject s -ReplyTo \"`\"R`r`nX-Evil: 1`\" <r@b.com>\"",
                "-Subject s -Cc \"`\"R`nX-Evil: 1`\" <r@b.com>\""
            })
    void no_value_adds_a_header_field(String values) {
        Bench.Said said = bench.run("Send-MailMessage -From a@b.com -To c@d.com -SmtpServer localhost " + values);
        assertTrue(said.err().contains("The specified string is not in the form required for a"), said.err());
        assertTrue(bench.server.requests().stream().noneMatch(one -> one.startsWith(MAIL)));
    }

    @Test
    void a_files_name_adds_no_header_field(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a\"\r\nX-Evil: 1.txt"), "x");
        bench.run(SEND + "-Attachments \"" + folder + "/a`\"`r`nX-Evil: 1.txt\"");
        assertTrue(content().contains("X-Evil"), content());
        assertTrue(content().lines().noneMatch(line -> line.startsWith("X-Evil")), content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tmp", "/dev/zero"})
    @EnabledOnOs(OS.LINUX)
    void what_is_no_file_or_has_no_end_is_not_attached(String path) {
        Bench.Said said = bench.run(SEND + "-Attachments " + path);
        assertEquals(1, said.code());
        assertFalse(said.err().contains("inside the shell"), said.err());
        assertTrue(bench.server.requests().stream().noneMatch(one -> one.startsWith(MAIL)));
    }

    @Test
    void a_credential_and_notifications_are_passed_on() {
        bench.run("$c = New-Object PSCredential('bob', (ConvertTo-SecureString 'pw' -AsPlainText -Force)); " + SEND
                + "-Credential $c -UseSsl -Port 587 -DeliveryNotificationOption OnSuccess,Delay");
        assertTrue(sent().contains("\"user\":\"bob\",\"password\":\"pw\""), sent());
        assertTrue(sent().contains("\"port\":587"), sent());
        assertTrue(sent().contains("\"useSsl\":true"), sent());
        assertTrue(sent().contains("\"notify\":[\"SUCCESS\",\"DELAY\"]"), sent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NoAddress||x|The remote name could not be resolved: 'localhost'|WebException",
                "NoConnection||no|Unable to connect to the remote server|WebException",
                "NoTls|||Server does not support secure connections.|SmtpException",
                "TimedOut|||The operation has timed out.|SmtpException",
                "Refused|530 5.7.57 Client was not authenticated||The SMTP server requires a secure connection or the client"
                        + " was not authenticated. The server response was: 5.7.57 Client was not authenticated|SmtpException"
            })
    void what_goes_wrong_is_said_as_dot_net_says_it(
            String outcome, String reply, String detail, String words, String exception) {
        comes(outcome, reply == null ? "" : reply, "[]", detail == null ? "" : detail);
        Bench.Said said = bench.run(SEND);
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Send-MailMessage : " + words), said.err());
        assertTrue(said.err().contains(exception + ",Microsoft.PowerShell.Commands.SendMailMessage"), said.err());
    }

    @Test
    void a_refused_recipient_is_told_in_the_servers_words() {
        comes(
                "NobodyTaken",
                "",
                "[{\"Recipient\":\"test@gmail.com\",\"Reply\":\"550 5.7.54 SMTP; Unable to relay recipient in non-accepted"
                        + " domain\"}]",
                "");
        Bench.Said said = bench.run(SEND);
        assertTrue(
                said.err()
                        .contains(
                                "Mailbox unavailable. The server response was: 5.7.54 SMTP; Unable to relay recipient in"
                                        + " non-accepted domain"),
                said.err());
        assertTrue(said.err().contains("SmtpFailedRecipientException"), said.err());
    }

    @Test
    void what_is_no_address_and_a_missing_server_are_refused_before_anything_is_sent() {
        Bench.Said said = bench.run(SEND.replace("test@gmail.com", "nobody"));
        assertTrue(said.err().contains("not in the form required for an e-mail address"), said.err());
        said = bench.run("Send-MailMessage -From a@b.com -To c@d.com -Subject s");
        assertTrue(said.err().contains("no SMTP server was specified"), said.err());
        assertTrue(bench.server.requests().stream().noneMatch(one -> one.startsWith(MAIL)));
    }
}
