package dev.tarry.client;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers what it was told to, on a free loopback port, and remembers what it was asked.
final class StubServer implements AutoCloseable {
    private record Given(int status, String contentType, byte[] body) {}

    private final HttpServer server;
    private final Map<String, Given> answers = new LinkedHashMap<>();
    /// The ETag of every answer; empty: none.
    volatile String tag = "";

    private final List<String> requests = new CopyOnWriteArrayList<>();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            requests.add((body.isEmpty() ? asked : asked + " " + body) + (match == null ? "" : " if " + match));
            Given given =
                    answers.getOrDefault(asked, new Given(404, "text/plain", "no".getBytes(StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Content-Type", given.contentType());
            if (!tag.isEmpty()) {
                exchange.getResponseHeaders().add("ETag", tag);
            }
            exchange.sendResponseHeaders(given.status(), given.body().length == 0 ? -1 : given.body().length);
            try (var out = exchange.getResponseBody()) {
                out.write(given.body());
            }
        });
        server.start();
    }

    StubServer json(String request, int status, String body) {
        answers.put(request, new Given(status, "application/json", body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    StubServer bytes(String request, byte[] body) {
        answers.put(request, new Given(200, "message/rfc822", body));
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
