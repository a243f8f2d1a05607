package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CopyListTest {
    private final CopyList list = new CopyList();

    private static Node node(long id) {
        return new Node(id, 0, 0, 1, 1);
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        list.forEach(node -> ids.add(node.messageId));
        return ids;
    }

    @Test
    void whatever_comes_and_goes_it_is_in_order_from_either_end() {
        RandomGenerator chance = new Chance(7).of("copies", 1);
        TreeMap<Long, Node> model = new TreeMap<>();
        for (int step = 0; step < 60_000; step++) {
            long id = chance.nextInt(20_000);
            Node there = model.remove(id);
            if (there != null) {
                list.remove(there);
            } else {
                Node added = node(id);
                model.put(id, added);
                list.add(added);
            }
            if (step % 1_000 == 0) {
                check(model);
            }
        }
        check(model);
        for (Node node : List.copyOf(model.values())) {
            list.remove(node);
        }
        assertEquals(0, list.size());
        assertNull(list.first());
    }

    private void check(TreeMap<Long, Node> model) {
        assertEquals(List.copyOf(model.keySet()), ids());
        assertEquals(model.size(), list.size());
        List<Long> back = new ArrayList<>();
        Node last = list.first();
        while (last != null && last.next != null) {
            last = last.next;
        }
        for (Node node = last; node != null; node = node.previous) {
            back.add(node.messageId);
        }
        back.sort(Comparator.naturalOrder());
        assertEquals(ids(), back);
    }

    @Test
    void many_queues_that_flow_into_one_cost_each_copy_a_short_walk() {
        int queues = 1_000;
        int each = 300;
        for (int q = 0; q < queues; q++) {
            for (int i = 0; i < each; i++) {
                list.add(node(1L + (long) i * queues + q));
            }
        }
        assertEquals(queues * each, list.size());
        assertTrue(list.passed() < 20L * queues * each, "passed: " + list.passed());
        assertTrue(list.fingers() < queues * each / 5, "fingers: " + list.fingers());
    }
}
