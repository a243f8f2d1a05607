package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServiceClientTest {
    private static final String SERVICE = "/api/v1/transport-service";
    private static final String CONNECTOR = "/api/v1/send-connectors/To%20%22x%22%5Cy";
    private static final String BAG =
            "{\"Name\": \"To \\\"x\\\"\\\\y\", \"Identity\": \"To \\\"x\\\"\\\\y\", \"Enabled\": true, \"Port\": 25,"
                    + " \"SmartHosts\": [\"h.x.com\"], \"Fqdn\": null, \"MaxMessageSize\": \"Unlimited\"}";

    private StubServer server;
    private TarryClient client;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        client = new TarryClient(server.uri());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void properties_are_read_by_type_and_what_is_not_there_is_empty() {
        server.tag = "\"abc\"";
        server.json("GET " + CONNECTOR, 200, BAG);
        Managed connector = client.service().sendConnectors().get("To \"x\"\\y");
        assertEquals(Optional.of("\"abc\""), connector.tag());
        assertEquals("To \"x\"\\y", connector.name());
        assertTrue(connector.flag("Enabled"));
        assertEquals(25, connector.number("Port").orElseThrow());
        assertEquals(List.of("h.x.com"), connector.texts("SmartHosts"));
        assertEquals("", connector.text("Fqdn"));
        assertFalse(connector.flag("NoSuchProperty"));
        assertTrue(connector.number("MaxMessageSize").isEmpty());
        assertEquals("Enabled", List.copyOf(connector.properties().keySet()).get(2), "the server's order");
    }

    @Test
    void a_change_of_what_was_seen_names_its_tag_and_one_of_a_name_does_not() {
        server.tag = "\"abc\"";
        server.json("GET " + CONNECTOR, 200, BAG);
        server.json(
                "PATCH " + CONNECTOR,
                200,
                "{\"item\": " + BAG + ", \"atNextStart\": [\"Bindings\"], \"warnings\": [\"w\"]}");
        server.json("DELETE " + CONNECTOR, 204, "");
        ManagedKind connectors = client.service().sendConnectors();
        Managed seen = connectors.get("To \"x\"\\y");
        Change change = connectors.change(seen, Map.of("Enabled", false));
        assertEquals(List.of("Bindings"), change.atNextStart());
        assertEquals(List.of("w"), change.warnings());
        assertEquals(seen, change.now());
        connectors.change("To \"x\"\\y", Map.of("Enabled", false));
        connectors.remove(seen);
        assertEquals(
                List.of(
                        "GET " + CONNECTOR,
                        "PATCH " + CONNECTOR + " {\"Enabled\":false} if \"abc\"",
                        "PATCH " + CONNECTOR + " {\"Enabled\":false}",
                        "DELETE " + CONNECTOR + " if \"abc\""),
                server.requests());
    }

    @Test
    void what_was_listed_has_no_tag_and_cannot_be_held_against_the_state_of_things() {
        server.json("GET /api/v1/send-connectors", 200, "{\"items\": [" + BAG + "], \"more\": false}");
        ManagedKind connectors = client.service().sendConnectors();
        Managed listed = connectors.list().getFirst();
        assertEquals(Optional.empty(), listed.tag());
        assertThrows(IllegalArgumentException.class, () -> connectors.change(listed, Map.of("Enabled", false)));
        assertEquals(1, server.requests().size());
    }

    @Test
    void settings_are_changed_by_key_and_null_takes_back() {
        server.json("PATCH /api/v1/settings", 200, "{\"changed\": {\"a.b\": \"1\"}, \"atNextStart\": []}");
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("a.b", 1);
        changes.put("c.d", null);
        assertEquals(Map.of("a.b", "1"), client.service().changeSettings(changes));
        assertEquals(List.of("PATCH /api/v1/settings {\"changes\":{\"a.b\":1,\"c.d\":null}}"), server.requests());
    }

    @Test
    void a_refused_change_says_all_that_is_wrong() {
        server.json(
                "PATCH " + SERVICE,
                422,
                "{\"type\": \"urn:tarry:problem:setting-refused\", \"title\": \"t\", \"status\": 422,"
                        + " \"detail\": \"A: is wrong; B: is wrong too.\", \"faults\": []}");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> client.service().changeTransportService(Map.of("A", 1)));
        assertEquals(422, refused.status());
        assertEquals("A: is wrong; B: is wrong too.", refused.getMessage());
    }

    @Test
    void dns_is_looked_into() {
        server.json(
                "GET /api/v1/dns",
                200,
                "{\"external\": {\"servers\": [\"8.8.8.8\"], \"from\": \"list\", \"protocolOption\": \"Any\","
                        + " \"usedBy\": [\"Internet\"]}, \"internal\": {\"servers\": [], \"from\": \"adapter\"}}");
        server.json(
                "GET /api/v1/dns/cache?name=gmail.com",
                200,
                "{\"items\": [{\"name\": \"gmail.com\", \"type\": \"MX\", \"status\": \"NOERROR\", \"records\": [\"5 a.\"], \"ttlSeconds\": 7,"
                        + " \"from\": \"8.8.8.8\"}], \"more\": false}");
        server.json("DELETE /api/v1/dns/cache/gmail.com", 200, "{\"forgotten\": 2}");
        server.json("POST /api/v1/dns/resolve", 200, "{\"answer\": \"NXDOMAIN\"}");
        ServiceClient service = client.service();
        assertEquals(
                new ServiceClient.Resolvers(List.of("8.8.8.8"), false, "Any", List.of("Internet")),
                service.externalDns());
        assertTrue(service.internalDns().fromAdapter());
        assertEquals(
                List.of(new ServiceClient.CachedRecords("gmail.com", "MX", "NOERROR", List.of("5 a."), 7, "8.8.8.8")),
                service.dnsCache(Optional.of("gmail.com")));
        assertEquals(2, service.clearDnsCache("gmail.com"));
        assertEquals("NXDOMAIN", service.resolve("a.com", "MX", false).get("answer"));
    }

    @Test
    void unhealthy_hosts_are_listed_and_forgotten() {
        server.json(
                "GET /api/v1/hosts/unhealthy?host=a.example",
                200,
                "{\"items\": [{\"host\": \"a.example\", \"address\": \"192.0.2.1\", \"port\": 25, \"failures\": 2,"
                        + " \"since\": \"2026-11-22T10:00:05Z\", \"last\": \"2026-11-22T10:01:05Z\","
                        + " \"until\": \"2026-11-22T10:02:05Z\", \"error\": \"421 4.2.1 no\"}], \"more\": false}");
        server.json("DELETE /api/v1/hosts/unhealthy", 200, "{\"forgotten\": 3}");
        server.json("DELETE /api/v1/hosts/unhealthy/a.example", 200, "{\"forgotten\": 1}");
        ServiceClient service = client.service();
        assertEquals(
                List.of(new UnhealthyHost(
                        "a.example",
                        "192.0.2.1",
                        25,
                        2,
                        Instant.parse("2026-11-22T10:00:05Z"),
                        Instant.parse("2026-11-22T10:01:05Z"),
                        Instant.parse("2026-11-22T10:02:05Z"),
                        "421 4.2.1 no")),
                service.unhealthyHosts(Optional.of("a.example")));
        assertEquals(3, service.clearUnhealthyHosts());
        assertEquals(1, service.clearUnhealthyHost("a.example"));
        assertThrows(ProblemException.class, () -> service.clearUnhealthyHost("b.example"));
    }

    @Test
    void its_own_dns_queries_are_found_page_by_page() {
        server.json(
                "GET /api/v1/dns/queries?domain=gmail.com&outcome=no_answer&cached=false&before=8&resultSize=1",
                200,
                "{\"items\": [{\"id\": 7, \"at\": \"2026-11-22T10:00:05Z\", \"search\": 3, \"asker\": \"delivery\","
                        + " \"nextHop\": \"gmail.com\", \"name\": \"gmail.com\", \"type\": \"MX\", \"server\":"
                        + " \"8.8.8.8\", \"port\": 53, \"protocol\": \"UDP\", \"outcome\": \"no_answer\", \"detail\":"
                        + " \"no answer\", \"tookMillis\": 5000, \"cached\": false, \"detours\": [], \"records\": []}],"
                        + " \"more\": true}");
        Page<OwnDnsQuery> page = client.service()
                .dnsQueries(new DnsQueryFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("no_answer"),
                                Optional.of(false),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ResultLimit.of(1))
                        .about("gmail.com")
                        .before(8));
        assertTrue(page.more());
        assertEquals(
                List.of(new OwnDnsQuery(
                        7,
                        Instant.parse("2026-11-22T10:00:05Z"),
                        3,
                        "delivery",
                        "gmail.com",
                        "gmail.com",
                        "MX",
                        "8.8.8.8",
                        53,
                        "UDP",
                        "no_answer",
                        "no answer",
                        Duration.ofSeconds(5),
                        false,
                        List.of(),
                        List.of())),
                page.items());
    }
}
