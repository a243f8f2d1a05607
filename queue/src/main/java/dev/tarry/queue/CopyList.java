package dev.tarry.queue;

import java.util.function.Consumer;

/// Copies in order of their integers, linked through the nodes themselves: adding at the end, taking out, and adding
/// next to where the last one was added cost the same however many there are. Queue loop only.
final class CopyList {
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
    }

    /// The last one with a smaller integer; null if there is none.
    private Node before(long messageId) {
        if (tail == null || tail.messageId < messageId) {
            return tail;
        }
        if (head.messageId > messageId) {
            return null;
        }
        Node at = latest;
        while (at.messageId > messageId) {
            at = at.previous;
        }
        while (at.next != null && at.next.messageId < messageId) {
            at = at.next;
        }
        return at;
    }

    /// @param node in this list
    void remove(Node node) {
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
