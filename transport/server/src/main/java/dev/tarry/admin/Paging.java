package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.util.List;
import java.util.Optional;

/// Which part of a listing is wanted, and in what order (reference §11.2).
///
/// @param sortOrder property names with `+` (or nothing) or `-` before them, separated by commas:
///     `+FromAddress,-Size`; Identity comes last, ascending, whether named or not
/// @param bookmarkIndex position from 1 at which the page begins (or, backward, ends); 0 and less: the first page;
///     [Integer#MAX_VALUE]: the last. Not with `bookmark`
/// @param bookmark identity of the object there instead
/// @param includeBookmark whether the object there belongs to the page
/// @param searchForward whether the page follows the bookmark; else it precedes it, and without one it is the last
/// @param size how large a page is
/// @param pageInfo whether to tell [PageInfo]
public record Paging(
        Optional<String> sortOrder,
        Optional<Integer> bookmarkIndex,
        Optional<String> bookmark,
        boolean includeBookmark,
        boolean searchForward,
        ResultSize size,
        boolean pageInfo) {
    /// What a listing can tell of a page.
    ///
    /// @param first position of its first object, from 1; 0 if it has none
    /// @param total how many objects there are in all pages
    public record PageInfo(int first, int total) {}

    /// @throws OperationRefused if two bookmarks are given
    public Paging {
        if (bookmarkIndex.isPresent() && bookmark.isPresent()) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "bookmarkIndex and bookmark exclude each other; give one of them");
        }
    }

    /// The first so many, by identity.
    public static Paging first(ResultSize size) {
        return new Paging(Optional.empty(), Optional.empty(), Optional.empty(), true, true, size, false);
    }

    /// The same page, but no larger than so many.
    Paging within(int bound) {
        ResultSize bounded = size.within(bound);
        return bounded == size
                ? this
                : new Paging(sortOrder, bookmarkIndex, bookmark, includeBookmark, searchForward, bounded, pageInfo);
    }

    /// From which side a page is found.
    sealed interface Side {
        /// From the beginning, behind the first so many.
        record Beginning(int skipped) implements Side {}

        /// It begins at, or behind, the bookmark's object.
        record Behind() implements Side {}

        /// It ends at, or before, the bookmark's object.
        record Before() implements Side {}

        /// It ends with the last of the first so many, or of all if there are fewer.
        record UpTo(int last) implements Side {}

        /// It is the last.
        record End() implements Side {}
    }

    Side side() {
        if (bookmark.isPresent()) {
            return searchForward ? new Side.Behind() : new Side.Before();
        }
        if (bookmarkIndex.isEmpty()) {
            return searchForward ? new Side.Beginning(0) : new Side.End();
        }
        int index = bookmarkIndex.get();
        if (index <= 0) {
            return new Side.Beginning(0);
        }
        if (index == Integer.MAX_VALUE) {
            return new Side.End();
        }
        if (searchForward) {
            return new Side.Beginning(includeBookmark ? index - 1 : index);
        }
        return new Side.UpTo(includeBookmark ? index : index - 1);
    }

    /// A page of a sorted list.
    ///
    /// @param more whether there are others on the side that was searched
    record Cut<R>(List<R> objects, boolean more, PageInfo info) {}

    /// @param position of the bookmark's object in the list, from 0; absent if there is no bookmark
    <R> Cut<R> of(List<R> sorted, Optional<Integer> position) {
        int all = sorted.size();
        int most = size.most();
        int from;
        int to;
        if (bookmarkIndex.filter(i -> i <= 0).isPresent()) {
            from = 0;
            to = Math.min(all, most);
        } else if (bookmarkIndex.filter(i -> i == Integer.MAX_VALUE).isPresent()
                || position.isEmpty() && bookmarkIndex.isEmpty() && !searchForward) {
            to = all;
            from = Math.max(0, all - most);
        } else if (searchForward) {
            int at = position.orElse(bookmarkIndex.orElse(1) - 1);
            from = Math.min(all, includeBookmark ? at : at + 1);
            to = (int) Math.min(all, (long) from + most);
        } else {
            int at = position.orElse(bookmarkIndex.orElse(all) - 1);
            to = Math.min(all, includeBookmark ? at + 1 : at);
            from = Math.max(0, to - most);
        }
        boolean more = searchForward ? to < all : from > 0;
        return new Cut<>(sorted.subList(from, to), more, new PageInfo(from < to ? from + 1 : 0, all));
    }
}
