package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.config.SettingsBook;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dry run with a server and the lab's DNS behind it.
final class DryRunTest {
    private static Running server;
    private static TarryClient client;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        client = new TarryClient(
                URI.create("http://127.0.0.1:" + server.addresses().admin().getPort()));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static Map<?, ?> inner(Map<?, ?> way, String name) {
        return (Map<?, ?>) way.get(name);
    }

    @Test
    void hosts_come_in_the_order_in_which_they_are_tried_and_nothing_is_left_behind() {
        Map<String, Object> way = client.service().testRoute("bob@gmail.com", "10KB");
        assertEquals("Deliver", way.get("outcome"));
        assertEquals("Internet", way.get("connector"));
        assertEquals(10_240L, ((Number) way.get("bytes")).longValue());
        assertEquals("servers", inner(way, "dns").get("from"));
        assertTrue(!((List<?>) inner(way, "dns").get("attempts")).isEmpty());
        List<Long> preferences = ((List<?>) way.get("targets"))
                .stream()
                        .map(target -> ((Number) ((Map<?, ?>) target).get("preference")).longValue())
                        .toList();
        assertTrue(preferences.size() > 1, preferences::toString);
        assertEquals(preferences.stream().sorted().toList(), preferences);
        assertEquals(List.of(), client.service().dnsCache(Optional.of("gmail.com")));
        assertEquals(null, inner(way, "queue").get("identity"));
        assertEquals(List.of(), client.queues(Optional.of("NextHopDomain -eq 'gmail.com'"), ResultLimit.unlimited()));
    }

    @Test
    void a_domain_that_does_not_exist_says_what_its_senders_would_hear() {
        Map<String, Object> way = client.service().testRoute("x@no-such-domain.invalid", 0);
        Map<?, ?> dns = inner(way, "dns");
        assertEquals("NoSuchDomain", dns.get("answer"));
        assertEquals("554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain", dns.get("error"));
        assertEquals(true, dns.get("permanent"));
        assertEquals(List.of(), way.get("targets"));
    }

    @Test
    void a_smart_host_is_looked_up_and_a_connector_that_lost_says_by_what() {
        client.service()
                .sendConnectors()
                .create(Map.of(
                        "Name",
                        "Relay",
                        "AddressSpaces",
                        List.of("problem-domain.com"),
                        "SmartHosts",
                        List.of("their-known-mailserver.com"),
                        "Port",
                        2526));
        Map<String, Object> way = client.service().testRoute("x@problem-domain.com", 0);
        assertEquals("Relay", way.get("connector"));
        assertEquals("SmartHostConnectorDelivery", inner(way, "queue").get("deliveryType"));
        Map<?, ?> target = (Map<?, ?>) ((List<?>) way.get("targets")).getFirst();
        assertEquals(2526L, ((Number) target.get("port")).longValue());
        Map<?, ?> lost = (Map<?, ?>) ((List<?>) way.get("connectors")).getFirst();
        assertEquals("Internet", lost.get("name"));
        assertEquals("LessSpecific", lost.get("verdict"));
        client.service().sendConnectors().remove("Relay");
        assertEquals(
                "Internet",
                client.service().testRoute("x@problem-domain.com", 0).get("connector"));
    }
}
