package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.MessageIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeTableTest {
    private final NodeTable table = new NodeTable();
    private final List<NextHopQueue> queues = List.of(
            new NextHopQueue(4, QueueBench.hop("a.example")),
            new NextHopQueue(5, QueueBench.hop("b.example")),
            new NextHopQueue(6, QueueBench.hop("c.example")));

    private Node node(long id, int queue) {
        Node node = new Node(id, 0, 0, 1, 0);
        node.queue = queues.get(queue);
        return node;
    }

    @Test
    void copies_of_one_message_are_found_by_queue_and_only_the_last_to_go_takes_the_message() {
        Node a = node(7, 0);
        Node b = node(7, 1);
        Node c = node(7, 2);
        table.add(a);
        table.add(b);
        table.add(c);
        assertEquals(1, table.messages());
        assertSame(b, table.in(7, 5));
        assertFalse(table.remove(a));
        assertNull(table.in(7, 4));
        assertFalse(table.remove(c));
        assertTrue(table.remove(b));
        assertEquals(0, table.messages());
        assertNull(table.first(7));
    }

    @Test
    void a_walk_begins_behind_any_place_goes_either_way_and_stops_when_it_has_shown_enough() {
        for (long id : List.of(3L, 64L, 65L, 900L)) {
            table.add(node(id, 2));
            table.add(node(id, 0));
        }
        table.add(node(65, 1));
        assertEquals(9, table.copies());
        assertEquals("3/4 3/6 64/4 64/6 65/4 65/5 65/6 900/4 900/6.", after(CopyPlace.START, 99));
        assertEquals("3/4 3/6 64/4", after(CopyPlace.START, 3));
        assertEquals("64/6 65/4", after(new CopyPlace(64, 4), 2));
        assertEquals("65/4 65/5 65/6 900/4 900/6.", after(new CopyPlace(64, 6), 5));
        assertEquals("900/4", after(new CopyPlace(500, 1), 1));
        assertEquals(".", after(new CopyPlace(900, 6), 1));
        assertEquals(".", after(CopyPlace.END, 1));
        assertEquals("900/6 900/4 65/6 65/5 65/4 64/6 64/4 3/6 3/4.", before(CopyPlace.END, 99));
        assertEquals("65/4 64/6", before(new CopyPlace(65, 5), 2));
        assertEquals("64/6 64/4 3/6 3/4.", before(new CopyPlace(65, 4), 4));
        assertEquals("3/6 3/4.", before(new CopyPlace(50, 4), 4));
        assertEquals(".", before(new CopyPlace(3, 4), 4));
        assertEquals(".", before(CopyPlace.START, 4));
    }

    /// `.` at the end of all.
    private String after(CopyPlace place, int most) {
        List<String> seen = new ArrayList<>();
        boolean end = table.after(place, most, node -> seen.add(node.messageId + "/" + node.queue.id()));
        return String.join(" ", seen) + (end ? "." : "");
    }

    private String before(CopyPlace place, int most) {
        List<String> seen = new ArrayList<>();
        boolean end = table.before(place, most, node -> seen.add(node.messageId + "/" + node.queue.id()));
        return String.join(" ", seen) + (end ? "." : "");
    }

    @Test
    void slices_put_together_are_the_whole_wherever_they_are_cut() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            long id = MessageIds.of(1, random.nextInt(9_000));
            int queue = random.nextInt(3);
            if (table.in(id, queues.get(queue).id()) == null) {
                table.add(node(id, queue));
            }
        }
        List<Node> whole = new ArrayList<>();
        table.forEach(whole::add);
        for (int most : List.of(1, 2, 7, 64, 5_000)) {
            List<Node> forward = new ArrayList<>();
            for (CopyPlace at = CopyPlace.START; !table.after(at, most, forward::add); ) {
                at = CopyPlace.of(forward.getLast());
            }
            assertEquals(whole, forward);
            List<Node> backward = new ArrayList<>();
            for (CopyPlace at = CopyPlace.END; !table.before(at, most, backward::add); ) {
                at = CopyPlace.of(backward.getLast());
            }
            assertEquals(whole.reversed(), backward);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void against_a_plain_map_whatever_is_added_and_removed(long seed) {
        Random random = new Random(seed);
        // few ids: pages fill and empty again; in odd seeds those that are really given
        int ids = 1 << (8 + random.nextInt(6));
        TreeMap<Long, Set<Node>> model = new TreeMap<>();
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            boolean growing = (i / 4_000) % 2 == 0;
            if (all.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
                long counter = random.nextInt(ids);
                long id = seed % 2 == 0 ? counter : MessageIds.of(1, counter);
                int queue = random.nextInt(queues.size());
                if (table.in(id, queues.get(queue).id()) == null) {
                    Node node = node(id, queue);
                    table.add(node);
                    all.add(node);
                    model.computeIfAbsent(id, _ -> new HashSet<>()).add(node);
                }
            } else {
                Node node = all.remove(random.nextInt(all.size()));
                Set<Node> copies = model.get(node.messageId);
                copies.remove(node);
                if (copies.isEmpty()) {
                    model.remove(node.messageId);
                }
                assertEquals(copies.isEmpty(), table.remove(node));
            }
            assertEquals(model.size(), table.messages());
            if (i % 500 == 0) {
                same(model);
            }
        }
        same(model);
    }

    private void same(TreeMap<Long, Set<Node>> model) {
        TreeMap<Long, Set<Node>> found = new TreeMap<>();
        List<Long> order = new ArrayList<>();
        table.forEach(node -> {
            order.add(node.messageId);
            assertTrue(
                    found.computeIfAbsent(node.messageId, _ -> new HashSet<>()).add(node));
        });
        assertEquals(model, found);
        assertEquals(order.stream().sorted().toList(), order);
        model.forEach((id, copies) -> copies.forEach(node -> assertSame(node, table.in(id, node.queue.id()))));
    }
}
