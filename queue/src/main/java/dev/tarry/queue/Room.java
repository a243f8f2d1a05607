package dev.tarry.queue;

import dev.tarry.eventlog.EventSink;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What the parts of this room share. Queue loop only, but for [#world], [#store] and [#settings].
final class Room {
    /// Queues that are dealt with in one turn of the loop.
    static final int SLICE_QUEUES = 256;

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
    private long passed;
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

    /// How long a copy in this queue waits on its own account, whatever made it.
    Duration ownWait(NextHopQueue queue) {
        return Administration.delivers(queue) ? settings.messageRetryInterval() : settings.resolverRetryInterval();
    }

    /// Shows the queues that there are, by id: the first few now, others in a turn of their own each few. Those that
    /// have gone meanwhile are not shown, those that have come are.
    ///
    /// @param ended runs after the last; not if the store is closed meanwhile
    void eachQueue(Consumer<NextHopQueue> visitor, Runnable ended) {
        eachQueue(shelves, Integer.MIN_VALUE, visitor, ended);
    }

    private void eachQueue(Shelves those, int after, Consumer<NextHopQueue> visitor, Runnable ended) {
        if (shelves != those) {
            return;
        }
        List<NextHopQueue> few =
                those.queuesAfter(after).stream().limit(SLICE_QUEUES).toList();
        passed(few.size());
        few.forEach(visitor);
        if (few.size() < SLICE_QUEUES) {
            ended.run();
        } else {
            int last = few.getLast().id();
            world.loops().queue().execute(() -> eachQueue(those, last, visitor, ended));
        }
    }

    /// Copies, or queues, have been passed by a walk over many. Tests see by it what one turn of the loop does.
    void passed(int some) {
        passed += some;
    }

    long passed() {
        return passed;
    }

    long now() {
        return world.labTime().millis();
    }
}
