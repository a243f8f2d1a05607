package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueWalkTest {
    private static final int LONG = 2_000;
    private static final int SLICE = 64;

    @Test
    void what_has_come_back_behind_it_is_stepped_over_once_and_not_in_each_slice() {
        NextHopQueue queue = new NextHopQueue(7, QueueBench.hop("gmail.com"));
        queue.add(node(1));
        for (int i = 2; i <= LONG; i++) {
            queue.addWaiting(node(i), 1_000);
        }
        QueueWalk walk = new QueueWalk(queue, false, 0, LONG);
        List<Long> passed = new ArrayList<>();
        while (!walk.ended()) {
            for (Node node : walk.next(SLICE)) {
                passed.add(node.messageId);
                if (node.messageId > 1) { // it waits no more
                    queue.hold(node);
                    queue.giveBack(node);
                }
            }
        }
        assertEquals(LONG, passed.size());
        assertEquals(passed.stream().sorted().distinct().toList(), passed);
        assertTrue(walk.cameBehind() <= LONG, "stepped over: " + walk.cameBehind());
    }

    private static Node node(long id) {
        return new Node(id, 0, 1_000_000, Incoming.NORMAL_PRIORITY, 1);
    }
}
