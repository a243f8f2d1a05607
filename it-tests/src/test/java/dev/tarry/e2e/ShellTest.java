package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `tarry shell -c …` as a process of its own: every cmdlet once, on a server with something to show.
@ExtendWith(SharedServer.class)
final class ShellTest {
    private static String run(TarryProcess server, Path folder, int code, String script) throws IOException {
        Path own = java.nio.file.Files.createTempDirectory(folder, "shell");
        TarryProcess.Result result =
                TarryProcess.run(own, "shell", "--server", server.admin().toString(), "-c", script);
        assertEquals(code, result.code(), () -> script + "\n" + result.out() + result.err());
        return code == 0 ? result.out() : result.err();
    }

    @Test
    void the_cmdlets_show_and_mend_an_outage(TarryProcess server, @TempDir Path folder) throws IOException {
        Seen seen = new Seen(server);
        String rule = run(
                server,
                folder,
                0,
                "New-NetFirewallRule -DisplayName 'Block DNS' -Direction Outbound -Protocol UDP -RemotePort 53 -Action Block"
                        + " | Out-Null;"
                        + " New-NetFirewallRule -DisplayName 'Block DNS' -Direction Outbound -Protocol TCP -RemotePort 53"
                        + " -Action Block | Out-Null;"
                        + " Get-NetFirewallRule -DisplayName 'Block DNS' | Select-Object DisplayName, Action, Enabled |"
                        + " ConvertTo-Json -Compress");
        assertEquals(2, rule.split("\"DisplayName\":\"Block DNS\"", -1).length - 1, rule);

        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "shelly@company.com",
                    TarryProcess.octets("Subject: by hand", "Message-ID: <by-hand@company.com>", "", "Hello."),
                    "user@seashore.example");
        }
        Wait.until("there is a queue", () -> seen.queue("seashore.example").isPresent());

        String shown = run(
                server,
                folder,
                0,
                "Step-LabClock 00:02:05 | Out-Null;"
                        + " Get-Queue | Where-Object {$_.Status -eq 'Retry' -and $_.NextHopDomain -eq 'seashore.example'} |"
                        + " Select-Object Identity, Status, MessageCount, LastError, RetryCount, NextRetryTime |"
                        + " ConvertTo-Json -Compress;"
                        + " Get-Message -Queue ((Get-Queue -Filter \"NextHopDomain -eq 'seashore.example'\").Identity) |"
                        + " Select-Object FromAddress, Subject, Status | ConvertTo-Json -Compress;"
                        + " Get-MessageTrackingLog -Sender shelly@company.com | Select-Object EventId |"
                        + " ConvertTo-Json -Compress");
        List<String> lines = shown.lines().toList();
        assertEquals(3, lines.size(), shown);
        assertTrue(lines.getFirst().contains("\"Status\":\"Retry\",\"MessageCount\":1"), shown);
        assertTrue(lines.getFirst().contains("451 4.4.0 DNS query failed"), shown);
        assertTrue(lines.get(1).contains("\"FromAddress\":\"shelly@company.com\",\"Subject\":\"by hand\""), shown);
        assertEquals("[{\"EventId\":\"RECEIVE\"},{\"EventId\":\"DEFER\"}]", lines.get(2));

        run(
                server,
                folder,
                0,
                "Get-NetFirewallRule -DisplayName 'Block DNS' | Remove-NetFirewallRule -Confirm:$false;"
                        + " Get-Queue -Filter \"NextHopDomain -eq 'seashore.example'\" | Retry-Queue -Confirm:$false");
        assertEquals(0, server.client().firewallRules().size());
        seen.oneLabMail("user@seashore.example");
        String received = run(
                server,
                folder,
                0,
                "Get-LabMail -Recipient user@seashore.example | Select-Object From, Host | ConvertTo-Json -Compress;"
                        + " Get-MailboxMessage -Mailbox shelly@company.com | ConvertTo-Json -Compress");
        assertTrue(
                received.startsWith("{\"From\":\"shelly@company.com\",\"Host\":\"mx.everyone-else.net\"}"), received);
    }

    @Test
    void a_report_is_read_from_its_mailbox(TarryProcess server, @TempDir Path folder) throws IOException {
        server.client()
                .addFault(Map.of(
                        "where",
                        "smtp",
                        "what",
                        "reply",
                        "stage",
                        "rcpt",
                        "recipient",
                        "nobody@reef.example",
                        "code",
                        550,
                        "text",
                        "5.1.1 No such fish"));
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "angler@company.com", TarryProcess.octets("Subject: bait", "", "x"), "nobody@reef.example");
        }
        new Seen(server).oneReport("angler@company.com");
        String shown = run(
                server,
                folder,
                0,
                "Get-MailboxMessage -Mailbox angler@company.com | Select-Object Subject | ConvertTo-Json -Compress");
        assertEquals("{\"Subject\":\"Undeliverable: bait\"}", shown.strip());
    }

    @Test
    void what_fails_is_told_on_standard_error_and_by_the_exit_code(TarryProcess server, @TempDir Path folder)
            throws IOException {
        String error = run(server, folder, 1, "Retry-Queue -Identity 'MAIL\\424242' -Confirm:$false");
        assertTrue(error.contains("Retry-Queue"), error);
        assertTrue(error.contains("424242"), error);
        assertTrue(run(server, folder, 1, "Get-Kueue").contains("Get-Kueue"), "the name is told");
        TarryProcess.Result usage = TarryProcess.run(folder, "shell", "--sever", "x");
        assertEquals(2, usage.code());
        TarryProcess.Result nobody =
                TarryProcess.run(folder.resolve("n"), "shell", "--server", "http://127.0.0.1:1", "-c", "Get-Queue");
        assertEquals(1, nobody.code());
        assertTrue(nobody.err().contains("http://127.0.0.1:1"), nobody::err);
    }
}
