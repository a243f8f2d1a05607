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

final class ServiceCmdletsTest {
    private static final String SERVICE = "{\"Name\":\"MAIL\",\"AntispamAgentsEnabled\":false,"
            + "\"ExternalDNSAdapterEnabled\":true,\"ExternalDNSServers\":[\"8.8.8.8\",\"1.1.1.1\"],"
            + "\"InternalDNSAdapterEnabled\":true,\"InternalDNSServers\":[],\"MessageTrackingLogEnabled\":true}";
    private static final String CONNECTOR =
            "{\"AddressSpaces\":[\"SMTP:*;1\"],\"Enabled\":true,\"Name\":\"Internet\"," + "\"Identity\":\"Internet\"}";
    private static final String NOTHING_MORE = ",\"atNextStart\":[],\"warnings\":[]}";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("GET /api/v1/transport-service", 200, SERVICE);
        bench.server.json("PATCH /api/v1/transport-service", 200, "{\"item\":" + SERVICE + NOTHING_MORE);
        bench.server.json("GET /api/v1/send-connectors", 200, "{\"items\":[" + CONNECTOR + "],\"more\":false}");
        bench.server.json("POST /api/v1/send-connectors", 201, "{\"item\":" + CONNECTOR + NOTHING_MORE);
        bench.server.json("PATCH /api/v1/send-connectors/Internet", 200, "{\"item\":" + CONNECTOR + NOTHING_MORE);
        bench.server.json("DELETE /api/v1/send-connectors/Internet", 204, "");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void what_holds_for_all_of_transport_is_shown_and_set() {
        String config =
                "{\"ExternalPostmasterAddress\":null,\"SafetyNetHoldTime\":\"2.00:00:00\",\"Name\":\"Transport Settings\"}";
        bench.server.json("GET /api/v1/transport-config", 200, config);
        bench.server.json("PATCH /api/v1/transport-config", 200, "{\"item\":" + config + NOTHING_MORE);
        assertEquals(
                "2.00:00:00",
                bench.run("(Get-TransportConfig).SafetyNetHoldTime").text());
        Bench.Said set = bench.run("Set-TransportConfig -SafetyNetHoldTime 3.00:00:00 -ExternalDsnSendHtml $false"
                + " -GenerateCopyOfDSNFor 5.1.1,5.7.1 -ExternalPostmasterAddress $null");
        assertEquals("", set.out() + set.err());
        assertEquals(
                "PATCH /api/v1/transport-config {\"GenerateCopyOfDSNFor\":[\"5.1.1\",\"5.7.1\"],\"ExternalDsnSendHtml\":false,"
                        + "\"ExternalPostmasterAddress\":null,\"SafetyNetHoldTime\":\"3.00:00:00\"}",
                bench.server.requests().getLast());
    }

    @Test
    void a_value_of_an_enumeration_is_spelt_out_and_several_may_stand_in_one_text() {
        bench.run("Set-SendConnector Internet -ProtocolLoggingLevel verb -TlsAuthLevel $null -ErrorPolicies"
                + " 'downgradeDNSfailures, upgrade'");
        assertEquals(
                "PATCH /api/v1/send-connectors/Internet {\"ErrorPolicies\":[\"DowngradeDnsFailures\","
                        + "\"UpgradeCustomFailures\"],\"ProtocolLoggingLevel\":\"Verbose\",\"TlsAuthLevel\":null}",
                bench.server.requests().getLast());
    }

    @Test
    void what_a_message_of_the_organization_may_be_is_set_in_sizes_and_numbers() {
        String config = "{\"MaxSendSize\":\"10 MB (10,485,760 bytes)\",\"MaxRecipientEnvelopeLimit\":500,"
                + "\"Name\":\"Transport Settings\"}";
        bench.server.json("GET /api/v1/transport-config", 200, config);
        bench.server.json("PATCH /api/v1/transport-config", 200, "{\"item\":" + config + NOTHING_MORE);
        assertEquals(
                "10 MB (10,485,760 bytes)",
                bench.run("(Get-TransportConfig).MaxSendSize").text());
        assertEquals(
                "10\nTrue",
                bench.run("$s = (Get-TransportConfig).MaxSendSize; $s.Value.ToMB(); $s -lt 11MB")
                        .text());
        bench.run("Set-TransportConfig -MaxSendSize 25MB -MaxReceiveSize Unlimited -MaxRecipientEnvelopeLimit 5000");
        assertEquals(
                "PATCH /api/v1/transport-config {\"MaxRecipientEnvelopeLimit\":5000,\"MaxReceiveSize\":\"Unlimited\","
                        + "\"MaxSendSize\":\"25MB\"}",
                bench.server.requests().getLast());
        bench.run("Set-TransportConfig -MaxRecipientEnvelopeLimit Unlimited");
        assertEquals(
                "PATCH /api/v1/transport-config {\"MaxRecipientEnvelopeLimit\":\"Unlimited\"}",
                bench.server.requests().getLast());
    }

    @Test
    void receive_connectors_are_made_changed_and_removed() {
        String connector = "{\"Bindings\":[\"127.0.0.1:2526\"],\"Enabled\":true,\"TransportRole\":\"HubTransport\","
                + "\"Name\":\"Relay\",\"Identity\":\"MAIL\\\\Relay\"}";
        bench.server.json("GET /api/v1/receive-connectors", 200, "{\"items\":[" + connector + "]}");
        bench.server.json("POST /api/v1/receive-connectors", 201, "{\"item\":" + connector + NOTHING_MORE);
        bench.server.json("PATCH /api/v1/receive-connectors/Relay", 200, "{\"item\":" + connector + NOTHING_MORE);
        bench.server.json("DELETE /api/v1/receive-connectors/Relay", 204, "");
        assertEquals(
                """
                Identity   Bindings         Enabled
                --------   --------         -------
                MAIL\\Relay {127.0.0.1:2526} True""",
                bench.run("New-ReceiveConnector Relay -Internal -Bindings 127.0.0.1:2526 -RemoteIPRanges 10.0.0.0/8,"
                                + "10.1.0.1-10.1.0.9 -MessageRateLimit 5 -MaxInboundConnection Unlimited -Server mail")
                        .text());
        assertEquals(
                "POST /api/v1/receive-connectors {\"Bindings\":[\"127.0.0.1:2526\"],\"RemoteIPRanges\":[\"10.0.0.0/8\","
                        + "\"10.1.0.1-10.1.0.9\"],\"MaxInboundConnection\":\"Unlimited\",\"MessageRateLimit\":5,"
                        + "\"Name\":\"Relay\",\"Usage\":\"Internal\"}",
                bench.server.requests().getLast());
        bench.run("Set-ReceiveConnector Relay -Bindings @{Add='127.0.0.1:2527'} -Enabled $false");
        assertEquals(
                "PATCH /api/v1/receive-connectors/Relay {\"Bindings\":{\"Add\":[\"127.0.0.1:2527\"]},\"Enabled\":false}",
                bench.server.requests().getLast());
        bench.run("Set-ReceiveConnector Relay -ImplicitTLS $true -AuthPlainEnabled $true -AuthXOAuth2Enabled $false"
                + " -AuthScramSha256Enabled $true -BareLineEnds Pass");
        assertEquals(
                "PATCH /api/v1/receive-connectors/Relay {\"AuthPlainEnabled\":true,\"AuthScramSha256Enabled\":true,"
                        + "\"AuthXOAuth2Enabled\":false,\"ImplicitTLS\":true,\"BareLineEnds\":\"Pass\"}",
                bench.server.requests().getLast());
        assertEquals(
                "",
                bench.run("Get-ReceiveConnector -TransportRole FrontendTransport")
                        .text());
        assertEquals(
                "Relay",
                bench.run("(Get-ReceiveConnector -TransportRole HubTransport).Name")
                        .text());
        bench.run("Remove-ReceiveConnector Relay -Confirm:$false");
        assertEquals(
                "DELETE /api/v1/receive-connectors/Relay",
                bench.server.requests().getLast().strip());
        assertTrue(bench.run("New-ReceiveConnector R -Usage Internal -Internet")
                .err()
                .contains("Parameter set"));
        assertTrue(bench.run("New-ReceiveConnector R -Server other").err().contains("'other'"));
    }

    @Test
    void the_times_of_resubmit_requests_are_dates() throws IOException {
        try (Bench newYork = new Bench("America/New_York")) {
            newYork.server.json(
                    "GET /api/v1/resubmit-requests",
                    200,
                    "{\"items\":[{\"Identity\":\"1\",\"StartTime\":\"2026-01-02T03:00:00.000Z\","
                            + "\"EndTime\":\"2026-01-02T04:00:00.000Z\",\"CreationTime\":\"2026-01-02T05:00:00.000Z\"}]}");
            assertEquals(
                    "1/1/2026 10:00:00 PM",
                    newYork.run("Get-ResubmitRequest | % { $_.StartTime.ToString() }")
                            .text());
            String compared = "Get-ResubmitRequest | Where-Object { $_.StartTime -lt $_.EndTime -and"
                    + " $_.EndTime -lt '1/2/2026 12:00 AM' -and $_.CreationTime.Hour -eq 0 } | % Identity";
            assertEquals("1", newYork.run(compared).text());
        }
    }

    @Test
    void the_guides_first_look_prints_what_exchange_prints() {
        assertEquals(
                """
                Name                      : MAIL
                ExternalDNSServers        : {8.8.8.8, 1.1.1.1}
                InternalDNSServers        : {}
                ExternalDNSAdapterEnabled : True
                InternalDNSAdapterEnabled : True""",
                bench.run(
                                "Get-TransportService $env:COMPUTERNAME | Select-Object Name, ExternalDNSServers,"
                                        + " InternalDNSServers, ExternalDNSAdapterEnabled, InternalDNSAdapterEnabled | Format-List")
                        .text());
    }

    @Test
    void tables_have_exchanges_columns() {
        assertEquals("""
                Name MessageTrackingLogEnabled AntispamAgentsEnabled
                ---- ------------------------- ---------------------
                MAIL True                      False""", bench.run("Get-TransportService").text());
        assertEquals("""
                Identity AddressSpaces Enabled
                -------- ------------- -------
                Internet {SMTP:*;1}    True""", bench.run("Get-SendConnector").text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Set-TransportService $env:COMPUTERNAME -ExternalDNSServers 8.8.8.8,8.8.4.4 ¦ PATCH /api/v1/transport-service {"ExternalDNSServers":["8.8.8.8","8.8.4.4"]}
            Set-TransportService MAIL -ExternalDNSServers 8.8.8.8    ¦ PATCH /api/v1/transport-service {"ExternalDNSServers":["8.8.8.8"]}
            Set-TransportService MAIL -ExternalDNSServers $null      ¦ PATCH /api/v1/transport-service {"ExternalDNSServers":[]}
            Set-TransportService MAIL -ExternalDNSAdapterEnabled $false ¦ PATCH /api/v1/transport-service {"ExternalDNSAdapterEnabled":false}
            Set-TransportService MAIL -ExternalDNSServers @{Add="9.9.9.9";Remove="1.1.1.1","8.8.8.8"} ¦ PATCH /api/v1/transport-service {"ExternalDNSServers":{"Add":["9.9.9.9"],"Remove":["1.1.1.1","8.8.8.8"]}}
            Set-TransportService MAIL -MessageExpirationTimeout 1.00:00:00 -MaxOutboundConnections 500 -TransientFailureRetryCount 0 ¦ PATCH /api/v1/transport-service {"TransientFailureRetryCount":0,"MaxOutboundConnections":500,"MessageExpirationTimeout":"1.00:00:00"}
            Set-TransportService MAIL -MaxOutboundConnections unlimited ¦ PATCH /api/v1/transport-service {"MaxOutboundConnections":"unlimited"}
            """)
    void the_service_is_set_in_one_request(String script, String request) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.out() + said.err());
        assertEquals(List.of("GET /api/v1/transport-service", request), bench.server.requests());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            New-SendConnector -Name x -AddressSpaces "SMTP:problem-domain.com;1" -SmartHosts "h.x.com" -DNSRoutingEnabled $false ¦ POST /api/v1/send-connectors {"AddressSpaces":["SMTP:problem-domain.com;1"],"SmartHosts":["h.x.com"],"DNSRoutingEnabled":false,"Name":"x"}
            New-SendConnector x -Internet -AddressSpaces a.com,b.com ¦ POST /api/v1/send-connectors {"AddressSpaces":["a.com","b.com"],"Name":"x","Usage":"Internet"}
            Set-SendConnector Internet -Port 2526 -MaxMessageSize 10MB -Fqdn $null ¦ PATCH /api/v1/send-connectors/Internet {"Port":2526,"Fqdn":null,"MaxMessageSize":"10MB"}
            Set-SendConnector Internet -AuthenticationCredential (New-Object System.Management.Automation.PSCredential("u", (ConvertTo-SecureString "p w" -AsPlainText -Force))) -SmartHostAuthMechanism BasicAuth ¦ PATCH /api/v1/send-connectors/Internet {"SmartHostAuthMechanism":"BasicAuth","AuthenticationCredential":{"UserName":"u","Password":"p w"}}
            Set-SendConnector Internet -AuthenticationCredential $null -RequireTLS $true -TlsAuthLevel $null ¦ PATCH /api/v1/send-connectors/Internet {"RequireTLS":true,"TlsAuthLevel":null,"AuthenticationCredential":null}
            Remove-SendConnector Internet -Confirm:$false            ¦ DELETE /api/v1/send-connectors/Internet
            """)
    void connectors_are_made_set_and_removed(String script, String request) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(List.of(request), bench.server.requests());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            New-AcceptedDomain -Name c -DomainName *.c.com -DomainType internalrelay ¦ POST /api/v1/accepted-domains {"Name":"c","DomainType":"InternalRelay","DomainName":"*.c.com"}
            Set-AcceptedDomain c.com -MakeDefault $true -MatchSubDomains $false ¦ PATCH /api/v1/accepted-domains/c.com {"MatchSubDomains":false,"Default":true}
            Remove-AcceptedDomain c.com -Confirm:$false              ¦ DELETE /api/v1/accepted-domains/c.com
            New-RemoteDomain -Name p -DomainName p.com               ¦ POST /api/v1/remote-domains {"Name":"p","DomainName":"p.com"}
            Set-RemoteDomain p -NDREnabled $false -LineWrapSize 76 -CharacterSet utf-8 ¦ PATCH /api/v1/remote-domains/p {"NDREnabled":false,"LineWrapSize":76,"CharacterSet":"utf-8"}
            Remove-RemoteDomain p -Confirm:$false                    ¦ DELETE /api/v1/remote-domains/p
            """)
    void domains_are_made_set_and_removed(String script, String request) {
        String domain = "{\"item\":{\"Name\":\"c\"}" + NOTHING_MORE;
        bench.server.json("POST /api/v1/accepted-domains", 201, domain);
        bench.server.json("PATCH /api/v1/accepted-domains/c.com", 200, domain);
        bench.server.json("DELETE /api/v1/accepted-domains/c.com", 204, "");
        bench.server.json("POST /api/v1/remote-domains", 201, domain);
        bench.server.json("PATCH /api/v1/remote-domains/p", 200, domain);
        bench.server.json("DELETE /api/v1/remote-domains/p", 204, "");
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(List.of(request), bench.server.requests());
    }

    @Test
    void a_secret_string_shows_its_type_however_it_is_printed() {
        for (String how : List.of("", " | Format-List", " | ConvertTo-Json", " | Out-String", " | Select-Object *")) {
            Bench.Said said = bench.run(
                    "New-Object PSCredential('u', (ConvertTo-SecureString 'hunter2' -AsPlainText -Force))" + how);
            assertTrue(said.text().contains("System.Security.SecureString"), said.out() + said.err());
            assertTrue(!said.out().contains("hunter2"), said.out());
        }
        assertEquals(1, bench.run("ConvertTo-SecureString 'hunter2'").code());
        assertEquals(1, bench.run("New-Object System.Net.WebClient").code());
        assertEquals(
                1,
                bench.run("Set-SendConnector Internet -AuthenticationCredential 'u:p'")
                        .code());
    }

    @Test
    void a_dry_run_says_which_way_and_why_not_another() {
        bench.server.json(
                "POST /api/v1/routes/test",
                200,
                "{\"recipient\":\"a@gmail.com\",\"bytes\":10240,\"outcome\":\"Deliver\",\"reason\":\"r\",\"acceptedDomain\":null,"
                        + "\"connector\":\"Internet\",\"addressSpace\":\"SMTP:*;1\",\"queue\":{\"identity\":null,\"status\":null,"
                        + "\"deliveryType\":\"DnsConnectorDelivery\",\"nextHopDomain\":\"gmail.com\",\"nextHopConnector\":\"g\"},"
                        + "\"dns\":{\"servers\":[\"8.8.8.8\"],\"answer\":\"Hosts\",\"from\":\"cache\",\"error\":null},"
                        + "\"targets\":[{\"host\":\"mx.gmail.com\",\"preference\":5,\"address\":\"203.0.113.7\",\"port\":25,"
                        + "\"behind\":\"dead\"}],\"connectors\":[{\"name\":\"Internet\",\"verdict\":\"Chosen\",\"reason\":\"best\"}]}");
        assertEquals(
                "{5 mx.gmail.com [203.0.113.7]:25 (behind the others: dead)}",
                bench.run("Test-MailRoute -Recipient a@gmail.com -Size 10KB | Format-Table Targets | Out-String")
                        .text()
                        .lines()
                        .toList()
                        .getLast()
                        .strip());
        assertEquals(
                "POST /api/v1/routes/test {\"recipient\":\"a@gmail.com\",\"size\":10240}",
                bench.server.requests().getFirst());
        assertEquals(
                "Internet: Chosen, best",
                bench.run("(Test-MailRoute a@gmail.com).Connectors").text());
    }

    @Test
    void a_connector_goes_down_the_pipeline_and_a_new_one_is_printed() {
        bench.run("Get-SendConnector | Set-SendConnector -Enabled $true");
        assertEquals(
                "PATCH /api/v1/send-connectors/Internet {\"Enabled\":true}",
                bench.server.requests().getLast());
        assertTrue(bench.run("New-SendConnector x -AddressSpaces '*'")
                .text()
                .startsWith("Identity AddressSpaces Enabled"));
    }

    @Test
    void what_has_no_effect_is_a_warning_and_what_is_refused_an_error() {
        bench.server.json(
                "PATCH /api/v1/transport-service",
                200,
                "{\"item\":" + SERVICE
                        + ",\"atNextStart\":[\"MessageTrackingLogPath\"],\"warnings\":[\"No effect.\"]}");
        Bench.Said warned = bench.run("Set-TransportService MAIL -ExternalDNSServers 8.8.8.8");
        assertEquals(0, warned.code());
        assertTrue(warned.err().contains("WARNING: No effect."), warned.err() + warned.out());
        bench.server.json(
                "PATCH /api/v1/transport-service",
                422,
                "{\"type\":\"urn:tarry:problem:setting-refused\",\"title\":\"t\",\"status\":422,"
                        + "\"detail\":\"ExternalDNSServers: holds '8.8.8'.\",\"faults\":[]}");
        Bench.Said refused = bench.run("Set-TransportService MAIL -ExternalDNSServers 8.8.8");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("ExternalDNSServers: holds '8.8.8'."), refused.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            -ExternalDNSServers dns.google ¦ Failed to convert dns.google from System.String to System.Net.IPAddress
            -InternalDNSServers @{Add='1.1.1.1','one.one'} ¦ Failed to convert one.one from System.String""")
    void the_name_of_a_dns_server_is_no_address_and_nothing_is_sent(String words, String said) {
        Bench.Said refused = bench.run("Set-TransportService MAIL " + words);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains(said), refused.err());
        assertEquals(List.of("GET /api/v1/transport-service"), bench.server.requests());
    }

    @ParameterizedTest
    @CsvSource({"8.8.8.8", "127.0.0.1:5353", "2001:4860:4860::8888", "[::1]:5353"})
    void addresses_of_dns_servers_are_sent_on(String address) {
        bench.run("Set-TransportService MAIL -ExternalDNSServers " + address);
        assertEquals(
                "PATCH /api/v1/transport-service {\"ExternalDNSServers\":[\"" + address + "\"]}",
                bench.server.requests().getLast());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            Set-TransportService MAIL -AgentLogEnabled $true ¦ The parameter 'AgentLogEnabled' is not supported here. There are no transport agents here.
            Set-TransportConfig -ShadowRedundancyEnabled $false ¦ The parameter 'ShadowRedundancyEnabled' is not supported here. There is one server here
            Set-SendConnector Internet -Region EUR ¦ The parameter 'Region' is not supported here.
            Get-Queue -ReturnPageInfo $true ¦ The parameter 'ReturnPageInfo' is not supported here.""")
    void a_real_parameter_that_has_nothing_to_act_on_is_refused_by_name(String command, String said) {
        Bench.Said refused = bench.run(command);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains(said), refused.err());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void what_is_not_there_is_told_in_exchanges_words() {
        bench.server.json(
                "GET /api/v1/send-connectors/Nowhere",
                404,
                "{\"type\":\"urn:tarry:problem:unknown-object\",\"title\":\"t\",\"status\":404,\"detail\":\"d\"}");
        Bench.Said said = bench.run("Get-SendConnector Nowhere");
        assertEquals(1, said.code());
        assertTrue(
                said.err()
                        .contains("The operation couldn't be performed because object 'Nowhere' couldn't be found on"
                                + " 'MAIL'."),
                said.err());
    }

    @Test
    void a_pattern_gives_those_whose_name_it_matches() {
        assertEquals("Internet", bench.run("(Get-SendConnector inter*).Name").text());
        assertEquals("", bench.run("(Get-SendConnector *nowhere*).Name").text());
    }

    @Test
    void the_front_end_has_the_settings_of_the_one_process_and_says_so() {
        assertEquals(
                "8.8.8.8 1.1.1.1",
                bench.run("\"$((Get-FrontendTransportService MAIL).ExternalDNSServers)\"")
                        .text());
        assertEquals(
                "",
                bench.run("(Get-FrontendTransportService).MessageTrackingLogEnabled")
                        .text());
        Bench.Said set = bench.run("Set-FrontendTransportService MAIL -DnsLogEnabled $true");
        assertTrue(set.err().contains("WARNING: There is one process here"), set.err());
        assertEquals(
                "PATCH /api/v1/transport-service {\"DnsLogEnabled\":true}",
                bench.server.requests().getLast());
    }

    @Test
    void the_old_name_of_the_transport_service_works_and_warns() {
        Bench.Said said = bench.run("(Get-TransportServer).Name");
        assertEquals("MAIL", said.text());
        assertTrue(said.err().contains("Use the Get-TransportService cmdlet instead."), said.err());
    }

    @Test
    void another_servers_name_is_an_error_and_nothing_is_set() {
        Bench.Said said = bench.run("Set-TransportService OTHER -ExternalDNSAdapterEnabled $false");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("'OTHER' couldn't be found"), said.err());
        assertEquals(List.of("GET /api/v1/transport-service"), bench.server.requests());
    }

    @Test
    void what_if_sets_nothing() {
        bench.run(
                "Remove-SendConnector Internet -WhatIf; Set-TransportService MAIL -QueueMaxIdleTime 00:04:00 -WhatIf");
        assertEquals(List.of("GET /api/v1/transport-service"), bench.server.requests());
    }
}
