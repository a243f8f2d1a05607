package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.CopyPlace;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.Queues;
import dev.tarry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Goes through the copies that match a filter, in order of identity: slice by slice, so that neither the queue loop is
/// held up nor more than a slice stands in memory. What the index knows is asked first; only of what is left records
/// are read, many in one go. Nothing is held while what was found is given away, however long that takes.
///
/// Blocks for the queue loop and the store: not for a loop.
final class CopyWalk {
    /// Records that are read in one go: the store cannot be closed meanwhile.
    static final int READ_ROWS = 512;

    private final QueueDesk queues;
    private final Function<MessageRow, ShownCopy> copies;
    private final Optional<Set<Integer>> queueIds;
    private final List<Filter.Condition<ShownCopy>> indexed = new ArrayList<>();
    private final List<Filter.Condition<ShownCopy>> stored = new ArrayList<>();

    /// @param queueIds where copies are looked for; absent: in all queues
    CopyWalk(
            QueueDesk queues,
            Function<MessageRow, ShownCopy> copies,
            Optional<Set<Integer>> queueIds,
            Filter<ShownCopy> filter) {
        this.queues = queues;
        this.copies = copies;
        this.queueIds = queueIds;
        filter.conditions().forEach(c -> (c.property().stored() ? stored : indexed).add(c));
    }

    /// @param forward whether they come in rising order
    /// @param behind  where to begin
    /// @param reading whether those that match are wanted with their records, also if no condition needs them
    /// @param first   how many will probably do
    /// @param wanted  asked once a slice; if it says no, the walk is given up
    /// @param to      gets those that match, until it says that it wants no more
    /// @throws CancellationException if the walk was given up
    void run(
            boolean forward,
            CopyPlace behind,
            boolean reading,
            int first,
            BooleanSupplier wanted,
            Predicate<ShownCopy> to) {
        if (queueIds.filter(Set::isEmpty).isPresent()) {
            return;
        }
        int most = Math.clamp(first, 1, Queues.SLICE_ROWS);
        CompletableFuture<Queues.RowSlice> next =
                queues.rows(new Queues.RowsWanted(queueIds.orElse(Set.of()), forward, behind, most));
        while (true) {
            if (!wanted.getAsBoolean()) {
                throw new CancellationException("nobody wants the rest");
            }
            Queues.RowSlice slice = Answers.await(next);
            if (slice.reached().isPresent()) { // it is being looked for while this one is dealt with
                next = queues.rows(new Queues.RowsWanted(
                        queueIds.orElse(Set.of()), forward, slice.reached().get(), Queues.SLICE_ROWS));
            }
            if (!give(slice.rows(), forward, reading, to) || slice.reached().isEmpty()) {
                return;
            }
        }
    }

    private boolean give(List<MessageRow> rows, boolean forward, boolean reading, Predicate<ShownCopy> to) {
        boolean reads = reading || !stored.isEmpty();
        List<ShownCopy> found = new ArrayList<>(reads ? READ_ROWS : 0);
        for (MessageRow row : rows) {
            ShownCopy copy = copies.apply(row);
            if (!holds(indexed, copy)) {
                continue;
            }
            if (!reads) {
                if (!to.test(copy)) {
                    return false;
                }
                continue;
            }
            found.add(copy);
            if (found.size() == READ_ROWS) {
                if (!giveRead(found, forward, to)) {
                    return false;
                }
                found.clear();
            }
        }
        return giveRead(found, forward, to);
    }

    private boolean giveRead(List<ShownCopy> found, boolean forward, Predicate<ShownCopy> to) {
        read(queues, forward ? found : found.reversed());
        for (ShownCopy copy : found) {
            if (copy.load() && holds(stored, copy) && !to.test(copy)) {
                return false;
            }
        }
        return true;
    }

    /// Reads the records of copies, which stand in rising order.
    static void read(QueueDesk queues, List<ShownCopy> rising) {
        if (rising.isEmpty()) {
            return;
        }
        try {
            List<Optional<Queues.Records>> records =
                    queues.records(rising.stream().map(ShownCopy::row).toList());
            for (int i = 0; i < records.size(); i++) {
                rising.get(i).loaded(records.get(i));
            }
        } catch (StoreException e) {
            throw new OperationRefused(
                    Reason.UNAVAILABLE,
                    "the records of messages from " + rising.getFirst().row().messageId() + " to "
                            + rising.getLast().row().messageId() + " cannot be read",
                    e);
        }
    }

    /// Shows those that are still there, which may be in any order: many are read in one go.
    void show(List<MessageRow> rows, Consumer<ShownCopy> to) {
        for (int from = 0; from < rows.size(); from += READ_ROWS) {
            List<ShownCopy> part = rows.subList(from, Math.min(rows.size(), from + READ_ROWS)).stream()
                    .map(copies)
                    .toList();
            List<ShownCopy> rising = new ArrayList<>(part);
            rising.sort((one, other) -> {
                int order = Long.compare(one.row().messageId(), other.row().messageId());
                return order != 0
                        ? order
                        : Integer.compare(one.row().queueId(), other.row().queueId());
            });
            read(queues, rising);
            part.stream().filter(ShownCopy::load).forEach(to);
        }
    }

    /// Whether this copy would be given.
    boolean matches(ShownCopy copy) {
        return queueIds.map(ids -> ids.contains(copy.row().queueId())).orElse(true)
                && holds(indexed, copy)
                && copy.load()
                && holds(stored, copy);
    }

    private static boolean holds(List<Filter.Condition<ShownCopy>> conditions, ShownCopy copy) {
        for (Filter.Condition<ShownCopy> condition : conditions) {
            if (!condition.holds(copy)) {
                return false;
            }
        }
        return true;
    }
}
