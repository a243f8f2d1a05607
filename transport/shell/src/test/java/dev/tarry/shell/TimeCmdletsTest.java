package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Dates, spans, sleep and chance.
final class TimeCmdletsTest {
    private static final String STEPPED = """
            {"result":{"from":"2026-01-02T03:04:05Z","now":"2026-01-02T03:05:05Z","alarms":1,"realMillis":1,"ended":"arrived","met":false,"standing":[]}}
            """;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
        bench.server.json(
                "GET /lab/v1/clock", 200, "{\"now\":\"2026-01-02T03:04:05.678Z\",\"mode\":\"frozen\",\"rate\":0.0}");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String line(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        return said.out().strip();
    }

    @Test
    void now_is_the_servers_now_and_may_be_changed_part_by_part() {
        assertEquals("Friday, January 2, 2026 3:04:05 AM", line("Get-Date"));
        assertEquals("2026-12-31 23:04", line("Get-Date -Month 12 -Day 31 -Hour 23 -Format 'yyyy-MM-dd HH:mm'"));
        assertEquals("2026-01-02T03:04:05", line("Get-Date -Format s"));
        assertEquals("20260102", line("Get-Date -Format FileDate"));
        assertEquals("20260102T0304056780", line("Get-Date -Format FileDateTime"));
        assertEquals("2024-02-29", line("Get-Date '2/29/2024' -UFormat %Y-%m-%d"));
        assertEquals("Fri 02 Jan 2026 03:04:05 / 1767323045", line("Get-Date -UFormat '%c / %s'"));
        assertTrue(bench.run("Get-Date -Month 13").err().contains("There is no such date"));
        assertTrue(bench.run("Get-Date -UFormat %q").err().contains("'%q' is not one that this shell knows"));
    }

    @Test
    void spans_are_made_of_parts_or_of_two_dates() {
        assertEquals(
                "1.02:03:04.0050000",
                line("\"$(New-TimeSpan -Days 1 -Hours 2 -Minutes 3 -Seconds 4 -Milliseconds 5)\""));
        assertEquals("1", line("(New-TimeSpan '1/1/2026' '1/2/2026').TotalDays"));
        assertEquals("27", line("(New-TimeSpan -Start '1/1/2026').TotalHours").substring(0, 2));
        assertTrue(bench.run("New-TimeSpan -Start '1/1/2026' -Hours 2").err().contains("Only one of -Start, -Hours"));
    }

    @Test
    void sleeping_steps_the_labs_clock_and_takes_no_time() {
        bench.server.json("POST /lab/v1/clock/advance", 200, STEPPED);
        assertEquals("", line("Start-Sleep -Seconds 60; Start-Sleep 1.5; sleep -Milliseconds 250; Start-Sleep 0"));
        assertEquals(
                List.of(
                        "POST /lab/v1/clock/advance {\"by\":\"PT1M\"}",
                        "POST /lab/v1/clock/advance {\"by\":\"PT1.5S\"}",
                        "POST /lab/v1/clock/advance {\"by\":\"PT0.25S\"}"),
                bench.server.requests());
        assertTrue(bench.run("Start-Sleep -Seconds -1")
                .err()
                .contains("Cannot validate argument on parameter 'Seconds'."));
        assertTrue(bench.run("Start-Sleep").err().contains("missing mandatory parameters: Seconds"));
        assertEquals(3, bench.server.requests().size());
    }

    @Test
    void sleeping_without_a_lab_clock_waits() {
        assertEquals("", line("Start-Sleep -Milliseconds 5"));
        assertEquals(1, bench.server.requests().size());
    }

    @Test
    void a_clock_that_will_not_be_stepped_is_an_error() {
        bench.server.json(
                "POST /lab/v1/clock/advance", 409, "{\"title\":\"Conflict\",\"status\":409,\"detail\":\"Busy.\"}");
        Bench.Said said = bench.run("Start-Sleep 5");
        assertTrue(said.err().contains("Busy."), said.err());
        assertEquals(1, said.code());
    }

    @Test
    void a_command_takes_as_long_as_the_servers_clock_says() {
        assertEquals("0", line("(Measure-Command { 1..3 }).TotalSeconds"));
        assertEquals("True", line("(Get-TimeZone).Id -eq 'UTC'"));
    }

    @Test
    void chance_has_bounds_and_can_be_repeated() {
        assertEquals(line("Get-Random -SetSeed 5 -Maximum 1000"), line("Get-Random -SetSeed 5 -Maximum 1000"));
        assertEquals("3", line("Get-Random -Minimum 3 -Maximum 4"));
        assertEquals("1 2 3", line("1..3 | Get-Random -Count 9 | sort").replace("\n", " "));
        assertEquals("1", line("@(1..9 | Get-Random).Count"));
        assertTrue(bench.run("Get-Random -Minimum 4 -Maximum 4").err().contains("MinGreaterThanOrEqualMax"));
        String two = line("(New-Guid).Guid; (New-Guid).Guid");
        assertTrue(two.matches("(?s)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n.*"), two);
        assertNotEquals(two.split("\n")[0], two.split("\n")[1]);
    }
}
