package dev.tarry.queue;

import dev.tarry.store.MailboxItem;
import dev.tarry.time.Loop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Who wants to know of every change. Queues say that they were touched, perhaps in the middle of a change; watchers
/// hear of it in a task of its own behind it, which counts as in flight until then. Queue loop only; costs next to
/// nothing while nobody watches.
final class Watch {
    private final Loop loop;
    private final List<QueueWatcher> watchers = new ArrayList<>();
    private final Set<NextHopQueue> touched = new LinkedHashSet<>();

    /// null while the store is closed
    private Shelves shelves;

    Watch(Loop loop) {
        this.loop = loop;
    }

    /// From now on this one is told, and at once of all queues there are.
    void add(QueueWatcher watcher) {
        watchers.add(watcher);
        if (shelves != null) {
            shelves.queues().forEach(queue -> watcher.changed(QueueSight.of(queue)));
        }
    }

    void remove(QueueWatcher watcher) {
        watchers.remove(watcher);
    }

    /// The queues are others than before.
    ///
    /// @param filled null: there are none for now
    void shelves(Shelves filled) {
        shelves = filled;
        touched.clear();
        if (filled != null) {
            filled.watchedBy(this);
            watchers.forEach(watcher -> {
                watcher.anew();
                filled.queues().forEach(queue -> watcher.changed(QueueSight.of(queue)));
            });
        }
    }

    void touched(NextHopQueue queue) {
        if (!watchers.isEmpty() && touched.add(queue) && touched.size() == 1) {
            loop.execute(this::tell);
        }
    }

    private void tell() {
        List<NextHopQueue> all = List.copyOf(touched);
        touched.clear();
        if (shelves == null) {
            return;
        }
        for (NextHopQueue queue : all) {
            if (shelves.has(queue)) {
                QueueSight sight = QueueSight.of(queue);
                each(watcher -> watcher.changed(sight));
            } else {
                each(watcher -> watcher.gone(queue.id()));
            }
        }
    }

    void delivered(MailboxItem item) {
        each(watcher -> watcher.delivered(item));
    }

    void removed(MailboxItem item) {
        each(watcher -> watcher.removed(item));
    }

    private void each(Consumer<QueueWatcher> tell) {
        watchers.forEach(tell);
    }
}
