package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Waiting, and the lab's zones, hosts, sessions and journal.
final class OwnCmdletsTest {
    private static final String HELD = """
            {"held":true,"condition":"queue messageCount=0","standing":["queue messageCount=0: 0 queue(s)"],
             "when":"2026-01-02T03:04:05.000Z","waited":"PT1M","realMillis":5,"alarms":2}""";
    private static final String ZONES = """
            {"outside":[{"domain":"fabrikam.com","records":[{"name":"@","type":"MX","ttl":3600,"data":"10 mail.fabrikam.com"}]}],
             "inside":[{"domain":"company.com","records":[]}],"nonexistent":["invalid"],
             "catchAll":{"host":"mx.everyone-else.net","address":"203.0.113.254"}}""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("POST /api/v1/wait", 200, HELD);
        bench.server.json("GET /lab/v1/zones", 200, ZONES);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String last() {
        return bench.server.requests().getLast();
    }

    @Test
    void queues_are_waited_for() {
        assertEquals(
                "00:01:00 2",
                bench.run("Wait-Queue -Empty | % { \"$($_.Waited) $($_.Alarms)\" }")
                        .text());
        assertTrue(last().contains("\"condition\":{\"queue\":{\"messageCount\":\"0\"}}"), last());
        bench.run("Wait-Queue gmail.com -Status retry -Timeout 01:00:00 -RealTimeout 00:00:30 -Settled");
        assertTrue(
                last().contains("\"condition\":{\"queue\":{\"nextHopDomain\":\"gmail.com\",\"status\":\"Retry\"}}"),
                last());
        assertTrue(last().contains("\"timeout\":\"PT1H\",\"realTimeout\":\"PT30S\",\"settle\":true"), last());
        bench.run("Wait-Queue 'MAIL\\4' -MessageCount '>=2'");
        assertTrue(last().contains("\"identity\":\"MAIL\\\\4\",\"messageCount\":\">=2\""), last());
        assertTrue(bench.run("Wait-Queue").err().contains("Nothing to wait for is given"));
    }

    @Test
    void mail_is_waited_for_here_and_outside() {
        bench.run("Wait-Mail '*@gmail.com' -Count 3");
        assertTrue(last().contains("{\"mail\":{\"recipient\":\"*@gmail.com\",\"count\":\"3\"}}"), last());
        bench.run("Wait-Mail -Mailbox admin@company.com -Subject 'Undeliverable*'");
        assertTrue(
                last().contains("{\"mailbox\":{\"address\":\"admin@company.com\",\"subject\":\"Undeliverable*\"}}"),
                last());
        assertTrue(bench.run("Wait-Mail x@y.com -Subject s").err().contains("-Subject goes with -Mailbox"));
    }

    @Test
    void a_wait_that_is_too_long_fails_clearly() {
        bench.server.json("POST /api/v1/wait", 504, """
                {"type":"urn:tarry:problem:wait-timed-out","title":"t","status":504,"detail":"It did not hold within PT1M.",
                 "held":false,"condition":"queue messageCount=0","standing":["x"],"when":"2026-01-02T03:04:05.000Z",
                 "waited":"PT1M","realMillis":5,"alarms":2}""");
        Bench.Said said = bench.run("Wait-Queue -Empty");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Wait-Queue : It did not hold within PT1M."), said.err());
        assertTrue(said.err().contains("OperationTimeout"), said.err());
    }

    @Test
    void zones_are_shown_and_made() {
        assertEquals(
                "@ MX 3600 10 mail.fabrikam.com",
                bench.run("(Get-LabZone fabrikam.com).Records").text());
        assertEquals("Inside", bench.run("(Get-LabZone comp*).View").text());
        bench.server.json("PUT /lab/v1/zones/demo.test?view=outside", 204, "");
        bench.server.json("GET /lab/v1/zones/demo.test?view=outside", 200, "{\"domain\":\"demo.test\",\"records\":[]}");
        bench.run(
                "New-LabZone demo.test '@ MX 10 mail.demo.test', '@ MX 60 20 b.demo.test', 'mail.demo.test A 60 203.0.113.9',"
                        + " '@ TXT \"a b\"'");
        String put = bench.server.requests().stream()
                .filter(one -> one.startsWith("PUT"))
                .findFirst()
                .orElseThrow();
        assertTrue(put.contains("{\"name\":\"@\",\"type\":\"MX\",\"data\":\"10 mail.demo.test\"}"), put);
        assertTrue(put.contains("{\"name\":\"@\",\"type\":\"MX\",\"ttl\":60,\"data\":\"20 b.demo.test\"}"), put);
        assertTrue(put.contains("\"type\":\"A\",\"ttl\":60,\"data\":\"203.0.113.9\""), put);
        assertTrue(put.contains("\"data\":\"\\\"a b\\\"\""), put);
        assertTrue(bench.run("New-LabZone fabrikam.com").err().contains("already"));
        assertTrue(bench.run("Set-LabZone none.test '@ A 1.2.3.4'").err().contains("have no zone 'none.test'"));
    }

    @Test
    void the_rest_of_the_world_is_changed_and_the_zones_are_kept() {
        bench.server.json("PUT /lab/v1/zones", 204, "");
        bench.run("Set-LabWorld -NonexistentDomains invalid,gone.com -NoCatchAll");
        assertTrue(last().contains("\"nonexistent\":[\"invalid\",\"gone.com\"],\"catchAll\":null"), last());
        assertTrue(last().contains("fabrikam.com"), last());
    }

    @Test
    void a_host_keeps_what_is_not_named() {
        bench.server.json("GET /lab/v1/hosts?name=mx.test", 200, """
                {"items":[{"name":"mx.test","banner":"old","requireTls":true,"given":true,"listens":null,"listening":{}}]}""");
        bench.server.json("PUT /lab/v1/hosts/mx.test", 200, "{\"name\":\"mx.test\",\"banner\":\"new\"}");
        assertEquals(
                "new",
                bench.run("(Set-LabHost mx.test -Banner new -Users @{bob = 'pw'}).Banner")
                        .text());
        assertTrue(last().contains("\"banner\":\"new\",\"requireTls\":true,\"users\":{\"bob\":\"pw\"}"), last());
    }

    @Test
    void sessions_and_questions_are_shown() {
        bench.server.json("GET /lab/v1/sessions?host=mx*", 200, """
                {"items":[{"Id":"S1","Opened":"2026-01-02T03:04:05.000Z","Closed":null,"Host":"mx.test","Outcome":"quit"}]}""");
        bench.server.json("GET /lab/v1/sessions/S1", 200, """
                {"Id":"S1","Outcome":"quit","Lines":[{"Seconds":0.5,"From":"client","Text":"EHLO me"}]}""");
        assertEquals(
                "0.5 client: EHLO me", bench.run("(Get-LabSession mx*).Lines").text());
        bench.server.json("GET /lab/v1/dns/queries?name=gmail.com&askedBy=client", 200, """
                {"items":[{"Id":1,"At":"2026-01-02T03:04:05.000Z","Server":"8.8.8.8","AskedBy":"client","Protocol":"UDP",
                 "Name":"gmail.com","Type":"MX","Outcome":"NOERROR 5","Answers":[]}]}""");
        assertEquals(
                "2026 NOERROR 5",
                bench.run("Get-LabDnsQuery gmail.com -AskedBy client | % { \"$($_.At.Year)" + " $($_.Outcome)\" }")
                        .text());
    }

    @Test
    void faults_are_replaced_and_cleared_and_the_lab_forgets() {
        bench.server.json("PUT /lab/v1/faults", 200, "{\"items\":[{\"id\":1,\"line\":\"dns servfail\"}]}");
        bench.server.json("DELETE /lab/v1/faults", 204, "");
        bench.server.json("POST /lab/v1/reset", 204, "");
        bench.run("Set-LabFault 'dns servfail'");
        assertEquals("PUT /lab/v1/faults {\"faults\":[{\"line\":\"dns servfail\"}]}", last());
        bench.run("Clear-LabFault");
        assertEquals("DELETE /lab/v1/faults", last());
        bench.run("Reset-Lab -ForgetMail");
        assertEquals("POST /lab/v1/reset {\"forgetMail\":true}", last());
    }
}
