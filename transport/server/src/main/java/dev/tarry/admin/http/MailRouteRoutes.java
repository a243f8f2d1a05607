package dev.tarry.admin.http;

import dev.tarry.admin.RouteOperations;
import dev.tarry.config.Sizes;
import java.util.List;

/// The route of the dry run.
public final class MailRouteRoutes {
    private static final Shape NAMED = new Shape.Nullable(Shape.TEXT);
    private static final Shape.ListOf TEXTS = new Shape.ListOf(Shape.TEXT);
    private static final Shape ACCEPTED = new Shape.Nullable(Shape.fields(
            Shape.required("name", Shape.TEXT, "What administrators call it."),
            Shape.required("domainName", Shape.TEXT, "With *. before it, its subdomains too."),
            Shape.required("domainType", Shape.TEXT, "Authoritative, InternalRelay or ExternalRelay.")));
    private static final Shape QUEUE = new Shape.Nullable(Shape.fields(
            Shape.required("identity", NAMED, "As Get-Queue prints it; null while it is not there."),
            Shape.required("status", NAMED, "How it stands; null likewise."),
            Shape.required("deliveryType", Shape.TEXT, "How mail leaves it."),
            Shape.required("nextHopDomain", Shape.TEXT, "The next hop."),
            Shape.required("nextHopConnector", Shape.TEXT, "The GUID of the connector or database.")));
    private static final Shape DNS = new Shape.Nullable(Shape.fields(
            Shape.required("set", Shape.TEXT, "external or internal: whose servers the connector asks."),
            Shape.required("servers", TEXTS, "Who is asked, in this order."),
            Shape.required(
                    "answer", Shape.TEXT, "Hosts, NoSuchDomain, NoRecords, NullMx, Loop, NoUsableHost or QueryFailed."),
            Shape.required(
                    "from",
                    Shape.TEXT,
                    "cache where all was remembered, servers where somebody was asked, nobody where nothing needed to be"
                            + " looked up."),
            Shape.required("detail", Shape.TEXT, "For people; often empty."),
            Shape.required(
                    "error", NAMED, "What the queue's LastError, or the NDR, would be; null where there are hosts."),
            Shape.required("permanent", Shape.FLAG, "Whether that would be an NDR at once."),
            Shape.required(
                    "unanswered",
                    TEXTS,
                    "Smart hosts about which nobody said anything within 75 s of real time; mail would wait for them."),
            Shape.required("attempts", new Shape.ListOf(Shape.ANYTHING), "Each query, as dns/resolve tells it.")));
    private static final Shape TARGET = Shape.fields(
            Shape.required("host", Shape.TEXT, "The host."),
            Shape.required("preference", Shape.WHOLE, "Lower is tried first; equals in an order drawn by lot."),
            Shape.required("address", Shape.TEXT, "What would be dialled."),
            Shape.required("port", Shape.WHOLE, "Where."),
            Shape.required("behind", NAMED, "Why it is tried behind the others for now; null: in its place."));
    private static final Shape CONNECTOR = Shape.fields(
            Shape.required("name", Shape.TEXT, "The connector."),
            Shape.required(
                    "verdict",
                    Shape.TEXT,
                    "Chosen, Disabled, OutOfScope, NoMatch, TooSmall, LessSpecific, HigherCost or LaterName."),
            Shape.required("addressSpace", NAMED, "The best of its address spaces that takes the recipient."),
            Shape.required("reason", Shape.TEXT, "The verdict for people."));

    private MailRouteRoutes() {}

    public static List<Route> of(RouteOperations operations) {
        return List.of(Route.post(
                        "/api/v1/routes/test",
                        "Tells which way a recipient's mail would go, and why (Test-MailRoute). Changes nothing, dials"
                                + " nobody.")
                .takes(Shape.fields(
                        Shape.required("recipient", Shape.TEXT, "A mail address."),
                        Shape.optional(
                                "size",
                                Shape.either(Shape.WHOLE, Shape.TEXT),
                                "The message's, in bytes or as a text such as \"10KB\"; 0 if not given.")))
                .gives(
                        Shape.fields(
                                Shape.required("recipient", Shape.TEXT, "Whom it is for."),
                                Shape.required("bytes", Shape.WHOLE, "The message's size."),
                                Shape.required("outcome", Shape.TEXT, "Deliver, Mailbox, Unreachable or Refused."),
                                Shape.required(
                                        "reason",
                                        Shape.TEXT,
                                        "Why; of Unreachable and Refused, what the mail or its sender is told."),
                                Shape.required("acceptedDomain", ACCEPTED, "Which the recipient is in; null: none."),
                                Shape.required("connector", NAMED, "Which takes it; null: none."),
                                Shape.required("addressSpace", NAMED, "Which of the connector's takes it."),
                                Shape.required("queue", QUEUE, "Where it would wait; null where it is refused."),
                                Shape.required("dns", DNS, "What was looked up; null where it does not leave."),
                                Shape.required("targets", new Shape.ListOf(TARGET), "Who would be dialled, in order."),
                                Shape.required("greeting", NAMED, "What the host would hear first."),
                                Shape.required("sourceAddress", NAMED, "SourceIPAddress; null: any."),
                                Shape.required("tls", NAMED, "How the connection would be protected."),
                                Shape.required("login", NAMED, "How the server would log in."),
                                Shape.required(
                                        "connectors",
                                        new Shape.ListOf(CONNECTOR),
                                        "Every send connector with why it was taken or not.")),
                        "The way.")
                .by(r -> Reply.ok(operations.test(r.text("recipient").orElseThrow(), size(r)))));
    }

    private static long size(Request request) {
        Object size = request.body().get("size");
        try {
            return switch (size) {
                case null -> 0;
                case Long bytes -> bytes;
                default -> Sizes.parse(size.toString());
            };
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    Problem.invalidParameter("size", "A size is a number of bytes, or a text such as 10KB."));
        }
    }
}
