package dev.tarry.admin.http;

import dev.tarry.admin.ResubmitOperations;
import java.util.List;

/// `/api/v1/resubmit-requests`: what Safety Net has kept is sent once more.
public final class ResubmitRoutes {
    private static final String REQUESTS = "/api/v1/resubmit-requests";
    private static final Shape ADDRESS = Shape.TEXT.such("alice@company.com");
    private static final Shape.Fields REQUEST = Shape.fields(
            Shape.required("Identity", Shape.TEXT.such("1"), "Its number."),
            Shape.required("Server", Shape.TEXT, "This server."),
            Shape.required("Destination", new Shape.Nullable(Shape.TEXT), "GUID of the mailbox database, if given."),
            Shape.required("Sender", new Shape.Nullable(Shape.TEXT), "The envelope's sender, if given."),
            Shape.required("Recipient", new Shape.Nullable(Shape.TEXT), "Whose deliveries, if given."),
            Shape.required("MessageId", new Shape.Nullable(Shape.TEXT), "The Message-ID, if given."),
            Shape.required("ResubmitTo", new Shape.Nullable(Shape.TEXT), "Who gets them instead, if given."),
            Shape.required("StartTime", Shape.MOMENT, "Delivered then or later, lab time."),
            Shape.required("EndTime", Shape.MOMENT, "Delivered before, lab time."),
            Shape.required("CreationTime", Shape.MOMENT, "When it was made, lab time."),
            Shape.required("Enabled", Shape.FLAG, "Whether it goes on."),
            Shape.required("State", Shape.oneOf("Running", "Paused", "Completed"), "How it stands."),
            Shape.required("Resubmitted", Shape.WHOLE, "Messages sent so far."),
            Shape.required("Failed", Shape.WHOLE, "Messages that could not be read any more."));
    private static final Shape.Fields WANTED = Shape.fields(
            Shape.required("StartTime", Shape.MOMENT, "Delivered then or later, lab time."),
            Shape.required("EndTime", Shape.MOMENT, "Delivered before, lab time; not ahead of it."),
            Shape.optional(
                    "Destination",
                    Shape.TEXT,
                    "GUID of the mailbox database whose deliveries are meant; stands without the others."),
            Shape.optional("Sender", ADDRESS, "The envelope's sender; <> for reports."),
            Shape.optional("Recipient", ADDRESS, "Only what was delivered to this address, and only to it."),
            Shape.optional("MessageId", Shape.TEXT, "The Message-ID, with or without angle brackets."),
            Shape.optional("ResubmitTo", ADDRESS, "Who gets them instead of those who did."));

    private ResubmitRoutes() {}

    public static List<Route> of(ResubmitOperations operations) {
        return List.of(
                Route.get(REQUESTS, "Resubmit requests (Get-ResubmitRequest).")
                        .givesItems(REQUEST, "Requests, oldest first, with how far they have come.")
                        .by(_ -> Reply.items(to -> {
                            operations.list().forEach(to);
                            return false;
                        })),
                Route.post(
                                REQUESTS,
                                "Sends what Safety Net has kept once more (Add-ResubmitRequest): a Destination's, or what"
                                        + " all of the others say. It goes on in the background, also over restarts; no"
                                        + " reports are sent about what it sends.")
                        .takes(WANTED)
                        .gives(201, REQUEST, "It is durable, and under way.")
                        .by(r -> {
                            var made = operations.add(r.body());
                            return Reply.created(made).at(REQUESTS + "/" + made.get("Identity"));
                        }),
                named(Route.get(REQUESTS + "/{identity}", "A resubmit request."))
                        .gives(REQUEST, "How far it has come.")
                        .by(r -> Reply.ok(operations.get(r.path("identity")))),
                named(Route.patch(REQUESTS + "/{identity}", "Stops a request or lets it go on (Set-ResubmitRequest)."))
                        .takes(Shape.fields(Shape.required("Enabled", Shape.FLAG, "Whether it goes on.")))
                        .gives(REQUEST, "How it stands.")
                        .by(r -> Reply.ok(operations.enable(r.path("identity"), r.flag("Enabled", true)))),
                named(Route.delete(
                                REQUESTS + "/{identity}",
                                "Removes a request (Remove-ResubmitRequest); what it has sent stays sent."))
                        .by(r -> {
                            operations.remove(r.path("identity"));
                            return Reply.nothing();
                        }));
    }

    private static Route.Draft named(Route.Draft draft) {
        return draft.path("identity", Shape.TEXT.such("1"), "Its number.");
    }
}
