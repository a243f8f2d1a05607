package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What Get-Message and Export-Message do. Thread-safe; blocks for the queue loop and the store.
public final class MessageOperations {
    private final QueueDesk queues;
    private final StoreDoor store;
    private final Supplier<QueueSettings> settings;

    /// @param settings asked anew for every request
    public MessageOperations(Queues queues, StoreDoor store, Supplier<QueueSettings> settings) {
        this(QueueDesk.of(queues), store, settings);
    }

    MessageOperations(QueueDesk queues, StoreDoor store, Supplier<QueueSettings> settings) {
        this.queues = queues;
        this.store = store;
        this.settings = settings;
    }

    /// The properties that a message has, in order.
    public static List<? extends Property<?>> properties() {
        return MessageProperties.TABLE.properties();
    }

    /// What a listing is asked for.
    ///
    /// @param queue          identity of the queues to look in; absent: all
    /// @param filter         reference §11.1; absent: all
    /// @param withRecipients whether Recipients is filled
    public record Query(Optional<String> queue, Optional<String> filter, ResultSize size, boolean withRecipients) {}

    /// Copies by message integer.
    ///
    /// @throws OperationRefused if there is no such queue, or the filter is none
    public Listing list(Query query) {
        QueueSettings server = settings.get();
        Filter<ShownCopy> filter = query.filter()
                .map(text -> Filter.parse(text, MessageProperties.TABLE, server.zone()))
                .orElseGet(Filter::everything);
        List<MessageRow> rows = rows(query.queue(), server);
        return new Copies(rows, filter, query.size(), row -> copy(row, server, query.withRecipients()));
    }

    /// The copy or copies that an identity means (reference §1.4).
    ///
    /// @throws OperationRefused if there is none
    public Listing find(String identity, boolean withRecipients) {
        QueueSettings server = settings.get();
        List<MessageRow> rows = copies(identity, server);
        return new Copies(
                rows,
                Filter.everything(),
                new ResultSize(ResultSize.UNLIMITED),
                row -> copy(row, server, withRecipients));
    }

    /// The octets of a message, as they would be sent; all copies share them.
    ///
    /// @throws OperationRefused if there is no such message
    public RawContent content(String identity) {
        QueueSettings server = settings.get();
        ShownCopy copy = copy(copies(identity, server).getFirst(), server, false);
        if (!copy.load()) {
            throw unknown(identity);
        }
        return RawContent.of(copy.message().id(), copy.message().content(), store);
    }

    private List<MessageRow> rows(Optional<String> queue, QueueSettings server) {
        if (queue.isEmpty()) {
            return Answers.await(queues.messages(Optional.empty()));
        }
        QueueIdentity wanted = QueueIdentity.parse(queue.get(), server);
        if (wanted instanceof QueueIdentity.All) {
            return Answers.await(queues.messages(Optional.empty()));
        }
        List<QueueView> found =
                Answers.await(queues.views()).stream().filter(wanted::means).toList();
        if (found.isEmpty()) {
            throw QueueOperations.unknown(queue.get());
        }
        List<MessageRow> rows = new ArrayList<>();
        found.forEach(view -> rows.addAll(Answers.await(queues.messages(Optional.of(view.id())))));
        return rows;
    }

    /// At least one.
    private List<MessageRow> copies(String identity, QueueSettings server) {
        MessageIdentity wanted = MessageIdentity.parse(identity, server);
        List<MessageRow> rows = Answers.await(queues.copies(wanted.messageId()));
        if (!(wanted.queue() instanceof QueueIdentity.All)) {
            List<Integer> in = Answers.await(queues.views()).stream()
                    .filter(wanted.queue()::means)
                    .map(QueueView::id)
                    .toList();
            rows = rows.stream().filter(row -> in.contains(row.queueId())).toList();
        }
        if (rows.isEmpty()) {
            throw unknown(identity);
        }
        return rows;
    }

    private ShownCopy copy(MessageRow row, QueueSettings server, boolean withRecipients) {
        return new ShownCopy(row, server, queues, withRecipients);
    }

    private static OperationRefused unknown(String identity) {
        return new OperationRefused(
                Reason.UNKNOWN_MESSAGE, "there is no message " + OperationRefused.quoted(identity) + " in a queue");
    }

    /// Asks the index first and the store only about what is left; a copy that has gone since is passed over.
    private record Copies(
            List<MessageRow> rows, Filter<ShownCopy> filter, ResultSize size, Function<MessageRow, ShownCopy> copies)
            implements Listing {
        @Override
        public boolean forEach(Consumer<SequencedMap<String, Object>> to) {
            int given = 0;
            for (MessageRow row : rows) {
                ShownCopy copy = copies.apply(row);
                if (!filter.matchesIndex(copy) || !copy.load() || !filter.matchesStored(copy)) {
                    continue;
                }
                if (given == size.most()) {
                    return true;
                }
                to.accept(MessageProperties.TABLE.bag(copy));
                given++;
            }
            return false;
        }
    }
}
