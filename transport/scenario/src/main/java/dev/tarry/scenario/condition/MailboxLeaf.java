package dev.tarry.scenario.condition;

import dev.tarry.mailbox.Mailboxes;
import dev.tarry.queue.QueueSight;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.queue.Queues;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.StoreException;
import java.time.Instant;
import java.util.List;

/// Counts what is in a mailbox.
final class MailboxLeaf implements Leaf, QueueWatcher {
    private final Condition.Mailbox condition;
    private final Queues queues;
    private final Mailboxes mailboxes;
    private final Tally<MailboxItem> tally;

    MailboxLeaf(Condition.Mailbox condition, Lookout from) {
        this.condition = condition;
        this.queues = from.queues();
        this.mailboxes = from.mailboxes();
        this.tally = new Tally<>(this::wanted, MailboxItem::id);
    }

    private boolean wanted(MailboxItem item) {
        return item.mailbox().equals(Mailboxes.name(condition.address()))
                && condition.subject().matches(item.subject())
                && condition.since().takes(Instant.ofEpochMilli(item.deliveredMillis()));
    }

    @Override
    public void begin() throws StoreException {
        queues.watch(this).join();
        tally.seed(condition.since() instanceof Since.Now ? List.of() : mailboxes.messages(condition.address()));
    }

    @Override
    public void end() {
        queues.unwatch(this);
    }

    @Override
    public boolean holds() {
        return condition.count().holds(tally.count());
    }

    @Override
    public String standing() {
        return Conditions.written(condition) + ": " + tally.count();
    }

    @Override
    public void delivered(MailboxItem item) {
        tally.came(item);
    }

    @Override
    public void removed(MailboxItem item) {
        tally.left(item);
    }

    @Override
    public void changed(QueueSight queue) {}

    @Override
    public void gone(int queueId) {}

    @Override
    public void anew() {}
}
