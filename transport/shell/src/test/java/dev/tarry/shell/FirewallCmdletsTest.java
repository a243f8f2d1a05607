package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FirewallCmdletsTest {
    private static final String PATH = "/lab/v1/firewall";
    private static final String BLOCK = """
            {"Name":"{1}","DisplayName":"Block DNS","Direction":"Outbound","Protocol":"UDP","LocalPort":"Any",
             "RemotePort":"53","RemoteAddress":"Any","Action":"Block","Enabled":true,"Profile":"Any","Description":"",
             "Group":""}""";
    private static final String WEB = """
            {"Name":"{2}","DisplayName":"Web","Direction":"Inbound","Protocol":"TCP","LocalPort":"80","RemotePort":"Any",
             "RemoteAddress":"Any","Action":"Allow","Enabled":false,"Profile":"Any","Description":"d","Group":"g"}""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("GET " + PATH, 200, "{\"items\":[" + BLOCK + "," + WEB + "]}");
        bench.server.json("PATCH " + PATH + "/%7B1%7D", 200, BLOCK);
        bench.server.json("DELETE " + PATH + "/%7B1%7D", 204, "");
        bench.server.json("POST " + PATH, 201, BLOCK);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void rules_about_dns_are_found_as_the_guide_looks_for_them() {
        assertEquals(
                """
                DisplayName Enabled Direction Action
                ----------- ------- --------- ------
                Block DNS   True    Outbound  Block""",
                bench.run("Get-NetFirewallRule | Where-Object {$_.DisplayName -like \"*DNS*\"} | Select-Object"
                                + " DisplayName, Enabled, Direction, Action")
                        .text());
        assertEquals(
                "Web",
                bench.run("(Get-NetFirewallRule -Enabled False).DisplayName").text());
        assertEquals(
                "Web", bench.run("(Get-NetFirewallRule -Group g).DisplayName").text());
        assertEquals(
                "53",
                bench.run("(Get-NetFirewallRule -DisplayName 'Block*').RemotePort")
                        .text());
    }

    @Test
    void a_new_rule_is_made_of_what_is_said_and_shown_in_windows_order() {
        Bench.Said said =
                bench.run("New-NetFirewallRule -DisplayName \"Allow Outbound DNS\" -Direction Outbound -Protocol"
                        + " UDP -RemotePort 53 -Action Allow -Profile Any -Enabled True");
        assertTrue(said.out().indexOf("Name ") < said.out().indexOf("DisplayName "), said.out());
        assertTrue(said.out().contains("PrimaryStatus         : OK"), said.out());
        assertTrue(
                bench.server
                        .requests()
                        .getLast()
                        .startsWith(
                                "POST " + PATH + " {\"DisplayName\":\"Allow Outbound DNS\",\"Direction\":\"Outbound\""),
                bench.server.requests()::toString);
        bench.run("New-NetFirewallRule -DisplayName x -Protocol 17");
        assertTrue(bench.server.requests().getLast().contains("\"Protocol\":\"UDP\""));
        assertTrue(bench.run("New-NetFirewallRule -DisplayName x -Program a.exe")
                .err()
                .contains("-Program is not supported"));
    }

    @Test
    void rules_are_changed_turned_off_and_on_and_removed() {
        bench.run("Set-NetFirewallRule -DisplayName 'Block DNS' -RemotePort 53,853 -NewDisplayName n");
        assertEquals(
                "PATCH " + PATH + "/%7B1%7D {\"DisplayName\":\"n\",\"RemotePort\":\"53,853\"}",
                bench.server.requests().getLast());
        bench.run("Disable-NetFirewallRule -DisplayName 'Block*'");
        assertEquals(
                "PATCH " + PATH + "/%7B1%7D {\"Enabled\":false}",
                bench.server.requests().getLast());
        bench.run("Get-NetFirewallRule -DisplayName 'Block DNS' | Enable-NetFirewallRule");
        assertEquals(
                "PATCH " + PATH + "/%7B1%7D {\"Enabled\":true}",
                bench.server.requests().getLast());
        bench.run("Remove-NetFirewallRule -DisplayName 'Block DNS'");
        assertEquals("DELETE " + PATH + "/%7B1%7D", bench.server.requests().getLast());
        assertEquals(1, bench.run("Disable-NetFirewallRule").code());
        assertTrue(bench.run("Remove-NetFirewallRule -DisplayName none")
                .err()
                .contains("No MSFT_NetFirewallRule objects found with property 'DisplayName' equal to 'none'."));
    }

    @Test
    void what_a_rule_holds_for_stands_in_filters() {
        assertEquals(
                "UDP 53",
                bench.run(
                                "Get-NetFirewallRule -DisplayName 'Block DNS' | Get-NetFirewallPortFilter | % { \"$($_.Protocol)"
                                        + " $($_.RemotePort)\" }")
                        .text());
        assertEquals("3", bench.run("(Get-NetFirewallProfile).Count").text());
    }

    @Test
    void without_a_lab_there_is_no_firewall() {
        bench.server.json(
                "GET " + PATH,
                404,
                "{\"type\":\"urn:tarry:problem:unknown-path\",\"title\":\"t\",\"status\":404,\"detail\":\"no\"}");
        Bench.Said said = bench.run("Get-NetFirewallRule");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("There is no simulated firewall here"), said.err());
    }
}
