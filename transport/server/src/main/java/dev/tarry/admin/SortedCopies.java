package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.MessageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// A page out of the middle, or in an order of its own: every copy is looked at once for its keys, which is all
/// that stays in memory of it, and only those of the page are read again to be shown. One thread.
final class SortedCopies implements Listing {
    /// Copies that match; more cannot be sorted (MaxQueueViewerQueryResultCount, reference §2.1).
    static final int MOST = ResultSize.UNLIMITED;

    private final List<MessageRow> rows;
    private final Filter<ShownCopy> filter;
    private final Function<MessageRow, ShownCopy> copies;
    private final SortOrder<ShownCopy> order;
    private final Paging paging;
    private final Optional<ToIntFunction<List<MessageRow>>> bookmark;
    private Optional<Paging.PageInfo> page = Optional.empty();

    /// @param bookmark finds its object among the sorted
    SortedCopies(
            List<MessageRow> rows,
            Filter<ShownCopy> filter,
            Function<MessageRow, ShownCopy> copies,
            SortOrder<ShownCopy> order,
            Paging paging,
            Optional<ToIntFunction<List<MessageRow>>> bookmark) {
        this.rows = rows;
        this.filter = filter;
        this.copies = copies;
        this.order = order;
        this.paging = paging;
        this.bookmark = bookmark;
    }

    @Override
    public boolean forEach(Consumer<SequencedMap<String, Object>> to) {
        List<MessageRow> sorted = matching().stream()
                .sorted(order.comparator())
                .map(SortOrder.Keyed::object)
                .toList();
        Paging.Cut<MessageRow> cut = paging.of(sorted, bookmark.map(b -> b.applyAsInt(sorted)));
        if (paging.pageInfo()) {
            page = Optional.of(cut.info());
        }
        for (MessageRow row : cut.objects()) {
            ShownCopy copy = copies.apply(row);
            if (copy.load()) { // else it has left meanwhile
                to.accept(MessageProperties.TABLE.bag(copy));
            }
        }
        return cut.more();
    }

    private List<SortOrder.Keyed<MessageRow>> matching() {
        boolean reads = !order.indexed() || !filter.indexed();
        List<SortOrder.Keyed<MessageRow>> matching = new ArrayList<>();
        for (MessageRow row : rows) {
            ShownCopy copy = copies.apply(row);
            if (!filter.matchesIndex(copy) || reads && (!copy.load() || !filter.matchesStored(copy))) {
                continue;
            }
            if (matching.size() == MOST) {
                throw new OperationRefused(
                        Reason.INVALID_PARAMETER,
                        "more than " + MOST + " messages match, too many to sort or to page through; narrow them"
                                + " with a filter or a queue");
            }
            matching.add(order.keyed(row, copy, row.messageId(), row.queueId()));
        }
        return matching;
    }

    @Override
    public Optional<Paging.PageInfo> page() {
        return page;
    }
}
