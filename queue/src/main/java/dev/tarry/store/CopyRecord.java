package dev.tarry.store;

import java.util.List;

/// A message's part in one queue: the recipients that wait there. Copies of one message share its id and its
/// content.
///
/// @param messageId     which message
/// @param queueId       which queue, [QueueRecord#id]
/// @param enteredMillis when it entered this queue
/// @param suspended     by an administrator
/// @param delayTold     whether the time at which its senders hear of the delay has come and gone: nobody is told again
/// @param attempts attempts made for this message on its own account (not its queue's), after which some
///     recipient waits
/// @param nextAttemptMillis when it may be tried again on its own account; 0 if it waits only for its queue
/// @param recipients    at least one
public record CopyRecord(
        long messageId,
        int queueId,
        long enteredMillis,
        boolean suspended,
        boolean delayTold,
        int attempts,
        long nextAttemptMillis,
        List<RecipientRecord> recipients) {
    public CopyRecord {
        recipients = List.copyOf(recipients);
    }

    /// The same, after its sender was told that it is late, or was not to be told.
    public CopyRecord toldOfDelay() {
        return new CopyRecord(
                messageId, queueId, enteredMillis, suspended, true, attempts, nextAttemptMillis, recipients);
    }

    /// The same, suspended by an administrator or not any more.
    public CopyRecord suspended(boolean now) {
        return new CopyRecord(
                messageId, queueId, enteredMillis, now, delayTold, attempts, nextAttemptMillis, recipients);
    }
}
