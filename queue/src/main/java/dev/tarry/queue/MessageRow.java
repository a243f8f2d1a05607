package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageStore;

/// What the queues know of a copy without reading the disk, at one moment.
///
/// @param messageId  its integer
/// @param queueId    the integer of its queue
/// @param status     reference §1.6
/// @param attempts   attempts of its own, and those of its queue that failed since it came in
/// @param queueError what its queue's last attempt ended with; none if it did not fail, or before the copy came in
/// @param receivedMillis when it was accepted, milliseconds since the epoch
/// @param expiresMillis  when it expires
/// @param priority       0 High, 1 Normal, 2 Low
/// @param bytes          octets of its content
public record MessageRow(
        long messageId,
        int queueId,
        NextHopKey queue,
        Status status,
        int attempts,
        ErrorRecord queueError,
        long receivedMillis,
        long expiresMillis,
        int priority,
        long bytes) {
    /// A message's Status (reference §1.6).
    public enum Status {
        READY("Ready"),
        ACTIVE("Active"),
        RETRY("Retry"),
        SUSPENDED("Suspended"),
        PENDING_SUSPEND("PendingSuspend"),
        PENDING_REMOVE("PendingRemove");

        private final String shellName;

        Status(String shellName) {
            this.shellName = shellName;
        }

        public String shellName() {
            return shellName;
        }
    }

    /// Where it stands among the copies.
    public CopyPlace place() {
        return new CopyPlace(messageId, queueId);
    }

    static MessageRow of(Node node) {
        NextHopQueue queue = node.queue;
        Status status = node.state == Node.State.LEASED ? inHand(node) : atRest(node.state, queue);
        RetryState retry = queue.retry();
        return new MessageRow(
                node.messageId,
                queue.id(),
                queue.key(),
                status,
                node.attempts + queue.failuresSince(node),
                retry == null || queue.failuresSince(node) == 0 ? ErrorRecord.NONE : retry.error(),
                node.receivedMillis,
                node.expiresMillis,
                node.priority,
                node.bytes);
    }

    private static Status atRest(Node.State state, NextHopQueue queue) {
        return switch (state) {
            case LEASED -> Status.ACTIVE;
            case WAITING -> Status.RETRY;
            case READY -> queue.waitsForRetry() ? Status.RETRY : Status.READY;
            case SUSPENDED -> Status.SUSPENDED;
        };
    }

    private static Status inHand(Node node) {
        NextHopQueue queue = node.queue;
        if (queue.inFlight(node)) {
            return switch (queue.fate(node)) {
                case null -> Status.ACTIVE;
                case SUSPEND -> Status.PENDING_SUSPEND;
                case REMOVE, REMOVE_WITH_NDR -> Status.PENDING_REMOVE;
            };
        }
        // what the categorizer has is being processed; others have it for a report, or to write something down
        boolean categorized =
                queue.id() < MessageStore.FIRST_DYNAMIC_QUEUE && queue.whereItWas(node) == Node.State.READY;
        return categorized ? Status.ACTIVE : atRest(queue.whereItWas(node), queue);
    }
}
