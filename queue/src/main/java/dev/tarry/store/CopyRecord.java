package dev.tarry.store;

import java.util.List;

/// A message's part in one queue: the recipients that wait there. Copies of one message share its id and its
/// content.
///
/// @param messageId     which message
/// @param queueId       which queue, [QueueRecord#id]
/// @param enteredMillis when it entered this queue
/// @param suspended     by an administrator
/// @param attempts attempts made for this message on its own account (not its queue's), after which some
///     recipient waits
/// @param nextAttemptMillis when it may be tried again on its own account; 0 if it waits only for its queue
/// @param recipients    at least one
public record CopyRecord(
        long messageId,
        int queueId,
        long enteredMillis,
        boolean suspended,
        int attempts,
        long nextAttemptMillis,
        List<RecipientRecord> recipients) {
    public CopyRecord {
        recipients = List.copyOf(recipients);
    }
}
