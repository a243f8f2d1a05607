package dev.tarry.admin.http;

import dev.tarry.admin.Listing;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.QueueOperations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Queues, and the messages in them: Get-Queue, Get-Message. What is done to them is in [VerbRoutes].
record QueueRoutes(QueueOperations queues, MessageOperations messages) {
    private static final Shape QUEUE = Shape.of(QueueOperations.properties()).named("Queue");
    private static final Shape MESSAGE =
            Shape.of(MessageOperations.properties()).named("Message");
    private static final String KINDS =
            "separated by commas: " + String.join(", ", QueueOperations.kinds()) + " (-%s of Get-Queue).";
    private static final String WITH_LATENCY = "true fills ComponentLatency.";
    private static final String WITH_RECIPIENTS = "true fills Recipients.";
    private static final Shape FIELD = Shape.fields(
                    Shape.required("Name", Shape.TEXT.such("Subject"), "As it stands there."),
                    Shape.required("Value", Shape.TEXT, "Unfolded; octets that are no UTF-8 are one character each."),
                    Shape.required("Decoded", Shape.TEXT, "With its encoded words (RFC 2047) read."))
            .named("HeaderField");
    private static final Shape RECIPIENT = Shape.fields(
                    Shape.required(
                            "Queue", Shape.TEXT.such("MAIL\\4"), "Where the copy is that the recipient waits in."),
                    Shape.required("Address", Shape.TEXT.such("user@external-company.com"), "Of the recipient."),
                    Shape.required(
                            "Type", Shape.oneOf("External", "Mailbox", "Distribution Group"), "What the recipient is."),
                    Shape.required("FinalDestination", Shape.TEXT, "The next hop."),
                    Shape.required(
                            "Status", Shape.oneOf("Complete", "Ready", "Retry"), "What becomes of the recipient now."),
                    Shape.required(
                            "LastError", Shape.TEXT, "What the last attempt ended with; empty if it did not fail."),
                    Shape.required(
                            "Notify", nullable(), "NOTIFY as the client gave it: NEVER, or SUCCESS,FAILURE,DELAY."),
                    Shape.required("OriginalRecipient", nullable(), "ORCPT as the client gave it."),
                    Shape.required("Return", nullable(), "RET of the message: FULL or HDRS."),
                    Shape.required("EnvelopeId", nullable(), "ENVID of the message."))
            .named("Recipient");

    private static Shape nullable() {
        return new Shape.Nullable(Shape.TEXT);
    }

    /// A field of a header.
    static Shape field() {
        return FIELD;
    }

    List<Route> routes() {
        return List.of(queuesRoute(), queue(), messagesRoute(), message(), recipients(), headers(), content());
    }

    private Route queuesRoute() {
        Route.Draft draft = Route.get("/api/v1/queues", "Queues, by identity unless a sort order is given.");
        ListingParameters.filter(draft, "Status -eq 'Retry' -and MessageCount -gt 10")
                .query(
                        "include",
                        Shape.TEXT.such("External"),
                        "Only queues of any of these kinds, " + KINDS.formatted("Include"))
                .query(
                        "exclude",
                        Shape.TEXT.such("Empty"),
                        "No queues of any of these kinds, " + KINDS.formatted("Exclude"));
        return ListingParameters.paging(draft, "-MessageCount,+NextHopDomain", "MAIL\\4")
                .givesPages(QUEUE, "Queues with the properties of Get-Queue.")
                .by(r -> Reply.items(queues.list(new QueueOperations.Query(
                        r.query("filter"), r.query("include"), r.query("exclude"), ListingParameters.paging(r)))));
    }

    private Route queue() {
        return queueIn(Route.get("/api/v1/queues/{identity}", "The queue or queues that an identity means."))
                .tagged()
                .givesItems(QUEUE, "At least one queue.")
                .by(r -> tagged(queues.find(r.path("identity"))));
    }

    static Route.Draft queueIn(Route.Draft draft) {
        return draft.path(
                "identity",
                Shape.TEXT.such("MAIL\\4"),
                "MAIL\\4, 4, MAIL\\Submission, MAIL\\Unreachable, a next hop domain, or *.");
    }

    private Route messagesRoute() {
        Route.Draft draft = Route.get("/api/v1/messages", "Messages in queues, a copy per queue.")
                .query(
                        "queue",
                        Shape.TEXT.such("MAIL\\4"),
                        "Identity of the queue or queues to look in; all if not given.");
        ListingParameters.filter(draft, "FromAddress -like '*@company.com' -and Size -gt 1MB")
                .query("includeRecipientInfo", Shape.FLAG, WITH_RECIPIENTS)
                .query("includeComponentLatencyInfo", Shape.FLAG, WITH_LATENCY);
        return ListingParameters.paging(draft, "+FromAddress,-Size", "MAIL\\4\\1099511627776")
                .givesPages(MESSAGE, "Messages with the properties of Get-Message.")
                .by(r -> Reply.items(messages.list(new MessageOperations.Query(
                        r.query("queue"),
                        r.query("filter"),
                        ListingParameters.paging(r),
                        r.queryFlag("includeRecipientInfo"),
                        r.queryFlag("includeComponentLatencyInfo")))));
    }

    private Route message() {
        return messageIn(Route.get("/api/v1/messages/{identity}", "The copy or copies that an identity means."))
                .query("includeRecipientInfo", Shape.FLAG, WITH_RECIPIENTS)
                .query("includeComponentLatencyInfo", Shape.FLAG, WITH_LATENCY)
                .tagged()
                .givesItems(MESSAGE, "At least one copy.")
                .by(r -> tagged(messages.find(
                        r.path("identity"),
                        r.queryFlag("includeRecipientInfo"),
                        r.queryFlag("includeComponentLatencyInfo"))));
    }

    private Route recipients() {
        return messageIn(Route.get("/api/v1/messages/{identity}/recipients", "Who still waits for a message."))
                .givesItems(RECIPIENT, "Recipients, copy by copy.")
                .by(r -> Reply.items(messages.recipients(r.path("identity"))));
    }

    private Route headers() {
        return messageIn(Route.get("/api/v1/messages/{identity}/headers", "A message's header."))
                .givesItems(FIELD, "Fields in their order; more, where the header is larger than anybody reads.")
                .by(r -> Reply.items(messages.headers(r.path("identity"))));
    }

    private Route content() {
        return messageIn(Route.get("/api/v1/messages/{identity}/content", "A message's octets, to be read."))
                .givesType("message/rfc822", "Header and body as they would be sent.")
                .by(r -> Reply.download(messages.content(r.path("identity"))));
    }

    static Route.Draft messageIn(Route.Draft draft) {
        return draft.path(
                "identity",
                Shape.TEXT.such("MAIL\\4\\1099511627776"),
                "MAIL\\4\\1099511627776 for the copy in a queue, or the last part alone for all copies.");
    }

    private static Reply tagged(Listing few) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("items", few.toList());
        json.put("more", false);
        return Reply.tagged(json);
    }
}
