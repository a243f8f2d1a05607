package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PrintingTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void get_queue_prints_exchanges_default_table() {
        assertEquals("""

                Identity          DeliveryType         Status MessageCount Velocity RiskLevel OutboundIPPool NextHopDomain
                --------          ------------         ------ ------------ -------- --------- -------------- -------------
                MAIL\\4            DnsConnectorDelivery Retry  1            0        Normal    0              external-company.com
                MAIL\\Submission   Undefined            Ready  0            0        Normal    0              Submission

                """, bench.run("Get-Queue").shown());
    }

    @Test
    void format_list_prints_every_property_in_the_servers_order() {
        String list =
                bench.run("Get-Queue | Where Status -eq Retry | Format-List").shown();
        assertTrue(list.startsWith("\nDeliveryType                     : DnsConnectorDelivery\n"), list);
        assertTrue(list.contains("\nTlsDomain                        :\n"), list);
        assertTrue(list.contains("\nLastError                        : [{LED=451 4.4.0 DNS query failed."), list);
        assertTrue(list.contains("\n                                   ErrorRetry};{MSG=};{FQDN="), list);
        assertTrue(list.contains("\nNextRetryTime                    : 1/2/2026 3:04:05 AM\n"), list);
        assertTrue(list.contains("\nDeferredMessageCountsPerPriority : {0, 1, 0, 0}\n"), list);
        assertTrue(list.endsWith("\nObjectState                      : New\n\n"), list);
    }

    @Test
    void moments_print_in_local_time_and_go_into_json_in_utc() throws IOException {
        try (Bench berlin = new Bench("Europe/Berlin").withTwoQueues()) {
            String script = "Get-Queue | Where Status -eq Retry | Select-Object Identity, NextRetryTime";
            assertTrue(berlin.run(script).shown().contains("MAIL\\4   1/2/2026 4:04:05 AM\n"));
            assertEquals("""
                    {
                      "Identity": "MAIL\\\\4",
                      "NextRetryTime": "2026-01-02T03:04:05.000Z"
                    }
                    """, berlin.run(script + " | ConvertTo-Json").shown());
        }
    }

    @Test
    void up_to_four_selected_properties_are_a_table_and_more_a_list() {
        assertEquals(
                """

                Identity        MessageCount Nope
                --------        ------------ ----
                MAIL\\4                     1
                MAIL\\Submission            0

                """,
                bench.run("Get-Queue | Select Identity, MessageCount, Nope").shown());
        assertEquals(
                """

                Identity      : MAIL\\4
                Status        : Retry
                MessageCount  : 1
                RetryCount    : 3
                NextHopDomain : external-company.com

                Identity      : MAIL\\Submission
                Status        : Ready
                MessageCount  : 0
                RetryCount    : 0
                NextHopDomain : Submission

                """,
                bench.run("Get-Queue | Select Identity, Status, MessageCount, RetryCount, NextHopDomain")
                        .shown());
    }

    @Test
    void values_too_wide_for_the_line_are_cut_with_dots() {
        String out = bench.run("Get-Queue | Select Identity, Status, LastError").shown();
        String row = out.lines()
                .filter(line -> line.startsWith("MAIL\\4"))
                .findFirst()
                .orElseThrow();
        assertEquals(120, row.length());
        assertTrue(row.endsWith("..."), row);
        assertTrue(out.lines().allMatch(line -> line.length() <= 120), out);
    }

    @Test
    void json_of_one_object_is_an_object_and_of_several_an_array() {
        assertEquals(
                "[{\"Identity\":\"MAIL\\\\4\"},{\"Identity\":\"MAIL\\\\Submission\"}]\n",
                bench.run("Get-Queue | Select Identity | ConvertTo-Json -Compress")
                        .shown());
        assertEquals(
                "[{\"Identity\":\"MAIL\\\\4\"}]\n",
                bench.run("Get-Queue | Select Identity -First 1 | ConvertTo-Json -Compress -AsArray")
                        .shown());
        assertEquals(
                "",
                bench.run("Get-Queue | Where Status -eq None | ConvertTo-Json").shown());
        assertEquals(
                "{\"a\":[1,2.5,true,null],\"b\":{\"c\":\"x\"}}\n",
                bench.run("@{a=1,2.5,$true,$null; b=@{c='x'}} | ConvertTo-Json -Compress")
                        .shown());
    }

    @Test
    void json_deeper_than_asked_is_text_and_says_so() {
        Bench.Said said = bench.run("@{a=@{b=@{c=1}}} | ConvertTo-Json -Depth 1 -Compress");
        assertEquals("{\"a\":{\"b\":\"System.Collections.Hashtable\"}}\n", said.shown());
        assertTrue(said.err().startsWith("WARNING: Resulting JSON is truncated"), said.err());
    }

    @Test
    void null_properties_are_null_in_json_and_blank_in_lists() {
        String json = bench.run(
                        "Get-Queue | Where Status -eq Ready | Select NextRetryTime, IsValid, Velocity | ConvertTo-Json -Compress")
                .shown();
        assertEquals("{\"NextRetryTime\":null,\"IsValid\":true,\"Velocity\":0.0}\n", json);
    }

    @Test
    void format_table_takes_calculated_columns_and_may_go_without_headings() {
        assertEquals(
                """

                Id     Twice
                --     -----
                MAIL\\4     6

                """,
                bench.run(
                                "Get-Queue | Where Status -eq Retry | ft @{n='Id';e='Identity'}, @{Name='Twice';Expression={$_.RetryCount * 2}}")
                        .shown());
        assertEquals(
                "\nRetry\nReady\n\n",
                bench.run("Get-Queue | ft Status -HideTableHeaders").shown());
    }

    @Test
    void select_object_takes_patterns_exclusions_and_single_values() {
        assertEquals(
                "MAIL\\4\nMAIL\\Submission\n",
                bench.run("Get-Queue | Select -ExpandProperty Identity").shown());
        assertEquals(
                "{\"RetryCount\":3,\"MessageCount\":1}\n",
                bench.run(
                                "Get-Queue | Select RetryCount, Message*, -First 1 -ExcludeProperty *Priority | ConvertTo-Json -Compress"
                                        .replace("Message*,", "Message*"))
                        .shown());
    }

    @Test
    void spans_dates_groups_and_measures_print_as_in_power_shell() {
        assertTrue(bench.run("New-TimeSpan -Hours 48")
                .shown()
                .startsWith("\nDays              : 2\nHours             : 0\n"));
        assertEquals(
                "\nFriday, January 2, 2026 3:04:05 AM\n\n",
                bench.run("Get-Date '1/2/2026 3:04:05'").shown());
        assertEquals(
                "01/02/2026 00:00:00\n", bench.run("\"$(Get-Date '1/2/2026')\"").shown());
        assertTrue(bench.run("Get-Queue | Group-Object Status")
                .shown()
                .contains("    1 Retry                     {MAIL\\4}\n"));
        assertTrue(bench.run("Get-Queue | Measure-Object").shown().startsWith("\nCount    : 2\nAverage  :\n"));
    }

    @Test
    void messages_and_tracking_events_have_their_own_tables() {
        bench.server.json("GET /api/v1/messages", 200, """
                {"items":[{"Identity":"MAIL\\\\4\\\\17","Subject":"Hello","FromAddress":"a@company.com","Status":"Retry","Size":3539,
                "Queue":"MAIL\\\\4","DateReceived":"2026-01-02T03:00:00.000Z","MessageLatency":"00:00:01.25","Recipients":["u@x.com"]}]}""");
        bench.server.json("GET /api/v1/tracking", 200, """
                {"items":[{"Timestamp":"2026-01-02T03:00:00.000Z","EventId":"SEND","Source":"SMTP","Sender":"a@company.com",
                "Recipients":["u@gmail.com","v@gmail.com"],"MessageSubject":"Hello","NextHopDomain":"gmail.com"}]}""");
        assertEquals("""

                Identity  FromAddress   Status Queue  Subject
                --------  -----------   ------ -----  -------
                MAIL\\4\\17 a@company.com Retry  MAIL\\4 Hello

                """, bench.run("Get-Message").shown());
        assertEquals("""

                EventId Source Sender        Recipients                 MessageSubject
                ------- ------ ------        ----------                 --------------
                SEND    SMTP   a@company.com {u@gmail.com, v@gmail.com} Hello

                """, bench.run("Get-MessageTrackingLog").shown());
        assertEquals(
                "17\n",
                bench.run("Get-Message | Where Size -gt 3KB | % { $_.Identity.Split('\\')[2] }")
                        .shown());
        assertEquals("", bench.run("Get-Message | Where {$_.Size -gt 1MB}").shown());
        assertEquals(
                "3.456 KB (3,539 bytes)\n",
                bench.run("(Get-Message).Size.ToString()").shown());
        assertEquals(
                "gmail.com\n",
                bench.run("Get-MessageTrackingLog | % NextHopDomain").shown());
    }

    @Test
    void tracking_events_come_by_time_and_a_cut_is_told() {
        String items = "{\"items\":[{\"EventId\":\"SEND\"},{\"EventId\":\"RECEIVE\"}],\"more\":";
        bench.server.json("GET /api/v1/tracking?resultSize=2", 200, items + "true}");
        Bench.Said said = bench.run("Get-MessageTrackingLog -ResultSize 2 -DomainController dc1 | % EventId");
        assertEquals("RECEIVE\nSEND\n", said.shown());
        assertTrue(
                said.err().startsWith("WARNING: There are more events than are returned; these are the newest."),
                said.err());
        bench.server.json("GET /api/v1/tracking?resultSize=2", 200, items + "false}");
        assertEquals("", bench.run("Get-MessageTrackingLog -ResultSize 2").err());
    }

    @Test
    void whoever_has_enough_tracking_events_asks_for_no_more() {
        String event = "{\"Timestamp\":\"2026-01-02T03:00:00.000Z\",\"EventId\":\"SEND\"}";
        String thousand = "{\"items\":[" + String.join(",", Collections.nCopies(1000, event)) + "],\"more\":true}";
        String newest = "{\"items\":[" + event.replace("03:00", "05:00") + "," + event + "],\"more\":true}";
        bench.server.json("GET /api/v1/tracking?resultSize=1000", 200, newest);
        bench.server.json("GET /api/v1/tracking?resultSize=1000&bookmarkIndex=1&oldestFirst=true", 200, thousand);
        Bench.Said said =
                bench.run("Get-MessageTrackingLog -ResultSize Unlimited | Select-Object -First 3 | % EventId");
        assertEquals("SEND\nSEND\nSEND\n", said.shown());
        assertEquals(2, bench.server.requests().size());
        Bench.Said tooMany = bench.run("Get-MessageTrackingLog -ResultSize 100001");
        assertTrue(
                tooMany.err().startsWith("Get-MessageTrackingLog : The value of -ResultSize is 1 to 100000"),
                tooMany.err());
        assertEquals(2, bench.server.requests().size());
    }

    @Test
    void a_search_that_ends_before_it_starts_is_an_error_and_is_not_asked() {
        Bench.Said said = bench.run("Get-MessageTrackingLog -Start '1/3/2026' -End '1/2/2026 3:04 AM'");
        assertTrue(said.err().startsWith("Get-MessageTrackingLog : The value of -Start, "), said.err());
        assertTrue(said.err().contains("FullyQualifiedErrorId : StartAfterEnd,Get-MessageTrackingLog"), said.err());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void a_message_is_fetched_when_its_content_is_named() {
        bench.server.json("GET /api/v1/mailboxes/a%40company.com/messages", 200, """
                {"items":[{"Id":1,"Received":"2026-01-02T03:04:05Z","From":"postmaster","Subject":"Undeliverable: x","MessageId":"<1@y>","SizeBytes":12}]}""");
        bench.server.bytes(
                "GET /api/v1/mailboxes/a%40company.com/messages/1/content",
                "Subject: x\r\n\r\nDelivery has failed\r\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(bench.run("Get-MailboxMessage a@company.com").shown().contains("Undeliverable: x"));
        assertTrue(bench.run("Get-MailboxMessage a@company.com | ConvertTo-Json")
                .shown()
                .contains("\"SizeBytes\": 12"));
        assertEquals(2, bench.server.requests().size(), "a listing fetches no content");
        assertEquals(
                "Subject: x\n\nDelivery has failed\n\n",
                bench.run("(Get-MailboxMessage a@company.com).Content").shown());
        assertEquals(
                "Subject: x\n\nDelivery has failed\n\n",
                bench.run("Get-MailboxMessage a@company.com -Raw").shown());
        assertEquals(
                "{\"Content\":\"Subject: x\\r\\n\\r\\nDelivery has failed\\r\\n\"}\n",
                bench.run("Get-MailboxMessage a@company.com | Select Content | ConvertTo-Json -Compress")
                        .shown());
        assertTrue(bench.run("Get-MailboxMessage a@company.com -IncludeContent | fl")
                .shown()
                .contains("Content   : Subject: x\n\n            Delivery has failed\n"));
    }

    @Test
    void firewall_rules_are_made_shown_and_removed() {
        String rule = """
                {"Name":"{1}","DisplayName":"Block DNS","Direction":"Outbound","Protocol":"UDP","LocalPort":"Any",\
                "RemotePort":"53",\
                "RemoteAddress":"Any","Action":"Block","Enabled":true,"Profile":"Any"}""";
        bench.server.json("POST /lab/v1/firewall", 201, rule);
        bench.server.json("GET /lab/v1/firewall", 200, "{\"items\":[" + rule + "]}");
        bench.server.json("DELETE /lab/v1/firewall/%7B1%7D", 204, "");
        String made = bench.run(
                        "New-NetFirewallRule -DisplayName \"Block DNS\" `\n-Direction outbound -Protocol UDP -RemotePort 53 `\n-Action Block -Profile Any -Enabled True")
                .shown();
        assertTrue(made.startsWith("\nName                  : {1}\nDisplayName           : Block DNS\n"), made);
        assertEquals(
                "POST /lab/v1/firewall {\"DisplayName\":\"Block DNS\",\"Direction\":\"Outbound\",\"Protocol\":\"UDP\","
                        + "\"LocalPort\":\"Any\",\"RemotePort\":\"53\",\"RemoteAddress\":\"Any\",\"Action\":\"Block\",\"Enabled\":true,\"Profile\":\"Any\"}",
                bench.server.requests().getFirst());
        assertEquals(
                "1\n",
                bench.run("@(Get-NetFirewallRule | Where-Object {$_.DisplayName -like \"*DNS*\"}).Count")
                        .shown());
        assertEquals(
                "1\n",
                bench.run("@(Get-NetFirewallRule -DisplayName block*).Count").shown());
        assertEquals(
                "0\n",
                bench.run("@(Get-NetFirewallRule | Where Enabled -eq False).Count")
                        .shown());
        Bench.Said missing = bench.run("Remove-NetFirewallRule -DisplayName Nope");
        assertTrue(missing.err()
                .contains("No MSFT_NetFirewallRule objects found with property 'DisplayName' equal to 'Nope'."));
        assertFalse(bench.server.requests().contains("DELETE /lab/v1/firewall/%7B1%7D"));
        bench.run("Get-NetFirewallRule | Remove-NetFirewallRule");
        assertEquals("DELETE /lab/v1/firewall/%7B1%7D", bench.server.requests().getLast());
        assertEquals(
                0, bench.run("Remove-NetFirewallRule -DisplayName 'Block DNS'").code());
    }

    @Test
    void out_string_gives_the_text_that_the_screen_would_show_and_out_null_nothing() {
        assertEquals("", bench.run("Get-Queue | Out-Null").shown());
        assertEquals(
                "True\n",
                bench.run("(Get-Queue | Out-String) -like '*MAIL\\Submission*'").shown());
        assertEquals("a 1 MAIL\n", bench.run("Write-Host a 1 $env:COMPUTERNAME").shown());
    }

    @Test
    void a_step_of_the_clock_shows_one_line_of_progress_to_who_looks_and_takes_it_away_again() {
        bench.server.json("POST /lab/v1/clock/advance", 200, """
                {"progress":{"now":"2026-01-02T15:04:05Z","from":"2026-01-02T03:04:05Z","target":"2026-01-04T03:04:05Z","alarms":1000,"realMillis":500}}
                {"result":{"from":"2026-01-02T03:04:05Z","now":"2026-01-04T03:04:05Z","alarms":2222,"realMillis":1200,"ended":"arrived","met":false,"standing":[]}}
                """);
        String script = "(Step-LabClock 2.00:00:00).Alarms";
        Bench.Said watched = bench.run(script, true);
        String line = "2026-01-02 15:04:05 of 2026-01-04 03:04:05 (25 %), 1000 alarms, 2000 a second";
        assertEquals("\r" + line + "\r" + " ".repeat(line.length()) + "\r", watched.err());
        assertEquals("2222\n", watched.shown());
        assertEquals("", bench.run(script).err());
    }
}
