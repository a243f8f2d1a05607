package dev.tarry.scenario.condition;

import dev.tarry.admin.QueueOperations;
import dev.tarry.queue.LastError;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueSight;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.queue.Queues;
import dev.tarry.store.MailboxItem;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// Counts queues and their messages, queue by queue as each changes: what a change costs does not grow with the number
/// of queues. It is told on the queue loop; the sums may be read anywhere.
final class QueueLeaf implements Leaf, QueueWatcher {
    private record Sums(int queues, long messages) {}

    private final Condition.Queue condition;
    private final Queues queues;
    private final QueueSettings settings;
    /// messages of the queues that match, by id; queue loop only
    private final Map<Integer, Integer> matching = new HashMap<>();
    private volatile Sums sums = new Sums(0, 0);

    QueueLeaf(Condition.Queue condition, Lookout from) {
        this.condition = condition;
        this.queues = from.queues();
        this.settings = from.settings().get();
    }

    @Override
    public void begin() {
        try {
            queues.watch(this).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the queues cannot be watched", e.getCause());
        }
    }

    @Override
    public void end() {
        queues.unwatch(this);
    }

    @Override
    public boolean holds() {
        Sums now = sums;
        return condition.queues().holds(now.queues) && condition.messageCount().holds(now.messages);
    }

    @Override
    public String standing() {
        Sums now = sums;
        return Conditions.written(condition) + ": " + now.queues + " queue(s) with " + now.messages + " message(s)";
    }

    @Override
    public void changed(QueueSight queue) {
        if (matches(queue)) {
            set(queue.id(), queue.messages());
        } else {
            gone(queue.id());
        }
    }

    private void set(int id, int messages) {
        Integer before = matching.put(id, messages);
        sums = new Sums(matching.size(), sums.messages + messages - (before == null ? 0 : before));
    }

    @Override
    public void gone(int queueId) {
        Integer before = matching.remove(queueId);
        if (before != null) {
            sums = new Sums(matching.size(), sums.messages - before);
        }
    }

    @Override
    public void anew() {
        matching.clear();
        sums = new Sums(0, 0);
    }

    private boolean matches(QueueSight queue) {
        return condition.status().map(status -> status == queue.status()).orElse(true)
                && condition.nextHopDomain().matches(queue.key().nextHopDomain())
                && (condition.identity().anything() || identified(queue))
                && (condition.lastError().anything()
                        || condition
                                .lastError()
                                .matches(LastError.shown(queue.lastError(), settings.profile(), settings.zone())));
    }

    private boolean identified(QueueSight queue) {
        String identity = QueueOperations.identity(queue.id(), queue.key(), settings);
        return condition.identity().matches(identity)
                || condition.identity().matches(identity.substring(identity.indexOf('\\') + 1));
    }

    @Override
    public void delivered(MailboxItem item) {}

    @Override
    public void removed(MailboxItem item) {}
}
