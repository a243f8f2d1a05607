package dev.tarry.queue;

import dev.tarry.queue.Administration.CopyId;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Moves copies from queue to queue: a copy leaves its queue and enters others in one commit, so that no recipient is
/// ever in two queues or in none. Queue loop only.
///
/// A message has at most one copy in a queue. Where another part of it is in the queue that this one goes to, the two
/// become one. If that part cannot be had just now, because it is on its way to its next hop or in other hands, this
/// one waits for it; if an administrator has suspended it, this one waits in Submission, and is not suspended with it.
final class Moves {
    /// How often a part that is in other hands is waited for until the disk has caught up.
    private static final int MAX_TRIES = 3;

    private final Room room;
    private final Attempts attempts;
    private final Leases leases;
    private final Expiry expiry;
    private final Delays delays;
    private final Settlements settlements;
    /// copies that the disk is told of, and that stand nowhere yet
    private Set<CopyId> arriving = new HashSet<>();

    Moves(Room room, Attempts attempts, Leases leases, Expiry expiry, Delays delays, Settlements settlements) {
        this.room = room;
        this.attempts = attempts;
        this.leases = leases;
        this.expiry = expiry;
        this.delays = delays;
        this.settlements = settlements;
    }

    /// The store is open anew.
    void open() {
        arriving = new HashSet<>();
    }

    /// The queue of this next hop, made if there is none.
    NextHopQueue queue(NextHopKey key) {
        if (key.equals(NextHopKey.POISON)) {
            return room.shelves().poison();
        }
        NextHopQueue queue = room.shelves().queue(key);
        if (queue == null) {
            queue = room.shelves().newQueue(key);
            room.journal().write(new Write.PutQueue(queue.stored()));
        }
        return queue;
    }

    /// Where it would go, or null if there is no such queue yet.
    NextHopQueue target(Placement placement) {
        return switch (placement) {
            case Placement.Shelf shelf -> room.shelves().queue(shelf.key());
            case Placement.Nowhere _ -> room.shelves().unreachable();
            case Placement.Rejected _ -> null;
        };
    }

    /// @param leased held
    void move(Leased leased, List<Placement> placements) {
        move(leased, placements, () -> {});
    }

    /// @param moved runs when it is where it belongs, and that is durable
    void move(Leased leased, List<Placement> placements, Runnable moved) {
        new Move(leased, placements, moved).go();
    }

    /// It rests in Submission.
    ///
    /// @param leased    held, and valid
    /// @param dueMillis until then; 0: until the categorizer takes it
    /// @return false: it cannot, because another part of the message is there, or on its way; it is held still
    boolean toSubmission(Leased leased, long dueMillis) {
        Node node = leased.node();
        NextHopQueue from = node.queue;
        NextHopQueue to = room.shelves().submission();
        if (from == to || room.shelves().nodes().in(node.messageId, to.id()) != null || !arriving.add(id(node, to))) {
            return false;
        }
        room.journal().write(new Write.DropCopy(node.messageId, from.id()));
        Node copy = enter(leased.message(), to, withError(leased.copy().recipients(), node), node.delayTold, dueMillis);
        room.journal().then(() -> {
            if (leases.valid(leased)) {
                entered(copy, to, dueMillis);
                settlements.gone(node);
                attempts.changed(from);
            }
        });
        return true;
    }

    /// It rests in Submission until it is tried again, or in its own queue, if another part of it is there.
    ///
    /// @param leased held
    void postpone(Leased leased) {
        long due = room.now() + room.settings().resolverRetryInterval().toMillis();
        if (leases.valid(leased) && !toSubmission(leased, due)) {
            leases.wait(leased.node(), due);
        }
    }

    private static CopyId id(Node node, NextHopQueue queue) {
        return new CopyId(node.messageId, queue.id());
    }

    /// A copy that is new in its queue, written down; it stands there when it is durable.
    private Node enter(
            MessageRecord message,
            NextHopQueue to,
            List<RecipientRecord> recipients,
            boolean delayTold,
            long dueMillis) {
        // where they wait may be another; that their sender was told of the delay remains so
        CopyRecord record = new CopyRecord(
                message.id(), to.id(), room.now(), Poison.holds(to), delayTold, 0, dueMillis, recipients);
        room.journal().write(new Write.PutCopy(record));
        to.arriving(1);
        return Node.of(message, record);
    }

    private void entered(Node copy, NextHopQueue to, long dueMillis) {
        arriving.remove(id(copy, to));
        to.arriving(-1);
        to.entered(room.now());
        if (Poison.holds(to)) {
            to.addSuspended(copy, 0);
        } else if (dueMillis == 0) {
            to.add(copy);
        } else {
            to.addWaiting(copy, dueMillis);
        }
        room.shelves().nodes().add(copy);
        expiry.add(copy);
        delays.add(copy);
        attempts.changed(to);
    }

    /// What their queue's last attempt ended with goes with recipients that have no error of their own: should their
    /// time run out before another attempt, that is what they ended with. No host has said it of them. What came in
    /// after that attempt has nothing to do with it.
    private static List<RecipientRecord> withError(List<RecipientRecord> recipients, Node node) {
        RetryState retry = node.queue.retry();
        if (retry == null || node.queue.failuresSince(node) == 0) {
            return recipients;
        }
        ErrorRecord last = retry.error();
        ErrorRecord error = new ErrorRecord(last.details(), last.host(), "", last.atMillis(), last.note());
        return recipients.stream()
                .map(r -> r.lastError().isNone() ? new RecipientRecord(r.recipient(), error) : r)
                .toList();
    }

    /// One copy on its way.
    private final class Move {
        private final Leased leased;
        private final List<Placement> placements;
        private final Runnable moved;
        private final Shelves shelves = room.shelves();
        private int tries;

        Move(Leased leased, List<Placement> placements, Runnable moved) {
            this.leased = leased;
            this.placements = placements;
            this.moved = moved;
        }

        private void go() {
            if (!leases.valid(leased)) {
                return;
            }
            List<Node> others = new ArrayList<>(0);
            for (Placement placement : placements) {
                NextHopQueue to = target(placement);
                if (to == null || to == leased.node().queue) {
                    continue;
                }
                if (arriving.contains(id(leased.node(), to))) {
                    again();
                    return;
                }
                Node other = shelves.nodes().in(leased.node().messageId, to.id());
                if (other == null) {
                    continue;
                }
                switch (other.state) {
                    case READY, WAITING -> others.add(other);
                    case SUSPENDED -> {
                        if (!Poison.holds(to)) {
                            aside();
                            return;
                        }
                        others.add(other);
                    }
                    case LEASED -> {
                        if (to.inFlight(other)) {
                            onLoop(other);
                        } else {
                            again();
                        }
                        return;
                    }
                }
            }
            others.forEach(other -> other.queue.hold(other));
            join(others);
        }

        /// When the other part has come back, or has left.
        private void onLoop(Node other) {
            other.queue.onceMoved(other, () -> room.world().loops().queue().execute(this::go));
        }

        /// Two that wait for each other must not do so for ever.
        private void again() {
            if (++tries > MAX_TRIES) {
                aside();
            } else {
                room.journal().then(this::go);
            }
        }

        private void aside() {
            postpone(leased);
        }

        /// @param others held
        private void join(List<Node> others) {
            if (others.isEmpty()) {
                commit(Map.of());
                return;
            }
            boolean[] unreadable = {false};
            leases.held(
                    others,
                    node -> {
                        unreadable[0] = true;
                        leases.putBack(node);
                    },
                    found -> {
                        if (room.shelves() != shelves) {
                            return;
                        }
                        Map<NextHopQueue, Leased> parts = new LinkedHashMap<>();
                        found.forEach(other -> parts.put(other.node().queue, other));
                        boolean taken = !unreadable[0] && placements.stream().anyMatch(p -> takenSince(p, parts));
                        if (unreadable[0] || taken) {
                            found.forEach(other -> leases.putBack(other.node()));
                        }
                        if (unreadable[0]) {
                            aside();
                        } else if (taken) {
                            again();
                        } else {
                            commit(parts);
                        }
                    });
        }

        /// Whether another part has come, or is coming, to where this one goes, while the records were read.
        private boolean takenSince(Placement placement, Map<NextHopQueue, Leased> parts) {
            NextHopQueue to = target(placement);
            if (to == null || to == leased.node().queue || parts.containsKey(to)) {
                return false;
            }
            return arriving.contains(id(leased.node(), to))
                    || shelves.nodes().in(leased.node().messageId, to.id()) != null;
        }

        /// @param parts those that it becomes one with, by their queues
        private void commit(Map<NextHopQueue, Leased> parts) {
            Node node = leased.node();
            NextHopQueue from = node.queue;
            List<Runnable> arrivals = new ArrayList<>();
            List<Placement.Rejected> rejections = new ArrayList<>(0);
            List<RecipientRecord> left = new ArrayList<>(0);
            for (Placement placement : placements) {
                if (placement instanceof Placement.Rejected rejected) {
                    rejections.add(rejected);
                    left.addAll(rejected.recipients());
                    continue;
                }
                NextHopQueue to = placement instanceof Placement.Shelf shelf
                        ? queue(shelf.key())
                        : room.shelves().unreachable();
                if (to == from) {
                    left.addAll(placement.recipients());
                    continue;
                }
                List<RecipientRecord> recipients = withError(placement.recipients(), node);
                Leased part = parts.get(to);
                arrivals.add(part == null ? alone(to, recipients) : joined(part, recipients));
            }
            // who stays and who is rejected are one copy until the report is made: no other record has their key
            CopyRecord rest = new CopyRecord(
                    node.messageId,
                    from.id(),
                    leased.copy().enteredMillis(),
                    false,
                    node.delayTold,
                    0,
                    0,
                    List.copyOf(left));
            room.journal()
                    .write(left.isEmpty() ? new Write.DropCopy(node.messageId, from.id()) : new Write.PutCopy(rest));
            room.journal().then(() -> {
                if (!leases.valid(leased)) {
                    return;
                }
                moved.run();
                arrivals.forEach(Runnable::run);
                if (left.isEmpty()) {
                    settlements.gone(node);
                } else if (rejections.isEmpty()) {
                    node.attempts = 0;
                    leases.giveBack(leased);
                } else {
                    node.attempts = 0;
                    from.giveBack(node);
                    settlements.reject(node, rejections);
                }
                attempts.changed(from);
            });
        }

        private Runnable alone(NextHopQueue to, List<RecipientRecord> recipients) {
            Node copy = enter(leased.message(), to, recipients, leased.node().delayTold, 0);
            arriving.add(id(copy, to));
            return () -> entered(copy, to, 0);
        }

        private Runnable joined(Leased part, List<RecipientRecord> recipients) {
            CopyRecord there = part.copy();
            List<RecipientRecord> all = new ArrayList<>(there.recipients());
            all.addAll(recipients);
            boolean told = part.node().delayTold || leased.node().delayTold;
            part.node().delayTold = told;
            room.journal()
                    .write(new Write.PutCopy(new CopyRecord(
                            there.messageId(),
                            there.queueId(),
                            there.enteredMillis(),
                            there.suspended(),
                            told,
                            there.attempts(),
                            there.nextAttemptMillis(),
                            all)));
            return () -> leases.putBack(part.node());
        }
    }

    /// They wait in one copy until their report is made.
    static List<RecipientRecord> recipients(List<Placement.Rejected> rejections) {
        return rejections.stream().flatMap(r -> r.recipients().stream()).toList();
    }
}
