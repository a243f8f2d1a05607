package dev.tarry.queue;

import dev.tarry.dsn.DsnKind;
import dev.tarry.store.CommitResult;
import dev.tarry.tracking.TrackingEvent;

/// Counts what the queues did. Called on the queue loop, but for commits; implementations are quick and allocate
/// nothing.
public interface QueueMeter {
    /// Counts nothing.
    QueueMeter NONE = new QueueMeter() {};

    /// Why recipients wait.
    enum Deferral {
        /// their queue is in Retry: the hosts could not be found
        DNS,
        /// their queue is in Retry: no host could be used, or the connection was lost
        CONNECTION,
        /// the host refused them for now
        HOST,
        /// their queue is in Retry for another reason
        OTHER
    }

    /// Messages accepted.
    default void accepted(long bytes) {}

    /// Recipients whose host took the message.
    default void delivered(int recipients) {}

    /// Recipients in whose mailbox here the message is.
    default void stored(int recipients) {}

    /// Recipients who have to wait: once an episode of their queue's Retry, and each time a host refuses them for now.
    default void deferred(int recipients, Deferral why) {}

    /// Recipients failed for good.
    default void failed(int recipients, TrackingEvent.Source source) {}

    /// A report was made and is durable.
    default void reported(DsnKind kind) {}

    /// A message was set aside in the Poison queue.
    default void poisoned() {}

    /// The octets of a queued message turned out to be damaged in the store.
    default void damaged() {}

    /// A queue went to Retry, or stayed there after another attempt.
    default void attemptFailed(TrackingEvent.Source source) {}

    /// Recipients have failed because their time was over; they are among those of [#failed].
    ///
    /// @param code of the error that kept them, as its note has it; often empty
    default void expired(int recipients, String code) {}

    /// The store failed, and is closed until it has been opened anew.
    ///
    /// @param why never [CommitResult.Committed]
    default void storeFailed(CommitResult why) {}

    /// The queues are complete: the store is open.
    default void storeOpened() {}

    /// A commit begins. On the committer thread, as its end.
    default void committing() {}

    /// The commit is over.
    ///
    /// @param batches how many it took, 1 to 256
    /// @param synced  whether any of them had to be on disk before it returned
    /// @param failed  whether any of them failed
    default void committed(int batches, boolean synced, boolean failed) {}
}
