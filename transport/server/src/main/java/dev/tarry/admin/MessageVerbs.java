package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.CopyPlace;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.queue.Queues.RowsWanted;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What Suspend-Message, Resume-Message, Remove-Message, Redirect-Message and Export-Message do (reference
/// §2.4): to one copy by its identity, or to all that match a filter, which is an operation. Thread-safe;
/// blocks for the queue loop and the store.
public final class MessageVerbs {
    /// Copies that are dealt with in one turn of the queue loop, and one commit.
    static final int SLICE = 512;

    /// How long the other server may take to take everything, in real time.
    private static final Duration MOVING = Duration.ofDays(2);

    /// Within what time the queues refuse, in real time.
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Comparator<CopyPlace> ORDER =
            Comparator.comparingLong(CopyPlace::messageId).thenComparingInt(CopyPlace::queueId);

    /// How long a slice, or a redirection, may take, in real time.
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final QueueDesk queues;
    private final OrderDesk orders;
    private final StoreDoor store;
    private final Operations operations;
    private final Supplier<QueueSettings> settings;

    /// @param settings asked anew for every request
    public MessageVerbs(Queues queues, StoreDoor store, Operations operations, Supplier<QueueSettings> settings) {
        this(QueueDesk.of(queues), OrderDesk.of(queues.administration()), store, operations, settings);
    }

    MessageVerbs(
            QueueDesk queues,
            OrderDesk orders,
            StoreDoor store,
            Operations operations,
            Supplier<QueueSettings> settings) {
        this.queues = queues;
        this.orders = orders;
        this.store = store;
        this.operations = operations;
        this.settings = settings;
    }

    /// Exchange's name of what an order does.
    static String verb(MessageOrder order) {
        return switch (order) {
            case MessageOrder.Suspend _ -> "Suspend-Message";
            case MessageOrder.Resume _ -> "Resume-Message";
            case MessageOrder.Remove(boolean withNdr) -> withNdr ? "Remove-Message" : "Remove-Message -WithNDR $false";
        };
    }

    /// Gives an order about one copy.
    ///
    /// @return what became of it: done, pending, or no effect in the copy's status
    /// @throws OperationRefused if the identity does not mean exactly one copy, or Exchange refuses the
    ///     order there
    public Outcome carryOut(MessageOrder order, String identity) {
        MessageRow row = one(identity);
        List<Outcome> outcomes = Answers.await(orders.carryOut(order, List.of(id(row))), LIMIT);
        return Refusals.require(outcomes.getFirst(), () -> unknown(identity));
    }

    /// Begins to give an order about all copies that match.
    ///
    /// @param server the name of this server, if any is named
    /// @throws OperationRefused if the filter is none, the server is another, too much is under way, or the
    ///     queues are closed
    public OperationState begin(MessageOrder order, String filter, Optional<String> server) {
        QueueSettings ours = settings.get();
        server.ifPresent(name -> QueueIdentity.requireThisServer(name, ours));
        Filter<ShownCopy> wanted = Filter.parse(filter, MessageProperties.TABLE, ours.zone());
        Answers.await(queues.views()); // while the queues are closed none is begun
        return operations.begin(verb(order), filter, operation -> all(order, wanted, ours, operation));
    }

    /// Walks the copies in order of identity, up to the last there was when it began: what came later is not meant.
    /// Whether a copy matches is told by how it stands when it is passed.
    private boolean all(MessageOrder order, Filter<ShownCopy> wanted, QueueSettings server, Operation operation) {
        Optional<CopyPlace> last = last();
        operation.objects(Answers.await(queues.views()).stream()
                .mapToLong(QueueView::messageCount)
                .sum());
        if (last.isEmpty()) {
            return true;
        }
        CopyPlace place = CopyPlace.START;
        while (true) {
            Queues.RowSlice slice =
                    Answers.await(queues.rows(new RowsWanted(Set.of(), true, place, Queues.SLICE_ROWS)));
            List<MessageRow> rows = slice.rows().stream()
                    .filter(row -> ORDER.compare(row.place(), last.get()) <= 0)
                    .toList();
            for (int from = 0; from < rows.size(); from += SLICE) {
                if (operation.cancelled()) {
                    return false;
                }
                List<MessageRow> some = rows.subList(from, Math.min(rows.size(), from + SLICE));
                carryOut(order, matching(some, wanted, server), some.size(), operation);
            }
            if (slice.reached().isEmpty() || ORDER.compare(slice.reached().get(), last.get()) >= 0) {
                return true;
            }
            place = slice.reached().get();
        }
    }

    private Optional<CopyPlace> last() {
        return Answers.await(queues.rows(new RowsWanted(Set.of(), false, CopyPlace.END, 1))).rows().stream()
                .map(MessageRow::place)
                .findFirst();
    }

    /// Asks the index first and the store only about what is left, many in one go.
    private List<CopyId> matching(List<MessageRow> rows, Filter<ShownCopy> wanted, QueueSettings server) {
        List<ShownCopy> found = rows.stream()
                .map(row -> new ShownCopy(row, server, queues, false))
                .filter(wanted::matchesIndex)
                .toList();
        if (!wanted.indexed()) {
            CopyWalk.read(queues, found);
            found = found.stream()
                    .filter(copy -> copy.load() && wanted.matchesStored(copy))
                    .toList();
        }
        return found.stream().map(copy -> id(copy.row())).toList();
    }

    private void carryOut(MessageOrder order, List<CopyId> copies, int looked, Operation operation) {
        operation.looked(looked, copies.size());
        if (!copies.isEmpty()) {
            Answers.await(orders.carryOut(order, copies), LIMIT).forEach(operation::count);
        }
        operations.tell(operation);
    }

    /// Ends the redirection that is under way: what has been moved stays where it is, and new mail is taken again.
    ///
    /// @param server the name of this server, if any is named
    /// @return done with how many had been moved; unchanged if none was under way
    /// @throws OperationRefused if the server cannot be that
    public Outcome cancelRedirect(Optional<String> server) {
        QueueSettings ours = settings.get();
        server.ifPresent(name -> QueueIdentity.requireThisServer(name, ours));
        return Answers.await(orders.cancelRedirect());
    }

    /// Has another server take over what waits in all delivery queues (Redirect-Message); no new mail is taken until
    /// that is over. What has been moved has been moved; [#cancelRedirect] ends it early, and so does cancelling
    /// its operation.
    ///
    /// @param target the other server, by its full name
    /// @param server the name of this server, if any is named
    /// @throws OperationRefused if the servers cannot be those, or messages are being redirected already
    public OperationState redirect(String target, Optional<String> server) {
        QueueSettings ours = settings.get();
        server.ifPresent(name -> QueueIdentity.requireThisServer(name, ours));
        long waiting = Answers.await(queues.views()).stream()
                .filter(queue -> queue.id() >= MessageStore.FIRST_DYNAMIC_QUEUE)
                .mapToLong(QueueView::messageCount)
                .sum();
        return operations.begin("Redirect-Message", target, () -> {
            CompletableFuture<Outcome> moved = orders.redirect(target);
            // what is refused is refused at once
            if (Answers.within(moved, SOON).orElse(null) instanceof Outcome.Refused refused) {
                Refusals.require(refused, () -> unknown(target));
            }
            return operation -> moved(target, moved, waiting, operation);
        });
    }

    private boolean moved(String target, CompletableFuture<Outcome> moved, long waiting, Operation operation) {
        operation.objects(waiting);
        operation.onCancel(orders::cancelRedirect);
        Outcome outcome = Answers.await(moved, MOVING);
        if (outcome instanceof Outcome.Done(int copies)) {
            operation.moved(copies);
            left(target).ifPresent(operation::warn);
        } else {
            Refusals.require(outcome, () -> unknown(target));
        }
        return !operation.cancelled();
    }

    /// What the other server has not taken, and what to do about it.
    private Optional<String> left(String target) {
        List<QueueView> views;
        try {
            views = Answers.await(queues.views());
        } catch (OperationRefused _) {
            return Optional.empty(); // the redirection has been carried out for all that
        }
        return views.stream()
                .filter(queue -> queue.key().deliveryType() == DeliveryType.SMTP_RELAY_TO_SERVERS
                        && queue.key().nextHopDomain().equalsIgnoreCase(target.strip())
                        && queue.messageCount() > 0)
                .findFirst()
                .map(queue -> {
                    String identity = QueueIdentity.shown(queue.id(), queue.key(), settings.get());
                    return queue.messageCount() + " messages have not been taken by " + target.strip()
                            + ": they wait in the queue " + identity + " ("
                            + queue.status().shellName() + "). Retry-Queue"
                            + " tries that server again; Retry-Queue -Identity " + identity
                            + " -Resubmit $true has them go where they went before.";
                });
    }

    /// A message in the form that the Replay directory takes in again: its envelope in X-headers before the
    /// rest (reference §9.4). It stays where it is.
    ///
    /// @throws OperationRefused if the identity does not mean exactly one copy, or that is not suspended
    public RawContent export(String identity) {
        MessageRow row = one(identity);
        if (row.status() != MessageRow.Status.SUSPENDED && !row.queue().equals(NextHopKey.POISON)) {
            throw new OperationRefused(
                    Reason.ORDER_REFUSED,
                    "only a suspended message can be exported, and the Status of " + OperationRefused.quoted(identity)
                            + " is " + row.status().shellName() + "; suspend it first");
        }
        Queues.Records records = records(row).orElseThrow(() -> unknown(identity));
        return ExportedMessage.of(records.message(), records.copy(), store);
    }

    private Optional<Queues.Records> records(MessageRow row) {
        try {
            return queues.records(row);
        } catch (StoreException e) {
            throw new OperationRefused(
                    Reason.UNAVAILABLE, "the record of message " + row.messageId() + " cannot be read", e);
        }
    }

    /// The one copy that an identity means.
    private MessageRow one(String identity) {
        MessageIdentity wanted = MessageIdentity.parse(identity, settings.get());
        List<MessageRow> rows = Answers.await(queues.copies(wanted.messageId()));
        if (!(wanted.queue() instanceof QueueIdentity.All)) {
            List<Integer> in = Answers.await(queues.views()).stream()
                    .filter(wanted.queue()::means)
                    .map(view -> view.id())
                    .toList();
            rows = rows.stream().filter(row -> in.contains(row.queueId())).toList();
        }
        if (rows.isEmpty()) {
            throw unknown(identity);
        }
        if (rows.size() > 1) {
            throw new OperationRefused(
                    Reason.AMBIGUOUS_IDENTITY,
                    OperationRefused.quoted(identity) + " means " + rows.size()
                            + " copies, in several queues; name one as Server\\Queue\\Integer, or use a filter");
        }
        return rows.getFirst();
    }

    private static CopyId id(MessageRow row) {
        return new CopyId(row.messageId(), row.queueId());
    }

    private static OperationRefused unknown(String identity) {
        return new OperationRefused(
                Reason.UNKNOWN_MESSAGE, "there is no message " + OperationRefused.quoted(identity) + " in a queue");
    }
}
