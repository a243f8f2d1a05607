package dev.tarry.queue;

import dev.tarry.dsn.DsnKind;
import dev.tarry.tracking.TrackingEvent;

/// Counts what the queues did. Called on the queue loop; implementations are quick.
public interface QueueMeter {
    /// Counts nothing.
    QueueMeter NONE = new QueueMeter() {};

    /// Messages accepted.
    default void accepted(long bytes) {}

    /// Recipients delivered.
    default void delivered(int recipients) {}

    /// Recipients refused for now.
    default void deferred(int recipients) {}

    /// Recipients failed for good.
    default void failed(int recipients, TrackingEvent.Source source) {}

    /// A report was made and is durable.
    default void reported(DsnKind kind) {
        reported();
    }

    /// Reports made, of whatever kind.
    default void reported() {}

    /// A queue went to Retry, or stayed there after another attempt.
    default void attemptFailed(TrackingEvent.Source source) {}

    /// The store failed.
    default void storeFailed() {}
}
