package dev.tarry.queue;

import dev.tarry.eventlog.EventSink;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.World;

/// What the parts of this room share. Queue loop only, but for [#world], [#store] and [#settings].
final class Room {
    private final World world;
    private final StoreDoor door;
    private final Journal journal;
    private final Committer committer;
    private volatile QueueSettings settings;
    private final EventSink events;
    private final Watch watch;
    private final Reads reads;
    private final Tidying tidying;
    private Shelves shelves;
    /// whether the store is closed because somebody has stopped the service
    private boolean stopped;

    Room(World world, StoreDoor door, Committer committer, Journal journal, QueueSettings settings, EventSink events) {
        this.world = world;
        this.door = door;
        this.committer = committer;
        this.journal = journal;
        this.settings = settings;
        this.events = events;
        this.watch = new Watch(world.loops().queue());
        this.reads = new Reads(world.loops().readers(), world.loops().queue());
        this.tidying = new Tidying(this);
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

    QueueSettings settings() {
        return settings;
    }

    void settings(QueueSettings next) {
        settings = next;
    }

    /// What an administrator should hear of.
    EventSink events() {
        return events;
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
        watch.shelves(filled);
    }

    Reads reads() {
        return reads;
    }

    Tidying tidying() {
        return tidying;
    }

    Watch watch() {
        return watch;
    }

    /// Somebody has stopped the service, or started it again.
    void stopped(boolean now) {
        stopped = now;
    }

    /// Why nothing can be done while the store is closed.
    IllegalStateException closed() {
        return stopped
                ? new ServiceStoppedException()
                : new IllegalStateException("the queues are not open: the store is closed");
    }

    boolean open() {
        return shelves != null;
    }

    long now() {
        return world.labTime().millis();
    }
}
