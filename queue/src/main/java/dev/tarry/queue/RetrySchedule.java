package dev.tarry.queue;

import java.time.Duration;

/// How long a queue in Retry waits (reference §2.2): a few quick glitch retries, then transient ones, then one each
/// outbound-failure interval until its messages expire. DNS and connection failures climb the same ladder.
///
/// @param glitchRetryCount      0 to 15
/// @param transientRetryCount   0 to 15; 0 goes straight to the third stage
/// @param outboundFailureInterval between all later attempts
public record RetrySchedule(
        int glitchRetryCount,
        Duration glitchRetryInterval,
        int transientRetryCount,
        Duration transientRetryInterval,
        Duration outboundFailureInterval)
        implements RetryWaits {
    /// Exchange's on a Mailbox server: 4×1 min, 6×5 min, then every 10 min.
    public static final RetrySchedule EXCHANGE =
            new RetrySchedule(4, Duration.ofMinutes(1), 6, Duration.ofMinutes(5), Duration.ofMinutes(10));

    /// The same wait after every failure.
    static RetrySchedule every(Duration interval) {
        return new RetrySchedule(0, interval, 0, interval, interval);
    }

    /// How many retries are made before the long interval.
    int quickRetries() {
        return glitchRetryCount + transientRetryCount;
    }

    /// @return the wait until the next
    @Override
    public Duration waitAfter(int retries) {
        if (retries < glitchRetryCount) {
            return glitchRetryInterval;
        }
        return retries - glitchRetryCount < transientRetryCount ? transientRetryInterval : outboundFailureInterval;
    }
}
