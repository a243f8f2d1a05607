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
        Node node = new Node(id, 0, 0, 1);
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
    void all_copies_that_are_wanted_are_found_in_any_order() {
        Set<Node> inFirst = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            Node node = node(i, 0);
            table.add(node);
            inFirst.add(node);
            table.add(node(i, 1));
        }
        List<Node> found = table.copies(node -> node.queue == queues.getFirst());
        assertEquals(inFirst, new HashSet<>(found));
        assertEquals(inFirst.size(), found.size());
        assertEquals(6_000, table.copies(_ -> true).size());
        assertEquals(List.of(), table.copies(node -> node.queue == queues.getLast()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void against_a_plain_map_whatever_is_added_and_removed(long seed) {
        Random random = new Random(seed);
        // few ids: runs collide, wrap around the end and are closed again; in odd seeds those that are really given
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
