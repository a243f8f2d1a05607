package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What Suspend-Queue, Resume-Queue and Retry-Queue do (reference §2.4): to one queue by its identity, or to
/// all that match a filter, which is an operation. Thread-safe; blocks for the queue loop.
public final class QueueVerbs {
    /// How long one queue may take, in real time: a million messages are resubmitted slice by slice.
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final QueueDesk queues;
    private final OrderDesk orders;
    private final Operations operations;
    private final Supplier<QueueSettings> settings;
    private final TlsDomains tlsDomains;

    /// @param settings asked anew for every request
    public QueueVerbs(Queues queues, Operations operations, Supplier<QueueSettings> settings, TlsDomains tlsDomains) {
        this(QueueDesk.of(queues), OrderDesk.of(queues.administration()), operations, settings, tlsDomains);
    }

    QueueVerbs(
            QueueDesk queues,
            OrderDesk orders,
            Operations operations,
            Supplier<QueueSettings> settings,
            TlsDomains tlsDomains) {
        this.tlsDomains = tlsDomains;
        this.queues = queues;
        this.orders = orders;
        this.operations = operations;
        this.settings = settings;
    }

    /// Exchange's name of what an order does.
    static String verb(QueueOrder order) {
        return switch (order) {
            case QueueOrder.Suspend _ -> "Suspend-Queue";
            case QueueOrder.Resume _ -> "Resume-Queue";
            case QueueOrder.Retry _ -> "Retry-Queue";
            case QueueOrder.Resubmit _ -> "Retry-Queue -Resubmit";
        };
    }

    /// Gives an order to one queue.
    ///
    /// @return what became of it: done, or no effect in the queue's status
    /// @throws OperationRefused if the identity does not mean exactly one queue, or Exchange refuses the
    ///     order there
    public Outcome carryOut(QueueOrder order, String identity) {
        int queue = one(identity).id();
        return Refusals.require(
                Answers.await(orders.carryOut(order, queue), LIMIT), () -> QueueOperations.unknown(identity));
    }

    /// The one queue that an identity means.
    private QueueView one(String identity) {
        QueueIdentity wanted = QueueIdentity.parse(identity, settings.get());
        List<QueueView> found =
                Answers.await(queues.views()).stream().filter(wanted::means).toList();
        if (found.isEmpty()) {
            throw QueueOperations.unknown(identity);
        }
        if (found.size() > 1) {
            throw new OperationRefused(
                    Reason.AMBIGUOUS_IDENTITY,
                    OperationRefused.quoted(identity) + " means " + found.size()
                            + " queues; name one by its integer, or use a filter");
        }
        return found.getFirst();
    }

    /// Begins to give an order to all queues that match.
    ///
    /// @param server the name of this server, if any is named
    /// @throws OperationRefused if the filter is none, the server is another, too much is under way, or the
    ///     queues are closed
    public OperationState begin(QueueOrder order, String filter, Optional<String> server) {
        QueueSettings ours = settings.get();
        server.ifPresent(name -> QueueIdentity.requireThisServer(name, ours));
        Filter<ShownQueue> wanted = Filter.parse(filter, ShownQueue.TABLE, ours.zone());
        Answers.await(queues.views()); // while the queues are closed none is begun
        return operations.begin(verb(order), filter, operation -> all(order, wanted, ours, operation));
    }

    /// Whether a queue matches is told by how it stood when the operation began.
    private boolean all(QueueOrder order, Filter<ShownQueue> wanted, QueueSettings server, Operation operation) {
        List<QueueView> views = Answers.await(queues.views());
        operation.objects(views.size());
        for (QueueView view : views) {
            if (operation.cancelled()) {
                return false;
            }
            boolean meant = wanted.matchesIndex(new ShownQueue(view, server, tlsDomains.of(view.key())));
            operation.looked(1, meant ? 1 : 0);
            if (meant) {
                operation.count(Answers.await(orders.carryOut(order, view.id()), LIMIT));
                operations.tell(operation);
            }
        }
        return true;
    }
}
