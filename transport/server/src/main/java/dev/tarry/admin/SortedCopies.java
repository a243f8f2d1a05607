package dev.tarry.admin;

import dev.tarry.queue.CopyPlace;
import dev.tarry.queue.MessageRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A page in an order of its own. All copies are walked through, but only as many stay in memory as the page has, and
/// as many as come before it up to [#PASS]; for a page further on, more walks are made, each of which begins where the
/// one before ended. Only the page's copies are read again to be shown. One thread.
final class SortedCopies implements Listing {
    /// Copies that one walk passes over.
    static final int PASS = 100_000;

    private final CopyWalk walk;
    private final SortOrder<ShownCopy> order;
    private final Paging paging;
    private final Optional<SortOrder.Keyed<MessageRow>> bookmark;
    private final int pass;
    private Optional<Paging.PageInfo> page = Optional.empty();

    /// @param bookmark the copy there
    SortedCopies(CopyWalk walk, SortOrder<ShownCopy> order, Paging paging, Optional<ShownCopy> bookmark) {
        this(walk, order, paging, bookmark, PASS);
    }

    /// @param pass how many one walk passes over
    SortedCopies(CopyWalk walk, SortOrder<ShownCopy> order, Paging paging, Optional<ShownCopy> bookmark, int pass) {
        this.walk = walk;
        this.order = order;
        this.paging = paging;
        this.pass = pass;
        this.bookmark = bookmark.map(copy -> keyed(order, copy));
    }

    /// A copy by what it is sorted by.
    static SortOrder.Keyed<MessageRow> keyed(SortOrder<ShownCopy> order, ShownCopy copy) {
        MessageRow row = copy.row();
        return order.keyed(row, copy, row.messageId(), row.queueId());
    }

    @Override
    public boolean forEach(Consumer<SequencedMap<String, Object>> to) {
        return forEach(to, () -> true);
    }

    @Override
    public boolean forEach(Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        int most = paging.size().most();
        return switch (paging.side()) {
            case Paging.Side.Beginning(int skipped) -> {
                Walks walks = new Walks(true, wanted);
                List<MessageRow> rows = walks.take(Optional.empty(), true, skipped, most);
                yield show(rows, skipped, walks.total, walks.more && paging.searchForward(), to);
            }
            case Paging.Side.Behind _ -> {
                Walks walks = new Walks(true, wanted);
                List<MessageRow> rows = walks.take(bookmark, paging.includeBookmark(), 0, most);
                yield show(rows, walks.before, walks.total, walks.more, to);
            }
            case Paging.Side.Before _ -> {
                Walks walks = new Walks(false, wanted);
                List<MessageRow> rows = walks.take(bookmark, paging.includeBookmark(), 0, most);
                int first = walks.total - walks.before - rows.size();
                yield show(rows.reversed(), first, walks.total, walks.more, to);
            }
            case Paging.Side.End _ -> {
                Walks walks = new Walks(false, wanted);
                List<MessageRow> rows = walks.take(Optional.empty(), true, 0, most);
                boolean more = walks.more && !paging.searchForward();
                yield show(rows.reversed(), walks.total - rows.size(), walks.total, more, to);
            }
            case Paging.Side.UpTo(int last) -> {
                int total = count(wanted);
                int end = Math.min(last, total);
                int first = Math.max(0, end - most);
                Walks walks = new Walks(true, wanted);
                List<MessageRow> rows =
                        end == first ? List.of() : walks.take(Optional.empty(), true, first, end - first);
                yield show(rows, first, total, first > 0, to);
            }
        };
    }

    private int count(BooleanSupplier wanted) {
        int[] all = new int[1];
        walk.run(true, CopyPlace.START, false, Integer.MAX_VALUE, wanted, _ -> {
            all[0]++;
            return true;
        });
        return all[0];
    }

    private boolean show(
            List<MessageRow> rows, int first, int total, boolean more, Consumer<SequencedMap<String, Object>> to) {
        if (paging.pageInfo()) {
            page = Optional.of(new Paging.PageInfo(rows.isEmpty() ? 0 : first + 1, total));
        }
        walk.show(rows, copy -> to.accept(MessageProperties.TABLE.bag(copy)));
        return more;
    }

    @Override
    public Optional<Paging.PageInfo> page() {
        return page;
    }

    /// Walks over all copies that match, in search of those that come first.
    private final class Walks {
        private final boolean forward;
        private final boolean rising;
        private final BooleanSupplier wanted;
        private final Comparator<SortOrder.Keyed<?>> comparator;
        /// copies in all
        private int total;
        /// copies that come before the bound
        private int before;
        /// whether others come behind those that were taken
        private boolean more;

        /// @param forward whether in the order that was asked for; else the other way
        Walks(boolean forward, BooleanSupplier wanted) {
            this.forward = forward;
            this.wanted = wanted;
            this.rising = order.identity() == forward;
            this.comparator = forward ? order.comparator() : order.comparator().reversed();
        }

        /// @param bound   where to begin; absent: at the first
        /// @param skipped how many to pass over from there
        List<MessageRow> take(Optional<SortOrder.Keyed<MessageRow>> bound, boolean included, int skipped, int most) {
            Optional<SortOrder.Keyed<MessageRow>> from = bound;
            boolean at = included;
            int left = skipped;
            while (left > pass) {
                List<SortOrder.Keyed<MessageRow>> passed = first(from, at, pass);
                if (passed.size() < pass) {
                    return List.of();
                }
                from = Optional.of(passed.getLast());
                at = false;
                left -= pass;
            }
            List<SortOrder.Keyed<MessageRow>> found = first(from, at, left + most + 1);
            more = found.size() > left + most;
            return found.subList(Math.min(left, found.size()), Math.min(left + most, found.size())).stream()
                    .map(SortOrder.Keyed::object)
                    .toList();
        }

        private List<SortOrder.Keyed<MessageRow>> first(
                Optional<SortOrder.Keyed<MessageRow>> bound, boolean included, int most) {
            PriorityQueue<SortOrder.Keyed<MessageRow>> kept = new PriorityQueue<>(comparator.reversed());
            SortOrder.Keyed<MessageRow> from = bound.orElse(null);
            total = 0;
            before = 0;
            walk.run(
                    rising,
                    rising ? CopyPlace.START : CopyPlace.END,
                    !order.indexed(),
                    Integer.MAX_VALUE,
                    wanted,
                    copy -> {
                        SortOrder.Keyed<MessageRow> keyed = keyed(order, copy);
                        total++;
                        int side = from == null ? 1 : comparator.compare(keyed, from);
                        if (side < 0 || side == 0 && !included) {
                            before++;
                        } else if (kept.size() < most) {
                            kept.add(keyed);
                        } else if (comparator.compare(keyed, kept.peek()) < 0) {
                            kept.poll();
                            kept.add(keyed);
                        }
                        return true;
                    });
            List<SortOrder.Keyed<MessageRow>> first = new ArrayList<>(kept);
            first.sort(comparator);
            return first;
        }
    }
}
