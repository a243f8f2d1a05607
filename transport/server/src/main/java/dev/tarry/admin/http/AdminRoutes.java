package dev.tarry.admin.http;

import dev.tarry.admin.Health;
import dev.tarry.admin.MailboxOperations;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.QueueOperations;
import dev.tarry.admin.ResultSize;
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
    private static final String FILTER =
            "A filter as Exchange's shell takes it: Status -eq 'Retry' -and MessageCount -gt 10.";
    private static final String RESULT_SIZE = "How many at most: 1 to 250000 or Unlimited; 1000 if not given.";
    private static final String WITH_RECIPIENTS = "true fills Recipients.";
    private static final Shape.Fields RESUBMIT = Shape.fields(Shape.optional(
            "resubmit", Shape.FLAG, "Whether the messages are categorized again instead of being tried."));
    private static final Shape QUEUE = Shape.of(QueueOperations.properties());
    private static final Shape MESSAGE = Shape.of(MessageOperations.properties());

    /// What Get-MessageTrackingLog can be asked (reference §8.5), by the names that queries have here.
    private static final List<Route.Parameter> TRACKING = List.of(
            new Route.Parameter("start", "The earliest moment, ISO 8601."),
            new Route.Parameter("end", "The moment before which, ISO 8601."),
            new Route.Parameter("eventId", "RECEIVE, SEND, DEFER, FAIL, DSN, DELIVER, …."),
            new Route.Parameter("source", "SMTP, DNS, QUEUE, …."),
            new Route.Parameter("sender", "The whole sender address."),
            new Route.Parameter("recipients", "Addresses separated by commas; any of them."),
            new Route.Parameter("messageId", "The Message-ID header."),
            new Route.Parameter("internalMessageId", "The message's integer."),
            new Route.Parameter("networkMessageId", "The GUID given at receipt."),
            new Route.Parameter("messageSubject", "A part of the subject."),
            new Route.Parameter("reference", "For reports: the Message-ID of the message that they are about."),
            new Route.Parameter("transportTrafficType", "Email is the only one."),
            new Route.Parameter("resultSize", "How many at most, or Unlimited; 1000 if not given."));

    /// All of them with others behind, and the description of all at `/api/v1/openapi.json`.
    public RouteTable table(List<Route> others) {
        List<Route> routes = new ArrayList<>();
        queueRoutes(routes);
        messageRoutes(routes);
        mailboxRoutes(routes);
        routes.add(trackingRoute());
        watchRoutes(routes);
        routes.addAll(others);
        RouteTable described = new RouteTable(routes);
        Supplier<SequencedMap<String, Object>> document = once(() -> OpenApi.document(described, version));
        return described.with(List.of(Route.get("/api/v1/openapi.json", "This API's description.")
                .gives(Shape.ANYTHING, "An OpenAPI 3.1 document.")
                .by(_ -> Reply.ok(document.get()))));
    }

    private void queueRoutes(List<Route> routes) {
        routes.add(Route.get("/api/v1/queues", "Queues, by identity.")
                .query("filter", FILTER)
                .query("resultSize", RESULT_SIZE)
                .givesItems(QUEUE, "Queues with their properties.")
                .by(r -> Reply.items(queues.list(r.query("filter"), resultSize(r)))));
        routes.add(Route.post("/api/v1/queues/retry", "Has all queues in Retry that match tried now.")
                .takes(Shape.fields(
                        Shape.required("filter", Shape.TEXT, FILTER),
                        RESUBMIT.fields().getFirst()))
                .gives(
                        Shape.fields(Shape.required("matched", Shape.WHOLE, "How many queues matched.")),
                        "They are being tried.")
                .by(r -> Reply.ok(Map.of(
                        "matched", queues.retryAll(r.text("filter").orElseThrow(), r.flag("resubmit", false))))));
        routes.add(Route.get(
                        "/api/v1/queues/{identity}",
                        "The queue or queues that an identity means: MAIL\\4, 4, MAIL\\Submission, a next hop domain, *.")
                .givesItems(QUEUE, "At least one queue.")
                .by(r -> Reply.items(queues.find(r.path("identity")))));
        routes.add(Route.post("/api/v1/queues/{identity}/retry", "Has a queue in Retry tried now.")
                .takes(RESUBMIT)
                .by(r -> {
                    queues.retry(r.path("identity"), r.flag("resubmit", false));
                    return Reply.nothing();
                }));
    }

    private void messageRoutes(List<Route> routes) {
        routes.add(Route.get("/api/v1/messages", "Messages in queues, a copy per queue.")
                .query("queue", "The identity of the queue or queues to look in; all if not given.")
                .query("filter", FILTER)
                .query("resultSize", RESULT_SIZE)
                .query("includeRecipientInfo", WITH_RECIPIENTS)
                .givesItems(MESSAGE, "Messages with their properties.")
                .by(r -> Reply.items(messages.list(new MessageOperations.Query(
                        r.query("queue"), r.query("filter"), resultSize(r), r.queryFlag("includeRecipientInfo"))))));
        routes.add(Route.get(
                        "/api/v1/messages/{identity}",
                        "The copy or copies that an identity means: MAIL\\4\\1099511627776, or the last part alone.")
                .query("includeRecipientInfo", WITH_RECIPIENTS)
                .givesItems(MESSAGE, "At least one copy.")
                .by(r -> Reply.items(messages.find(r.path("identity"), r.queryFlag("includeRecipientInfo")))));
        routes.add(Route.get("/api/v1/messages/{identity}/content", "A message's octets.")
                .givesType("message/rfc822", "Header and body as they would be sent.")
                .by(r -> Reply.download(messages.content(r.path("identity")))));
    }

    private void mailboxRoutes(List<Route> routes) {
        routes.add(Route.get("/api/v1/mailboxes", "Local mailboxes that hold something.")
                .givesItems(
                        Shape.fields(
                                Shape.required("Mailbox", Shape.TEXT, "Its address."),
                                Shape.required("Count", Shape.WHOLE, "How many messages it holds.")),
                        "Mailboxes by address.")
                .by(_ -> Reply.items(mailboxes.list())));
        routes.add(Route.get("/api/v1/mailboxes/{address}/messages", "A mailbox's messages, oldest first.")
                .query("resultSize", RESULT_SIZE)
                .givesItems(
                        Shape.fields(
                                Shape.required("Id", Shape.TEXT, "Names it in this mailbox."),
                                Shape.required("Received", Shape.MOMENT, "When it was delivered."),
                                Shape.required("From", Shape.TEXT, "The envelope's sender; <> for reports."),
                                Shape.required("Subject", Shape.TEXT, "The Subject header, decoded."),
                                Shape.required("MessageId", Shape.TEXT, "The Message-ID header."),
                                Shape.required("SizeBytes", Shape.WHOLE, "How large it is.")),
                        "Messages; none where nobody wrote.")
                .by(r -> Reply.items(mailboxes.messages(r.path("address"), resultSize(r)))));
        routes.add(Route.get("/api/v1/mailboxes/{address}/messages/{id}/content", "A delivered message's octets.")
                .givesType("message/rfc822", "Header and body, Return-Path first.")
                .by(r -> Reply.download(mailboxes.content(r.path("address"), r.path("id")))));
        routes.add(Route.delete("/api/v1/mailboxes/{address}/messages/{id}", "Removes a delivered message.")
                .by(r -> {
                    mailboxes.remove(r.path("address"), r.path("id"));
                    return Reply.nothing();
                }));
    }

    private Route trackingRoute() {
        Route.Draft draft = Route.get("/api/v1/tracking", "Events of the message tracking log, oldest first.");
        TRACKING.forEach(p -> draft.query(p.name(), p.description()));
        return draft.givesItems(new Shape.Map(Shape.ANYTHING), "Events with the properties of Get-MessageTrackingLog.")
                .by(r -> {
                    Map<String, List<String>> parameters = new LinkedHashMap<>();
                    r.query().forEach((name, value) -> parameters.put(name, List.of(value)));
                    return Reply.items(tracking.search(parameters));
                });
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

    /// @throws OperationRefused if it is none
    private static ResultSize resultSize(Request request) {
        return request.query("resultSize").map(ResultSize::parse).orElse(ResultSize.DEFAULT);
    }
}
