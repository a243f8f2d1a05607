package dev.tarry.admin.http;

import dev.tarry.admin.Health;
import dev.tarry.admin.MailboxOperations;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.QueueOperations;
import dev.tarry.admin.TrackingOperations;
import dev.tarry.admin.metrics.Scrape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The routes of `/api/v1`, `/health` and `/metrics`.
///
/// @param scrape made at the first request for metrics
/// @param version the server's
public record AdminRoutes(
        QueueOperations queues,
        MessageOperations messages,
        TrackingOperations tracking,
        MailboxOperations mailboxes,
        Health health,
        Supplier<Scrape> scrape,
        String version) {
    /// All of them with others behind, and the description of all at `/api/v1/openapi.json`.
    public RouteTable table(List<Route> others) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new QueueRoutes(queues, messages).routes());
        routes.addAll(new TrackingRoutes(tracking).routes());
        routes.addAll(new MailboxRoutes(mailboxes).routes());
        watchRoutes(routes);
        routes.addAll(others);
        RouteTable described = new RouteTable(routes);
        Supplier<SequencedMap<String, Object>> document = once(() -> OpenApi.document(described, version));
        return described.with(List.of(Route.get("/api/v1/openapi.json", "This API's description.")
                .gives(Shape.ANYTHING, "An OpenAPI 3.1 document.")
                .by(_ -> Reply.ok(document.get()))));
    }

    /// Made when it is first asked for, so that it costs the start nothing.
    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private T made;

            @Override
            public synchronized T get() {
                if (made == null) {
                    made = maker.get();
                }
                return made;
            }
        };
    }

    private void watchRoutes(List<Route> routes) {
        Supplier<Scrape> scrapeOnce = once(scrape);
        Shape state = Shape.fields(
                Shape.required("status", Shape.TEXT, "up or down."),
                Shape.optional("checks", new Shape.Map(Shape.TEXT), "up, or what is wrong, by name."));
        routes.add(Route.get("/health/live", "Whether the server runs.")
                .withoutToken()
                .gives(state, "It does.")
                .by(_ -> Reply.ok(Map.of("status", "up"))));
        for (String path : List.of("/health", "/health/ready")) {
            routes.add(Route.get(path, "Whether the server takes mail; 503 if it does not.")
                    .withoutToken()
                    .gives(state, "It does.")
                    .by(_ -> {
                        Health.State ready = health.ready();
                        SequencedMap<String, Object> json = new LinkedHashMap<>();
                        json.put("status", ready.up() ? "up" : "down");
                        json.put("checks", ready.checks());
                        return new Reply.Json(ready.up() ? 200 : 503, json);
                    }));
        }
        routes.add(Route.get("/metrics", "What is counted, for Prometheus.")
                .givesType("text/plain", "Prometheus' text format, or OpenMetrics where it is asked for.")
                .by(r -> {
                    Scrape.Printed printed = scrapeOnce.get().print(r.accept());
                    return new Reply.Text(printed.mediaType(), printed.text());
                }));
    }
}
