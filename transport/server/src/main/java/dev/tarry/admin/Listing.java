package dev.tarry.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Objects as property bags, made one by one while they are given away, so that a quarter of a million of them never
/// stand in memory together. Blocking; not for a loop.
@FunctionalInterface
public interface Listing {
    /// Gives every object once, in order.
    ///
    /// @return whether there were more than had been asked for
    /// @throws OperationRefused if the store cannot be read on the way
    boolean forEach(Consumer<SequencedMap<String, Object>> to);

    /// As the other, for somebody who may lose interest on the way.
    ///
    /// @param wanted asked now and then; once it says no, no more is looked for
    /// @throws CancellationException if it said no before the end
    default boolean forEach(Consumer<SequencedMap<String, Object>> to, BooleanSupplier wanted) {
        return forEach(to);
    }

    /// Which part of the whole this was, where that was asked for; known when [#forEach] has returned.
    default Optional<Paging.PageInfo> page() {
        return Optional.empty();
    }

    /// All of it at once, for callers who know that it is small.
    default List<SequencedMap<String, Object>> toList() {
        List<SequencedMap<String, Object>> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    /// What is at hand already.
    static Listing of(List<? extends SequencedMap<String, Object>> bags) {
        return to -> {
            bags.forEach(to);
            return false;
        };
    }
}
