package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.DnsOperations;
import dev.tarry.admin.HostHealthOperations;
import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.SettingsDesk;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.LookupSettings;
import dev.tarry.dns.MxResolver;
import dev.tarry.dns.Ourselves;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import dev.tarry.send.ConnectionFailureTable;
import dev.tarry.send.NextHopSender;
import dev.tarry.send.SendLog;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way from a request to the settings book and back.
final class ServiceApiTest {
    private static final String SERVICE = "/api/v1/transport-service";
    private static final String CONNECTORS = "/api/v1/send-connectors";
    private static final String GUIDE =
            "{\"Name\": \"To problem domain\", \"AddressSpaces\": [\"SMTP:problem-domain.com;1\"],"
                    + " \"SmartHosts\": [\"their-known-mailserver.com\"], \"DNSRoutingEnabled\": false}";

    @TempDir
    private Path folder;

    private final Stage stage = new Stage();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Json json = new Json();
    private SettingsBook book;
    private HttpListener listener;

    @BeforeEach
    void start() throws Exception {
        book = SettingsBook.open(
                new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder), false));
        SettingsDesk desk = new SettingsDesk(book, stage.world.secrets());
        MxResolver resolver = new MxResolver(stage.world, LookupSettings.DEFAULTS, Ourselves.UNKNOWN, DnsJournal.NONE);
        List<Route> routes = new ArrayList<>(ServiceRoutes.of(desk, _ -> List.of(), _ -> Optional.empty()));
        routes.addAll(SettingsRoutes.of(
                desk,
                new DnsOperations(
                        () -> DnsServers.of(book.now().dns()),
                        () -> router(book.now()),
                        resolver.cache(),
                        resolver.inquirer())));
        routes.addAll(HostHealthRoutes.of(new HostHealthOperations(new NextHopSender(
                        stage.world,
                        book.now().smtpSend(),
                        new ConnectionFailureTable(ExchangeProfile.E2019),
                        SendLog.NONE)
                .health())));
        listener = stage.listen(HttpSettings.loopback(Stage.anyPort()), new RouteTable(routes));
    }

    private static Router router(Settings settings) {
        return new Router(
                settings.sendConnectors().stream().map(SendConnector::of).toList(),
                List.of(),
                new Router.MailboxDatabase("x", new UUID(0, 0)),
                Set.of());
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        stage.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        int port = ((InetSocketAddress) listener.address()).getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, Object> ok(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        return json.object(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> json, String name) {
        return (Map<String, Object>) json.get(name);
    }

    @Test
    void no_host_is_unhealthy_until_one_has_failed() throws Exception {
        String path = "/api/v1/hosts/unhealthy";
        assertEquals(
                List.of(), ok(200, send("GET", path + "?host=mx.example", "")).get("items"));
        assertEquals("0", ok(200, send("DELETE", path, "")).get("forgotten").toString());
        HttpResponse<String> unknown = send("DELETE", path + "/mx.example", "");
        assertEquals(404, unknown.statusCode(), unknown.body());
        assertTrue(unknown.body().contains("mx.example"), unknown.body());
    }

    @Test
    void of_two_operators_the_second_is_told_that_things_have_changed() throws Exception {
        HttpResponse<String> seen = send("GET", SERVICE, "");
        assertEquals(304, send("GET", SERVICE, "", "If-None-Match", tag(seen)).statusCode());
        HttpResponse<String> first =
                send("PATCH", SERVICE, "{\"QueueMaxIdleTime\": \"00:05:00\"}", "If-Match", tag(seen));
        assertEquals("00:05:00", inner(ok(200, first), "item").get("QueueMaxIdleTime"));
        HttpResponse<String> second =
                send("PATCH", SERVICE, "{\"QueueMaxIdleTime\": \"00:06:00\"}", "If-Match", tag(seen));
        assertEquals(412, second.statusCode(), second.body());
        assertTrue(second.body().contains("urn:tarry:problem:precondition-failed"), second.body());
        assertEquals(Duration.ofMinutes(5), book.now().transport().queueMaxIdleTime());
        assertEquals(tag(first), tag(send("GET", SERVICE, "")), "the answer has the new state's tag");
        ok(200, send("PATCH", SERVICE, "{\"QueueMaxIdleTime\": \"00:06:00\"}", "If-Match", tag(first)));
    }

    @Test
    void a_connector_is_made_found_at_its_location_changed_and_removed() throws Exception {
        HttpResponse<String> made = send("POST", CONNECTORS, GUIDE);
        Map<String, Object> item = inner(ok(201, made), "item");
        String location = made.headers().firstValue("Location").orElseThrow();
        assertEquals("/api/v1/send-connectors/To%20problem%20domain", location);
        HttpResponse<String> there = send("GET", location, "");
        assertEquals(item, ok(200, there));
        assertEquals(tag(made), tag(there));
        assertEquals(
                false,
                inner(ok(200, send("PATCH", location, "{\"Enabled\": false}", "If-Match", tag(there))), "item")
                        .get("Enabled"));
        assertEquals(412, send("DELETE", location, "", "If-Match", tag(there)).statusCode());
        assertEquals(204, send("DELETE", location, "").statusCode());
        assertEquals(404, send("GET", location, "").statusCode());
        assertEquals(404, send("DELETE", location, "").statusCode());
        assertEquals(1, ((List<?>) ok(200, send("GET", CONNECTORS, "")).get("items")).size());
    }

    @Test
    void all_that_is_wrong_is_told_as_a_list_and_nothing_is_changed() throws Exception {
        HttpResponse<String> refused = send(
                "PATCH",
                SERVICE,
                "{\"ExternalDNSServers\": [\"dns.google\"], \"MessageRetryInterval\": \"soon\","
                        + " \"QueueMaxIdleTime\": \"00:05:00\"}");
        Map<String, Object> problem = ok(422, refused);
        assertEquals("urn:tarry:problem:setting-refused", problem.get("type"));
        List<?> faults = (List<?>) problem.get("faults");
        assertEquals(2, faults.size(), refused.body());
        for (Object fault : faults) {
            Map<?, ?> one = (Map<?, ?>) fault;
            assertEquals(List.of("name", "what", "right"), List.copyOf(one.keySet()));
            assertTrue(Set.of("ExternalDNSServers", "MessageRetryInterval").contains(one.get("name")));
        }
        assertEquals(
                Map.of(), ok(200, send("GET", "/api/v1/settings/changes", "")).get("changes"));
    }

    @Test
    void what_is_refused_because_there_are_too_many_says_when_to_ask_again() {
        Problem problem = Problems.of(new OperationRefused(OperationRefused.Reason.BUSY, "there are too many"));
        assertEquals(503, problem.status());
        assertEquals(5L, problem.more().get(Problem.RETRY_AFTER));
    }

    @Test
    void bodies_of_another_shape_are_refused_as_ever() throws Exception {
        for (String body : List.of(
                "{\"NoSuchProperty\": 1}",
                "{\"ExternalDNSAdapterEnabled\": \"false\"}",
                "{\"MessageRetryInterval\": 300}",
                "[]")) {
            assertEquals(400, send("PATCH", SERVICE, body).statusCode(), body);
        }
        assertEquals(400, send("POST", CONNECTORS, "{\"Name\": \"x\"}").statusCode());
        assertEquals(
                400,
                send("PATCH", "/api/v1/settings", "{\"transport.queueMaxIdleTime\": \"7m\"}")
                        .statusCode());
        assertEquals(400, send("POST", "/api/v1/dns/resolve", "{}").statusCode());
        assertEquals(
                400, send("POST", "/api/v1/dns/resolve", "{\"name\": \"a b\"}").statusCode());
        assertEquals(
                400,
                send("POST", "/api/v1/dns/resolve", "{\"domain\": \"a.com\", \"set\": \"both\"}")
                        .statusCode());
        assertEquals(
                409,
                send("POST", CONNECTORS, GUIDE.replace("To problem domain", "internet"))
                        .statusCode());
        assertEquals(
                409, send("DELETE", "/api/v1/accepted-domains/company.com", "").statusCode());
    }

    @Test
    void settings_are_changed_by_key_with_their_tag_and_taken_back_by_null() throws Exception {
        HttpResponse<String> seen = send("GET", "/api/v1/settings", "");
        ok(200, seen);
        HttpResponse<String> done = send(
                "PATCH",
                "/api/v1/settings",
                "{\"changes\": {\"dns.externalDNSServers\": [\"8.8.8.8\"], \"transport.queueGlitchRetryCount\": 2}}",
                "If-Match",
                tag(seen));
        assertEquals("2", inner(ok(200, done), "changed").get("transport.queueGlitchRetryCount"));
        assertEquals(
                Map.of("dns.externalDNSServers", "8.8.8.8", "transport.queueGlitchRetryCount", "2"),
                ok(200, send("GET", "/api/v1/settings/changes", "")).get("changes"));
        assertEquals(tag(done), tag(send("GET", "/api/v1/settings", "")));
        ok(200, send("PATCH", "/api/v1/settings", "{\"changes\": {\"dns.externalDNSServers\": null}}"));
        assertEquals(List.of(), book.now().dns().externalDNSServers());
        assertEquals(2, book.now().transport().queueGlitchRetryCount());
    }

    @Test
    void dns_tells_whom_it_asks_and_that_it_remembers_nothing_yet() throws Exception {
        ok(
                200,
                send(
                        "PATCH",
                        SERVICE,
                        "{\"ExternalDNSServers\": [\"8.8.8.8\"], \"ExternalDNSAdapterEnabled\": false}"));
        Map<String, Object> dns = ok(200, send("GET", "/api/v1/dns", ""));
        assertEquals(List.of("8.8.8.8"), inner(dns, "external").get("servers"));
        assertEquals("list", inner(dns, "external").get("from"));
        assertEquals(List.of("Internet"), inner(dns, "external").get("usedBy"));
        assertEquals(dns.get("adapter"), inner(dns, "internal").get("servers"));
        assertEquals(
                List.of(),
                ok(200, send("GET", "/api/v1/dns/cache?name=gmail.com", "")).get("items"));
        assertEquals(0L, ok(200, send("DELETE", "/api/v1/dns/cache", "")).get("forgotten"));
        assertEquals(404, send("DELETE", "/api/v1/dns/cache/gmail.com", "").statusCode());
    }

    @Test
    void domains_and_receive_connectors_have_their_routes() throws Exception {
        HttpResponse<String> made =
                send("POST", "/api/v1/accepted-domains", "{\"DomainName\": \"fabrikam.com\", \"Name\": \"Fabrikam\"}");
        assertEquals("Fabrikam", inner(ok(201, made), "item").get("Name"));
        assertEquals(
                "/api/v1/accepted-domains/fabrikam.com",
                made.headers().firstValue("Location").orElseThrow());
        ok(200, send("PATCH", "/api/v1/accepted-domains/Fabrikam", "{\"Default\": true}"));
        assertEquals(
                204, send("DELETE", "/api/v1/accepted-domains/company.com", "").statusCode());
        assertFalse(
                ok(200, send("GET", "/api/v1/accepted-domains", "")).toString().contains("company.com"));
        Map<String, Object> changed = ok(
                200,
                send(
                        "PATCH",
                        "/api/v1/receive-connectors/MAIL%5CDefault%20Frontend%20MAIL",
                        "{\"MaxMessageSize\": 1048576, \"Bindings\": [\"127.0.0.1:2526\"]}"));
        assertEquals("1 MB (1,048,576 bytes)", inner(changed, "item").get("MaxMessageSize"));
        assertEquals(List.of(), changed.get("atNextStart"));
        HttpResponse<String> relay = send(
                "POST",
                "/api/v1/receive-connectors",
                "{\"Name\": \"Relay\", \"Bindings\": [\"127.0.0.1:2526\"], \"RemoteIPRanges\": [\"10.0.0.0/8\"]}");
        assertEquals("MAIL\\Relay", inner(ok(201, relay), "item").get("Identity"));
        assertEquals(
                "/api/v1/receive-connectors/Relay",
                relay.headers().firstValue("Location").orElseThrow());
        assertEquals(204, send("DELETE", "/api/v1/receive-connectors/Relay", "").statusCode());
        assertEquals(404, send("DELETE", "/api/v1/receive-connectors/Relay", "").statusCode());
        Map<String, Object> config = ok(200, send("GET", "/api/v1/transport-config", ""));
        ok(200, send("PATCH", "/api/v1/transport-config", "{\"ExternalDsnSendHtml\": false}"));
        assertEquals(true, config.get("ExternalDsnSendHtml"));
        assertFalse(book.now().dsn().external().sendHtml());
    }
}
