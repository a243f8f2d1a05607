package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CounterCmdletsTest {
    private static final String METRICS = """
            # TYPE tarry_messages_accepted_total counter
            tarry_messages_accepted_total 7.0
            tarry_recipients_delivered_total{to="host"} 3.0
            tarry_recipients_delivered_total{to="mailbox"} 2.0
            tarry_send_connections_total{result="greeted"} 4.0
            tarry_send_connections_total{result="silent"} 9.0
            tarry_send_connections_open 1.0
            tarry_send_messages_total 2.0
            tarry_send_bytes_total 5001.0
            """;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
        bench.server.json("GET /api/v1/queues?resultSize=Unlimited", 200, Bench.TWO_QUEUES);
        bench.server.json("GET /lab/v1/clock", 200, """
                {"now":"2026-01-02T15:04:05.000Z","mode":"frozen","rate":1.0,"nextAlarm":null,"advance":null}""");
        bench.server.bytes("GET /metrics", METRICS.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String quiet(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        return said.out();
    }

    private String refused(String script) {
        Bench.Said said = bench.run(script);
        assertEquals(1, said.code());
        return said.err();
    }

    @Test
    void lengths_of_queues_are_those_that_get_queue_shows() {
        assertEquals(
                """

                        Timestamp                 CounterSamples
                        ---------                 --------------
                        1/2/2026 3:04:05 PM       \\\\mail\\msexchangetransport queues(_total)\\retry remote delivery queue length :
                                                  1

                                                  \\\\mail\\msexchangetransport queues(_total)\\submission queue length :
                                                  0


                        """.replaceAll("(?m) +$", ""),
                quiet("Get-Counter '\\MSExchangeTransport Queues(_total)\\Retry Remote Delivery Queue Length',"
                                + " '\\\\MAIL\\MSExchangeTransport Queues(_total)\\submission queue length'")
                        .replaceAll("(?m) +$", "")
                        .replaceFirst("\n{4}$", "\n\n\n"));
        assertFalse(bench.server.requests().stream().anyMatch(request -> request.contains("clock/")));
    }

    @Test
    void figures_of_the_metrics_are_added_up_by_their_labels() {
        String values = "(Get-Counter '\\MSExchangeTransport %s(_total)\\%s').CounterSamples.CookedValue";
        assertEquals("7\n", quiet(values.formatted("Queues", "Messages Submitted Total")));
        assertEquals("5\n", quiet(values.formatted("Queues", "Items Completed Delivery Total")));
        assertEquals("4\n", quiet(values.formatted("SmtpSend", "Connections Total")));
        assertEquals("2500.5\n", quiet(values.formatted("SmtpSend", "Average message bytes/message")));
    }

    @Test
    void what_the_server_does_not_say_is_left_out_and_what_nobody_knows_is_refused() {
        assertEquals(
                "",
                quiet("(Get-Counter '\\MSExchangeTransport SmtpReceive(_total)\\Connections Current')"
                        + ".CounterSamples.Path"));
        String unknown = refused("Get-Counter '\\MSExchangeTransport Queues(_total)\\Aggregate Shadow Queue Length'");
        assertTrue(
                unknown.contains(
                        "The specified counter could not be found: tarry has no figure for 'Aggregate Shadow Queue"
                                + " Length'. Get-Counter -ListSet 'MSExchangeTransport Queues' lists what there is."),
                unknown);
        assertTrue(refused("Get-Counter '\\Processor(_Total)\\% Processor Time'")
                .contains("The specified object was not found on the computer: 'Processor'."));
        assertTrue(refused("Get-Counter '\\MSExchangeTransport Queues(high priority)\\Submission Queue Length'")
                .contains("The specified instance is not present"));
        assertTrue(refused("Get-Counter '\\\\OTHER\\MSExchangeTransport Queues(_total)\\*'")
                .contains("The computer 'OTHER' could not be found. This shell manages MAIL"));
        assertTrue(refused("Get-Counter").contains("The counters of the machine itself are not kept here."));
        assertTrue(refused("Get-Counter nonsense").contains("could not be interpreted"));
    }

    @Test
    void a_rate_is_measured_over_the_lab_clock_s_time_and_several_samples_are_an_interval_apart() {
        bench.server.json("POST /lab/v1/clock/advance", 200, """
                {"result":{"from":"2026-01-02T15:04:05Z","now":"2026-01-02T15:04:07Z","alarms":1,"realMillis":1,"ended":"arrived","met":false,"standing":[]}}
                """);
        quiet(
                "Get-Counter '\\MSExchangeTransport SmtpSend(_total)\\Messages Sent/sec' -SampleInterval 2 -MaxSamples 2");
        quiet(
                "Get-Counter '\\MSExchangeTransport SmtpSend(_total)\\Messages Sent Total' -SampleInterval 5 -MaxSamples 2");
        assertEquals(
                List.of(
                        "POST /lab/v1/clock/advance {\"by\":\"PT2S\"}",
                        "POST /lab/v1/clock/advance {\"by\":\"PT2S\"}",
                        "POST /lab/v1/clock/advance {\"by\":\"PT5S\"}"),
                bench.server.requests().stream()
                        .filter(request -> request.startsWith("POST"))
                        .toList());
    }

    @Test
    void sets_are_listed_with_what_they_hold() {
        String sets = quiet("Get-Counter -ListSet *queues*");
        assertTrue(sets.contains("\nCounterSetName     : MSExchangeTransport Queues\n"), sets);
        assertTrue(sets.contains("Paths              : {\\MSExchangeTransport Queues(*)\\Active Mailbox"), sets);
        assertEquals("3\n", quiet("@(Get-Counter -ListSet *).Count"));
        assertTrue(refused("Get-Counter -ListSet Memory").contains("Cannot find any performance counter sets"));
    }
}
