package dev.tarry.queue;

import dev.tarry.mail.Notify;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;

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
        WAITING,
        /// stays until an administrator resumes it, or its time is over
        SUSPENDED
    }

    final long messageId;
    final long expiresMillis;
    final long receivedMillis;
    /// octets of its content
    final long bytes;
    final byte priority;
    State state = State.READY;
    /// the episode of Retry in which its deferral was tracked; 0 for none
    int trackedEpisode;
    /// attempts on its own account
    int attempts;
    /// failed attempts of its queue before it came
    int failuresBefore;
    /// when it leaves WAITING; of one that is suspended, when it may leave after that, 0 for at once
    long nextAttemptMillis;
    NextHopQueue queue;
    Node previous;
    Node next;
    /// the message's copy in another queue
    Node sibling;
    Node expiresPrevious;
    Node expiresNext;
    boolean inExpiryIndex;
    Node delaysPrevious;
    Node delaysNext;
    boolean inDelayIndex;
    /// nobody is to be told of its delay, or everybody has been
    boolean delayTold;

    /// A copy as it is stored.
    static Node of(MessageRecord message, CopyRecord copy) {
        Node node = new Node(
                message.id(),
                message.receivedMillis(),
                message.expiresMillis(),
                message.priority(),
                message.content().bytes());
        node.attempts = copy.attempts();
        node.delayTold = copy.delayTold() || message.sender().isNull() || !anyWantsDelay(copy);
        return node;
    }

    private static boolean anyWantsDelay(CopyRecord copy) {
        for (RecipientRecord recipient : copy.recipients()) {
            if (recipient.recipient().wants(Notify.Condition.DELAY)) {
                return true;
            }
        }
        return false;
    }

    Node(long messageId, long receivedMillis, long expiresMillis, int priority, long bytes) {
        this.messageId = messageId;
        this.receivedMillis = receivedMillis;
        this.expiresMillis = expiresMillis;
        this.priority = (byte) priority;
        this.bytes = bytes;
    }
}
