package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows' DNS client, as cmdlets and as programs print it.
final class NameCmdletsTest {
    private static final String RESOLVE = "POST /api/v1/computer/resolve";
    private static final String MX = """
            {"Name":"gmail.com","Type":"MX","TTL":3600,"Section":"Answer","DataLength":30,"Data":"mx.gmail.com",
             "Fields":{"NameExchange":"mx.gmail.com","Preference":5}}""";
    private static final String A = """
            {"Name":"mx.gmail.com","Type":"A","TTL":300,"Section":"Additional","DataLength":4,"Data":"203.0.113.26",
             "Fields":{"IP4Address":"203.0.113.26"}}""";
    private static final String SOA = """
            {"Name":"gmail.com","Type":"SOA","TTL":60,"Section":"Authority","DataLength":57,"Data":"ns1 host 1 2 3 4 5",
             "Fields":{"NameAdministrator":"host.gmail.com","PrimaryServer":"ns1.gmail.com","SerialNumber":1,
             "TimeToZoneRefresh":2,"TimeToZoneFailureRetry":3,"TimeToExpiration":4,"DefaultTTL":5}}""";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void answers(String status, String records) {
        bench.server.json(
                RESOLVE,
                200,
                "{\"Status\":\"" + status + "\",\"Name\":\"gmail.com\",\"Server\":\"192.168.1.10\",\"Detail\":\"\","
                        + "\"Records\":[" + records + "]}");
    }

    @Test
    void mx_records_are_a_table_as_windows_prints_it() {
        answers("SUCCESS", MX);
        assertEquals("""
                Name                                     Type   TTL   Section    NameExchange                              Preference
                ----                                     ----   ---   -------    ------------                              ----------
                gmail.com                                MX     3600  Answer     mx.gmail.com                              5""", bench.run("Resolve-DnsName -Name gmail.com -Type MX").text());
        assertTrue(bench.server.requests().getFirst().contains("\"type\":\"MX\""));
        assertEquals(
                "mx.gmail.com 5",
                bench.run("Resolve-DnsName gmail.com mx | % { \"$($_.NameExchange) $($_.Preference)\" }")
                        .text());
    }

    @Test
    void names_come_down_the_pipeline_and_records_have_windows_properties() {
        answers("SUCCESS", A);
        assertEquals(
                "A 203.0.113.26\nA 203.0.113.26",
                bench.run("'a.com', 'b.com' | Resolve-DnsName | % { \"$($_.Type) $($_.IPAddress)\" }")
                        .text());
        assertTrue(bench.server.requests().get(1).contains("\"name\":\"b.com\""));
    }

    @Test
    void a_name_without_such_records_shows_the_zones_soa_and_is_no_error() {
        answers("NO_RECORDS", SOA);
        Bench.Said said = bench.run("Resolve-DnsName gmail.com SRV");
        assertEquals(0, said.code());
        assertTrue(said.out().contains("Authority  ns1.gmail.com"), said.out());
        assertEquals("", said.err());
    }

    @ParameterizedTest
    @CsvSource({
        "NAME_ERROR, DNS name does not exist, DNS_ERROR_RCODE_NAME_ERROR, ResourceUnavailable",
        "SERVER_FAILURE, DNS server failure, DNS_ERROR_RCODE_SERVER_FAILURE, ResourceUnavailable",
        "REFUSED, DNS operation refused, DNS_ERROR_RCODE_REFUSED, ResourceUnavailable",
        "NOT_CACHED, DNS record does not exist, DNS_ERROR_RECORD_DOES_NOT_EXIST, ResourceUnavailable",
        "TIMEOUT, This operation returned because the timeout period expired, ERROR_TIMEOUT, OperationTimeout",
        "UNREACHABLE, This operation returned because the timeout period expired, ERROR_TIMEOUT, OperationTimeout"
    })
    void failures_have_windows_words(String status, String words, String id, String category) {
        answers(status, "");
        Bench.Said said = bench.run("Resolve-DnsName gmail.com");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Resolve-DnsName : gmail.com : " + words), said.err());
        assertTrue(
                said.err().contains(category + ": (gmail.com:String) [Resolve-DnsName], Win32Exception"), said.err());
        assertTrue(
                said.err().contains("FullyQualifiedErrorId : " + id + ",Microsoft.DnsClient.Commands.ResolveDnsName"),
                said.err());
    }

    @Test
    void a_failure_can_be_silenced_and_caught() {
        answers("TIMEOUT", "");
        assertEquals(
                "",
                bench.run("Resolve-DnsName gmail.com -ErrorAction SilentlyContinue")
                        .err());
        assertEquals(
                "caught",
                bench.run("try { Resolve-DnsName gmail.com -ErrorAction Stop } catch { 'caught' }")
                        .text());
    }

    @Test
    void what_this_network_does_not_have_is_refused_by_name() {
        for (String parameter : new String[] {"LlmnrOnly", "NetbiosFallback", "DnssecOk"}) {
            Bench.Said said = bench.run("Resolve-DnsName gmail.com -" + parameter);
            assertEquals(1, said.code());
            assertTrue(said.err().contains("-" + parameter + " is not supported"), said.err());
        }
        assertTrue(bench.server.requests().isEmpty());
    }

    @Test
    void the_cache_shows_what_does_not_exist() {
        bench.server.json("GET /api/v1/computer/dns-cache", 200, """
                {"items":[
                {"Entry":"gmail.com","Name":"gmail.com","Type":"MX","Status":"Success","Section":"Answer","TimeToLive":30,
                 "DataLength":30,"Data":"mx.gmail.com"},
                {"Entry":"no.com","Name":null,"Type":"A","Status":"NotExist","Section":null,"TimeToLive":20,
                 "DataLength":null,"Data":null}],"more":false}""");
        assertEquals(
                "no.com",
                bench.run("(Get-DnsClientCache | Where-Object {$_.Status -ne \"Success\"}).Entry")
                        .text());
        assertEquals(
                "gmail.com",
                bench.run("(Get-DnsClientCache -Type MX).RecordName").text());
        String shown = bench.run("ipconfig /displaydns").out();
        assertTrue(shown.contains("    Name does not exist."), shown);
        assertTrue(shown.contains("    Record Type . . . . . : 15"), shown);
    }

    @Test
    void the_cache_is_cleared_by_cmdlet_and_program() {
        bench.server.json("DELETE /api/v1/computer/dns-cache", 200, "{\"forgotten\":2}");
        assertEquals("", bench.run("Clear-DnsClientCache").text());
        assertEquals(
                "Windows IP Configuration\n\nSuccessfully flushed the DNS Resolver Cache.",
                bench.run("ipconfig /flushdns").text());
        assertEquals(2, bench.server.requests().size());
        bench.run("Clear-DnsClientCache -WhatIf");
        assertEquals(2, bench.server.requests().size());
    }

    @Test
    void nslookup_takes_its_words_as_windows_does() {
        answers("SUCCESS", MX + "," + A);
        assertEquals(
                "Server:  UnKnown\nAddress:  192.168.1.10\n\nNon-authoritative answer:\n"
                        + "gmail.com\tMX preference = 5, mail exchanger = mx.gmail.com\n\n"
                        + "mx.gmail.com\tinternet address = 203.0.113.26",
                bench.run("nslookup -type=mx gmail.com 8.8.8.8").text());
        String asked = bench.server.requests().getFirst();
        assertTrue(asked.contains("\"servers\":[\"8.8.8.8\"]") && asked.contains("\"type\":\"MX\""), asked);
        answers("NAME_ERROR", "");
        assertTrue(bench.run("nslookup -q=mx no.com 8.8.8.8")
                .err()
                .contains("*** UnKnown can't find no.com: Non-existent domain"));
        assertTrue(bench.run("nslookup").err().contains("no interactive mode"));
        assertFalse(bench.run("nslookup -debug gmail.com").err().isEmpty());
    }
}
