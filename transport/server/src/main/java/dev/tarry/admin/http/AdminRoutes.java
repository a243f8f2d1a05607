package dev.tarry.admin.http;

import dev.tarry.admin.Health;
import dev.tarry.admin.Listing;
import dev.tarry.admin.MailboxOperations;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.QueueOperations;
import dev.tarry.admin.TrackingOperations;
import dev.tarry.admin.metrics.Scrape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
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
        return described(routes);
    }

    /// With the description of all of them, itself included.
    private RouteTable described(List<Route> routes) {
        List<Route> all = new ArrayList<>(routes);
        AtomicReference<RouteTable> table = new AtomicReference<>();
        Supplier<SequencedMap<String, Object>> document = once(() -> OpenApi.document(table.get(), version));
        Supplier<String> page = once(() -> ApiPage.of(table.get(), version));
        all.add(Route.get("/api", "This API as a page for a browser.")
                .withoutToken()
                .givesType("text/html", "A page that needs no scripts and nothing from elsewhere.")
                .by(_ -> new Reply.Page(page.get(), ApiPage.policy())));
        all.add(Route.get("/api/v1/openapi.json", "This API's description.")
                .gives(Shape.ANYTHING, "An OpenAPI 3.1 document.")
                .by(_ -> Reply.ok(document.get())));
        all.add(Route.get("/api/v1/problems", "The kinds of problem that this API tells.")
                .givesItems(
                        Shape.fields(
                                Shape.required("type", Shape.TEXT.such(ProblemType.UNKNOWN_QUEUE.urn()), "Stable."),
                                Shape.required("title", Shape.TEXT, "The same for every problem of the type."),
                                Shape.required("status", Shape.WHOLE, "The HTTP status."),
                                Shape.required("when", Shape.TEXT, "When it occurs."),
                                Shape.required("remedy", Shape.TEXT, "What to do about it.")),
                        "All of them.")
                .by(_ -> Reply.items(Listing.of(Arrays.stream(ProblemType.values())
                        .map(AdminRoutes::row)
                        .toList()))));
        table.set(new RouteTable(all));
        return table.get();
    }

    private static SequencedMap<String, Object> row(ProblemType type) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("type", type.urn());
        row.put("title", type.title());
        row.put("status", type.status());
        row.put("when", type.when());
        row.put("remedy", type.remedy());
        return row;
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
                Shape.required("status", Shape.oneOf("up", "down"), "What it comes to."),
                Shape.optional("checks", new Shape.Map(Shape.TEXT), "up, or what is wrong, by name."));
        routes.add(Route.get("/health/live", "Whether the server runs.")
                .withoutToken()
                .gives(state, "It does.")
                .by(_ -> Reply.ok(Map.of("status", "up"))));
        for (String path : List.of("/health", "/health/ready")) {
            routes.add(Route.get(path, "Whether the server takes mail; 503 if it does not.")
                    .withoutToken()
                    .gives(state, "It does.")
                    .orGives(503, state, "It does not; checks says what is wrong.")
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
