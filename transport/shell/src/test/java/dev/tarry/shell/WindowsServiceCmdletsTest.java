package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsServiceCmdletsTest {
    private static final String PATH = "/api/v1/transport-service/";
    private static final String TABLE = """
            Status   Name                DisplayName
            ------   ----                -----------
            Running  MSExchangeTransport Microsoft Exchange Transport""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("GET " + PATH + "status", 200, service("Running"));
        bench.server.json(
                "GET /lab/v1/forwarders",
                404,
                "{\"type\":\"urn:tarry:problem:unknown-path\",\"title\":\"t\",\"status\":404,\"detail\":\"no\"}");
        for (String verb : List.of("pause", "continue", "stop", "start", "restart")) {
            bench.server.json("POST " + PATH + verb, 200, service(verb.equals("stop") ? "Stopped" : "Running"));
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static String service(String status) {
        return "{\"Name\":\"MSExchangeTransport\",\"DisplayName\":\"Microsoft Exchange Transport\",\"Status\":\""
                + status + "\"}";
    }

    @Test
    void the_service_is_shown_as_windows_shows_it() {
        assertEquals(TABLE, bench.run("Get-Service MSExchangeTransport").text());
        assertEquals(TABLE, bench.run("Get-Service -Name msexchanget*").text());
        assertEquals(
                TABLE,
                bench.run("Get-Service -DisplayName 'Microsoft Exchange T*'").text());
        assertEquals("", bench.run("Get-Service Spool*").text());
    }

    @Test
    void the_health_of_services_is_told_by_whether_transport_runs() {
        assertEquals("""
                Role                    : Mailbox Server Role
                RequiredServicesRunning : True
                ServicesRunning         : {MSExchangeTransport, MSExchangeFrontEndTransport}
                ServicesNotRunning      : {}""", bench.run("Test-ServiceHealth | fl").text());
        bench.server.json("GET " + PATH + "status", 200, service("Stopped"));
        assertEquals(
                "False: MSExchangeTransport, MSExchangeFrontEndTransport",
                bench.run(
                                "$h = Test-ServiceHealth; \"$($h.RequiredServicesRunning): $($h.ServicesNotRunning -join ', ')\"")
                        .text());
    }

    @Test
    void all_services_are_listed_by_name_and_the_internal_dns_servers_only_where_there_is_a_lab() {
        String names = "(Get-Service).Name -join ','";
        assertEquals(
                "Dnscache,MSExchangeFrontEndTransport,MSExchangeTransport",
                bench.run(names).text());
        lab("[]");
        assertEquals(
                "DNS,Dnscache,MSExchangeFrontEndTransport,MSExchangeTransport",
                bench.run(names).text());
        assertEquals("Dnscache", bench.run("(Get-Service D* -Exclude DNS).Name").text());
    }

    private void lab(String faults) {
        bench.server.json("GET /lab/v1/forwarders", 200, "{\"192.168.1.10\":[\"8.8.8.8\"]}");
        bench.server.json("GET /lab/v1/faults", 200, "{\"items\":" + faults + "}");
    }

    @Test
    void the_dns_client_is_restarted_by_emptying_its_cache_and_never_stopped() {
        bench.server.json("DELETE /api/v1/computer/dns-cache", 200, "{\"forgotten\":3}");
        assertEquals("", bench.run("Restart-Service Dnscache").text());
        assertEquals(List.of("DELETE /api/v1/computer/dns-cache"), bench.server.requests());
        assertEquals(
                "Dnscache Running",
                bench.run("Get-Service Dnscache | % { \"$($_.Name) $($_.Status)\" }")
                        .text());
        Bench.Said said = bench.run("Stop-Service Dnscache");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Service 'DNS Client (Dnscache)' cannot be stopped"), said.err());
        assertTrue(bench.run("Suspend-Service Dnscache").err().contains("does not support being suspended"));
    }

    @Test
    void the_dns_service_of_the_internal_servers_is_stopped_by_faults_and_started_by_removing_them() {
        lab("[]");
        bench.server.json("POST /lab/v1/faults", 201, "{\"id\":7}");
        assertEquals("", bench.run("Stop-Service DNS").text());
        assertEquals(
                "POST /lab/v1/faults {\"line\":\"connect refuse address=192.168.1.10 port=53\"}",
                bench.server.requests().getLast());
        lab("[{\"id\":7,\"line\":\"connect refuse address=192.168.1.10 port=53\"},"
                + "{\"id\":8,\"line\":\"connect refuse address=8.8.8.8 port=53\"}]");
        assertEquals("Stopped", bench.run("(Get-Service DNS).Status").text());
        bench.server.json("DELETE /lab/v1/faults/7", 204, "");
        assertEquals("", bench.run("Start-Service DNS").text());
        assertTrue(bench.server.requests().contains("DELETE /lab/v1/faults/7"));
        assertTrue(bench.server.requests().stream().noneMatch("DELETE /lab/v1/faults/8"::equals));
    }

    @Test
    void the_front_end_is_the_same_process() {
        assertEquals(
                "",
                bench.run("Restart-Service 'Microsoft Exchange Frontend*' -ErrorAction SilentlyContinue")
                        .text());
        assertEquals(
                "", bench.run("Restart-Service MSExchangeFrontEndTransport").text());
        assertEquals(
                "POST " + PATH + "restart", bench.server.requests().getLast().strip());
    }

    @ParameterizedTest
    @CsvSource({
        "Restart-Service MSExchangeTransport, restart",
        "Stop-Service -Name MSExchangeTransport -Force, stop",
        "Start-Service msexchangetransport, start",
        "Suspend-Service MSExchangeTransport, pause",
        "Get-Service MSExchangeTransport | Resume-Service, continue"
    })
    void orders_are_given_and_nothing_is_printed(String order, String verb) {
        assertEquals("", bench.run(order).text());
        assertEquals("POST " + PATH + verb, bench.server.requests().getLast().strip());
    }

    @Test
    void the_service_then_is_printed_where_that_is_asked_for() {
        assertTrue(bench.run("Stop-Service MSExchangeTransport -PassThru")
                .text()
                .contains("Stopped  MSExchangeTransport"));
    }

    @Test
    void another_service_is_an_error_in_powershells_words_and_nothing_is_ordered() {
        Bench.Said said = bench.run("Restart-Service Spooler");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Cannot find any service with service name 'Spooler'."), said.err());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void what_is_stopped_cannot_be_suspended() {
        bench.server.json(
                "POST " + PATH + "pause",
                409,
                "{\"type\":\"urn:tarry:problem:conflict\",\"title\":\"t\",\"status\":409,\"detail\":\"It is stopped.\"}");
        Bench.Said said = bench.run("Suspend-Service MSExchangeTransport");
        assertEquals(1, said.code());
        assertTrue(
                said.err()
                        .contains("Service 'Microsoft Exchange Transport (MSExchangeTransport)' cannot be suspended"
                                + " because it is not currently running."),
                said.err());
    }

    @Test
    void what_if_orders_nothing() {
        bench.run("Stop-Service MSExchangeTransport -WhatIf");
        assertEquals(List.of("GET " + PATH + "status"), bench.server.requests());
    }
}
