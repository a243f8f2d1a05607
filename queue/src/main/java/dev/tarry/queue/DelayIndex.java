package dev.tarry.queue;

/// Copies of whose delay somebody may yet have to be told, by the moment they were received: they are late the same
/// span after it, whatever that span is set to. Queue loop only.
final class DelayIndex extends MomentIndex {
    @Override
    long millis(Node node) {
        return node.receivedMillis;
    }

    @Override
    boolean in(Node node) {
        return node.inDelayIndex;
    }

    @Override
    void in(Node node, boolean in) {
        node.inDelayIndex = in;
    }

    @Override
    Node previous(Node node) {
        return node.delaysPrevious;
    }

    @Override
    void previous(Node node, Node previous) {
        node.delaysPrevious = previous;
    }

    @Override
    Node next(Node node) {
        return node.delaysNext;
    }

    @Override
    void next(Node node, Node next) {
        node.delaysNext = next;
    }
}
