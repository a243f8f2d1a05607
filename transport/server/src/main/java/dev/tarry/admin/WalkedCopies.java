package dev.tarry.admin;

import dev.tarry.queue.CopyPlace;
import dev.tarry.queue.MessageRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A page in order of identity: it is walked to from wherever it is nearest, and the walk ends when the page is full.
/// One thread.
final class WalkedCopies implements Listing {
    private final CopyWalk walk;
    private final boolean rising;
    private final Paging paging;
    private final Optional<MessageRow> bookmark;

    /// @param rising   whether identities rise
    /// @param bookmark the copy there
    WalkedCopies(CopyWalk walk, boolean rising, Paging paging, Optional<MessageRow> bookmark) {
        this.walk = walk;
        this.rising = rising;
        this.paging = paging;
        this.bookmark = bookmark;
    }

    @Override
    public boolean forEach(Consumer<SequencedMap<String, Object>> to) {
        return forEach(to, () -> true);
    }

    @Override
    public boolean forEach(Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        return switch (paging.side()) {
            case Paging.Side.Beginning(int skipped) -> {
                boolean more = forward(start(rising), skipped, to, wanted);
                yield more && paging.searchForward();
            }
            case Paging.Side.Behind _ -> forward(at(rising), 0, to, wanted);
            case Paging.Side.Before _ -> backward(at(!rising), to, wanted);
            case Paging.Side.End _ -> backward(start(!rising), to, wanted) && !paging.searchForward();
            case Paging.Side.UpTo(int last) -> upTo(last, to, wanted);
        };
    }

    private static CopyPlace start(boolean forward) {
        return forward ? CopyPlace.START : CopyPlace.END;
    }

    /// Where a walk begins that begins at the bookmark.
    private CopyPlace at(boolean forward) {
        CopyPlace place = bookmark.orElseThrow().place();
        if (!paging.includeBookmark()) {
            return place;
        }
        return new CopyPlace(place.messageId(), forward ? place.queueId() - 1 : place.queueId() + 1);
    }

    private boolean forward(
            CopyPlace from, int skipped, Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        int most = paging.size().most();
        int[] passed = new int[2]; // skipped, given
        boolean[] more = new boolean[1];
        // those that are passed over need not be read, and the one behind the page only tells that it is there
        boolean reading = skipped == 0;
        List<MessageRow> unread = new ArrayList<>();
        walk.run(rising, from, reading, most + 1, wanted, copy -> {
            if (passed[0] < skipped) {
                passed[0]++;
                return true;
            }
            if (passed[1] == most) {
                more[0] = true;
                return false;
            }
            passed[1]++;
            if (reading) {
                to.accept(MessageProperties.TABLE.bag(copy));
            } else {
                unread.add(copy.row());
                if (unread.size() == CopyWalk.READ_ROWS) {
                    show(unread, to);
                    unread.clear();
                }
            }
            return true;
        });
        show(unread, to);
        return more[0];
    }

    /// The page that ends where the walk begins.
    private boolean backward(CopyPlace from, Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        int most = paging.size().most();
        List<MessageRow> rows = new ArrayList<>();
        boolean[] more = new boolean[1];
        walk.run(!rising, from, false, most + 1, wanted, copy -> {
            more[0] = rows.size() == most;
            if (!more[0]) {
                rows.add(copy.row());
            }
            return !more[0];
        });
        show(rows.reversed(), to);
        return more[0];
    }

    /// The page that ends with the last of the first so many, or of all if there are fewer.
    private boolean upTo(int last, Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        int most = paging.size().most();
        ArrayDeque<MessageRow> rows = new ArrayDeque<>();
        int[] seen = new int[1];
        if (last > 0) {
            walk.run(rising, start(rising), false, last, wanted, copy -> {
                if (rows.size() == most) {
                    rows.removeFirst();
                }
                rows.addLast(copy.row());
                return ++seen[0] < last;
            });
        }
        show(List.copyOf(rows), to);
        return seen[0] > most;
    }

    private void show(List<MessageRow> rows, Consumer<SequencedMap<String, Object>> to) {
        walk.show(rows, copy -> to.accept(MessageProperties.TABLE.bag(copy)));
    }
}
