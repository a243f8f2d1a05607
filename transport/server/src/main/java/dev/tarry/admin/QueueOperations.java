package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What Get-Queue does. Thread-safe; blocks for the queue loop.
public final class QueueOperations {
    private final QueueDesk queues;
    private final Supplier<QueueSettings> settings;
    private final TlsDomains tlsDomains;
    private final IntSupplier most;

    /// @param settings   asked anew for every request
    /// @param tlsDomains whom queues must be sure of
    /// @param most       asked anew too: how many queues a listing gives at most (MaxQueueViewerQueryResultCount)
    public QueueOperations(Queues queues, Supplier<QueueSettings> settings, TlsDomains tlsDomains, IntSupplier most) {
        this(QueueDesk.of(queues), settings, tlsDomains, most);
    }

    QueueOperations(QueueDesk queues, Supplier<QueueSettings> settings, TlsDomains tlsDomains, IntSupplier most) {
        this.queues = queues;
        this.settings = settings;
        this.tlsDomains = tlsDomains;
        this.most = most;
    }

    /// The properties that a queue has, in order.
    public static List<? extends Property<?>> properties() {
        return ShownQueue.TABLE.properties();
    }

    /// How a queue's Identity is printed: `MAIL\4`, `MAIL\Submission`.
    public static String identity(int id, NextHopKey key, QueueSettings server) {
        return QueueIdentity.shown(id, key, server);
    }

    /// Words that `include` and `exclude` take.
    public static List<String> kinds() {
        return QueueKinds.WORDS;
    }

    /// What a listing is asked for.
    ///
    /// @param filter reference §11.1; absent: all
    /// @param include words of [#kinds], separated by commas: only queues of any of these kinds; absent: all
    /// @param exclude the same: no queues of any of these kinds
    public record Query(Optional<String> filter, Optional<String> include, Optional<String> exclude, Paging paging) {
        /// All that match a filter, by identity.
        public static Query of(Optional<String> filter, ResultSize size) {
            return new Query(filter, Optional.empty(), Optional.empty(), Paging.first(size));
        }
    }

    /// Queues, by identity integer (the persistent ones first) unless told otherwise; Poison only when it holds
    /// something.
    ///
    /// @throws OperationRefused if the filter is none, or another part of the question makes no sense
    public Listing list(Query query) {
        QueueSettings server = settings.get();
        Predicate<QueueView> kinds = query.include()
                .<Predicate<QueueView>>map(words -> QueueKinds.parse("include", words))
                .orElse(_ -> true)
                .and(query.exclude()
                        .<Predicate<QueueView>>map(words -> QueueKinds.parse("exclude", words))
                        .orElse(_ -> false)
                        .negate());
        SortOrder<ShownQueue> order = query.paging()
                .sortOrder()
                .map(text -> SortOrder.parse(text, ShownQueue.TABLE))
                .orElseGet(SortOrder::none);
        List<ShownQueue> found = found(new QueueIdentity.All(), parse(query.filter(), server), server).stream()
                .filter(queue -> kinds.test(queue.view()))
                .toList();
        List<ShownQueue> sorted = found.stream()
                .map(queue -> order.keyed(queue, queue, queue.view().id()))
                .sorted(order.comparator())
                .map(SortOrder.Keyed::object)
                .toList();
        Paging.Cut<ShownQueue> page = query.paging()
                .within(most.getAsInt())
                .of(sorted, query.paging().bookmark().map(b -> position(b, sorted, server)));
        return new Page(page, query.paging().pageInfo());
    }

    private static int position(String bookmark, List<ShownQueue> sorted, QueueSettings server) {
        QueueIdentity wanted = QueueIdentity.parse(bookmark, server);
        for (int i = 0; i < sorted.size(); i++) {
            if (wanted.means(sorted.get(i).view())) {
                return i;
            }
        }
        throw new OperationRefused(
                Reason.UNKNOWN_QUEUE,
                "the bookmark " + OperationRefused.quoted(bookmark) + " is not, or no longer, in this listing;"
                        + " go on with bookmarkIndex");
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
        return Listing.of(found.stream().map(ShownQueue.TABLE::bag).toList());
    }

    private List<ShownQueue> found(QueueIdentity identity, Filter<ShownQueue> filter, QueueSettings server) {
        return Answers.await(queues.views()).stream()
                .filter(identity::means)
                .map(view -> new ShownQueue(view, server, tlsDomains.of(view.key())))
                .filter(filter::matchesIndex)
                .toList();
    }

    private record Page(Paging.Cut<ShownQueue> cut, boolean pageInfo) implements Listing {
        @Override
        public boolean forEach(Consumer<SequencedMap<String, Object>> to) {
            cut.objects().forEach(queue -> to.accept(ShownQueue.TABLE.bag(queue)));
            return cut.more();
        }

        @Override
        public Optional<Paging.PageInfo> page() {
            return pageInfo ? Optional.of(cut.info()) : Optional.empty();
        }
    }

    private static Filter<ShownQueue> parse(Optional<String> filter, QueueSettings server) {
        return filter.map(text -> Filter.parse(text, ShownQueue.TABLE, server.zone()))
                .orElseGet(Filter::everything);
    }

    static OperationRefused unknown(String identity) {
        return new OperationRefused(Reason.UNKNOWN_QUEUE, "there is no queue " + OperationRefused.quoted(identity));
    }
}
