package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarry.e2e.ShellPrompt.Typed;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fix guide's own code, read from its text and run as it is printed, each time in a world with the fault that the
/// guide describes: what finds the fault must show it, what mends it must mend it, and what verifies it must pass.
/// Skipped where the text does not lie beside the checkout.
final class GuideTest {
    private static final String GMAIL = "gmail-smtp-in.l.google.com";

    private GuideText guide;
    private TarryProcess server;
    private ShellPrompt prompt;
    private Seen seen;

    @BeforeEach
    void begin(@TempDir Path folder) {
        assumeTrue(GuideText.find().isPresent(), "skipped: the fix guide's text is not beside this checkout");
        guide = GuideText.find().orElseThrow();
        server = TarryProcess.serve(folder);
        server.client().freezeClock(); // it moves where something waits for it, and nowhere else
        prompt = new ShellPrompt(server);
        seen = new Seen(server);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void every_block_of_the_text_is_found_and_can_be_read() {
        assertEquals(20, guide.blocks().size());
        // These introduce the ways that stand in comments, and are no code.
        assertEquals(List.of(135, 159, 160, 162), guide.commentsOutside());
        guide.blocks().values().forEach(block -> {
            int statements = Parser.parse(Script.typed(block)).size();
            assertEquals(statements, statementsTyped(block), () -> "at a prompt, line by line:\n" + block);
        });
    }

    /// How many statements run where the block's lines are typed one by one: what is unfinished goes on on the next.
    private static int statementsTyped(String block) {
        int statements = 0;
        String typed = "";
        for (String line : block.split("\n")) {
            typed += line;
            try {
                statements += Parser.parse(Script.typed(typed)).size();
                typed = "";
            } catch (ParseFailure failure) {
                assertTrue(failure.incomplete(), () -> failure + " in what was typed of:\n" + block);
                typed += "\n";
            }
        }
        assertEquals("", typed, "left unfinished");
        return statements;
    }

    @Test
    void wrong_servers_in_the_settings_are_seen_and_replaced() throws IOException {
        prompt.shows("Set-TransportService $env:COMPUTERNAME -ExternalDNSServers 198.51.100.99"
                + " -ExternalDNSAdapterEnabled $false");
        mailWaits("gmail.com", "external-company.com");

        String settings = run("settings").clean().out();
        says(settings, "ExternalDNSServers\\s+: \\{198\\.51\\.100\\.99}");
        says(settings, "ExternalDNSAdapterEnabled\\s+: False");
        says(settings, "\\{192\\.168\\.1\\.10, 192\\.168\\.1\\.11}");
        // Windows asks its adapter's servers, which are well.
        says(run("resolve").clean().out(), GMAIL);
        says(run("connect").clean().out(), "TcpTestSucceeded\\s+: True");
        queuesShowTheError("gmail.com", "external-company.com");

        String fixed = run("fix-a").clean().out();
        says(fixed, "\\{1\\.1\\.1\\.1, 1\\.0\\.0\\.1} +False");
        verified();
        gone("gmail.com", "external-company.com");
    }

    @Test
    void dead_servers_of_the_adapter_are_seen_and_left_out() throws IOException {
        prompt.shows("Add-LabPreset dns-unreachable | Out-Null");
        mailWaits("gmail.com", "external-company.com");

        String settings = run("settings").clean().out();
        says(settings, "ExternalDNSServers\\s+: \\{}");
        says(settings, "ExternalDNSAdapterEnabled\\s+: True");
        Typed resolved = run("resolve");
        assertEquals(1, resolved.code());
        says(resolved.err(), "gmail\\.com.*timeout period expired|timeout period expired");
        says(resolved.out(), GMAIL); // of 8.8.8.8
        Typed connected = run("connect");
        says(connected.out(), "RemoteAddress\\s+: 8\\.8\\.8\\.8[^:]*RemotePort\\s+: 53");
        says(connected.out(), "TcpTestSucceeded\\s+: True");
        says(connected.err() + connected.out(), "TCP connect to \\(192\\.168\\.1\\.10 : 53\\) failed");
        queuesShowTheError("gmail.com", "external-company.com");

        run("fix-a").clean();
        prompt.shows("Get-Queue | Where-Object {$_.Status -eq 'Retry'} | Retry-Queue");
        gone("gmail.com", "external-company.com");
        assertEquals("", prompt.shows(lastStatement("verify")));
        prompt.shows("Get-LabFault | Remove-LabFault");
        verified();
    }

    @Test
    void what_was_broken_once_and_is_remembered_is_cleared() throws IOException {
        prompt.shows("Add-LabFault dns nxdomain name=ghost.example; Add-LabFault dns servfail name=gmail.com");
        mailWaits("gmail.com");
        prompt.type("Resolve-DnsName ghost.example -Type MX -ErrorAction SilentlyContinue");
        says(run("queues").clean().out(), "gmail\\.com");
        prompt.shows("Get-LabFault | Remove-LabFault");

        String remembered = prompt.shows("Get-DnsClientCache | Where-Object {$_.Status -ne 'Success'}");
        says(remembered, "ghost\\.example");
        says(run("cache").clean().out(), "Dnscache +Running");
        assertEquals("", prompt.shows("Get-DnsClientCache | Where-Object {$_.Status -ne 'Success'}"));

        says(run("fix-b").clean().out(), "Successfully flushed the DNS Resolver Cache\\.");
        seen.oneLabMail("reader@gmail.com");
        verified();
    }

    @Test
    void a_firewall_that_blocks_dns_is_opened() throws IOException {
        prompt.shows("Add-LabPreset dns-firewall | Out-Null");
        mailWaits("gmail.com", "external-company.com");

        Typed resolved = run("resolve");
        assertEquals(1, resolved.code());
        assertFalse(resolved.out().contains(GMAIL), resolved::out);
        Typed connected = run("connect");
        says(connected.err() + connected.out(), "TCP connect to \\(8\\.8\\.8\\.8 : 53\\) failed");
        assertFalse(connected.out().matches("(?s).*TcpTestSucceeded\\s+: True.*"), connected::out);
        queuesShowTheError("gmail.com", "external-company.com");

        String fixed = run("fix-c").clean().out();
        says(fixed, "Outbound +Block");
        says(fixed, "DisplayName\\s+: Allow Outbound DNS TCP");
        says(fixed, GMAIL);
        verified();
        gone("gmail.com", "external-company.com");
    }

    @Test
    void forwarders_that_are_missing_are_added() throws IOException {
        prompt.shows("Add-LabPreset dns-no-forwarders | Out-Null");
        mailWaits("gmail.com", "external-company.com");

        says(prompt.shows("Resolve-DnsName mail.company.com"), "192\\.168\\.1\\.20");
        Typed resolved = run("resolve");
        says(resolved.err(), "DNS server failure");
        says(resolved.out(), GMAIL); // of 8.8.8.8
        queuesShowTheError("gmail.com", "external-company.com");

        says(run("fix-d").clean().out(), "IPAddress\\s+: \\{8\\.8\\.8\\.8, 1\\.1\\.1\\.1}");
        verified();
        gone("gmail.com", "external-company.com");
    }

    @Test
    void a_conditional_forwarder_mends_one_zone() throws IOException {
        prompt.shows("Add-LabPreset dns-no-forwarders | Out-Null");
        mailWaits("gmail.com", "external-company.com");
        run("fix-d-zone").clean();
        prompt.shows("Get-Queue | Where-Object {$_.Status -eq 'Retry'} | Retry-Queue");
        gone("external-company.com");
        says(prompt.shows(lastStatement("verify") + " | Format-Table NextHopDomain"), "gmail\\.com");

        run("split-zone").clean();
        // The zone has the names of the hosts, not their addresses; and the section that verifies asks of another one.
        prompt.shows("'google.com', 'outlook.com' | ForEach-Object { Add-DnsServerConditionalForwarderZone -Name $_"
                + " -MasterServers 1.1.1.1 }");
        verified();
        gone("gmail.com");
    }

    @Test
    void a_domain_with_broken_name_servers_is_told_from_the_rest() throws IOException {
        prompt.shows("Add-LabPreset dns-destination-broken | Out-Null");
        mailWaits("external-company.com");
        Typed resolved = run("resolve").clean();
        says(resolved.out(), GMAIL);
        assertFalse(resolved.out().contains("mail.external-company.com"), resolved::out);
        queuesShowTheError("external-company.com");
        assertFalse(run("queues").out().contains("gmail.com"));
        prompt.shows("Get-LabFault | Remove-LabFault");
        verified();
        gone("external-company.com");
    }

    @Test
    void a_domain_without_mx_is_reached_by_a_smart_host() throws IOException {
        prompt.shows("Add-LabFault connect blackhole address=198.51.100.40 port=25");
        send("reader@problem-domain.com");
        inRetry("problem-domain.com");

        String made = run("no-mx").clean().out();
        says(made, "SOA"); // no MX: Windows shows where the answer would have been
        says(made, "198\\.51\\.100\\.40");
        says(made, "SmartHost for problem-domain +\\{SMTP:problem-domain\\.com;1} +True");
        prompt.shows("Get-Queue -Filter \"NextHopDomain -eq 'problem-domain.com'\" | Retry-Queue -Resubmit $true");
        assertEquals(
                "their-known-mailserver.com",
                seen.oneLabMail("reader@problem-domain.com").host());
        verified();
    }

    @Test
    void split_dns_asks_public_servers_for_mail_that_leaves() throws IOException {
        prompt.shows("Add-LabPreset dns-no-forwarders | Out-Null");
        mailWaits("gmail.com");
        run("split").clean();
        says(run("settings").clean().out(), "ExternalDNSServers\\s+: \\{8\\.8\\.8\\.8, 1\\.1\\.1\\.1}");
        prompt.shows("Get-Queue | Where-Object {$_.Status -eq 'Retry'} | Retry-Queue");
        gone("gmail.com");
        run("split-forwarder").clean();
        verified();
    }

    @Test
    void a_network_that_wants_encrypted_dns_is_seen_and_makes_an_exception() throws IOException {
        prompt.shows("Add-LabPreset dns-firewall | Out-Null");
        mailWaits("gmail.com");
        String blocked = run("doh").out();
        for (String address : List.of("8.8.8.8", "1.1.1.1", "9.9.9.9")) {
            says(blocked, "(?m)^" + address.replace(".", "\\.") + " : False$");
        }
        prompt.shows("Get-NetFirewallRule -Direction Outbound -Action Block | Remove-NetFirewallRule");
        String open = run("doh").clean().out();
        assertEquals("8.8.8.8 : True\n1.1.1.1 : True\n9.9.9.9 : True", open.strip());
        verified();
    }

    @Test
    void failures_that_come_and_go_are_counted() {
        // Answers that nobody may remember: else Windows' own cache would hide it.
        prompt.shows("Add-LabFault dns servfail probability=0.4 seed=7; Add-LabFault dns ttl seconds=0");
        String before = prompt.shows("(Get-LabClock).Now.ToString('o')");
        String counted =
                prompt.shows(guide.block("intermittent") + "\n$results.Count; ($results | Where-Object Status -eq"
                        + " 'Success').Count; ($results | Where-Object Status -eq 'Failed').Count");
        List<String> last = counted.lines().toList();
        int successes = Integer.parseInt(last.get(last.size() - 2).strip());
        int failures = Integer.parseInt(last.getLast().strip());
        assertEquals("100", last.get(last.size() - 3).strip(), counted);
        assertEquals(100, successes + failures, counted);
        assertTrue(successes > 0 && failures > 0, counted);
        says(counted, "(?m)^Success +" + successes + "$");
        says(counted, "(?m)^Failed +" + failures + "$");
        String after = prompt.shows("(Get-LabClock).Now.ToString('o')");
        assertTrue(
                Duration.between(OffsetDateTime.parse(before), OffsetDateTime.parse(after))
                                .compareTo(Duration.ofSeconds(500))
                        >= 0,
                () -> before + " " + after);
    }

    @Test
    void another_server_is_asked_where_the_first_is_blocked() throws IOException {
        says(run("round-robin").clean().out(), "\\{8\\.8\\.8\\.8, 1\\.1\\.1\\.1, 9\\.9\\.9\\.9}");
        prompt.shows("Set-TransportService $env:COMPUTERNAME -ExternalDNSAdapterEnabled $false;"
                + " New-NetFirewallRule -DisplayName 'No Google' -Direction Outbound -RemoteAddress 8.8.8.8"
                + " -Action Block | Out-Null");
        send("reader@fabrikam.com");
        prompt.shows("Wait-Mail -Recipient reader@fabrikam.com | Out-Null"); // the first one's five seconds
        seen.oneLabMail("reader@fabrikam.com");
        String asked = prompt.shows("Get-DnsQuery fabrikam.com | Format-Table Server, Outcome");
        says(asked, "8\\.8\\.8\\.8");
        says(asked, "1\\.1\\.1\\.1 +records");
        verified();
    }

    @Test
    void several_providers_are_configured_and_watched() throws IOException {
        says(run("redundant").clean().out(), "\\{8\\.8\\.8\\.8, 1\\.1\\.1\\.1, 9\\.9\\.9\\.9}");
        run("monitor").clean();
        assertEquals(List.of(), seen.labMail("admin@company.com"));

        prompt.shows("Add-LabFault dns servfail name=outlook.com; Clear-DnsClientCache");
        run("monitor").clean();
        String alarm = seen.labContent(seen.oneLabMail("admin@company.com"));
        says(alarm, "DNS resolution failures detected on MAIL");
        says(alarm, "Failed domains: outlook\\.com");
        assertFalse(alarm.contains("gmail.com"), alarm);
    }

    private Typed run(String block) {
        return prompt.type(guide.block(block));
    }

    /// The guide's last section: names resolve, queues drain, its test message arrives, SEND events appear, and
    /// no queue has a DNS error.
    private void verified() {
        Typed verified = run("verify").clean();
        says(verified.out(), GMAIL);
        says(verified.out(), "outlook-com\\.olc\\.protection\\.outlook\\.com|outlook\\.com +MX");
        says(verified.out(), "admin@company\\.com +\\{test@gmail\\.com} +gmail\\.com");
        assertFalse(verified.out().contains("451 4.4.0"), verified::out);
        assertEquals("", prompt.shows(lastStatement("verify")));
        Wait.until("the test message", () -> !seen.labMail("test@gmail.com").isEmpty());
    }

    private String lastStatement(String block) {
        return guide.block(block).strip().lines().toList().getLast();
    }

    private void queuesShowTheError(String... domains) {
        Typed shown = run("queues").clean();
        for (String domain : domains) {
            says(shown.out(), "NextHopDomain\\s+: " + domain.replace(".", "\\.") + "\n");
        }
        says(shown.out(), "Status\\s+: Retry\n");
        says(shown.out(), "MessageCount\\s+: 1\n");
        says(shown.out(), "LastError\\s+: .*451 4\\.4\\.0 DNS query failed");
        says(shown.out(), "writer@company\\.com");
    }

    private void mailWaits(String... domains) throws IOException {
        for (String domain : domains) {
            send("reader@" + domain);
        }
        for (String domain : domains) {
            inRetry(domain);
        }
    }

    /// Lets as much time pass as attempts that nobody answers take.
    private void inRetry(String domain) {
        prompt.shows("Wait-Queue -NextHopDomain " + domain + " -Status Retry | Out-Null");
    }

    private void send(String recipient) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO client.company.com");
            client.transaction(
                    "writer@company.com", TarryProcess.octets("Subject: before the fix", "", "Hello."), recipient);
        }
    }

    /// What waited has arrived.
    private void gone(String... domains) {
        for (String domain : domains) {
            seen.oneLabMail("reader@" + domain);
        }
    }

    private static void says(String text, String pattern) {
        assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> "no " + pattern + " in\n" + text);
    }
}
