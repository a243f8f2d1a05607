package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The internal DNS servers.
final class DnsServerCmdletsTest {
    private static final String FORWARDERS = "/lab/v1/forwarders";
    private static final String CONDITIONAL = "/lab/v1/dns/conditional-forwarders";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        forwarders("[]", "[]");
        for (String server : List.of("192.168.1.10", "192.168.1.11")) {
            bench.server.json("PUT " + FORWARDERS + "/" + server, 204, "");
        }
        bench.server.json("GET " + CONDITIONAL, 200, "{\"gmail.com\":[\"8.8.8.8\"]}");
        bench.server.json("PUT " + CONDITIONAL + "/external-company.com", 204, "");
        bench.server.json("DELETE " + CONDITIONAL + "/gmail.com", 204, "");
        bench.server.json(
                "GET /lab/v1/zones",
                200,
                "{\"outside\":[],\"inside\":[{\"domain\":\"company.com\",\"records\":[]}],\"nonexistent\":[],\"catchAll\":null}");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void forwarders(String first, String second) {
        bench.server.json("GET " + FORWARDERS, 200, "{\"192.168.1.10\":" + first + ",\"192.168.1.11\":" + second + "}");
    }

    private List<String> changes() {
        return bench.server.requests().stream()
                .filter(one -> !one.startsWith("GET"))
                .toList();
    }

    @Test
    void a_forwarder_is_added_to_both_servers_behind_the_others() {
        forwarders("[\"1.1.1.1\"]", "[]");
        assertEquals("", bench.run("Add-DnsServerForwarder -IPAddress 8.8.8.8").text());
        assertEquals(
                List.of(
                        "PUT " + FORWARDERS + "/192.168.1.10 {\"forwarders\":[\"1.1.1.1\",\"8.8.8.8\"]}",
                        "PUT " + FORWARDERS + "/192.168.1.11 {\"forwarders\":[\"8.8.8.8\"]}"),
                changes());
    }

    @Test
    void one_server_can_be_meant() {
        bench.run("Set-DnsServerForwarder 8.8.8.8,1.1.1.1 -ComputerName 192.168.1.11");
        assertEquals(
                List.of("PUT " + FORWARDERS + "/192.168.1.11 {\"forwarders\":[\"8.8.8.8\",\"1.1.1.1\"]}"), changes());
        bench.server.json(
                "POST /api/v1/computer/resolve", 200, "{\"Status\":\"NAME_ERROR\",\"Detail\":\"\",\"Records\":[]}");
        assertTrue(bench.run("Add-DnsServerForwarder 8.8.8.8 -ComputerName other")
                .err()
                .contains("The DNS servers that can be managed here are 192.168.1.10 and 192.168.1.11."));
        assertEquals(2, changes().size(), "nothing but the look-up came after it");
    }

    @Test
    void servers_that_are_set_alike_are_shown_once() {
        forwarders("[\"8.8.8.8\",\"1.1.1.1\"]", "[\"8.8.8.8\",\"1.1.1.1\"]");
        assertEquals("""
                UseRootHint        : False
                Timeout(s)         : 3
                EnableReordering   : False
                IPAddress          : {8.8.8.8, 1.1.1.1}
                ReorderedIPAddress : {8.8.8.8, 1.1.1.1}""", bench.run("Get-DnsServerForwarder").text());
        forwarders("[\"8.8.8.8\"]", "[]");
        assertEquals(
                "192.168.1.10 192.168.1.11",
                bench.run("(Get-DnsServerForwarder).PSComputerName -join ' '").text());
    }

    @Test
    void what_is_there_already_or_not_there_is_warned_of() {
        forwarders("[\"8.8.8.8\"]", "[\"8.8.8.8\"]");
        assertTrue(bench.run("Add-DnsServerForwarder 8.8.8.8").err().contains("is already in the list"));
        assertTrue(bench.run("Remove-DnsServerForwarder 9.9.9.9 -Force").err().contains("is not in the list"));
    }

    @Test
    void a_domain_gets_servers_of_its_own() {
        String added = bench.run(
                        "Add-DnsServerConditionalForwarderZone -Name \"external-company.com\" -MasterServers 8.8.8.8"
                                + " -PassThru")
                .text();
        assertTrue(added.contains("external-company.com                Forwarder"), added);
        assertEquals(List.of("PUT " + CONDITIONAL + "/external-company.com {\"forwarders\":[\"8.8.8.8\"]}"), changes());
        assertTrue(bench.run("Add-DnsServerConditionalForwarderZone gmail.com 8.8.8.8")
                .err()
                .contains("already exists"));
        assertEquals(
                "company.com gmail.com",
                bench.run("(Get-DnsServerZone).ZoneName -join ' '").text());
        bench.run("Remove-DnsServerZone gmail.com -Force");
        assertEquals("DELETE " + CONDITIONAL + "/gmail.com", changes().getLast());
        assertFalse(bench.run("Remove-DnsServerConditionalForwarderZone none.com")
                .err()
                .isEmpty());
    }

    @Test
    void what_if_changes_nothing() {
        bench.run("Add-DnsServerForwarder 8.8.8.8 -WhatIf");
        bench.run("Add-DnsServerConditionalForwarderZone external-company.com 8.8.8.8 -WhatIf");
        assertEquals(List.of(), changes());
    }
}
