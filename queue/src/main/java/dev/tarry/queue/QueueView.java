package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be seen of a queue (reference §1.7), as it was at one moment.
///
/// @param id             the integer of its identity
/// @param messageCount   all of its copies, those in flight included
/// @param lastError      none if the last attempt did not fail
/// @param retryCount     retries since the first failure
/// @param firstRetryTime when its episode of Retry began
/// @param lastRetryTime  last failed attempt
/// @param nextRetryTime  absent when it is not waiting for one; where each of its copies waits on its own account for
/// longer than the queue does, when the first of them may leave; absent too when all of them are suspended
/// @param deferredCount  copies that wait: with their queue in Retry, or after a 4xx of their own
/// @param countsPerPriority High, Normal, Low, None: those that do not wait, the suspended ones included
/// @param deferredPerPriority the same of those that wait
/// @param incomingRate   messages a second over the last minute
/// @param outgoingRate   messages a second over the last minute
/// @param connections    outgoing connections that are up
public record QueueView(
        int id,
        NextHopKey key,
        QueueStatus status,
        int messageCount,
        ErrorRecord lastError,
        int retryCount,
        Optional<Instant> firstRetryTime,
        Optional<Instant> lastRetryTime,
        Optional<Instant> nextRetryTime,
        int deferredCount,
        List<Integer> countsPerPriority,
        List<Integer> deferredPerPriority,
        double incomingRate,
        double outgoingRate,
        int connections) {
    static QueueView of(NextHopQueue queue, long nowMillis) {
        RetryState retry = queue.retry();
        boolean waits = queue.waitsForRetry();
        boolean inRetry = queue.status() == QueueStatus.RETRY;
        List<Integer> counts = new ArrayList<>(4);
        List<Integer> deferred = new ArrayList<>(4);
        for (int p = 0; p < 3; p++) {
            int leaving = queue.leavingCount(p);
            counts.add(queue.inHandCount(p) + queue.suspendedCount(p) + (waits ? 0 : leaving));
            deferred.add(queue.deferredCount(p) + (waits ? leaving : 0));
        }
        counts.add(0);
        deferred.add(0);
        return new QueueView(
                queue.id(),
                queue.key(),
                queue.status(),
                queue.messageCount(),
                retry == null ? ErrorRecord.NONE : retry.error(),
                retry == null ? 0 : retry.retries(),
                Optional.ofNullable(retry).map(r -> Instant.ofEpochMilli(r.firstMillis())),
                Optional.ofNullable(retry).map(r -> Instant.ofEpochMilli(r.lastMillis())),
                inRetry && queue.mayLeaveCount() > 0
                        ? Optional.of(Instant.ofEpochMilli(queue.nextRetryMillis()))
                        : Optional.empty(),
                deferred.stream().mapToInt(Integer::intValue).sum(),
                List.copyOf(counts),
                List.copyOf(deferred),
                queue.incomingRate(nowMillis),
                queue.outgoingRate(nowMillis),
                queue.connections());
    }
}
