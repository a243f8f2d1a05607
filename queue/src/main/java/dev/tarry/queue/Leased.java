package dev.tarry.queue;

import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A copy that has been handed out, with its records. Whoever holds it settles it or gives it back, once. Immutable.
public final class Leased {
    private final Node node;
    private final long epoch;
    private final NextHopKey queue;
    private final MessageRecord message;
    private final CopyRecord copy;
    private final ByteBuffer body;
    private final long leasedMillis;

    /// @param body null if it was not read
    /// @param leasedMillis when it was handed out, lab time
    Leased(
            Node node,
            long epoch,
            NextHopKey queue,
            MessageRecord message,
            CopyRecord copy,
            ByteBuffer body,
            long leasedMillis) {
        this.node = node;
        this.epoch = epoch;
        this.queue = queue;
        this.message = message;
        this.copy = copy;
        this.body = body;
        this.leasedMillis = leasedMillis;
    }

    Node node() {
        return node;
    }

    long epoch() {
        return epoch;
    }

    long leasedMillis() {
        return leasedMillis;
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

    /// All octets of its content, if they were few enough to be read together with the records.
    public Optional<ByteBuffer> body() {
        return Optional.ofNullable(body).map(ByteBuffer::duplicate);
    }
}
