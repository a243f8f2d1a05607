package dev.tarry.queue;

/// Copies by the moment they expire: resubmits, priorities and changed settings break the order of receipt.
/// Queue loop only.
final class ExpiryIndex extends MomentIndex {
    @Override
    long millis(Node node) {
        return node.expiresMillis;
    }

    @Override
    boolean in(Node node) {
        return node.inExpiryIndex;
    }

    @Override
    void in(Node node, boolean in) {
        node.inExpiryIndex = in;
    }

    @Override
    Node previous(Node node) {
        return node.expiresPrevious;
    }

    @Override
    void previous(Node node, Node previous) {
        node.expiresPrevious = previous;
    }

    @Override
    Node next(Node node) {
        return node.expiresNext;
    }

    @Override
    void next(Node node, Node next) {
        node.expiresNext = next;
    }
}
