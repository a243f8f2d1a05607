package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingSink;

/// What the parts of this room share. Queue loop only, but for [#world], [#store] and [#settings].
final class Room {
    private final World world;
    private final StoreDoor door;
    private final Journal journal;
    private final Committer committer;
    private final TrackingSink tracking;
    private volatile QueueSettings settings;
    private Shelves shelves;

    Room(
            World world,
            StoreDoor door,
            Committer committer,
            Journal journal,
            TrackingSink tracking,
            QueueSettings settings) {
        this.world = world;
        this.door = door;
        this.committer = committer;
        this.journal = journal;
        this.tracking = tracking;
        this.settings = settings;
    }

    World world() {
        return world;
    }

    MessageStore store() throws StoreException {
        return door.store();
    }

    Journal journal() {
        return journal;
    }

    Committer committer() {
        return committer;
    }

    TrackingSink tracking() {
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
