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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What Get-Message does. Thread-safe; blocks for the queue loop and the store.
public final class MessageOperations {
    private final QueueDesk queues;
    private final StoreDoor store;
    private final Supplier<QueueSettings> settings;
    private final IntSupplier most;
    private final InstantSource labTime;

    /// With Exchange's bound for a listing.
    public MessageOperations(Queues queues, StoreDoor store, Supplier<QueueSettings> settings, InstantSource labTime) {
        this(queues, store, settings, labTime, () -> ResultSize.QUEUE_VIEWER);
    }

    /// @param settings asked anew for every request
    /// @param labTime  until when latencies are counted
    /// @param most     asked anew too: how many messages a listing gives at most (MaxQueueViewerQueryResultCount)
    public MessageOperations(
            Queues queues, StoreDoor store, Supplier<QueueSettings> settings, InstantSource labTime, IntSupplier most) {
        this(QueueDesk.of(queues), store, settings, labTime, most);
    }

    MessageOperations(
            QueueDesk queues,
            StoreDoor store,
            Supplier<QueueSettings> settings,
            InstantSource labTime,
            IntSupplier most) {
        this.most = most;
        this.queues = queues;
        this.store = store;
        this.settings = settings;
        this.labTime = labTime;
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
    /// @param withLatency    whether ComponentLatency is filled
    public record Query(
            Optional<String> queue,
            Optional<String> filter,
            Paging paging,
            boolean withRecipients,
            boolean withLatency) {
        /// Without ComponentLatency.
        public Query(Optional<String> queue, Optional<String> filter, Paging paging, boolean withRecipients) {
            this(queue, filter, paging, withRecipients, false);
        }

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
        Function<MessageRow, ShownCopy> copies = row -> copy(row, server, query.withRecipients(), query.withLatency());
        CopyWalk walk = new CopyWalk(queues, copies, inQueues(query.queue(), filter, server), filter);
        Optional<ShownCopy> at = bookmark.map(b -> bookmarked(b, walk, order, server));
        Paging paging = query.paging().within(most.getAsInt());
        return order.keys().isEmpty() && !paging.pageInfo()
                ? new WalkedCopies(walk, order.identity(), paging, at.map(ShownCopy::row))
                : new SortedCopies(walk, order, paging, at);
    }

    /// The copy or copies that an identity means (reference §1.4).
    ///
    /// @throws OperationRefused if there is none
    public Listing find(String identity, boolean withRecipients) {
        return find(identity, withRecipients, false);
    }

    /// The same, perhaps with ComponentLatency.
    ///
    /// @throws OperationRefused if there is none
    public Listing find(String identity, boolean withRecipients, boolean withLatency) {
        QueueSettings server = settings.get();
        List<MessageRow> rows = copies(identity, server);
        return to -> {
            for (MessageRow row : rows) {
                ShownCopy copy = copy(row, server, withRecipients, withLatency);
                if (copy.load()) { // else it has left meanwhile
                    to.accept(MessageProperties.TABLE.bag(copy));
                }
            }
            return false;
        };
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

    /// The copy that a bookmark means, which is one of the listing's; the first of them if it means several.
    private ShownCopy bookmarked(
            MessageIdentity bookmark, CopyWalk walk, SortOrder<ShownCopy> order, QueueSettings server) {
        Set<Integer> meant = idsOf(bookmark.queue());
        return Answers.await(queues.copies(bookmark.messageId())).stream()
                .filter(row -> meant.contains(row.queueId()))
                .map(row -> copy(row, server, true))
                .filter(walk::matches)
                .min(Comparator.comparing(copy -> SortedCopies.keyed(order, copy), order.comparator()))
                .orElseThrow(() -> new OperationRefused(
                        Reason.UNKNOWN_MESSAGE,
                        "the bookmark's message " + bookmark.messageId()
                                + " is not, or no longer, in this listing; go on with bookmarkIndex"));
    }

    private Set<Integer> idsOf(QueueIdentity identity) {
        return Answers.await(queues.views()).stream()
                .filter(identity::means)
                .map(QueueView::id)
                .collect(Collectors.toSet());
    }

    /// The queues in which copies are looked for; absent: in all.
    private Optional<Set<Integer>> inQueues(Optional<String> queue, Filter<ShownCopy> filter, QueueSettings server) {
        Optional<Set<Integer>> named = queue.flatMap(identity -> named(identity, server));
        Optional<Set<Integer>> filtered = filter.conditions().stream()
                .filter(c -> c.property().name().equals("Queue") && c.operator() == Operator.EQ && c.value() != null)
                .findFirst()
                .map(c -> Answers.await(queues.views()).stream()
                        .filter(q -> QueueIdentity.shown(q.id(), q.key(), server)
                                .equalsIgnoreCase(c.value().toString()))
                        .map(QueueView::id)
                        .collect(Collectors.toSet()));
        named.ifPresent(ids -> filtered.ifPresent(ids::retainAll));
        return named.or(() -> filtered);
    }

    private Optional<Set<Integer>> named(String identity, QueueSettings server) {
        QueueIdentity wanted = QueueIdentity.parse(identity, server);
        if (wanted instanceof QueueIdentity.All) {
            return Optional.empty();
        }
        Set<Integer> found = idsOf(wanted);
        if (found.isEmpty()) {
            throw QueueOperations.unknown(identity);
        }
        return Optional.of(found);
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
        return copy(row, server, withRecipients, false);
    }

    private ShownCopy copy(MessageRow row, QueueSettings server, boolean withRecipients, boolean withLatency) {
        ShownCopy copy = new ShownCopy(row, server, queues, withRecipients);
        return withLatency ? copy.withLatency(labTime.instant()) : copy;
    }

    private static OperationRefused unknown(String identity) {
        return new OperationRefused(
                Reason.UNKNOWN_MESSAGE, "there is no message " + OperationRefused.quoted(identity) + " in a queue");
    }
}
