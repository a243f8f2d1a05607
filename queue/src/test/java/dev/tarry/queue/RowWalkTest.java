package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.store.ErrorRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Listings of copies, slice by slice.
final class RowWalkTest {
    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);

    private List<MessageRow> walked(Set<Integer> queues, boolean forward, int most) {
        List<MessageRow> rows = new ArrayList<>();
        Optional<CopyPlace> at = Optional.of(forward ? CopyPlace.START : CopyPlace.END);
        while (at.isPresent()) {
            Queues.RowSlice slice =
                    orders.done(bench.queues.rows(new Queues.RowsWanted(queues, forward, at.get(), most)));
            assertTrue(slice.rows().size() <= most, slice.rows().size() + " rows at once");
            rows.addAll(slice.rows());
            at = slice.reached();
        }
        return rows;
    }

    private void holds(Set<Integer> queues) {
        List<MessageRow> right = orders.done(bench.queues.messages(Optional.empty())).stream()
                .filter(row -> queues.isEmpty() || queues.contains(row.queueId()))
                .toList();
        for (int most : List.of(1, 3, Queues.SLICE_ROWS)) {
            assertEquals(right, walked(queues, true, most));
            assertEquals(right.reversed(), walked(queues, false, most));
        }
    }

    @Test
    void copies_in_every_state_are_shown_in_order_of_all_queues_and_of_one() {
        for (int i = 0; i < 6; i++) {
            bench.send("alice@company.com", "a@gmail.com", "b@outlook.com");
        }
        int gmail = bench.view("gmail.com").id();
        int outlook = bench.view("outlook.com").id();
        List<Administration.CopyId> copies = orders.copies(gmail);
        orders.message(new MessageOrder.Suspend(), copies.get(4));
        Queues.Attempt attempt = orders.connected("gmail.com");
        List<Leased> leased = bench.lease(attempt, 3);
        bench.queues.settle(
                leased.getFirst(),
                List.of(new Verdict.Deferred(
                        leased.getFirst().copy().recipients().getFirst().recipient(),
                        new ErrorRecord("451 4.7.0 later", "mx", "", bench.time.millis()))),
                Endpoint.NONE);
        orders.message(new MessageOrder.Suspend(), copies.get(2));
        bench.run();
        assertEquals(
                List.of(
                        MessageRow.Status.RETRY,
                        MessageRow.Status.ACTIVE,
                        MessageRow.Status.PENDING_SUSPEND,
                        MessageRow.Status.READY,
                        MessageRow.Status.SUSPENDED,
                        MessageRow.Status.READY),
                walked(Set.of(gmail), true, 9).stream().map(MessageRow::status).toList());
        holds(Set.of());
        holds(Set.of(gmail));
        holds(Set.of(outlook));
        holds(Set.of(gmail, outlook));
        holds(Set.of(4711));
    }

    @Test
    void a_queue_that_holds_more_than_a_slice_is_walked_through_as_well() {
        for (int i = 0; i < Queues.SLICE_ROWS + 300; i++) {
            bench.send("alice@company.com", i % 40 == 7 ? "b@outlook.com" : "a@gmail.com");
        }
        Set<Integer> gmail = Set.of(bench.view("gmail.com").id());
        List<Long> found =
                walked(gmail, true, 500).stream().map(MessageRow::messageId).toList();
        assertEquals(
                orders.copies(bench.view("gmail.com").id()).stream()
                        .map(Administration.CopyId::messageId)
                        .toList(),
                found);
        assertEquals(
                found.reversed(),
                walked(gmail, false, 500).stream().map(MessageRow::messageId).toList());
    }

    @Test
    void what_leaves_and_comes_while_it_is_walked_upsets_nothing() {
        IntStream.range(0, 8).forEach(_ -> bench.send("alice@company.com", "a@gmail.com"));
        List<Administration.CopyId> copies =
                orders.copies(bench.view("gmail.com").id());
        Queues.RowSlice first =
                orders.done(bench.queues.rows(new Queues.RowsWanted(Set.of(), true, CopyPlace.START, 3)));
        CopyPlace reached = first.reached().orElseThrow();
        orders.messages(new MessageOrder.Remove(false), copies.subList(1, 5)); // behind us, where we stand, and ahead
        bench.send("alice@company.com", "a@gmail.com");
        Queues.RowSlice rest = orders.done(bench.queues.rows(new Queues.RowsWanted(Set.of(), true, reached, 9)));
        assertEquals(
                List.of(
                        copies.get(5).messageId(),
                        copies.get(6).messageId(),
                        copies.get(7).messageId(),
                        copies.get(7).messageId() + 1),
                rest.rows().stream().map(MessageRow::messageId).toList());
        assertEquals(Optional.empty(), rest.reached());
    }

    @Test
    void a_slice_has_bounds() {
        for (int most : List.of(0, Queues.SLICE_ROWS + 1)) {
            assertThrows(
                    IllegalArgumentException.class, () -> new Queues.RowsWanted(Set.of(), true, CopyPlace.START, most));
        }
    }
}
