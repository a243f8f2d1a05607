package dev.tarry.admin.http;

import dev.tarry.admin.ProbeOperations;
import java.util.List;

/// Tests that do something: the doors are dialled, a message is sent.
public final class ProbeRoutes {
    private static final Shape DIALLED = Shape.fields(
                    Shape.required("Server", Shape.TEXT.such("MAIL"), "Whose connector it is."),
                    Shape.required("ReceiveConnector", Shape.TEXT.such("Default Frontend MAIL"), "Its name."),
                    Shape.required("Binding", Shape.TEXT.such("0.0.0.0:2525"), "Where it is set to listen."),
                    Shape.required("EndPoint", Shape.TEXT.such("127.0.0.1:2525"), "What was dialled."),
                    Shape.required(
                            "StatusCode",
                            Shape.oneOf(
                                    "Success",
                                    "Unable to connect",
                                    "Transient error",
                                    "Permanent error",
                                    "External error"),
                            "What came of it."),
                    Shape.required("Details", Shape.TEXT, "The greeting, or what went wrong."))
            .named("SmtpConnectivity");
    private static final Shape SENT = Shape.fields(
                    Shape.required("Server", Shape.TEXT.such("MAIL"), "Whose message it is."),
                    Shape.required("Sender", Shape.TEXT, "Who it is from: the system mailbox."),
                    Shape.required("Recipient", Shape.TEXT, "Whom it goes to."),
                    Shape.required("Subject", Shape.TEXT, "By which it can be told from others."),
                    Shape.required("MessageId", Shape.TEXT, "Its Message-ID."),
                    Shape.required("InternalMessageId", Shape.WHOLE, "Its integer."),
                    Shape.required("Timestamp", Shape.MOMENT, "When, in lab time."),
                    Shape.required("Remote", Shape.FLAG, "Whether somebody said whom to."))
            .named("MailFlowProbe");

    private ProbeRoutes() {}

    public static List<Route> of(ProbeOperations probes) {
        return List.of(
                Route.post(
                                "/api/v1/tests/smtp-connectivity",
                                "Dials every binding of every receive connector, and reads the greeting"
                                        + " (Test-SmtpConnectivity).")
                        .givesItems(DIALLED, "What came of each.")
                        .by(_ -> Reply.items(to -> {
                            probes.smtpConnectivity().forEach(to);
                            return false;
                        })),
                Route.post(
                                "/api/v1/tests/mail-flow",
                                "Sends a message that tests the flow of mail (Test-Mailflow): POST /api/v1/wait waits for"
                                        + " it.")
                        .takes(Shape.fields(Shape.optional(
                                "TargetEmailAddress",
                                Shape.TEXT.such("somebody@gmail.com"),
                                "Whom to; if not given, the server's own system mailbox.")))
                        .gives(201, SENT, "It is in the queues.")
                        .by(r -> Reply.created(probes.sendMail(r.text("TargetEmailAddress")))));
    }
}
