package dev.tarry.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How long what is queued has been here, at one moment, in lab time.
///
/// @param copies one number for each limit that was asked for, and behind them those that are older than the last;
///     exact to ten seconds
/// @param oldest of the copies in queues of a status that are not on a connection just then; a status of which there
///     are none is absent
public record QueueAges(List<Integer> copies, Map<QueueStatus, Duration> oldest) {
    public QueueAges {
        copies = List.copyOf(copies);
        oldest = Map.copyOf(oldest);
    }
}
