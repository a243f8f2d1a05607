package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.Change;
import dev.tarry.client.Managed;
import dev.tarry.client.ProblemException;
import dev.tarry.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fix guide's changes of settings, made over the API of a running server.
final class SettingsWalkTest {
    private static final Map<String, Object> WORKAROUND = Map.of(
            "Name",
            "Problem domain workaround",
            "AddressSpaces",
            List.of("SMTP:problem-domain.com;1"),
            "SmartHosts",
            List.of("their-known-mailserver.com"),
            "DNSRoutingEnabled",
            false);

    private static void send(TarryProcess server, String to) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("user@company.com", TarryProcess.octets("Subject: walk", "", "Hello."), to);
        }
    }

    private static void retryInVain(TarryProcess server, String domain) {
        Seen seen = new Seen(server);
        SequencedMap<String, Object> queue = seen.inRetry(domain, 1);
        long before = (Long) queue.get("RetryCount");
        server.client().retryQueue((String) queue.get("Identity"), false);
        Wait.until(
                domain + " was tried once more, in vain",
                () -> (Long) seen.inRetry(domain, 1).get("RetryCount") > before);
        assertTrue(String.valueOf(seen.inRetry(domain, 1).get("LastError")).contains("451 4.4.0 DNS query failed"));
    }

    private static List<Object> serversAsked(TarryProcess server, String domain) {
        SequencedMap<String, String> of = new LinkedHashMap<>();
        of.put("name", domain);
        of.put("askedBy", "client");
        return server.client().dnsQueries(of).stream()
                .map(query -> query.get("Server"))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void dead_dns_servers_are_mended_by_two_settings_and_by_neither_alone(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            ServiceClient service = server.client().service();
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "server", "192.168.1.*"));
            send(server, "john.smith@external-company.com");
            seen.inRetry("external-company.com", 1);
            assertEquals(
                    "QueryFailed",
                    service.resolveDomain("external-company.com", true).get("answer"));

            Change servers =
                    service.changeTransportService(Map.of("ExternalDNSServers", List.of("8.8.8.8", "1.1.1.1")));
            assertTrue(servers.warnings().getFirst().contains("no effect"), servers::toString);
            assertTrue(service.externalDns().fromAdapter());
            retryInVain(server, "external-company.com");
            assertEquals(List.of("192.168.1.10", "192.168.1.11"), serversAsked(server, "external-company.com"));

            Change flag = service.changeTransportService(Map.of("ExternalDNSAdapterEnabled", false));
            assertEquals(List.of(), flag.warnings());
            assertEquals(List.of("8.8.8.8", "1.1.1.1"), service.externalDns().servers());
            assertEquals(
                    "Hosts", service.resolveDomain("external-company.com", true).get("answer"));
            assertEquals(
                    "QueryFailed",
                    service.resolveDomain("external-company.com", false).get("answer"));
            assertEquals(List.of(), service.dnsCache(Optional.of("external-company.com")));
            assertEquals(0, seen.labMail("john.smith@external-company.com").size());
            server.client()
                    .retryQueue((String) seen.inRetry("external-company.com", 1).get("Identity"), false);
            seen.oneLabMail("john.smith@external-company.com");
            assertEquals(
                    "8.8.8.8",
                    service.dnsCache(Optional.of("external-company.com"))
                            .getFirst()
                            .from());
            assertTrue(service.clearDnsCache("external-company.com") >= 1);
            assertEquals(List.of(), service.dnsCache(Optional.of("external-company.com")));
            server.stop();
        }
    }

    @Test
    void a_send_connector_takes_new_mail_for_its_domain_and_leaves_queued_mail_where_it_is(@TempDir Path folder)
            throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            ServiceClient service = server.client().service();
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "problem-domain.com"));
            send(server, "before@problem-domain.com");
            SequencedMap<String, Object> queue = seen.inRetry("problem-domain.com", 1);

            Managed made = service.sendConnectors().create(WORKAROUND).now();
            send(server, "after@problem-domain.com");
            assertEquals(
                    "their-known-mailserver.com",
                    seen.oneLabMail("after@problem-domain.com").host());
            SequencedMap<String, Object> smart =
                    seen.queue("their-known-mailserver.com").orElseThrow();
            assertEquals("SmartHostConnectorDelivery", smart.get("DeliveryType"));
            assertEquals(made.text("Guid"), smart.get("NextHopConnector"));
            send(server, "other@gmail.com");
            seen.oneLabMail("other@gmail.com");
            assertEquals(0, seen.labMail("before@problem-domain.com").size());
            assertEquals(
                    queue.get("Identity"), seen.inRetry("problem-domain.com", 1).get("Identity"));
            retryInVain(server, "problem-domain.com");

            service.sendConnectors().remove(made);
            send(server, "late@problem-domain.com");
            seen.inRetry("problem-domain.com", 2);
            server.stop();
        }
    }

    @Test
    void what_was_unreachable_leaves_when_there_is_a_connector_again(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            ServiceClient service = server.client().service();
            assertTrue(service.sendConnectors()
                    .change("Internet", Map.of("Enabled", false))
                    .warnings()
                    .getFirst()
                    .contains("Unreachable"));
            send(server, "lost@gmail.com");
            Wait.until(
                    "it is unreachable",
                    () -> seen.queue("Unreachable Domain")
                            .orElseThrow()
                            .get("MessageCount")
                            .equals(1L));
            assertEquals(0, seen.labMail("lost@gmail.com").size());
            service.sendConnectors().change("Internet", Map.of("Enabled", true));
            seen.oneLabMail("lost@gmail.com");
            server.stop();
        }
    }

    @Test
    void every_change_is_there_after_a_kill_and_what_the_command_line_fixes_is_refused(@TempDir Path folder)
            throws IOException {
        Managed before;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            ServiceClient service = server.client().service();
            service.changeTransportService(Map.of(
                    "InternalDNSServers",
                    List.of("192.168.1.10", "192.168.1.11"),
                    "ExternalDNSServers",
                    List.of("8.8.8.8", "8.8.4.4"),
                    "InternalDNSAdapterEnabled",
                    false,
                    "ExternalDNSAdapterEnabled",
                    false));
            service.changeTransportService(Map.of("ExternalDNSServers", Map.of("Add", "9.9.9.9", "Remove", "8.8.4.4")));
            service.sendConnectors().create(WORKAROUND);
            service.acceptedDomains().create(Map.of("DomainName", "fabrikam.example", "DomainType", "InternalRelay"));
            service.receiveConnectors().change("Client Frontend MAIL", Map.of("MaxRecipientsPerMessage", 3));
            service.changeTransportConfig(Map.of("ExternalPostmasterAddress", "help@company.com"));
            service.changeSettings(Map.of("transport.queueGlitchRetryCount", 1));
            before = service.transportService();
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "transport.queueMaxIdleTime=00:04:00")) {
            ServiceClient service = server.client().service();
            Managed after = service.transportService();
            assertEquals(List.of("8.8.8.8", "9.9.9.9"), after.texts("ExternalDNSServers"));
            assertFalse(after.flag("InternalDNSAdapterEnabled"));
            assertEquals("00:04:00", after.text("QueueMaxIdleTime"));
            assertFalse(after.tag().equals(before.tag()));
            assertEquals(List.of("8.8.8.8", "9.9.9.9"), service.externalDns().servers());
            assertEquals(
                    "their-known-mailserver.com",
                    service.sendConnectors().get("problem domain WORKAROUND").text("SmartHostsString"));
            assertEquals(
                    "InternalRelay",
                    service.acceptedDomains().get("fabrikam.example").text("DomainType"));
            assertEquals(
                    3,
                    service.receiveConnectors()
                            .get("MAIL\\Client Frontend MAIL")
                            .number("MaxRecipientsPerMessage")
                            .orElseThrow());
            assertEquals("help@company.com", service.transportConfig().text("ExternalPostmasterAddress"));
            assertEquals("1", service.settingChanges().get("transport.queueGlitchRetryCount"));

            ProblemException fixed = assertThrows(
                    ProblemException.class,
                    () -> service.changeTransportService(
                            Map.of("QueueMaxIdleTime", "00:05:00", "ExternalDNSAdapterEnabled", true)));
            assertEquals("urn:tarry:problem:setting-refused", fixed.type());
            assertTrue(fixed.detail().contains("QueueMaxIdleTime: is fixed by --set"), fixed::detail);
            assertFalse(service.transportService().flag("ExternalDNSAdapterEnabled"), "nothing of it was changed");

            Managed seen = service.transportService();
            service.changeTransportService(seen, Map.of("MessageRetryInterval", "00:01:00"));
            ProblemException stale = assertThrows(
                    ProblemException.class,
                    () -> service.changeTransportService(seen, Map.of("MessageRetryInterval", "00:02:00")));
            assertEquals(412, stale.status());
            assertEquals("00:01:00", service.transportService().text("MessageRetryInterval"));
            assertTrue(
                    server.said()
                            .contains("settings changed over the API: transport.messageRetryInterval: '00:05:00' ->"
                                    + " '00:01:00'"),
                    server::said);
            server.stop();
        }
    }
}
