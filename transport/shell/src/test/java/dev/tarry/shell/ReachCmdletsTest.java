package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Test-NetConnection, Test-Connection, ping, and the network adapter.
final class ReachCmdletsTest {
    private static final String REACH = "POST /api/v1/computer/reach";
    private static final String NETWORK = """
            {"ComputerName":"MAIL","DnsHostName":"mail.company.com","InterfaceAlias":"Ethernet","InterfaceIndex":12,
             "InterfaceDescription":"Adapter","MacAddress":"00-15","Addresses":[{"IPAddress":"192.168.1.20","PrefixLength":24}],
             "Gateway":"192.168.1.1","DnsServers":["192.168.1.10","192.168.1.11"]}""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("GET /api/v1/computer/network", 200, NETWORK);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void comes(String outcome, String echo) {
        bench.server.json(
                REACH,
                200,
                "{\"ComputerName\":\"8.8.8.8\",\"RemoteAddress\":\"8.8.8.8\",\"ResolvedAddresses\":[\"8.8.8.8\"],"
                        + "\"RemotePort\":53,\"Protocol\":\"TCP\",\"Outcome\":\"" + outcome + "\",\"Echo\":" + echo
                        + ",\"InterfaceAlias\":\"Ethernet\",\"InterfaceIndex\":12,\"SourceAddress\":\"192.168.1.20\","
                        + "\"NextHop\":\"192.168.1.1\"}");
    }

    @Test
    void an_open_port_is_a_list_of_six() {
        comes("OPEN", "null");
        assertEquals(
                """
                ComputerName     : 8.8.8.8
                RemoteAddress    : 8.8.8.8
                RemotePort       : 53
                InterfaceAlias   : Ethernet
                SourceAddress    : 192.168.1.20
                TcpTestSucceeded : True""",
                bench.run("Test-NetConnection -ComputerName 8.8.8.8 -Port 53").text());
        assertEquals(
                "8.8.8.8 : True",
                bench.run("$result = tnc 8.8.8.8 -Port 53; Write-Host \"8.8.8.8 : $($result.TcpTestSucceeded)\"")
                        .text());
        assertEquals(
                "True",
                bench.run("tnc 8.8.8.8 -Port 53 -InformationLevel Quiet").text());
    }

    @Test
    void a_closed_port_is_warned_of_and_an_echo_request_told() {
        comes("SILENCE", "\"REPLY\"");
        Bench.Said said = bench.run("Test-NetConnection 8.8.8.8 -Port 53");
        assertTrue(said.err().contains("WARNING: TCP connect to (8.8.8.8 : 53) failed"), said.err());
        assertTrue(said.out().contains("PingSucceeded          : True"), said.out());
        assertTrue(said.out().contains("PingReplyDetails (RTT) : 0 ms"), said.out());
        assertTrue(said.out().contains("TcpTestSucceeded       : False"), said.out());
        comes("SILENCE", "\"SILENCE\"");
        assertTrue(bench.run("Test-NetConnection 8.8.8.8 -Port 53")
                .err()
                .contains("WARNING: Ping to 8.8.8.8 failed with status: TimedOut"));
    }

    @Test
    void protocol_udp_asks_a_dns_server_and_nobody_else() {
        comes("OPEN", "null");
        Bench.Said said = bench.run("Test-NetConnection -ComputerName 8.8.8.8 -Port 53 -Protocol UDP");
        assertTrue(said.out().contains("UdpTestSucceeded : True"), said.out());
        assertTrue(bench.server.requests().getFirst().contains("\"protocol\":\"UDP\""));
        assertTrue(bench.run("Test-NetConnection 8.8.8.8 -Port 123 -Protocol UDP")
                .err()
                .contains("-Protocol UDP is not supported"));
        assertEquals(1, bench.server.requests().size());
    }

    @Test
    void routes_are_not_traced() {
        assertTrue(bench.run("tnc 8.8.8.8 -TraceRoute").err().contains("-TraceRoute is not supported"));
    }

    @Test
    void echo_requests_are_counted() {
        comes("NOT_TRIED", "\"REPLY\"");
        assertEquals("2", bench.run("(Test-Connection 8.8.8.8 -Count 2).Count").text());
        assertEquals("True", bench.run("Test-Connection 8.8.8.8 -Quiet").text());
        assertTrue(bench.run("ping -n 1 8.8.8.8")
                .out()
                .contains("    Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),"));
        comes("NOT_TRIED", "\"SILENCE\"");
        assertTrue(bench.run("ping 8.8.8.8").out().contains("Lost = 4 (100% loss)"));
        assertTrue(bench.run("Test-Connection 8.8.8.8 -Count 1")
                .err()
                .contains("Testing connection to computer '8.8.8.8' failed"));
        comes("NOT_TRIED", "\"IMPOSSIBLE\"");
        assertTrue(bench.run("ping 8.8.8.8").err().contains("ping is not supported"));
    }

    @Test
    void the_adapters_dns_servers_are_shown_by_family() {
        assertEquals(
                """
                InterfaceAlias ServerAddresses
                -------------- ---------------
                Ethernet       {192.168.1.10, 192.168.1.11}""",
                bench.run(
                                "Get-DnsClientServerAddress | Where-Object {$_.AddressFamily -eq 2} | Select-Object InterfaceAlias,"
                                        + " ServerAddresses")
                        .text());
        assertTrue(bench.run("Get-DnsClientServerAddress").text().startsWith("""
                InterfaceAlias       InterfaceIndex AddressFamily ServerAddresses
                --------------       -------------- ------------- ---------------
                Ethernet             12             IPv4          {192.168.1.10, 192.168.1.11}
                """));
        assertEquals(
                "2 23",
                bench.run("(Get-DnsClientServerAddress).AddressFamily -join ' '")
                        .text());
        assertTrue(bench.run("Get-DnsClientServerAddress WiFi").err().contains("'InterfaceAlias' equal to 'WiFi'"));
    }

    @Test
    void the_adapters_dns_servers_are_a_setting() {
        bench.server.json("PATCH /api/v1/settings", 200, "{\"changed\":{},\"atNextStart\":[]}");
        bench.run("Set-DnsClientServerAddress -InterfaceAlias Ethernet -ServerAddresses 8.8.8.8,1.1.1.1");
        assertEquals(
                "PATCH /api/v1/settings {\"changes\":{\"dns.adapterServers\":[\"8.8.8.8\",\"1.1.1.1\"]}}",
                bench.server.requests().getLast());
        bench.run("Set-DnsClientServerAddress -InterfaceIndex 12 -ResetServerAddresses");
        assertEquals(
                "PATCH /api/v1/settings {\"changes\":{\"dns.adapterServers\":null}}",
                bench.server.requests().getLast());
        assertEquals(1, bench.run("Set-DnsClientServerAddress Ethernet").code());
    }

    @Test
    void ipconfig_lines_up_its_colons() {
        assertEquals("""
                Windows IP Configuration


                Ethernet adapter Ethernet:

                   Connection-specific DNS Suffix  . : company.com
                   IPv4 Address. . . . . . . . . . . : 192.168.1.20
                   Subnet Mask . . . . . . . . . . . : 255.255.255.0
                   Default Gateway . . . . . . . . . : 192.168.1.1""", bench.run("ipconfig").text());
        assertTrue(bench.run("ipconfig /all").out().contains("   DNS Servers . . . . . . . . . . . : 192.168.1.10\n"));
        assertTrue(bench.run("ipconfig /renew").err().contains("'/renew' is not supported"));
    }
}
