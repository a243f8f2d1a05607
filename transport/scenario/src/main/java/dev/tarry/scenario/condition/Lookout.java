package dev.tarry.scenario.condition;

import dev.tarry.lab.Lab;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.Queues;
import dev.tarry.store.StoreException;
import dev.tarry.tracking.TrackingSearch;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Where conditions are watched from: all that they can be about. Thread-safe.
///
/// @param settings asked anew for every watching
/// @param feed     what happens from now on
/// @param tracking what happened so far
/// @param lab      absent against a real network
public record Lookout(
        Queues queues,
        Supplier<QueueSettings> settings,
        Mailboxes mailboxes,
        TrackingFeed feed,
        TrackingSearch tracking,
        Optional<Lab> lab) {
    /// Begins to watch. Blocking, for the queue loop and the disk; not on a loop.
    ///
    /// @throws BadCondition if it asks for the lab, and there is none
    public Watching watch(Condition condition) throws StoreException, IOException {
        Watching watching = new Watching(this, condition);
        try {
            watching.begin();
            return watching;
        } catch (StoreException | IOException | RuntimeException e) {
            watching.close();
            throw e;
        }
    }

    Lab labFor(String kind) {
        return lab.orElseThrow(
                () -> new BadCondition(kind, "there is no lab here", "the server runs against a real network"));
    }
}
