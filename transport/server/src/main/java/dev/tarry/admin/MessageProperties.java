package dev.tarry.admin;

import static dev.tarry.admin.Property.ALL;
import static dev.tarry.admin.Property.EQUALITY;
import static dev.tarry.admin.Property.NO_OPERATORS;
import static dev.tarry.admin.Property.ORDER;
import static dev.tarry.admin.Property.TEXTUAL;

import dev.tarry.admin.Property.Type;
import java.util.EnumSet;
import java.util.List;

/// Every property of a queued message (reference §1.8) in its order, and SizeBytes, which is Size as a number.
/// Left out are RunspaceId, which belongs to the shell's session, and LastErrorCode, which 2010 alone may have
/// had.
final class MessageProperties {
    private static final List<String> STATUSES =
            List.of("Ready", "Active", "Retry", "Suspended", "PendingSuspend", "PendingRemove", "Locked");

    static final PropertyTable<ShownCopy> TABLE = new PropertyTable<>(List.of(
            Property.of("Identity", Type.TEXT, NO_OPERATORS, ShownCopy::identity, "Server\\Queue\\Integer."),
            Property.of("MessageIdentity", Type.TEXT, NO_OPERATORS, ShownCopy::identity, "The same as Identity."),
            Property.<ShownCopy>of(
                            "Subject", Type.TEXT, TEXTUAL, c -> c.message().subject(), "The Subject header, decoded.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "InternetMessageId",
                            Type.TEXT,
                            TEXTUAL,
                            c -> c.message().internetMessageId(),
                            "The Message-ID header with its angle brackets.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "FromAddress",
                            Type.TEXT,
                            TEXTUAL,
                            c -> c.message().sender().toString(),
                            "The envelope's sender; <> for reports.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "Status",
                            Type.TEXT,
                            EQUALITY,
                            c -> c.row().status().shellName(),
                            "What becomes of the message now.")
                    .oneOf(STATUSES),
            Property.<ShownCopy>of(
                            "Size",
                            Type.SIZE,
                            ALL,
                            c -> ByteSize.shown(c.row().bytes()),
                            "How large it is, as Exchange prints sizes.")
                    .comparedAs(c -> c.row().bytes()),
            Property.<ShownCopy>of(
                    "SizeBytes", Type.WHOLE, NO_OPERATORS, c -> c.row().bytes(), "How large it is, in bytes."),
            Property.<ShownCopy>of(
                            "MessageSourceName",
                            Type.TEXT,
                            TEXTUAL,
                            c -> c.message().sourceName(),
                            "Where it came in: SMTP:connector, DSN, ….")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "SourceIP",
                            Type.TEXT,
                            EQUALITY,
                            c -> c.message().sourceIp(),
                            "The client's address; empty if none.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "SCL",
                            Type.WHOLE,
                            ALL,
                            ShownCopy::spamConfidence,
                            "Spam confidence: -1 for what our own people send, else 0; nothing judges mail here.")
                    .fromStore(),
            Property.<ShownCopy>of("DateReceived", Type.MOMENT, ORDER, ShownCopy::received, "When it was accepted."),
            Property.<ShownCopy>of("ExpirationTime", Type.MOMENT, ORDER, ShownCopy::expires, "When it is given up on."),
            Property.<ShownCopy>of(
                            "LastError",
                            Type.TEXT,
                            TEXTUAL,
                            ShownCopy::lastError,
                            "What its last attempt, or its queue's, ended with.")
                    .fromStore(),
            Property.of("Queue", Type.TEXT, TEXTUAL, ShownCopy::queue, "Server\\Queue."),
            Property.<ShownCopy>of(
                            "Recipients",
                            Type.LIST,
                            EnumSet.of(Operator.LIKE),
                            ShownCopy::recipients,
                            "Who still waits for it; absent unless asked for with includeRecipientInfo.")
                    .comparedAs(ShownCopy::recipientTexts)
                    .fromStore(),
            Property.<ShownCopy>of(
                            "ComponentLatency",
                            Type.LIST,
                            NO_OPERATORS,
                            ShownCopy::componentLatency,
                            "How long it was where: Component, Latency; absent unless asked for with"
                                    + " includeComponentLatencyInfo.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "MessageLatency",
                            Type.SPAN,
                            ALL,
                            ShownCopy::shownLatency,
                            "From coming in until it entered this queue.")
                    .comparedAs(ShownCopy::latency)
                    .fromStore(),
            Property.of(
                    "DeferReason",
                    Type.TEXT,
                    TEXTUAL,
                    ShownCopy::deferReason,
                    "Why it has to wait in Submission; None where it does not, as in queues that wait for their next hop."),
            Property.constant("LockReason", Type.TEXT, null, "Always absent on premises."),
            Property.<ShownCopy>of("Priority", Type.TEXT, EQUALITY, ShownCopy::priority, "High, Normal or Low.")
                    .oneOf(List.of("High", "Normal", "Low")),
            Property.of("RetryCount", Type.WHOLE, ALL, c -> (long) c.row().attempts(), "Attempts made for it."),
            Property.<ShownCopy>of(
                            "OriginalFromAddress",
                            Type.TEXT,
                            TEXTUAL,
                            ShownCopy::originalFrom,
                            "The sender of the message that this one is about, else its own.")
                    .fromStore(),
            Property.<ShownCopy>of(
                            "Directionality",
                            Type.TEXT,
                            EQUALITY,
                            ShownCopy::directionality,
                            "Originating from our own people, or Incoming.")
                    .oneOf(List.of("Incoming", "Originating", "Undefined"))
                    .fromStore(),
            Property.constant("AccountForest", Type.TEXT, "", "Always empty."),
            Property.constant(
                    "ExternalDirectoryOrganizationId",
                    Type.TEXT,
                    "00000000-0000-0000-0000-000000000000",
                    "Always zeros on premises."),
            Property.constant("TrafficType", Type.TEXT, "Email", "Always Email."),
            Property.constant("TrafficSubType", Type.TEXT, "", "Always empty."),
            Property.constant("IsValid", Type.FLAG, true, "Always true."),
            Property.constant("ObjectState", Type.TEXT, "New", "Always New.")));

    private MessageProperties() {}
}
