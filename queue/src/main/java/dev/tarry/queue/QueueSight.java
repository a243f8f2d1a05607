package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;

/// The little of a queue that can be waited for: cheaper to make than a [QueueView].
///
/// @param id        the integer of its identity
/// @param messages  all of its copies, those in flight included
/// @param lastError none if the last attempt did not fail
public record QueueSight(int id, NextHopKey key, QueueStatus status, int messages, ErrorRecord lastError) {
    static QueueSight of(NextHopQueue queue) {
        RetryState retry = queue.retry();
        return new QueueSight(
                queue.id(),
                queue.key(),
                queue.status(),
                queue.messageCount(),
                retry == null ? ErrorRecord.NONE : retry.error());
    }
}
