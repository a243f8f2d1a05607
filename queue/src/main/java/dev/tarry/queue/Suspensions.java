package dev.tarry.queue;

import dev.tarry.queue.Administration.Ordered;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.StoreException;
import dev.tarry.store.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Suspends and resumes queues and messages (reference §1.5, §1.6). Queue loop only.
///
/// That a message is suspended stands in its copy's record. One that nobody has in hand is held while that is written,
/// so that nothing can happen to it between the order and the disk. One that is in flight goes on; the record says
/// already that it is suspended, which counts only if it is still there after the attempt, or after a crash. One that
/// something else has in hand (a report is being made, the categorizer looks at it) is waited for.
final class Suspensions {
    /// Copies that are read and written at once.
    private static final int SLICE = 64;

    private final Room room;
    private final Attempts attempts;
    private final Leases leases;
    private final Poison poison;
    private Consumer<NextHopQueue> resumed = _ -> {};
    private Consumer<Node> freed = _ -> {};

    Suspensions(Room room, Attempts attempts, Leases leases, Poison poison) {
        this.poison = poison;
        this.room = room;
        this.attempts = attempts;
        this.leases = leases;
    }

    /// @param resumed told of a persistent queue that may be left again
    /// @param freed   told of a message of a persistent queue that may leave again
    void onResumed(Consumer<NextHopQueue> resumed, Consumer<Node> freed) {
        this.resumed = resumed;
        this.freed = freed;
    }

    // ---- queues

    void queue(NextHopQueue queue, boolean suspended, Consumer<Outcome> answer) {
        if (queue.suspended() == suspended) {
            room.journal().then(() -> answer.accept(new Outcome.Unchanged()));
            return;
        }
        queue.suspended(suspended);
        room.journal().write(new Write.PutQueue(queue.stored()));
        Shelves shelves = room.shelves();
        room.journal().then(() -> {
            if (room.shelves() != shelves) {
                return;
            }
            answer.accept(new Outcome.Done(queue.messageCount()));
            if (queue.suspended()) {
                attempts.changed(queue); // who waits for what it holds does so for nothing now
            } else if (shelves.has(queue)) {
                // not before: what leaves must not have left a queue that is suspended after a crash
                attempts.resumed(queue);
                if (!Administration.delivers(queue)) {
                    resumed.accept(queue);
                }
            }
        });
    }

    // ---- messages

    void messages(List<Ordered> those, boolean suspended) {
        Map<Node, Ordered> resting = new LinkedHashMap<>();
        for (Ordered one : those) {
            Node node = one.node(room);
            if (node == null) {
                one.answer(new Outcome.Gone());
                continue;
            }
            if (!suspended && Poison.holds(node.queue) && node.state == Node.State.SUSPENDED) {
                poison.resume(one, node);
                continue;
            }
            switch (node.state) {
                case READY, WAITING -> take(one, node, suspended, resting);
                case SUSPENDED -> take(one, node, !suspended, resting);
                case LEASED -> inHand(one, node, suspended);
            }
        }
        write(resting, suspended);
    }

    private void take(Ordered one, Node node, boolean changes, Map<Node, Ordered> resting) {
        if (changes) {
            node.queue.hold(node);
            resting.put(node, one);
        } else {
            room.journal().then(() -> one.answer(new Outcome.Unchanged()));
        }
    }

    /// @param held copies that are held for this
    private void write(Map<Node, Ordered> held, boolean suspended) {
        List<Node> all = List.copyOf(held.keySet());
        for (int from = 0; from < all.size(); from += SLICE) {
            write(all.subList(from, Math.min(all.size(), from + SLICE)), held, suspended);
        }
    }

    private void write(List<Node> some, Map<Node, Ordered> held, boolean suspended) {
        leases.held(
                some,
                node -> {
                    leases.putBack(node);
                    held.get(node).answer(new Outcome.Refused(Refusal.UNREADABLE));
                },
                found -> {
                    for (Leased leased : found) {
                        room.journal().write(new Write.PutCopy(leased.copy().suspended(suspended)));
                    }
                    room.journal().then(() -> written(found, held, suspended));
                });
    }

    private void written(List<Leased> found, Map<Node, Ordered> held, boolean suspended) {
        for (Leased leased : found) {
            if (!leases.valid(leased)) {
                continue; // the store has failed since: everything was looked at anew
            }
            Node node = leased.node();
            NextHopQueue queue = node.queue;
            Node.State back = queue.whereItWas(node);
            queue.fate(node, suspended ? Fate.SUSPEND : null);
            if (back == Node.State.READY || node.nextAttemptMillis <= room.now()) {
                leases.giveBack(node);
            } else {
                leases.wait(node, node.nextAttemptMillis);
            }
            held.get(node).answer(new Outcome.Done(1));
            if (!suspended && !Administration.delivers(queue)) {
                freed.accept(node);
            }
        }
    }

    private void inHand(Ordered one, Node node, boolean suspended) {
        NextHopQueue queue = node.queue;
        if (!queue.inFlight(node)) {
            whenMoved(node, () -> messages(List.of(one), suspended));
            return;
        }
        Fate wanted = suspended ? null : Fate.SUSPEND;
        if (queue.fate(node) != wanted) {
            one.answer(new Outcome.Unchanged()); // it is so already, or is to be removed
            return;
        }
        queue.fate(node, suspended ? Fate.SUSPEND : null);
        mark(one, suspended, suspended ? new Outcome.Pending() : new Outcome.Done(1));
    }

    /// Does it when whoever has the copy in hand hands it on, or back.
    void whenMoved(Node node, Runnable then) {
        Shelves shelves = room.shelves();
        node.queue.onceMoved(
                node,
                () -> room.world().loops().queue().execute(() -> {
                    if (room.shelves() == shelves) {
                        then.run();
                    }
                }));
    }

    /// Writes down of a copy in flight that it is suspended, or is not, and says then what became of the order; one
    /// that is not in flight any more meanwhile is written down where it is.
    void mark(Ordered one, boolean suspended, Outcome outcome) {
        Node node = one.node(room);
        if (node == null) {
            one.answer(outcome); // the attempt has ended well
            return;
        }
        NextHopQueue queue = node.queue;
        if (node.state != Node.State.LEASED) {
            node.queue.hold(node);
            write(Map.of(node, new Ordered(one.id(), _ -> one.answer(outcome))), suspended);
            return;
        }
        boolean[] moved = {false};
        queue.onceMoved(node, () -> moved[0] = true);
        if (!queue.inFlight(node)) {
            whenMoved(node, () -> mark(one, suspended, outcome));
            return;
        }
        Shelves shelves = room.shelves();
        room.reads().read(() -> read(one), copy -> {
            if (room.shelves() != shelves) {
                return;
            }
            if (moved[0]) {
                mark(one, suspended, outcome); // what was read may be old
            } else if (copy.isEmpty()) {
                one.answer(new Outcome.Refused(Refusal.UNREADABLE));
            } else {
                room.journal().write(new Write.PutCopy(copy.get().suspended(suspended)));
                room.journal().then(() -> one.answer(outcome));
            }
        });
    }

    private Optional<CopyRecord> read(Ordered one) {
        try {
            return room.store().copy(one.id().messageId(), one.id().queueId());
        } catch (StoreException | RuntimeException _) {
            return Optional.empty();
        }
    }
}
