package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mailbox.ContentStream;
import dev.tarry.mailbox.MailReader;
import dev.tarry.mailbox.ReadMail;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// What Get-Message and Export-Message do. Thread-safe; blocks for the queue loop and the store.
public final class MessageOperations {
    private static final Comparator<MessageRow> BY_IDENTITY =
            Comparator.comparingLong(MessageRow::messageId).thenComparingInt(MessageRow::queueId);

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
    public record Query(Optional<String> queue, Optional<String> filter, Paging paging, boolean withRecipients) {
        /// The first so many, by identity.
        public Query(Optional<String> queue, Optional<String> filter, ResultSize size, boolean withRecipients) {
            this(queue, filter, Paging.first(size), withRecipients);
        }
    }

    /// Copies by message integer.
    ///
    /// @throws OperationRefused if there is no such queue, or the filter is none
    public Listing list(Query query) {
        QueueSettings server = settings.get();
        Filter<ShownCopy> filter = query.filter()
                .map(text -> Filter.parse(text, MessageProperties.TABLE, server.zone()))
                .orElseGet(Filter::everything);
        SortOrder<ShownCopy> order = query.paging()
                .sortOrder()
                .map(text -> SortOrder.parse(text, MessageProperties.TABLE))
                .orElseGet(SortOrder::none);
        Optional<MessageIdentity> bookmark = query.paging().bookmark().map(b -> MessageIdentity.parse(b, server));
        List<MessageRow> rows = new ArrayList<>(rows(query.queue(), server));
        rows.sort(BY_IDENTITY);
        Function<MessageRow, ShownCopy> copies = row -> copy(row, server, query.withRecipients());
        return query.paging().plain()
                ? new Copies(rows, filter, query.paging().size(), copies)
                : new SortedCopies(rows, filter, copies, order, query.paging(), position(bookmark));
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

    /// Who still waits for a message, of each of its copies that are meant: `Queue`, `Address`, `Type`,
    /// `FinalDestination`, `Status`, `LastError`, and the parameters of RFC 3461 that were given with it: `Notify`,
    /// `OriginalRecipient`, `Return`, `EnvelopeId`.
    ///
    /// @throws OperationRefused if there is no such message
    public Listing recipients(String identity) {
        QueueSettings server = settings.get();
        List<SequencedMap<String, Object>> all = new ArrayList<>();
        for (MessageRow row : copies(identity, server)) {
            ShownCopy copy = copy(row, server, true);
            if (copy.load()) {
                all.addAll(copy.deliveries());
            }
        }
        return Listing.of(all);
    }

    /// A message's header: `Name`, `Value`, `Decoded` of each field in order; not all of it where it is larger than
    /// anybody reads.
    ///
    /// @throws OperationRefused if there is no such message
    public Listing headers(String identity) {
        QueueSettings server = settings.get();
        ShownCopy copy = copy(copies(identity, server).getFirst(), server, false);
        if (!copy.load()) {
            throw unknown(identity);
        }
        ReadMail mail;
        try {
            mail = MailReader.header(new ContentStream(store, "", copy.message().content()));
        } catch (StoreException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the message's content cannot be read", e);
        }
        return to -> {
            mail.headers().stream().map(MailBags::of).forEach(to);
            return !mail.whole();
        };
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

    /// Where a bookmark is among copies, once they are sorted.
    private Optional<ToIntFunction<List<MessageRow>>> position(Optional<MessageIdentity> bookmark) {
        if (bookmark.isEmpty()) {
            return Optional.empty();
        }
        MessageIdentity wanted = bookmark.get();
        Set<Integer> queueIds = new HashSet<>();
        Answers.await(queues.views()).stream().filter(wanted.queue()::means).forEach(q -> queueIds.add(q.id()));
        return Optional.of(sorted -> {
            for (int i = 0; i < sorted.size(); i++) {
                MessageRow row = sorted.get(i);
                if (row.messageId() == wanted.messageId() && queueIds.contains(row.queueId())) {
                    return i;
                }
            }
            throw new OperationRefused(
                    Reason.UNKNOWN_MESSAGE,
                    "the bookmark's message " + wanted.messageId()
                            + " is not, or no longer, in this listing; go on with bookmarkIndex");
        });
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
