package dev.tarry.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a listing.
///
/// @param items  in the listing's order
/// @param more   whether there are others, on the side that was searched
/// @param place  where it stands; absent unless asked for
public record Page<T>(List<T> items, boolean more, Optional<Place> place) {
    /// @param first position of its first object, from 1; 0 if it has none
    /// @param total how many objects there are in all pages
    public record Place(int first, int total) {}

    public Page {
        items = List.copyOf(items);
    }

    static <T> Page<T> of(Answer answer, Function<Answer, T> item) {
        Optional<Place> place = answer.optionalObject("page")
                .map(p -> new Place(Math.toIntExact(p.count("first")), Math.toIntExact(p.count("total"))));
        return new Page<>(answer.items().stream().map(item).toList(), answer.flag("more"), place);
    }
}
