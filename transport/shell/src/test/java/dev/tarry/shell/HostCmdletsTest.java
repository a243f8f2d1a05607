package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HostCmdletsTest {
    private static final String ALL = "/api/v1/hosts/unhealthy";
    private static final String TWO = """
            {"items":[
            {"host":"a.example","address":"192.0.2.1","port":25,"failures":2,"since":"2026-11-22T10:00:05Z",
             "last":"2026-11-22T10:01:05Z","until":"2026-11-22T10:02:05Z","error":"421 4.2.1 \\u001b[2Jno"},
            {"host":"b.example","address":"192.0.2.2","port":2525,"failures":1,"since":"2026-11-22T10:01:05Z",
             "last":"2026-11-22T10:01:05Z","until":"2026-11-22T10:02:05Z","error":"451 4.4.0 silent"}],"more":false}""";

    @Test
    void unhealthy_hosts_are_a_table_and_what_a_host_said_reaches_no_terminal_unescaped() throws Exception {
        try (Bench bench = new Bench()) {
            bench.server.json("GET " + ALL, 200, TWO);
            Bench.Said said = bench.run("Get-UnhealthyHost");
            assertEquals(0, said.code(), said.err());
            assertEquals(
                    List.of("HostName", "Address", "Port", "Failures", "RetryTime", "LastError"),
                    List.of(said.text().lines().findFirst().orElseThrow().split(" +")));
            assertTrue(
                    said.text().contains("b.example 192.0.2.2 2525 1        11/22/2026 10:02:05 AM 451 4.4.0 silent"),
                    said.text());
            assertEquals(-1, said.out().indexOf('\u001b'), said.out());
        }
    }

    @Test
    void one_is_looked_up_by_name_and_listed_with_its_times() throws Exception {
        try (Bench bench = new Bench()) {
            bench.server.json("GET " + ALL + "?host=b.example", 200, TWO);
            Bench.Said said = bench.run("Get-UnhealthyHost b.example | Format-List FirstFailureTime,LastFailureTime");
            assertEquals(0, said.code(), said.err());
            assertTrue(said.text().startsWith("FirstFailureTime : 11/22/2026 10:00:05 AM"), said.text());
        }
    }

    @Test
    void those_that_are_piped_are_forgotten_one_by_one_and_no_others() throws Exception {
        try (Bench bench = new Bench()) {
            bench.server.json("GET " + ALL, 200, TWO);
            bench.server.json("DELETE " + ALL + "/192.0.2.2", 200, "{\"forgotten\":1}");
            Bench.Said said = bench.run("Get-UnhealthyHost | where Port -ne 25 | Clear-UnhealthyHost");
            assertEquals(0, said.code(), said.err());
            assertEquals(List.of("GET " + ALL, "DELETE " + ALL + "/192.0.2.2"), bench.server.requests());
        }
    }

    @Test
    void without_a_name_all_are_forgotten_but_not_with_an_empty_one() throws Exception {
        try (Bench bench = new Bench()) {
            bench.server.json("DELETE " + ALL, 200, "{\"forgotten\":2}");
            assertEquals(0, bench.run("Clear-UnhealthyHost").code());
            assertEquals(List.of("DELETE " + ALL), bench.server.requests());
            for (String empty : List.of("''", "$null", "$nobody")) {
                assertEquals(1, bench.run("Clear-UnhealthyHost " + empty).code(), empty);
            }
            Bench.Said what = bench.run("Clear-UnhealthyHost -WhatIf");
            assertTrue(what.text().startsWith("What if:"), what.text());
            assertEquals(List.of("DELETE " + ALL), bench.server.requests());
        }
    }

    @Test
    void one_that_nothing_is_known_of_is_an_error() throws Exception {
        try (Bench bench = new Bench()) {
            Bench.Said said = bench.run("Clear-UnhealthyHost c.example");
            assertEquals(1, said.code());
            assertTrue(said.err().startsWith("Clear-UnhealthyHost"), said.err());
        }
    }
}
