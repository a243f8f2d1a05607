package dev.tarry.queue;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Copies in order of their integers, linked through the nodes themselves: adding at the end, taking out, and adding
/// next to where the last one was added cost the same however many there are. Whoever has to look far for a place
/// leaves fingers on the way, one to every so many nodes, so that the next finds his at once: many queues that flow
/// into one cost each copy a short walk. A list that only grows at its end has hardly any. Queue loop only.
final class CopyList {
    /// Nodes from one finger to the next where somebody has had to look.
    private static final int STRIDE = 16;

    /// Where nobody has: what is added at the end leaves one to so many.
    private static final int LONG_STRIDE = 2_048;

    /// by their integers; null if there are none
    private TreeMap<Long, Node> fingers;
    private int sinceFinger;
    private long passed;
    private Node head;
    private Node tail;
    /// the one that was added last, or its neighbour: what comes back in order finds its place at once
    private Node latest;
    private int size;

    int size() {
        return size;
    }

    /// Null if it is empty.
    Node first() {
        return head;
    }

    /// Null if it is empty.
    Node last() {
        return tail;
    }

    /// @param node in no list
    void add(Node node) {
        Node after = before(node.messageId);
        node.previous = after;
        node.next = after == null ? head : after.next;
        if (node.next == null) {
            tail = node;
        } else {
            node.next.previous = node;
        }
        if (after == null) {
            head = node;
        } else {
            after.next = node;
        }
        latest = node;
        size++;
        if (node == tail && ++sinceFinger == LONG_STRIDE) {
            sinceFinger = 0;
            finger(node);
        }
    }

    /// The first one with a greater integer; null if there is none.
    Node after(long messageId) {
        Node before = before(messageId + 1);
        return before == null ? head : before.next;
    }

    /// The last one with a smaller integer; null if there is none.
    private Node before(long messageId) {
        if (tail == null || tail.messageId < messageId) {
            return tail;
        }
        if (head.messageId >= messageId) {
            return null;
        }
        // from both sides at once: below is smaller, above is not
        Node below = head;
        Node above = tail;
        if (fingers != null) {
            Map.Entry<Long, Node> lower = fingers.lowerEntry(messageId);
            Map.Entry<Long, Node> higher = fingers.ceilingEntry(messageId);
            below = lower == null ? below : lower.getValue();
            above = higher == null ? above : higher.getValue();
        }
        if (latest.messageId < messageId && latest.messageId > below.messageId) {
            below = latest;
        } else if (latest.messageId >= messageId && latest.messageId < above.messageId) {
            above = latest;
        }
        for (int steps = 1; ; steps++) {
            if (below.next.messageId >= messageId) {
                return below;
            }
            below = below.next;
            above = above.previous;
            passed++;
            if (above.messageId < messageId) {
                return above;
            }
            if (steps % STRIDE == 0) {
                finger(below);
                finger(above);
            }
        }
    }

    /// How many there are.
    int fingers() {
        return fingers == null ? 0 : fingers.size();
    }

    /// How many nodes whoever looked for a place has passed so far.
    long passed() {
        return passed;
    }

    private void finger(Node node) {
        if (fingers == null) {
            fingers = new TreeMap<>();
        }
        fingers.put(node.messageId, node);
    }

    /// @param node in this list
    void remove(Node node) {
        if (fingers != null && fingers.remove(node.messageId) != null && fingers.isEmpty()) {
            fingers = null;
        }
        if (latest == node) {
            latest = node.previous == null ? node.next : node.previous;
        }
        if (node.previous == null) {
            head = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next == null) {
            tail = node.previous;
        } else {
            node.next.previous = node.previous;
        }
        node.previous = null;
        node.next = null;
        size--;
    }

    void forEach(Consumer<Node> visitor) {
        for (Node node = head; node != null; node = node.next) {
            visitor.accept(node);
        }
    }
}
