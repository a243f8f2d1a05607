package dev.tarry.queue;

/// One copy of a message in one queue: the fixed-width facts that decide when it may leave. Everything else is on disk.
/// Mutable, queue loop only. A million of these is nothing special, so each field is weighed (design §3.5).
final class Node {
    /// Where a copy is in its life.
    enum State {
        /// in its queue's list: leaves when the queue does
        READY,
        /// handed out to a delivery, the categorizer or a report
        LEASED,
        /// had a 4xx of its own and waits for its own alarm
        WAITING
    }

    final long messageId;
    final long expiresMillis;
    final long receivedMillis;
    final byte priority;
    State state = State.READY;
    /// the episode of Retry in which its deferral was tracked; 0 for none
    int trackedEpisode;
    /// attempts on its own account
    int attempts;
    /// when it leaves WAITING
    long nextAttemptMillis;
    NextHopQueue queue;
    Node previous;
    Node next;
    /// the message's copy in another queue
    Node sibling;
    Node expiresPrevious;
    Node expiresNext;
    /// the second it stands under in the expiry index; negative when it is not there
    long expirySlot = -1;

    Node(long messageId, long receivedMillis, long expiresMillis, int priority) {
        this.messageId = messageId;
        this.receivedMillis = receivedMillis;
        this.expiresMillis = expiresMillis;
        this.priority = (byte) priority;
    }
}
