package dev.tarry.queue;

import dev.tarry.store.CommitResult;
import dev.tarry.store.ContentRef;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands copies out with their records, read off the loop, and takes them back. Reading is not behind the committer:
/// a copy whose record is being changed may only be taken back when the change is in the store, or the next to have it
/// would go by the old record. Queue loop only.
final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /// A copy and where it is.
    private record Shelved(Node node, NextHopQueue queue) {}

    /// A node and what was read for it; nothing if it could not be read.
    private record Found(Node node, Optional<Leased> leased) {}

    private final Room room;
    private final Attempts attempts;
    private Consumer<Node> returned = _ -> {};
    private Consumer<Node> missed = _ -> {};

    Leases(Room room, Attempts attempts) {
        this.room = room;
        this.attempts = attempts;
    }

    /// @param returned told of each copy that came back unfinished
    void onReturn(Consumer<Node> returned) {
        this.returned = this.returned.andThen(returned);
        attempts.onWake(this.returned);
    }

    /// @param missed told of each copy that may leave again and was held while all that may were offered to the
    /// categorizer
    void onMissedOffer(Consumer<Node> missed) {
        this.missed = missed;
    }

    /// Leases up to so many of the queue's next copies.
    ///
    /// @param to gets them, on the queue loop; fewer or none if there are no more
    void next(NextHopQueue queue, int most, Consumer<List<Leased>> to) {
        next(queue, Priorities.ANY, most, 0, to);
    }

    /// As [#next].
    ///
    /// @param priority  of what is leased; [Priorities#ANY] for whatever comes first
    /// @param bodyBytes bodies of one chunk and of up to so many octets are read as well
    void next(NextHopQueue queue, int priority, int most, int bodyBytes, Consumer<List<Leased>> to) {
        if (queue.readyCount() > 0 || queue.heldReadyCount() == 0) {
            take(queue, priority, most, bodyBytes, to);
            return;
        }
        // what this connection could not finish is back as soon as the store knows of it, and may go on with it
        Shelves shelves = room.shelves();
        room.journal().then(new Journal.Effect() {
            @Override
            public void committed() {
                if (room.shelves() == shelves) {
                    take(queue, priority, most, bodyBytes, to);
                } else {
                    to.accept(List.of());
                }
            }

            @Override
            public void failed(CommitResult result) {
                to.accept(List.of());
            }
        });
    }

    private void take(NextHopQueue queue, int priority, int most, int bodyBytes, Consumer<List<Leased>> to) {
        boolean priorities = room.settings().priorities().on();
        List<Node> nodes = new ArrayList<>(Math.min(most, queue.readyCount()));
        for (Node node;
                nodes.size() < most && !queue.suspended() && (node = queue.lease(priority, priorities)) != null; ) {
            nodes.add(node);
        }
        read(nodes, bodyBytes, to);
    }

    /// Leases these copies of one queue, none of which may be leased, for something else than a delivery.
    void these(NextHopQueue queue, List<Node> nodes, Consumer<List<Leased>> to) {
        nodes.forEach(queue::hold);
        read(nodes, 0, to);
    }

    /// As the other, whatever queues they are in.
    ///
    /// @param unreadable gets those that cannot be read, leased, before
    void these(List<Node> nodes, Consumer<Node> unreadable, Consumer<List<Leased>> to) {
        nodes.forEach(node -> node.queue.hold(node));
        held(nodes, unreadable, to);
    }

    /// As the other, of copies that are held already.
    void held(List<Node> nodes, Consumer<Node> unreadable, Consumer<List<Leased>> to) {
        read(nodes, 0, unreadable, to);
    }

    /// Whether a delivery that has this copy, but has not begun to send it, may go on: not if it, or its queue, was
    /// suspended meanwhile, or is to be removed.
    boolean mayLeave(Leased leased) {
        return valid(leased)
                && !leased.node().queue.suspended()
                && leased.node().queue.fate(leased.node()) == null;
    }

    private void read(List<Node> nodes, int bodyBytes, Consumer<List<Leased>> to) {
        read(nodes, bodyBytes, this::setAside, to);
    }

    private void read(List<Node> nodes, int bodyBytes, Consumer<Node> unreadable, Consumer<List<Leased>> to) {
        if (nodes.isEmpty()) {
            to.accept(List.of());
            return;
        }
        Shelves shelves = room.shelves();
        List<Shelved> shelved =
                nodes.stream().map(node -> new Shelved(node, node.queue)).toList();
        room.reads()
                .read(
                        () -> shelved.stream()
                                .map(s -> new Found(s.node, read(s.node, s.queue, shelves.epoch(), bodyBytes)))
                                .toList(),
                        found -> {
                            if (room.shelves() != shelves) {
                                to.accept(List.of()); // the store has failed since: everything is read anew
                                return;
                            }
                            List<Leased> leased = new ArrayList<>(found.size());
                            for (Found f : found) {
                                f.leased.ifPresentOrElse(leased::add, () -> unreadable.accept(f.node));
                            }
                            to.accept(leased);
                        });
    }

    private Optional<Leased> read(Node node, NextHopQueue queue, long epoch, int bodyBytes) {
        try {
            Optional<MessageRecord> message = room.store().message(node.messageId);
            Optional<CopyRecord> copy = room.store().copy(node.messageId, queue.id());
            if (message.isPresent() && copy.isPresent()) {
                return Optional.of(new Leased(
                        node,
                        epoch,
                        queue.key(),
                        message.get(),
                        copy.get(),
                        body(message.get().content(), bodyBytes),
                        room.now()));
            }
            LOG.error("message {} in {}: its record is not in the store", node.messageId, queue.key());
        } catch (StoreException | RuntimeException e) {
            LOG.error("message {} in {}: its record cannot be read", node.messageId, queue.key(), e);
        }
        return Optional.empty();
    }

    /// Null if it is too large; or if it cannot be read: that shows again, and is dealt with, when it is sent.
    private ByteBuffer body(ContentRef content, int most) {
        if (content.chunks() != 1 || content.bytes() > most) {
            return null;
        }
        try {
            return room.store().chunk(content, 0);
        } catch (StoreException _) {
            return null;
        }
    }

    /// A copy that cannot be read, or that no report can be made of, waits as if it had been refused for now; it is
    /// never dropped. If its time is over, it expires when it wakes, and not before: it would only fail again.
    void setAside(Node node) {
        NextHopQueue queue = node.queue;
        queue.wait(node, room.now() + room.ownWait(queue).toMillis());
        attempts.changed(queue);
    }

    /// Whether what this lease stands for is still so: not after the store was opened anew.
    boolean valid(Leased leased) {
        return room.open() && room.shelves().epoch() == leased.epoch() && leased.node().queue != null;
    }

    /// Takes a copy back that was not attempted.
    void giveBack(Leased leased) {
        if (valid(leased)) {
            giveBack(leased.node());
        }
    }

    void giveBack(Node node) {
        NextHopQueue queue = node.queue;
        boolean missedOffer = queue.missedOffer(node);
        queue.giveBack(node);
        returned.accept(node);
        attempts.changed(queue);
        if (missedOffer) {
            missed.accept(node);
        }
    }

    /// Takes a copy back that was held, to where it was.
    void putBack(Node node) {
        switch (node.queue.whereItWas(node)) {
            case READY -> giveBack(node);
            case WAITING -> wait(node, node.nextAttemptMillis);
            case SUSPENDED -> {
                if (node.nextAttemptMillis > room.now()) {
                    wait(node, node.nextAttemptMillis);
                } else {
                    giveBack(node);
                }
            }
            case LEASED -> throw new IllegalStateException("it was taken though it was leased: " + node.messageId);
        }
    }

    /// Takes a copy back that waits on its own account.
    void wait(Node node, long dueMillis) {
        NextHopQueue queue = node.queue;
        // the interval may have become shorter while the disk was told
        long latest = room.now() + room.ownWait(queue).toMillis();
        boolean missedResubmit = queue.missedResubmit(node);
        queue.wait(node, Math.min(dueMillis, latest));
        returned.accept(node);
        attempts.changed(queue);
        if (missedResubmit) {
            missed.accept(node);
        }
    }
}
