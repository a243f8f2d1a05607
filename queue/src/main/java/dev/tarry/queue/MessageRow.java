package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;

/// What the queues know of a copy without reading the disk, at one moment.
///
/// @param messageId  its integer
/// @param queueId    the integer of its queue
/// @param status     reference §1.6
/// @param attempts   attempts of its own and of its queue since it failed
/// @param queueError what its queue's last attempt ended with; none if it did not fail
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
        RETRY("Retry");

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
        boolean queueWaits = queue.status() == QueueStatus.RETRY;
        Status status = switch (node.state) {
            case LEASED -> Status.ACTIVE;
            case WAITING -> Status.RETRY;
            case READY -> queueWaits ? Status.RETRY : Status.READY;
        };
        RetryState retry = queue.retry();
        return new MessageRow(
                node.messageId,
                queue.id(),
                queue.key(),
                status,
                node.attempts + (retry == null ? 0 : retry.retries() + 1),
                retry == null ? ErrorRecord.NONE : retry.error(),
                node.receivedMillis,
                node.expiresMillis,
                node.priority,
                node.bytes);
    }
}
