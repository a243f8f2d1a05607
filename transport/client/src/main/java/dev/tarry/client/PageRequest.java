package dev.tarry.client;

import java.util.Optional;

/// Which part of a listing is wanted, and in what order (reference §11.2).
///
/// @param sortOrder       such as `+FromAddress,-Size`; absent: by identity
/// @param bookmarkIndex   position, from 1, at which the page begins (or, backward, ends); 0 and less: the first page;
///     [Integer#MAX_VALUE]: the last
/// @param bookmark        identity of the object there instead
/// @param includeBookmark whether the object there belongs to the page
/// @param searchForward   whether the page follows the bookmark; else it precedes it
/// @param limit           how large it is at most
/// @param place           whether [Page#place] is wanted
public record PageRequest(
        Optional<String> sortOrder,
        Optional<Integer> bookmarkIndex,
        Optional<String> bookmark,
        boolean includeBookmark,
        boolean searchForward,
        ResultLimit limit,
        boolean place) {
    /// The first so many, by identity.
    public static PageRequest first(ResultLimit limit) {
        return new PageRequest(Optional.empty(), Optional.empty(), Optional.empty(), true, true, limit, false);
    }

    /// The same in another order.
    public PageRequest sortedBy(String order) {
        return new PageRequest(
                Optional.of(order), bookmarkIndex, bookmark, includeBookmark, searchForward, limit, place);
    }

    /// The same behind an object.
    public PageRequest after(String identity) {
        return new PageRequest(sortOrder, Optional.empty(), Optional.of(identity), false, true, limit, place);
    }

    /// The same from a position on, telling where it stands.
    public PageRequest from(int index) {
        return new PageRequest(
                sortOrder, Optional.of(index), Optional.empty(), includeBookmark, searchForward, limit, true);
    }

    Query with(Query query) {
        query.with("sortOrder", sortOrder)
                .with("bookmarkIndex", bookmarkIndex.map(String::valueOf))
                .with("bookmark", bookmark)
                .with("resultSize", limit);
        if (!includeBookmark) {
            query.with("includeBookmark", Optional.of("false"));
        }
        if (!searchForward) {
            query.with("searchForward", Optional.of("false"));
        }
        if (place) {
            query.with("returnPageInfo", Optional.of("true"));
        }
        return query;
    }
}
