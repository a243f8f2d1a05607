package dev.tarry.queue;

import dev.tarry.store.MailboxItem;

/// Told of every queue that has changed, and of what comes into mailboxes and leaves them. Called on the queue loop
/// after the change, several changes of one turn at once; implementations are quick.
public interface QueueWatcher {
    /// How a queue stands now.
    void changed(QueueSight queue);

    /// A queue has gone away.
    void gone(int queueId);

    /// Everything that was told of queues is void: what there is now follows.
    void anew();

    /// An item is in its mailbox for good.
    void delivered(MailboxItem item);

    /// An item has been taken out of its mailbox for good.
    void removed(MailboxItem item);
}
