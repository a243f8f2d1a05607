package dev.tarry.shell;

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
    /// @param missing how many octets more are promised than are sent
    private record Given(int status, String contentType, byte[] body, int missing) {
        Given(int status, String contentType, byte[] body) {
            this(status, contentType, body, 0);
        }
    }

    private final HttpServer server;
    private final Map<String, Given> answers = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(body.isEmpty() ? asked : asked + " " + body);
            Given given =
                    answers.getOrDefault(asked, new Given(404, "text/plain", "no".getBytes(StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Content-Type", given.contentType());
            exchange.sendResponseHeaders(
                    given.status(), given.body().length == 0 ? -1 : given.body().length + given.missing());
            try (var out = exchange.getResponseBody()) {
                out.write(given.body());
                out.flush();
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

    /// An answer that breaks off.
    StubServer torn(String request, byte[] body) {
        answers.put(request, new Given(200, "message/rfc822", body, 1000));
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
