package dev.tarry.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Finds a message's copies by its integer: open addressing with linear probing over one array of first copies,
/// further copies chained through [Node#sibling]. Queue loop only. Deleting shifts the run back, so no
/// tombstones are left.
final class NodeTable {
    private static final int SMALLEST = 1 << 10;

    private Node[] slots = new Node[SMALLEST];
    private final Arrivals arrivals = new Arrivals();
    private int messages;

    /// Messages, whatever their number of copies.
    int messages() {
        return messages;
    }

    /// When the copies were received.
    Arrivals arrivals() {
        return arrivals;
    }

    /// The first copy; null if the message is not here.
    Node first(long messageId) {
        for (int i = slot(messageId); ; i = (i + 1) & (slots.length - 1)) {
            Node node = slots[i];
            if (node == null || node.messageId == messageId) {
                return node;
            }
        }
    }

    /// The copy in that queue, or null.
    Node in(long messageId, int queueId) {
        Node node = first(messageId);
        while (node != null && node.queue.id() != queueId) {
            node = node.sibling;
        }
        return node;
    }

    /// Every copy, by message integer.
    void forEach(Consumer<Node> visitor) {
        Node[] firsts = new Node[messages];
        int n = 0;
        for (Node node : slots) {
            if (node != null) {
                firsts[n++] = node;
            }
        }
        Arrays.sort(firsts, Comparator.comparingLong(node -> node.messageId));
        for (Node first : firsts) {
            for (Node node = first; node != null; node = node.sibling) {
                visitor.accept(node);
            }
        }
    }

    /// Those that are wanted, in no order.
    List<Node> copies(Predicate<Node> wanted) {
        List<Node> copies = new ArrayList<>();
        for (Node first : slots) {
            for (Node node = first; node != null; node = node.sibling) {
                if (wanted.test(node)) {
                    copies.add(node);
                }
            }
        }
        return copies;
    }

    void forEachCopy(long messageId, Consumer<Node> visitor) {
        for (Node node = first(messageId); node != null; node = node.sibling) {
            visitor.accept(node);
        }
    }

    void add(Node node) {
        arrivals.add(node.receivedMillis);
        if (messages * 2 >= slots.length) {
            grow();
        }
        int i = slot(node.messageId);
        while (slots[i] != null) {
            if (slots[i].messageId == node.messageId) {
                node.sibling = slots[i].sibling;
                slots[i].sibling = node;
                return;
            }
            i = (i + 1) & (slots.length - 1);
        }
        slots[i] = node;
        messages++;
    }

    /// Takes a copy out.
    ///
    /// @return whether it was the message's last
    boolean remove(Node node) {
        arrivals.remove(node.receivedMillis);
        int i = slot(node.messageId);
        while (slots[i].messageId != node.messageId) {
            i = (i + 1) & (slots.length - 1);
        }
        if (slots[i] != node) {
            Node before = slots[i];
            while (before.sibling != node) {
                before = before.sibling;
            }
            before.sibling = node.sibling;
            node.sibling = null;
            return false;
        }
        if (node.sibling != null) {
            slots[i] = node.sibling;
            node.sibling = null;
            return false;
        }
        messages--;
        closeGap(i);
        return true;
    }

    private void closeGap(int gap) {
        int mask = slots.length - 1;
        int i = gap;
        while (true) {
            slots[gap] = null;
            int home;
            do {
                i = (i + 1) & mask;
                if (slots[i] == null) {
                    return;
                }
                home = slot(slots[i].messageId);
                // an entry stays where it is while its home lies cyclically in (gap, i]
            } while (gap <= i ? gap < home && home <= i : gap < home || home <= i);
            slots[gap] = slots[i];
            gap = i;
        }
    }

    private void grow() {
        Node[] old = slots;
        slots = new Node[old.length * 2];
        for (Node node : old) {
            if (node != null) {
                int i = slot(node.messageId);
                while (slots[i] != null) {
                    i = (i + 1) & (slots.length - 1);
                }
                slots[i] = node;
            }
        }
    }

    private int slot(long messageId) {
        long mixed = messageId * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (slots.length - 1);
    }
}
