package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tarry.admin.http.ApiMarkdown;
import dev.tarry.admin.http.Route;
import dev.tarry.config.SettingsBook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The whole API, as it is described and as it is served.
final class ApiTest {
    /// Run with `-Dtarry.renew=true` to write it anew.
    private static final Path TEXT = Path.of("API.md");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static Running server;
    private static HttpClient client;
    private static ObjectNode document;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        document = (ObjectNode) JSON.readTree(ask("GET", "/api/v1/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
        server.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + Addresses.text(server.addresses().admin()) + path))
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> ask(String method, String path) throws Exception {
        return client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_text_of_the_api_is_fresh() throws Exception {
        String text = ApiMarkdown.of(
                server.routes(),
                "Written from the table of routes by `ApiTest` (`-Dtarry.renew=true` writes it anew); a running server"
                        + " shows the same at `/api`, and for programs at `/api/v1/openapi.json`.");
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(TEXT, text);
        }
        assertEquals(text, Files.readString(TEXT), "API.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    @Test
    void every_route_that_is_served_is_described_and_none_besides() {
        Set<String> served = new TreeSet<>();
        server.routes().routes().forEach(route -> served.add(route.method() + " " + route.path()));
        Set<String> described = new TreeSet<>();
        for (var path : document.get("paths").properties()) {
            path.getValue()
                    .propertyNames()
                    .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        assertEquals(served, described);
        assertTrue(served.size() > 60, served::toString);
    }

    @Test
    void every_path_that_is_described_is_there() throws Exception {
        for (var path : document.get("paths").properties()) {
            String concrete = path.getKey().replaceAll("\\{[a-zA-Z]+}", "no-such-thing");
            // a method that no route has: the path is looked at, and nothing is done
            HttpResponse<String> answer = ask("TRACE", concrete);
            assertTrue(answer.body().contains("method-not-allowed"), concrete + ": " + answer.body());
            List<String> allowed =
                    List.of(answer.headers().firstValue("Allow").orElse("").split(", "));
            path.getValue()
                    .propertyNames()
                    .forEach(method -> assertTrue(allowed.contains(method.toUpperCase(Locale.ROOT)), concrete));
        }
        assertTrue(ask("GET", "/api/v1/no-such-thing").body().contains("unknown-path"));
    }

    @Test
    void what_can_be_read_without_knowing_anything_fits_its_schema() throws Exception {
        Set<String> tried = new HashSet<>();
        for (Route route : server.routes().routes()) {
            if (!route.method().equals("GET")
                    || route.path().contains("{")
                    || !route.answer().mediaType().equals("application/json")) {
                continue;
            }
            HttpResponse<String> answer = ask("GET", route.path());
            assertEquals(200, answer.statusCode(), () -> route.path() + ": " + answer.body());
            assertFits(
                    "/paths/" + route.path().replace("/", "~1") + "/get/responses/200/content/application~1json/schema",
                    answer.body(),
                    route.path());
            tried.add(route.path());
        }
        assertTrue(tried.containsAll(Set.of("/api/v1/queues", "/lab/v1/faults", "/lab/v1/clock")), tried::toString);
    }

    @Test
    void what_goes_wrong_fits_the_problems_schema() throws Exception {
        for (String path : List.of(
                "/nothing",
                "/api/v1/queues?filter=x",
                "/api/v1/queues/99",
                "/api/v1/tracking?eventId=x",
                "/lab/v1/mail/x")) {
            HttpResponse<String> answer = ask("GET", path);
            assertTrue(answer.statusCode() >= 400, path);
            assertFits("/components/schemas/Problem", answer.body(), path);
        }
    }

    private static void assertFits(String pointer, String body, String what) {
        ObjectNode root = document.deepCopy();
        root.put("$ref", "#" + pointer);
        List<Error> faults = SCHEMAS.getSchema(root).validate(body, InputFormat.JSON);
        assertEquals(List.of(), faults, () -> what + " gave " + body);
    }

    @Test
    void the_document_is_open_api_3_1() {
        assertEquals("3.1.0", document.get("openapi").asString());
        Set<String> ids = new HashSet<>();
        Set<String> tags = new HashSet<>();
        document.get("tags").forEach(tag -> assertTrue(tags.add(tag.get("name").asString()), tag::toString));
        for (var path : document.get("paths").properties()) {
            assertTrue(path.getKey().startsWith("/"), path.getKey());
            for (var operation : path.getValue().properties()) {
                String what = operation.getKey() + " " + path.getKey();
                JsonNode said = operation.getValue();
                assertTrue(ids.add(said.get("operationId").asString()), what);
                assertTrue(said.get("operationId").asString().matches("[a-z][A-Za-z0-9]+"), what);
                said.get("tags").forEach(tag -> assertTrue(tags.contains(tag.asString()), what));
                assertFalse(said.get("responses").isEmpty(), what);
                said.get("responses").forEach(one -> assertTrue(one.has("description") || one.has("$ref"), what));
                Set<String> names = new HashSet<>();
                Set<String> inPath = new TreeSet<>();
                for (JsonNode parameter : said.path("parameters")) {
                    String in = parameter.get("in").asString();
                    assertTrue(names.add(in + " " + parameter.get("name").asString()), what);
                    if (in.equals("path")) {
                        assertTrue(parameter.get("required").asBoolean(), what);
                        inPath.add("{" + parameter.get("name").asString() + "}");
                    }
                }
                for (String segment : path.getKey().split("/")) {
                    assertEquals(segment.startsWith("{"), inPath.contains(segment), what);
                }
            }
        }
    }

    @Test
    void every_schema_is_a_schema_and_every_reference_leads_somewhere() {
        var meta = SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (JsonNode schema : document.findValues("schema")) {
            assertEquals(List.of(), meta.validate(schema), schema::toString);
        }
        for (var schema : document.get("components").get("schemas").properties()) {
            assertEquals(List.of(), meta.validate(schema.getValue()), schema::getKey);
        }
        for (JsonNode reference : document.findValues("$ref")) {
            String to = reference.asString();
            assertTrue(to.startsWith("#/"), to);
            assertFalse(document.at(to.substring(1)).isMissingNode(), to);
        }
    }

    @Test
    void the_page_for_browsers_names_every_route() throws Exception {
        String page = ask("GET", "/api").body();
        for (Route route : server.routes().routes()) {
            assertTrue(page.contains(">" + route.method() + " " + route.path() + "<"), route.path());
        }
    }
}
