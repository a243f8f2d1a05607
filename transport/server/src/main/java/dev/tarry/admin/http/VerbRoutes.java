package dev.tarry.admin.http;

import dev.tarry.admin.MessageVerbs;
import dev.tarry.admin.OperationState;
import dev.tarry.admin.QueueVerbs;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// What can be done to queues and messages: Suspend-, Resume- and Retry-Queue, Suspend-, Resume-, Remove-
/// and Export-Message. To one by its identity, answered when it is done; or to all that match a filter,
/// which is an operation (see [OperationRoutes]).
public final class VerbRoutes {
    private static final String ALL_OF = " An operation: 200 when it is over within wait, else 202 and its place.";
    private static final Shape OUTCOME = Shape.fields(
                    Shape.required(
                            "outcome",
                            Shape.oneOf("done", "pending", "unchanged"),
                            "pending: the message is in flight, and it will be so if its attempt fails; unchanged: it was"
                                    + " so already, or has no effect in this status."),
                    Shape.required("messages", Shape.WHOLE, "How many messages that concerned."))
            .named("Outcome");
    private static final Shape.Field RESUBMIT = Shape.optional(
            "resubmit",
            Shape.FLAG,
            "Whether the messages are categorized again instead of being tried; those that are suspended stay.");
    private static final Shape.Field WITH_NDR = Shape.optional(
            "withNdr", Shape.FLAG, "Whether the senders are told by a non-delivery report; true if not given.");
    private static final Shape.Field SERVER = Shape.optional("server", Shape.TEXT, "This server, if any is named.");

    private final QueueVerbs queues;
    private final MessageVerbs messages;
    private final OperationRoutes operations;

    private VerbRoutes(QueueVerbs queues, MessageVerbs messages, OperationRoutes operations) {
        this.queues = queues;
        this.messages = messages;
        this.operations = operations;
    }

    /// Those of operations are among them.
    public static List<Route> of(QueueVerbs queues, MessageVerbs messages, OperationRoutes operations) {
        VerbRoutes verbs = new VerbRoutes(queues, messages, operations);
        List<Route> routes = new ArrayList<>(List.of(
                verbs.queue(
                        "suspend",
                        "Nothing leaves the queue any more, and mail may enter (Suspend-Queue).",
                        List.of(),
                        _ -> new QueueOrder.Suspend()),
                verbs.queue(
                        "resume",
                        "What waits in the queue may leave again (Resume-Queue).",
                        List.of(),
                        _ -> new QueueOrder.Resume()),
                verbs.queue(
                        "retry", "A queue in Retry is tried now (Retry-Queue).", List.of(RESUBMIT), VerbRoutes::retry),
                verbs.queues("suspend", "Suspends all queues that match.", List.of(), _ -> new QueueOrder.Suspend()),
                verbs.queues("resume", "Resumes all queues that match.", List.of(), _ -> new QueueOrder.Resume()),
                verbs.queues(
                        "retry", "Has all queues in Retry that match tried now.", List.of(RESUBMIT), VerbRoutes::retry),
                verbs.message(
                        "suspend",
                        "The message stays where it is (Suspend-Message).",
                        List.of(),
                        _ -> new MessageOrder.Suspend()),
                verbs.message(
                        "resume",
                        "The message may leave again, or Poison (Resume-Message).",
                        List.of(),
                        _ -> new MessageOrder.Resume()),
                verbs.message(
                        "remove", "The message is deleted (Remove-Message).", List.of(WITH_NDR), VerbRoutes::remove),
                verbs.messages(
                        "suspend", "Suspends all messages that match.", List.of(), _ -> new MessageOrder.Suspend()),
                verbs.messages("resume", "Resumes all messages that match.", List.of(), _ -> new MessageOrder.Resume()),
                verbs.messages("remove", "Removes all messages that match.", List.of(WITH_NDR), VerbRoutes::remove),
                verbs.redirect(),
                verbs.cancelRedirect(),
                verbs.export()));
        routes.addAll(operations.routes());
        return routes;
    }

    private static QueueOrder retry(Request request) {
        return request.flag("resubmit", false) ? new QueueOrder.Resubmit() : new QueueOrder.Retry();
    }

    private static MessageOrder remove(Request request) {
        return new MessageOrder.Remove(request.flag("withNdr", true));
    }

    private Route queue(String verb, String summary, List<Shape.Field> more, Function<Request, QueueOrder> order) {
        return QueueRoutes.queueIn(Route.post("/api/v1/queues/{identity}/" + verb, summary))
                .takes(new Shape.Fields(more))
                .gives(OUTCOME, "It is so, and durable.")
                .by(r -> Reply.ok(shown(queues.carryOut(order.apply(r), r.path("identity")))));
    }

    private Route queues(String verb, String summary, List<Shape.Field> more, Function<Request, QueueOrder> order) {
        return all("/api/v1/queues/" + verb, summary, "MessageCount -gt 10", more)
                .by(r -> operations.begun(begin(r, order), r));
    }

    private OperationState begin(Request request, Function<Request, QueueOrder> order) {
        return queues.begin(order.apply(request), request.text("filter").orElseThrow(), request.text("server"));
    }

    private Route message(String verb, String summary, List<Shape.Field> more, Function<Request, MessageOrder> order) {
        return QueueRoutes.messageIn(Route.post("/api/v1/messages/{identity}/" + verb, summary))
                .takes(new Shape.Fields(more))
                .gives(OUTCOME, "It is so, and durable.")
                .by(r -> Reply.ok(shown(messages.carryOut(order.apply(r), r.path("identity")))));
    }

    private Route messages(String verb, String summary, List<Shape.Field> more, Function<Request, MessageOrder> order) {
        return all("/api/v1/messages/" + verb, summary, "FromAddress -like '*@company.com'", more)
                .by(r -> operations.begun(
                        messages.begin(order.apply(r), r.text("filter").orElseThrow(), r.text("server")), r));
    }

    private static Route.Draft all(String path, String summary, String example, List<Shape.Field> more) {
        List<Shape.Field> fields = new ArrayList<>();
        fields.add(Shape.required("filter", Shape.TEXT.such(example), ListingParameters.FILTER));
        fields.add(SERVER);
        fields.addAll(more);
        return OperationRoutes.waiting(Route.post(path, summary + ALL_OF), OperationRoutes.FIRST_WAIT)
                .takes(new Shape.Fields(fields))
                .gives(OperationRoutes.OPERATION, "It is over: what became of all that matched.")
                .orGives(202, OperationRoutes.OPERATION, "It is under way; Location is where it can be followed.");
    }

    private Route redirect() {
        return OperationRoutes.waiting(
                        Route.post(
                                "/api/v1/messages/redirect",
                                "Has another server take over what waits in all delivery queues; no new mail is taken until"
                                        + " that is over (Redirect-Message)." + ALL_OF),
                        OperationRoutes.FIRST_WAIT)
                .takes(Shape.fields(
                        Shape.required("target", Shape.TEXT.such("mail2.company.com"), "The other server's full name."),
                        SERVER))
                .gives(OperationRoutes.OPERATION, "It is over: messages says how many were moved.")
                .orGives(
                        202,
                        OperationRoutes.OPERATION,
                        "It is under way; cancelling the operation, or /api/v1/messages/redirect/cancel, ends it early.")
                .by(r -> operations.begun(messages.redirect(r.text("target").orElseThrow(), r.text("server")), r));
    }

    private Route cancelRedirect() {
        return Route.post(
                        "/api/v1/messages/redirect/cancel",
                        "Ends the redirection that is under way: nothing more is moved, what has been moved stays where it"
                                + " is, and new mail is taken again.")
                .takes(Shape.fields(SERVER))
                .gives(OUTCOME, "It is over; unchanged: none was under way.")
                .by(r -> Reply.ok(shown(messages.cancelRedirect(r.text("server")))));
    }

    private Route export() {
        return QueueRoutes.messageIn(Route.get(
                        "/api/v1/messages/{identity}/export",
                        "A suspended message with its envelope, as the Replay directory takes it (Export-Message)."))
                .givesType("message/rfc822", "X-Sender, X-Receiver and other X-headers, then header and body.")
                .by(r -> Reply.download(messages.export(r.path("identity"))));
    }

    private static SequencedMap<String, Object> shown(Outcome outcome) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put(
                "outcome",
                switch (outcome) {
                    case Outcome.Done _ -> "done";
                    case Outcome.Pending _ -> "pending";
                    case Outcome.Unchanged _ -> "unchanged";
                    case Outcome.Gone _, Outcome.Refused _ ->
                        throw new IllegalArgumentException("these are told as problems");
                });
        json.put("messages", outcome instanceof Outcome.Done(int many) ? many : 0);
        return json;
    }
}
