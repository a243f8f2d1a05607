package dev.tarry.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A walk over the copies of one queue that are neither suspended nor in a delivery's hands, in the order of their
/// integers, some in each turn of the loop. Each that stays is passed once, whether it has begun to wait meanwhile,
/// or ceased to; what comes in after the walk has begun is not. Queue loop only.
final class QueueWalk {
    private final NextHopQueue queue;
    private final boolean heldToo;
    private final long upTo;
    /// the last copy of each list that was passed, or has come in behind
    private final Node[] at = new Node[NextHopQueue.RESTING_LISTS];
    private long passed;
    private long cameBehind;
    private boolean ended;

    /// @param heldToo whether also those that are held for something else than a delivery
    /// @param from    the least integer
    /// @param upTo    the greatest
    QueueWalk(NextHopQueue queue, boolean heldToo, long from, long upTo) {
        this.queue = queue;
        this.heldToo = heldToo;
        this.upTo = upTo;
        this.passed = from - 1;
    }

    /// Whether nothing is left.
    boolean ended() {
        return ended;
    }

    /// Goes on.
    ///
    /// @param most besides what is held
    List<Node> next(int most) {
        long before = passed;
        List<Node> found = new ArrayList<>(Math.min(most, queue.messageCount()));
        Node[] next = new Node[at.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = place(i);
        }
        while (found.size() < most) {
            int least = least(next);
            if (least < 0 || next[least].messageId > upTo) {
                ended = true;
                passed = upTo;
                break;
            }
            Node node = next[least];
            found.add(node);
            at[least] = node;
            passed = node.messageId;
            next[least] = node.next;
        }
        if (heldToo && queue.heldBetween(before, passed, found::add)) {
            found.sort(Comparator.comparingLong(node -> node.messageId));
        }
        return found;
    }

    private Node place(int list) {
        Node last = at[list];
        Node next = last != null && queue.rests(last, list)
                ? last.next
                : queue.resting(list).after(passed);
        while (next != null && next.messageId <= passed) {
            at[list] = next; // it has come back behind us: the next look begins here
            next = next.next;
            cameBehind++;
        }
        return next;
    }

    /// How many that had come behind it were stepped over.
    long cameBehind() {
        return cameBehind;
    }

    private static int least(Node[] next) {
        int least = -1;
        for (int i = 0; i < next.length; i++) {
            if (next[i] != null && (least < 0 || next[i].messageId < next[least].messageId)) {
                least = i;
            }
        }
        return least;
    }
}
