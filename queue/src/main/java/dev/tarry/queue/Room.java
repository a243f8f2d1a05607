package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingLog;

/// What the parts of this room share. Queue loop only, but for [#world], [#store] and [#settings].
final class Room {
    private final World world;
    private final MessageStore store;
    private final Journal journal;
    private final Committer committer;
    private final TrackingLog tracking;
    private volatile QueueSettings settings;
    private Shelves shelves;

    Room(
            World world,
            MessageStore store,
            Committer committer,
            Journal journal,
            TrackingLog tracking,
            QueueSettings settings) {
        this.world = world;
        this.store = store;
        this.committer = committer;
        this.journal = journal;
        this.tracking = tracking;
        this.settings = settings;
    }

    World world() {
        return world;
    }

    MessageStore store() {
        return store;
    }

    Journal journal() {
        return journal;
    }

    Committer committer() {
        return committer;
    }

    TrackingLog tracking() {
        return tracking;
    }

    QueueSettings settings() {
        return settings;
    }

    void settings(QueueSettings changed) {
        settings = changed;
    }

    /// Null while the store is closed.
    Shelves shelves() {
        return shelves;
    }

    void shelves(Shelves filled) {
        shelves = filled;
        if (filled != null) {
            journal.epoch(filled.epoch());
        }
    }

    boolean open() {
        return shelves != null;
    }

    long now() {
        return world.labTime().millis();
    }
}
