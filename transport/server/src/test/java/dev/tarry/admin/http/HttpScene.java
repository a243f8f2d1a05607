package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.admin.RawContent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/// A listener with routes of every kind, and clients to try them.
abstract class HttpScene {
    static final String HOST = "Host: localhost\r\n";
    static final String JSON = "application/json";
    static final Duration GIVE_UP = Duration.ofSeconds(60);
    static final int LARGE = 3_000_000;

    final Stage stage = new Stage();
    final CountDownLatch release = new CountDownLatch(1);
    volatile int waiting;
    volatile SequencedMap<String, Object> box = new LinkedHashMap<>(Map.of("content", "air"));
    final RouteTable routes = new RouteTable(List.of(
            Route.get("/things/{name}", "A thing.").query("color", "Which.").by(HttpScene::thing),
            Route.get("/things/special", "Letters go before parameters.").by(_ -> Reply.ok(Map.of("special", true))),
            Route.post("/things", "Makes a thing.")
                    .takes(Shape.fields(
                            Shape.required("name", Shape.TEXT, "Its name."),
                            Shape.optional("count", Shape.WHOLE, "How many.")))
                    .by(r -> Reply.created(Map.of("made", r.text("name").orElseThrow()))),
            Route.post("/poke", "Takes nothing.").takes(Shape.fields()).by(_ -> Reply.nothing()),
            Route.post("/nudge", "Has no body at all.").by(_ -> Reply.nothing()),
            Route.get("/broken", "Always fails.").by(_ -> {
                throw new IllegalStateException("the secret is 42");
            }),
            Route.get("/refused", "Always refused.").by(_ -> {
                throw new OperationRefused(Reason.UNKNOWN_QUEUE, "there is no queue 'x'");
            }),
            Route.get("/closed", "The store is closed.").by(_ -> {
                var refused = new OperationRefused(Reason.UNAVAILABLE, "the queues are not open");
                refused.initCause(new IllegalStateException("the store is closed"));
                throw refused;
            }),
            Route.get("/many", "A large list.")
                    .by(_ -> Reply.items(to -> {
                        for (int i = 0; i < 20_000; i++) {
                            to.accept(new LinkedHashMap<>(Map.of("number", (long) i)));
                        }
                        return true;
                    })),
            Route.get("/torn", "A list that breaks off.")
                    .by(_ -> Reply.items(to -> {
                        for (int i = 0; i < 20_000; i++) {
                            to.accept(new LinkedHashMap<>(Map.of("number", (long) i)));
                        }
                        throw new OperationRefused(Reason.UNAVAILABLE, "the disk is gone");
                    })),
            Route.get("/unreadable", "A list that cannot begin.")
                    .by(_ -> Reply.items(_ -> {
                        throw new OperationRefused(Reason.UNAVAILABLE, "the disk is gone");
                    })),
            Route.get("/mail/{id}", "A message.")
                    .by(r -> Reply.download(new RawContent(r.path("id"), LARGE, to -> {
                        for (int i = 0; i < LARGE; i += 100_000) {
                            to.write(ByteBuffer.allocate(100_000));
                        }
                    }))),
            Route.get("/short", "A message that is shorter than it says.")
                    .by(_ -> Reply.download(
                            new RawContent("1.eml", LARGE, to -> to.write(ByteBuffer.allocate(100_000))))),
            Route.get("/slow", "Waits.").by(_ -> {
                waiting++;
                release.await();
                return Reply.ok(Map.of("waited", true));
            }),
            Route.get("/box", "What is in the box.").tagged().by(_ -> Reply.tagged(box)),
            Route.put("/box", "Puts something else into the box.")
                    .takes(Shape.fields(Shape.required("content", Shape.TEXT, "What.")))
                    .tagged()
                    .by(this::fill),
            Route.put("/world", "Takes much.")
                    .takes(Shape.fields(Shape.required("zones", new Shape.ListOf(Shape.TEXT), "All.")))
                    .orDocument("application/yaml")
                    .by(r -> Reply.ok(Map.of(
                            "octets",
                            r.document().map(d -> (long) d.text().length()).orElse((long)
                                    r.body().toString().length())))),
            Route.get("/open", "Needs no token.").withoutToken().by(_ -> Reply.ok(Map.of("open", true)))));

    HttpListener listener = stage.listen(HttpSettings.loopback(Stage.anyPort()), routes);
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Reply thing(Request request) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("name", request.path("name"));
        json.put("color", request.query("color").orElse(null));
        return Reply.ok(json);
    }

    private Reply fill(Request request) {
        request.ifMatch().require(EntityTag.of(box));
        box = request.body();
        return Reply.created(box).tagged(EntityTag.of(box)).at("/box");
    }

    @AfterEach
    void close() {
        release.countDown();
        client.shutdownNow();
        stage.close();
    }

    HttpRequest.Builder request(String path) {
        int port = ((InetSocketAddress) listener.address()).getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(GIVE_UP);
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String type) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// What comes back until the server closes; the request should make it do so.
    String raw(String octets) throws IOException {
        try (RawClient raw = new RawClient(listener.address())) {
            return raw.send(octets).rest();
        }
    }

    static void assertProblem(int status, String type, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.body().contains("\"type\":\"urn:tarry:problem:" + type + "\""), response.body());
        assertTrue(response.body().contains("\"status\":" + status), response.body());
    }

    static void assertProblem(int status, String type, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertTrue(response.contains("urn:tarry:problem:" + type), response);
    }
}
