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
            Status  Name                DisplayName
            ------  ----                -----------
            Running MSExchangeTransport Microsoft Exchange Transport""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("GET " + PATH + "status", 200, service("Running"));
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
        assertEquals(TABLE, bench.run("Get-Service -Name msexch*").text());
        assertEquals(TABLE, bench.run("Get-Service -DisplayName '*Transport'").text());
        assertEquals("", bench.run("Get-Service Spool*").text());
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
        assertTrue(
                bench.run("Stop-Service MSExchangeTransport -PassThru").text().contains("Stopped MSExchangeTransport"));
    }

    @Test
    void another_service_is_an_error_in_powershells_words_and_nothing_is_ordered() {
        Bench.Said said = bench.run("Restart-Service Spooler");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Cannot find any service with service name 'Spooler'."), said.err());
        assertEquals(List.of("GET " + PATH + "status"), bench.server.requests());
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
