package dev.tarry.admin;

import static dev.tarry.admin.Property.ALL;
import static dev.tarry.admin.Property.EQUALITY;
import static dev.tarry.admin.Property.NO_OPERATORS;
import static dev.tarry.admin.Property.ORDER;
import static dev.tarry.admin.Property.TEXTUAL;

import dev.tarry.admin.Property.Type;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.LastError;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A queue with what its properties need to be shown. [#TABLE] has every property of reference §1.7 in its
/// order, but for RunspaceId, which belongs to the shell's session and not to the queue.
record ShownQueue(QueueView view, QueueSettings server, String tlsDomain) {
    static final PropertyTable<ShownQueue> TABLE = new PropertyTable<>(List.of(
            Property.<ShownQueue>of(
                            "DeliveryType",
                            Type.TEXT,
                            EQUALITY,
                            q -> q.view.key().deliveryType().shellName(),
                            "How mail leaves the queue.")
                    .oneOf(Arrays.stream(DeliveryType.values())
                            .map(DeliveryType::shellName)
                            .toList()),
            Property.of(
                    "NextHopDomain",
                    Type.TEXT,
                    TEXTUAL,
                    q -> q.view.key().nextHopDomain(),
                    "The next hop: a recipient domain, smart hosts, a mailbox database."),
            Property.of(
                    "TlsDomain",
                    Type.TEXT,
                    TEXTUAL,
                    ShownQueue::tlsDomain,
                    "The domain that hosts must prove to be by their certificates; empty where none is asked for."),
            Property.of(
                    "NextHopConnector",
                    Type.TEXT,
                    TEXTUAL,
                    q -> q.view.key().connector().toString(),
                    "The GUID of the send connector or database; zeros when not used."),
            Property.<ShownQueue>of(
                            "Status", Type.TEXT, EQUALITY, q -> q.view.status().shellName(), "What the queue is doing.")
                    .oneOf(Arrays.stream(QueueStatus.values())
                            .map(QueueStatus::shellName)
                            .toList()),
            Property.of(
                    "MessageCount", Type.WHOLE, ALL, q -> (long) q.view.messageCount(), "How many messages it holds."),
            Property.of(
                    "LastError",
                    Type.TEXT,
                    TEXTUAL,
                    q -> LastError.shown(q.view.lastError(), q.server.profile(), q.server.zone()),
                    "What the last attempt ended with; empty if it did not fail."),
            Property.of(
                    "RetryCount",
                    Type.WHOLE,
                    ALL,
                    q -> (long) q.view.retryCount(),
                    "Retries since the first failure of this episode."),
            Property.of(
                    "LastRetryTime",
                    Type.MOMENT,
                    ORDER,
                    q -> q.view.lastRetryTime().orElse(null),
                    "When the last attempt failed."),
            Property.of(
                    "NextRetryTime",
                    Type.MOMENT,
                    ORDER,
                    q -> q.view.nextRetryTime().orElse(null),
                    "When the next attempt is due; absent when the queue is not in Retry."),
            Property.of(
                    "FirstRetryTime",
                    Type.MOMENT,
                    ALL,
                    q -> q.view.firstRetryTime().orElse(null),
                    "When the first attempt of this episode failed."),
            Property.of(
                    "DeferredMessageCount",
                    Type.WHOLE,
                    ALL,
                    q -> (long) q.view.deferredCount(),
                    "How many of its messages wait to be tried again."),
            Property.constant("LockedMessageCount", Type.WHOLE, 0L, "Always 0 on premises."),
            counts(
                    "MessageCountsPerPriority",
                    q -> q.view.countsPerPriority(),
                    "Messages that do not wait, by PriorityDescriptions."),
            counts(
                    "DeferredMessageCountsPerPriority",
                    q -> q.view.deferredPerPriority(),
                    "Messages that wait, by PriorityDescriptions."),
            Property.constant("RiskLevel", Type.TEXT, "Normal", "Always Normal on premises."),
            Property.constant("OutboundIPPool", Type.WHOLE, 0L, "Always 0 on premises."),
            Property.<ShownQueue>of(
                            "NextHopCategory",
                            Type.TEXT,
                            EQUALITY,
                            q -> q.view.key().deliveryType().category().shellName(),
                            "Whether mail leaves the organization.")
                    .oneOf(List.of("Internal", "External")),
            Property.of(
                    "IncomingRate",
                    Type.DECIMAL,
                    ALL,
                    q -> q.view.incomingRate(),
                    "Messages a second that came in over the last minute."),
            Property.of(
                    "OutgoingRate",
                    Type.DECIMAL,
                    ALL,
                    q -> q.view.outgoingRate(),
                    "Messages a second that left over the last minute."),
            Property.of(
                    "Velocity",
                    Type.DECIMAL,
                    ALL,
                    q -> Math.round((q.view.outgoingRate() - q.view.incomingRate()) * 100) / 100.0,
                    "OutgoingRate less IncomingRate: negative when the queue grows."),
            Property.constant("OverrideSource", Type.TEXT, "", "Always empty on premises."),
            Property.of("QueueIdentity", Type.TEXT, NO_OPERATORS, ShownQueue::identity, "The same as Identity."),
            Property.constant(
                    "PriorityDescriptions",
                    Type.LIST,
                    List.of("High", "Normal", "Low", "None"),
                    "What the counts per priority stand for."),
            Property.of(
                            "Identity",
                            Type.TEXT,
                            TEXTUAL,
                            ShownQueue::identity,
                            "Server\\Queue, with an integer for queues that come and go.")
                    .comparedAs(ShownQueue::comparedIdentity),
            Property.constant("IsValid", Type.FLAG, true, "Always true."),
            Property.constant("ObjectState", Type.TEXT, "New", "Always New.")));

    private static Property<ShownQueue> counts(
            String name, Function<ShownQueue, List<Integer>> counts, String description) {
        return Property.<ShownQueue>of(name, Type.COUNTS, TEXTUAL, counts::apply, description)
                .comparedAs(
                        q -> counts.apply(q).stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}")));
    }

    String identity() {
        return QueueIdentity.shown(view.id(), view.key(), server);
    }

    /// `Identity -like '*contoso.com'` is a documented example, so a queue answers to both of its names; to `-eq` too.
    private Object comparedIdentity() {
        return List.of(identity(), server.computerName() + "\\" + view.key().nextHopDomain());
    }
}
