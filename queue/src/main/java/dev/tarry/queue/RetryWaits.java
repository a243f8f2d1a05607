package dev.tarry.queue;

import dev.tarry.time.Chance;
import java.time.Duration;

/// How long a queue in Retry waits for its next attempt.
@FunctionalInterface
interface RetryWaits {
    /// @param retries retries made since the first failure; 0 right after it
    Duration waitAfter(int retries);

    /// The same waits, each made longer or shorter by chance, so that queues that failed together are not all tried
    /// together. What one queue's attempt draws depends on nothing else, and is the same each time it is asked.
    ///
    /// @param percent of the wait, up or down; 0: as they are
    static RetryWaits spread(RetryWaits waits, int percent, Chance chance, int queueId) {
        if (percent == 0) {
            return waits;
        }
        return retries -> {
            long millis = waits.waitAfter(retries).toMillis();
            double draw = 2
                            * chance.of("retry jitter", ((long) queueId << 32) + retries)
                                    .nextDouble()
                    - 1;
            return Duration.ofMillis(Math.max(1, Math.round(millis * (1 + draw * percent / 100))));
        };
    }
}
