package dev.tarry.queue;

import dev.tarry.store.MailboxItem;
import dev.tarry.time.Loop;
import java.util.ArrayList;
import java.util.Iterator;
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
    private boolean telling;

    /// null while the store is closed
    private Shelves shelves;

    Watch(Loop loop) {
        this.loop = loop;
    }

    /// From now on this one is told, and first of all queues there are.
    ///
    /// @param told runs when it has been told of those
    void add(QueueWatcher watcher, Runnable told) {
        watchers.add(watcher);
        introduce(shelves, Integer.MIN_VALUE, List.of(watcher), told);
    }

    /// Tells of all queues, some in each turn. If the store is closed meanwhile, it is told anew afterwards.
    private void introduce(Shelves those, int after, List<QueueWatcher> to, Runnable told) {
        if (those == null || shelves != those) {
            told.run();
            return;
        }
        int last = after;
        int left = Room.SLICE_QUEUES;
        for (NextHopQueue queue : those.queuesAfter(after)) {
            QueueSight sight = QueueSight.of(queue);
            to.stream().filter(watchers::contains).forEach(watcher -> watcher.changed(sight));
            last = queue.id();
            if (--left == 0) {
                break;
            }
        }
        if (left > 0) {
            told.run();
        } else {
            int reached = last;
            loop.execute(() -> introduce(those, reached, to, told));
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
            watchers.forEach(QueueWatcher::anew);
            introduce(filled, Integer.MIN_VALUE, List.copyOf(watchers), () -> {});
        }
    }

    void touched(NextHopQueue queue) {
        if (!watchers.isEmpty() && touched.add(queue) && !telling) {
            telling = true;
            loop.execute(this::tell);
        }
    }

    private void tell() {
        if (shelves == null) {
            touched.clear(); // whoever watches is told anew when they are open again
        }
        Iterator<NextHopQueue> all = touched.iterator();
        for (int left = Room.SLICE_QUEUES; left > 0 && all.hasNext(); left--) {
            NextHopQueue queue = all.next();
            all.remove();
            if (shelves.has(queue)) {
                QueueSight sight = QueueSight.of(queue);
                each(watcher -> watcher.changed(sight));
            } else {
                each(watcher -> watcher.gone(queue.id()));
            }
        }
        telling = !touched.isEmpty();
        if (telling) {
            loop.execute(this::tell);
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
