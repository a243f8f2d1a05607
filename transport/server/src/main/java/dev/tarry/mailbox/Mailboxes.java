package dev.tarry.mailbox;

import dev.tarry.mail.EmailAddress;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What is in the mailboxes. Blocking: not for a loop.
public final class Mailboxes {
    private final StoreDoor door;
    private final Queues queues;

    public Mailboxes(StoreDoor door, Queues queues) {
        this.door = door;
        this.queues = queues;
    }

    /// Those that hold something, by name.
    public List<MessageStore.MailboxCount> list() throws StoreException {
        return door.store().mailboxes();
    }

    /// A mailbox's messages, oldest first; none if there is no such mailbox.
    public List<MailboxItem> messages(String mailbox) throws StoreException {
        return door.store().items(name(mailbox));
    }

    public Optional<MailboxItem> message(String mailbox, long id) throws StoreException {
        return door.store().item(name(mailbox), id);
    }

    /// Writes a message as it would be read: its Return-Path, then its octets.
    public void write(MailboxItem item, OutputStream to) throws StoreException, IOException {
        to.write(item.prefix().getBytes(StandardCharsets.UTF_8));
        WritableByteChannel channel = Channels.newChannel(to);
        for (int n = 0; n < item.content().chunks(); n++) {
            channel.write(door.store().chunk(item.content(), n));
        }
    }

    /// The same as [#write], to be read; read at the reader's pace.
    public InputStream open(MailboxItem item) {
        return new ContentStream(door, item.prefix(), item.content());
    }

    /// @return done when it is gone for good
    public CompletableFuture<Void> remove(MailboxItem item) {
        return queues.removeItem(item);
    }

    /// The name under which a mailbox is kept, however its address is written.
    public static String name(String mailbox) {
        return EmailAddress.parse(mailbox)
                .map(LocalDelivery::mailbox)
                .orElseGet(() -> mailbox.toLowerCase(Locale.ROOT));
    }
}
