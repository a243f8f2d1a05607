package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What Get-Queue and Retry-Queue do. Thread-safe; blocks for the queue loop.
public final class QueueOperations {
    private final QueueDesk queues;
    private final Supplier<QueueSettings> settings;

    /// @param settings asked anew for every request
    public QueueOperations(Queues queues, Supplier<QueueSettings> settings) {
        this(QueueDesk.of(queues), settings);
    }

    QueueOperations(QueueDesk queues, Supplier<QueueSettings> settings) {
        this.queues = queues;
        this.settings = settings;
    }

    /// The properties that a queue has, in order.
    public static List<? extends Property<?>> properties() {
        return ShownQueue.TABLE.properties();
    }

    /// How a queue's Identity is printed: `MAIL\4`, `MAIL\Submission`.
    public static String identity(int id, NextHopKey key, QueueSettings server) {
        return QueueIdentity.shown(id, key, server);
    }

    /// Queues by identity integer, the persistent ones first; Poison only when it holds something.
    ///
    /// @param filter reference §11.1; absent: all
    /// @throws OperationRefused if the filter is none
    public Listing list(Optional<String> filter, ResultSize size) {
        QueueSettings server = settings.get();
        Filter<ShownQueue> wanted = parse(filter, server);
        List<ShownQueue> found = found(new QueueIdentity.All(), wanted, server);
        return listing(found, size);
    }

    /// The queue or queues that an identity means (reference §1.4): one for an integer or a persistent queue,
    /// any number for a domain's name, which may have a queue per connector.
    ///
    /// @throws OperationRefused if there is none
    public Listing find(String identity) {
        QueueSettings server = settings.get();
        QueueIdentity wanted = QueueIdentity.parse(identity, server);
        List<ShownQueue> found = found(wanted, Filter.everything(), server);
        if (found.isEmpty() && !(wanted instanceof QueueIdentity.All)) {
            throw unknown(identity);
        }
        return listing(found, new ResultSize(ResultSize.UNLIMITED));
    }

    /// Has a queue in Retry tried now (Retry-Queue); a queue in another status is left alone, as Exchange does.
    ///
    /// @param resubmit whether its messages are to be categorized again instead
    /// @throws OperationRefused if the identity does not mean exactly one queue
    public void retry(String identity, boolean resubmit) {
        refuseResubmit(resubmit);
        QueueView queue = one(identity);
        if (!Answers.await(queues.retryNow(queue.id()))) {
            throw unknown(identity);
        }
    }

    /// Has every queue tried now that is in Retry and matches.
    ///
    /// @return how many matched
    /// @throws OperationRefused if the filter is none
    public int retryAll(String filter, boolean resubmit) {
        refuseResubmit(resubmit);
        QueueSettings server = settings.get();
        List<ShownQueue> found = found(new QueueIdentity.All(), parse(Optional.of(filter), server), server);
        int tried = 0;
        for (ShownQueue queue : found) {
            tried += Answers.await(queues.retryNow(queue.view().id())) ? 1 : 0;
        }
        return tried;
    }

    private static void refuseResubmit(boolean resubmit) {
        if (resubmit) {
            throw new OperationRefused(
                    Reason.NOT_SUPPORTED, "messages cannot be resubmitted by hand yet; retry without resubmit");
        }
    }

    /// The one queue that an identity means, for what acts on it.
    QueueView one(String identity) {
        QueueSettings server = settings.get();
        List<ShownQueue> found = found(QueueIdentity.parse(identity, server), Filter.everything(), server);
        if (found.isEmpty()) {
            throw unknown(identity);
        }
        if (found.size() > 1) {
            throw new OperationRefused(
                    Reason.AMBIGUOUS_IDENTITY,
                    OperationRefused.quoted(identity) + " means " + found.size()
                            + " queues; name one by its integer, or use a filter");
        }
        return found.getFirst().view();
    }

    private List<ShownQueue> found(QueueIdentity identity, Filter<ShownQueue> filter, QueueSettings server) {
        return Answers.await(queues.views()).stream()
                .filter(identity::means)
                .map(view -> new ShownQueue(view, server))
                .filter(filter::matchesIndex)
                .toList();
    }

    private static Listing listing(List<ShownQueue> queues, ResultSize size) {
        return to -> {
            queues.stream().limit(size.most()).map(ShownQueue.TABLE::bag).forEach(to);
            return queues.size() > size.most();
        };
    }

    private static Filter<ShownQueue> parse(Optional<String> filter, QueueSettings server) {
        return filter.map(text -> Filter.parse(text, ShownQueue.TABLE, server.zone()))
                .orElseGet(Filter::everything);
    }

    static OperationRefused unknown(String identity) {
        return new OperationRefused(Reason.UNKNOWN_QUEUE, "there is no queue " + OperationRefused.quoted(identity));
    }
}
