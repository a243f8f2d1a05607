package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.config.SettingsBook;
import dev.tarry.shell.Shell;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.Script;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Exchange's cmdlets do to a whole server: typed into the shell, and looked at from outside. The clock stands
/// still.
final class ExchangeCmdletsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private Running server;
    private TarryClient client;

    @BeforeEach
    void start() throws Exception {
        open();
        client.freezeClock();
    }

    private void open() throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        client = new TarryClient(
                URI.create("http://127.0.0.1:" + server.addresses().admin().getPort()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private record Said(int code, String out, String err) {}

    private Said run(String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                ZoneId.of("UTC"),
                Map.of("COMPUTERNAME", "MAIL"),
                () -> false);
        int code = Shell.run(Script.typed(script), io, client);
        return new Said(
                code,
                out.toString(StandardCharsets.UTF_8).strip(),
                // A message in one line, however wide the window is.
                err.toString(StandardCharsets.UTF_8)
                        .strip()
                        .replaceAll("(?<=[^\\n]{60})\\R(?=[^\\s+])(?!At |WARNING)", " "));
    }

    private String out(String script) {
        Said said = run(script);
        assertEquals("0 ", said.code() + " " + said.err(), script);
        return said.out();
    }

    /// The replies to each of these, the greeting first; it ends early where the server hangs up.
    private List<String> talk(InetSocketAddress door, String... commands) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", door.getPort()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> replies = new ArrayList<>(List.of(lines.readLine()));
            for (String command : commands) {
                if (replies.getLast().startsWith("421")) {
                    return replies;
                }
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                replies.add(lines.readLine());
            }
            return replies;
        }
    }

    private void send(String from, String to) throws IOException {
        List<String> replies = talk(
                server.addresses().smtp(),
                "HELO stranger.example",
                "MAIL FROM:<" + from + ">",
                "RCPT TO:<" + to + ">",
                "DATA",
                "Subject: of the cmdlets\r\n\r\nBody.\r\n.");
        assertTrue(replies.getLast().startsWith("250 "), replies.toString());
    }

    @Test
    void a_system_message_of_ones_own_stands_in_the_report_and_the_original_again_when_it_is_gone() throws IOException {
        assertEquals(
                "En\\Internal\\5.4.4",
                out(
                        "(New-SystemMessage -DsnCode 5.4.4 -Internal $true -Language en -Text 'Nobody has <B>that</B> domain."
                                + " Ask 4711.').Identity"));
        client.addFault(Map.of("where", "dns", "what", "nxdomain", "name", "gone.example"));
        send("alice@company.com", "bob@gone.example");
        client.await("mailbox alice@company.com subject=\"Undeliverable*\"", Duration.ofMinutes(5));
        String report = report("alice@company.com");
        assertTrue(report.contains("Nobody has that domain. Ask 4711."), report);
        assertTrue(report.contains("Nobody has <b>that</b> domain. Ask 4711."), report);
        assertFalse(report.contains("A problem occurred during the delivery"), report);

        out("Remove-SystemMessage 'En\\Internal\\5.4.4' -Confirm:$false");
        send("carol@company.com", "bob@gone.example");
        client.await("mailbox carol@company.com subject=\"Undeliverable*\"", Duration.ofMinutes(5));
        assertTrue(report("carol@company.com").contains("A problem occurred during the delivery"));
        assertTrue(run("Get-SystemMessage 'En\\Internal\\5.4.4'")
                .err()
                .contains("object 'En\\Internal\\5.4.4' couldn't be found on 'MAIL'."));
    }

    /// Without the breaks that quoted-printable puts into lines.
    private String report(String mailbox) {
        return new String(
                        client.mailboxMessageContent(
                                mailbox,
                                client.mailboxMessages(mailbox).getFirst().id()),
                        StandardCharsets.ISO_8859_1)
                .replace("=\r\n", "");
    }

    @Test
    void a_draining_hub_takes_nothing_and_sends_what_is_queued_over_a_restart_too() throws Exception {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
        send("alice@company.com", "bob@waits.example");
        client.await("queue nextHopDomain=waits.example status=Retry", Duration.ofMinutes(5));
        assertEquals(
                "",
                out("Set-ServerComponentState MAIL -Component HubTransport -State Draining -Requester Maintenance"));
        assertEquals(
                List.of("421 4.3.2 Service not active"), talk(server.addresses().smtp(), "HELO stranger.example"));
        assertEquals(
                List.of("421 4.3.2 Service not active"),
                talk(server.addresses().submission().orElseThrow(), "HELO stranger.example"));
        assertEquals("Transient error Transient error", out("(Test-SmtpConnectivity | % StatusCode) -join ' '"));
        assertFalse(client.ready());

        client.close();
        server.close();
        open();
        assertEquals("Draining", out("(Get-ServerComponentState MAIL -Component HubTransport).State"));
        client.resetLab();
        client.await("mail bob@waits.example", Duration.ofHours(1));

        Said still = run("Set-ServerComponentState MAIL -Component HubTransport -State Active -Requester Functional");
        assertTrue(still.err().contains("still Draining, because others ask for it"), still.err());
        out("Set-ServerComponentState MAIL -Component HubTransport -State Active -Requester Maintenance");
        send("alice@company.com", "bob@waits.example");
        assertTrue(client.ready());
    }

    @Test
    void an_inactive_hub_sends_nothing_to_other_servers_until_it_is_active() throws IOException {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
        send("alice@company.com", "bob@waits.example");
        client.await("queue nextHopDomain=waits.example status=Retry", Duration.ofMinutes(5));
        out("Set-ServerComponentState MAIL -Component ServerWideOffline -State Inactive -Requester Maintenance");
        assertEquals("Inactive", out("(Get-ServerComponentState MAIL -Component HubTransport).State"));
        assertEquals("Active", out("(Get-ServerComponentState MAIL -Component Monitoring).State"));
        client.resetLab();
        client.advanceClock(Duration.ofHours(1));
        assertEquals(List.of(), client.labMail(Optional.empty(), Optional.empty(), ResultLimit.serverDefault()));
        out("Set-ServerComponentState MAIL -Component ServerWideOffline -State Active -Requester Maintenance");
        client.await("mail bob@waits.example", Duration.ofHours(1));
    }

    @Test
    void a_front_end_at_rest_leaves_the_hubs_connectors_alone() throws IOException {
        out("Set-ReceiveConnector 'Client Frontend MAIL' -TransportRole HubTransport");
        out("Set-ServerComponentState MAIL -Component FrontendTransport -State Inactive -Requester Maintenance");
        assertEquals(
                List.of("421 4.3.2 Service not active"), talk(server.addresses().smtp(), "HELO stranger.example"));
        assertTrue(talk(server.addresses().submission().orElseThrow(), "HELO stranger.example")
                .getLast()
                .startsWith("250 "));
    }

    @Test
    void words_that_the_server_does_not_know_are_refused() {
        assertTrue(
                run("Set-ServerComponentState MAIL -Component ServerWideOffline -State Draining -Requester Maintenance")
                        .err()
                        .contains("HubTransport is what drains"));
        assertTrue(run("Set-ServerComponentState MAIL -Component UMCallRouter -State Inactive -Requester Maintenance")
                .err()
                .contains("does not belong to the set \"ServerWideOffline,HubTransport,FrontendTransport"));
        assertTrue(run("Set-ServerComponentState OTHER -Component HubTransport -State Active -Requester Maintenance")
                .err()
                .contains("'OTHER' couldn't be found"));
    }

    @Test
    void a_test_of_mail_flow_sends_a_message_and_tells_how_long_it_took() {
        assertEquals("Success False", out("Test-Mailflow | % { \"$($_.TestMailflowResult) $($_.IsRemoteTest)\" }"));
        assertEquals(
                "Success True",
                out("Test-Mailflow MAIL -TargetEmailAddress bob@gmail.com |"
                        + " % { \"$($_.TestMailflowResult) $($_.IsRemoteTest)\" }"));
        assertEquals(
                1,
                client.labMail(Optional.empty(), Optional.empty(), ResultLimit.serverDefault())
                        .size());
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
        Said failed =
                run("(Test-Mailflow -TargetEmailAddress bob@waits.example -ExecutionTimeout 30).TestMailflowResult");
        assertEquals("*FAILURE*", failed.out());
        assertTrue(
                failed.err().contains("WARNING: The test message to bob@waits.example has not arrived"), failed.err());
        assertTrue(
                run("Test-Mailflow -TargetEmailAddress nobody").err().contains("'nobody' isn't a valid SmtpAddress"));
    }

    @Test
    void a_digest_counts_queues_together_from_the_threshold_on() throws IOException {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "a.example"));
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "b.example"));
        client.service().changeSettings(Map.of("queueLog.threshold", "2"));
        for (String to : List.of("x@a.example", "y@a.example", "z@b.example")) {
            send("alice@company.com", to);
        }
        client.await(
                "queue nextHopDomain=a.example status=Retry and queue nextHopDomain=b.example status=Retry", PATIENCE);
        assertEquals(
                "a.example=2",
                out("(Get-QueueDigest -Forest | % { \"$($_.GroupByValue)=$($_.MessageCount)\" }) -join ' '"));
        out("Suspend-Queue b.example");
        assertEquals(
                "a.example=2 b.example=1",
                out("(Get-QueueDigest -Server MAIL | % { \"$($_.GroupByValue)=$($_.MessageCount)\" }) -join ' '"));
        assertEquals(
                "External=3",
                out("(Get-QueueDigest -Site Default-First-Site-Name -GroupBy NextHopCategory |"
                        + " % { \"$($_.GroupByValue)=$($_.MessageCount)\" }) -join ' '"));
        assertEquals(
                "Retry=2",
                out("(Get-QueueDigest -Forest -GroupBy Status -Filter \"Status -eq 'Retry'\" |"
                        + " % { \"$($_.GroupByValue)=$($_.MessageCount)\" }) -join ' '"));
        assertEquals(
                "MAIL\\4",
                out(
                        "(Get-QueueDigest -Forest -ResultSize 1 -WarningAction SilentlyContinue).Details[0].QueueIdentity"));
        assertEquals("", out("(Get-QueueDigest -Forest -DetailsLevel Normal)[0].Details[0].Status"));
        assertEquals("Retry", out("(Get-QueueDigest -Forest -DetailsLevel Verbose)[0].Details[0].Status"));
    }

    @Test
    void a_category_at_expert_is_told_each_time() throws IOException {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
        send("alice@company.com", "bob@waits.example");
        client.await("queue nextHopDomain=waits.example status=Retry", PATIENCE);
        client.advanceClock(Duration.ofMinutes(10));
        String count = "@(Get-WinEvent -FilterHashtable @{LogName='Application'; Id=2000}).Count";
        assertEquals("1", out(count));
        out("Set-EventLogLevel 'MSExchangeTransport\\SmtpSend' -Level Expert");
        assertEquals("Expert", out("(Get-EventLogLevel MAIL\\MSExchangeTransport\\SmtpSend).EventLevel"));
        client.advanceClock(Duration.ofMinutes(10));
        assertEquals("3", out(count));
        assertEquals(
                "2000 Warning",
                out("Get-EventLog Application -Newest 1 -EntryType Warning | % { \"$($_.EventID) $($_.EntryType)\" }"));
    }

    @Test
    void relay_is_granted_to_anonymous_clients_as_administrators_do_it_and_taken_away() throws IOException {
        out("Set-ReceiveConnector 'Default Frontend MAIL' -AnonymousRelayRanges @()");
        String[] relaying = {"HELO stranger.example", "MAIL FROM:<a@b.example>", "RCPT TO:<bob@gmail.com>"};
        assertEquals(
                "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
                talk(server.addresses().smtp(), relaying).getLast());
        assertEquals(
                "MAIL\\Default Frontend MAIL",
                out(
                        "(Get-ReceiveConnector 'Default Frontend MAIL' | Add-ADPermission -User 'NT AUTHORITY\\ANONYMOUS LOGON'"
                                + " -ExtendedRights 'ms-Exch-SMTP-Accept-Any-Recipient').Identity"));
        assertEquals(
                "250 2.1.5 Recipient OK",
                talk(server.addresses().smtp(), relaying).getLast());
        assertEquals(
                "True",
                out("'ms-Exch-SMTP-Accept-Any-Recipient' -in (Get-ADPermission 'Default Frontend MAIL' -User"
                        + " 'NT AUTHORITY\\ANONYMOUS LOGON' | % ExtendedRights)"));
        out("Remove-ADPermission 'Default Frontend MAIL' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights"
                + " ms-Exch-SMTP-Accept-Any-Recipient -Confirm:$false");
        assertEquals(
                "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
                talk(server.addresses().smtp(), relaying).getLast());
    }

    @Test
    void queues_are_found_by_their_identity_in_every_form() throws IOException {
        client.addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
        send("alice@company.com", "bob@waits.example");
        client.await("queue nextHopDomain=waits.example status=Retry", PATIENCE);
        for (String wanted : List.of(
                "MAIL\\4",
                "\\4",
                "4",
                "waits.example",
                "MAIL\\waits.example",
                "-Filter \"Identity -eq 'MAIL\\4'\"",
                "-Filter \"Identity -like '*waits*'\"")) {
            assertEquals("MAIL\\4", out("(Get-Queue " + wanted + ").Identity"), wanted);
        }
        assertEquals("MAIL\\Submission", out("(Get-Queue -Filter \"Identity -ne 'MAIL\\4'\")[0].Identity"));
    }

    @Test
    void who_changes_nothing_is_told_so() {
        Said said = run("Set-SendConnector Internet -Port 25; Set-TransportService MAIL -QueueMaxIdleTime 00:03:00");
        assertTrue(
                said.err()
                        .contains("WARNING: The command completed successfully but no settings of 'Internet' have been"
                                + " modified."),
                said.err());
        assertTrue(said.err().contains("no settings of 'MAIL' have been modified."), said.err());
        assertEquals("", run("Set-SendConnector Internet -Port 26").err());
    }
}
