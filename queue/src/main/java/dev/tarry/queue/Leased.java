package dev.tarry.queue;

import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;

/// A copy that has been handed out, with its records. Whoever holds it settles it or gives it back, once. Immutable.
public final class Leased {
    private final Node node;
    private final long epoch;
    private final NextHopKey queue;
    private final MessageRecord message;
    private final CopyRecord copy;

    Leased(Node node, long epoch, NextHopKey queue, MessageRecord message, CopyRecord copy) {
        this.node = node;
        this.epoch = epoch;
        this.queue = queue;
        this.message = message;
        this.copy = copy;
    }

    Node node() {
        return node;
    }

    long epoch() {
        return epoch;
    }

    public NextHopKey queue() {
        return queue;
    }

    public MessageRecord message() {
        return message;
    }

    public CopyRecord copy() {
        return copy;
    }
}
