package dev.tarry.queue;

import dev.tarry.store.CommitResult;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.StoreException;
import dev.tarry.store.Write;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Takes items out of mailboxes. Mailboxes share a message's content and only the number of sharers is kept in memory,
/// so an item is looked up before it is counted off: of two who remove the same one, the second changes nothing. Queue
/// loop only, but for [#remove].
final class Mailboxes {
    private record Item(String mailbox, long id) {}

    private final Room room;
    private final Set<Item> leaving = new HashSet<>();

    Mailboxes(Room room) {
        this.room = room;
    }

    /// Any thread.
    CompletableFuture<Void> remove(MailboxItem item) {
        CompletableFuture<Void> removed = new CompletableFuture<>();
        room.world().loops().queue().execute(() -> {
            Item key = new Item(item.mailbox(), item.id());
            if (!room.open()) {
                closed(removed);
            } else if (leaving.add(key)) {
                removed.whenCompleteAsync(
                        (_, _) -> leaving.remove(key), room.world().loops().queue());
                lookUp(item, room.shelves(), removed);
            } else {
                room.journal().then(() -> removed.complete(null)); // somebody else is at it
            }
        });
        return removed;
    }

    private void lookUp(MailboxItem item, Shelves shelves, CompletableFuture<Void> removed) {
        room.world().loops().readers().execute(() -> {
            try {
                boolean there = room.store().item(item.mailbox(), item.id()).isPresent();
                room.world().loops().queue().execute(() -> {
                    if (room.shelves() != shelves) {
                        closed(removed);
                    } else if (there) {
                        drop(item, removed);
                    } else {
                        removed.complete(null);
                    }
                });
            } catch (StoreException | RuntimeException e) {
                removed.completeExceptionally(e);
            }
        });
    }

    private void drop(MailboxItem item, CompletableFuture<Void> removed) {
        room.journal().write(new Write.DropItem(item.mailbox(), item.id()));
        if (room.shelves().removeItem(item.content()) && room.shelves().nodes().first(item.id()) == null) {
            room.tidying().stir(item.content().bytes());
            room.journal().write(new Write.DropContent(item.content()));
        }
        room.journal().then(new Journal.Effect() {
            @Override
            public void committed() {
                room.watch().removed(item);
                removed.complete(null);
            }

            @Override
            public void failed(CommitResult result) {
                closed(removed);
            }
        });
    }

    private static void closed(CompletableFuture<Void> removed) {
        removed.completeExceptionally(new IllegalStateException("the store is closed"));
    }
}
