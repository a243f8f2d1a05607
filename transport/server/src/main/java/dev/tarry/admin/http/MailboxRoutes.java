package dev.tarry.admin.http;

import dev.tarry.admin.MailboxOperations;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Local mailboxes, where mail for accepted domains and reports to our own people are read.
record MailboxRoutes(MailboxOperations mailboxes) {
    private static final List<Shape.Field> MESSAGE = List.of(
            Shape.required("Id", Shape.TEXT.such("1099511627776"), "Names it in this mailbox."),
            Shape.required("Received", Shape.MOMENT, "When it was delivered, lab time."),
            Shape.required("From", Shape.TEXT, "The envelope's sender; <> for reports."),
            Shape.required("Subject", Shape.TEXT, "The Subject header, decoded."),
            Shape.required("MessageId", Shape.TEXT, "The Message-ID header."),
            Shape.required("SizeBytes", Shape.WHOLE, "How large it is."));
    private static final Shape PART = Shape.fields(
            Shape.required("Depth", Shape.WHOLE, "0 for the message itself, 1 for its parts, and so on."),
            Shape.required("Type", Shape.TEXT.such("text/plain"), "Media type."),
            Shape.required("Charset", new Shape.Nullable(Shape.TEXT), "As named there."),
            Shape.required("Encoding", Shape.TEXT.such("quoted-printable"), "Content-Transfer-Encoding."),
            Shape.required("SizeBytes", Shape.WHOLE, "How large it is; 0 for what consists of parts."));
    private static final Shape REPORT = Shape.fields(
            Shape.required("Message", new Shape.Map(Shape.TEXT), "Fields about the message (RFC 3464 §2.2), by name."),
            Shape.required(
                    "Recipients",
                    new Shape.ListOf(new Shape.Map(Shape.TEXT)),
                    "Fields about each recipient (RFC 3464 §2.3), by name: Final-Recipient, Action, Status, …."));

    List<Route> routes() {
        return List.of(mailboxesRoute(), messages(), message(), content(), remove(), removeAll());
    }

    private Route mailboxesRoute() {
        return Route.get("/api/v1/mailboxes", "Local mailboxes that hold something.")
                .givesItems(
                        Shape.fields(
                                Shape.required("Mailbox", Shape.TEXT.such("alice@company.com"), "Its address."),
                                Shape.required("Count", Shape.WHOLE, "How many messages it holds.")),
                        "Mailboxes by address.")
                .by(_ -> Reply.items(mailboxes.list()));
    }

    private Route messages() {
        Route.Draft draft = inMailbox(Route.get("/api/v1/mailboxes/{address}/messages", "A mailbox's messages."))
                .query(
                        "subject",
                        Shape.TEXT.such("Undeliverable*"),
                        "The Subject, whatever its case; * stands for anything.")
                .query("from", Shape.TEXT.such("<>"), "The envelope's sender, in the same way.")
                .query("since", Shape.MOMENT, "The earliest moment of delivery, lab time.")
                .query("newestFirst", Shape.FLAG, "true: the newest come first; oldest first if not given.");
        return ListingParameters.resultSize(draft)
                .givesItems(new Shape.Fields(MESSAGE), "Messages; none where nobody wrote.")
                .by(r -> Reply.items(mailboxes.messages(
                        r.path("address"),
                        new MailboxOperations.Query(
                                r.query("subject"),
                                r.query("from"),
                                r.query("since")
                                        .map(at -> OffsetDateTime.parse(at).toInstant()),
                                r.queryFlag("newestFirst"),
                                ListingParameters.resultSize(r)))));
    }

    private Route message() {
        List<Shape.Field> all = new ArrayList<>(MESSAGE);
        all.addAll(Arrays.asList(
                Shape.required("Headers", new Shape.ListOf(QueueRoutes.field()), "Fields in their order."),
                Shape.required(
                        "Text", Shape.TEXT, "Its first plain text, decoded, else its first text; empty if none."),
                Shape.required("TextCut", Shape.FLAG, "Whether the text goes on."),
                Shape.required("Parts", new Shape.ListOf(PART), "What it consists of, outer before inner."),
                Shape.required("Report", new Shape.Nullable(REPORT), "Its delivery status, if it is a report."),
                Shape.required(
                        "Whole",
                        Shape.FLAG,
                        "Whether all of it was read; false past a bound, or if its MIME is broken.")));
        return inMessage(Route.get("/api/v1/mailboxes/{address}/messages/{id}", "A delivered message, read."))
                .gives(new Shape.Fields(all), "Its header, text, parts and, of a report, what it says.")
                .by(r -> Reply.ok(mailboxes.message(r.path("address"), r.path("id"))));
    }

    private Route content() {
        return inMessage(
                        Route.get("/api/v1/mailboxes/{address}/messages/{id}/content", "A delivered message's octets."))
                .givesType("message/rfc822", "Header and body, Return-Path first.")
                .by(r -> Reply.download(mailboxes.content(r.path("address"), r.path("id"))));
    }

    private Route remove() {
        return inMessage(Route.delete("/api/v1/mailboxes/{address}/messages/{id}", "Removes a delivered message."))
                .by(r -> {
                    mailboxes.remove(r.path("address"), r.path("id"));
                    return Reply.nothing();
                });
    }

    private Route removeAll() {
        return inMailbox(Route.delete("/api/v1/mailboxes/{address}/messages", "Removes all messages of a mailbox."))
                .gives(
                        Shape.fields(Shape.required("removed", Shape.WHOLE, "How many.")),
                        "They are gone; what came since is not.")
                .by(r -> Reply.ok(Map.of("removed", mailboxes.removeAll(r.path("address")))));
    }

    private static Route.Draft inMailbox(Route.Draft draft) {
        return draft.path("address", Shape.TEXT.such("alice@company.com"), "The mailbox.");
    }

    private static Route.Draft inMessage(Route.Draft draft) {
        return inMailbox(draft).path("id", Shape.TEXT.such("1099511627776"), "Id of the message in the mailbox.");
    }
}
