package dev.tarry.scenario.condition;

import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes events on to where they are kept, and then to whoever watches. Any thread, as a [TrackingSink].
public final class TrackingFeed implements TrackingSink {
    private final TrackingSink kept;
    private final List<TrackingSink> watchers = new CopyOnWriteArrayList<>();

    /// @param kept gets every event first
    public TrackingFeed(TrackingSink kept) {
        this.kept = kept;
    }

    @Override
    public void write(TrackingEvent event) {
        kept.write(event);
        for (TrackingSink watcher : watchers) {
            watcher.write(event);
        }
    }

    @Override
    public void catchUp() {
        kept.catchUp();
    }

    /// From now on this one is told of every event, on the thread that writes it: quick, and waits for nothing.
    public void watch(TrackingSink watcher) {
        watchers.add(watcher);
    }

    /// It is told no more.
    public void unwatch(TrackingSink watcher) {
        watchers.remove(watcher);
    }
}
