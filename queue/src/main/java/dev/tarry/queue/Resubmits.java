package dev.tarry.queue;

import dev.tarry.queue.Administration.Outcome;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Messages that go back to the categorizer: those that rest in Submission or Unreachable when there is reason to look
/// at them anew, those of a delivery queue in Retry when an administrator says so, or when it has had no success for
/// MaxIdleTimeBeforeResubmit (reference §1.2, §2.2, §2.4). Queue loop only.
///
/// A queue may hold a million, so they go in slices, those of one queue in order. Each stays in its queue, in nobody's
/// hands but the categorizer's, until it is known where it goes; what goes where it was costs nothing but its reading.
/// A delivery queue makes no attempt meanwhile. If mail is left in it, it starts anew afterwards: it is tried at once,
/// its ladder and its count begin again, and its last error stands until that attempt has said something else.
final class Resubmits {
    /// Messages that are read at once.
    private static final int SLICE = 64;

    private final Room room;
    private final Attempts attempts;
    private final Leases leases;
    private final Moves moves;
    private final ArrayDeque<Submitted> submitted;
    private Runnable bell = () -> {};
    private Set<NextHopQueue> underWay = new HashSet<>();
    /// of each queue the offer that is under way
    private Map<NextHopQueue, Round> offers = new HashMap<>();

    /// @param submitted what waits for the categorizer
    Resubmits(Room room, Attempts attempts, Leases leases, Moves moves, ArrayDeque<Submitted> submitted) {
        this.room = room;
        this.attempts = attempts;
        this.leases = leases;
        this.moves = moves;
        this.submitted = submitted;
        leases.onMissedOffer(this::offerAgain);
        attempts.onIdle(queue -> resubmit(queue, _ -> {}));
    }

    /// @param bell rings when something waits for the categorizer
    void bell(Runnable bell) {
        this.bell = bell;
    }

    /// The store is open anew: what was under way counts no more.
    void open() {
        underWay = new HashSet<>();
        offers = new HashMap<>();
    }

    // ---- by themselves

    /// Those of the queue that may leave are read and offered. Where that is being done already, it begins anew.
    void offer(NextHopQueue queue) {
        if (!room.open() || queue.suspended()) {
            return; // when it is resumed, all are
        }
        queue.offered();
        Round round = new Round(queue, false, _ -> {});
        offers.put(queue, round);
        round.slice();
    }

    /// One that may leave again, or missed an offer, or has just come in.
    void offerAgain(Node node) {
        offerAgain(node.queue, List.of(node));
    }

    /// As the other, of several of one queue.
    void offerAgain(NextHopQueue queue, List<Node> nodes) {
        if (queue.suspended()) {
            return; // when it is resumed, all are
        }
        Shelves shelves = room.shelves();
        List<Node> resting = nodes.stream().filter(node -> rests(node, queue)).toList();
        for (int from = 0; from < resting.size(); from += SLICE) {
            List<Node> slice = resting.subList(from, Math.min(resting.size(), from + SLICE));
            leases.these(queue, slice, found -> {
                if (room.shelves() == shelves) {
                    hand(queue, found);
                }
            });
        }
    }

    private static boolean rests(Node node, NextHopQueue queue) {
        return node.queue == queue && (node.state == Node.State.READY || node.state == Node.State.WAITING);
    }

    // ---- by order, or because it has taken too long

    /// @param answer gets how many messages the categorizer had
    void resubmit(NextHopQueue queue, Consumer<Outcome> answer) {
        boolean delivers = Administration.delivers(queue);
        QueueStatus wanted = delivers ? QueueStatus.RETRY : QueueStatus.READY;
        if (queue.status() != wanted || !underWay.add(queue)) {
            answer.accept(new Outcome.Unchanged());
            return;
        }
        queue.resubmitted();
        if (delivers) {
            attempts.resubmitting(queue, true);
        }
        new Round(queue, true, messages -> {
                    underWay.remove(queue);
                    if (delivers) {
                        attempts.resubmitting(queue, false);
                    }
                    answer.accept(new Outcome.Done(messages));
                })
                .slice();
    }

    /// Copies of one queue on their way to the categorizer, each once: those that stay where they are must not be
    /// offered again and again.
    private final class Round {
        private final Shelves shelves = room.shelves();
        private final NextHopQueue queue;
        private final boolean waitingToo;
        private final QueueWalk walk;
        private final Consumer<Integer> ended;
        private int offered;

        /// @param waitingToo whether those that wait on their own account are offered, too
        /// @param ended      told, when it is durable, how many were offered
        Round(NextHopQueue queue, boolean waitingToo, Consumer<Integer> ended) {
            this.queue = queue;
            this.waitingToo = waitingToo;
            this.walk = new QueueWalk(queue, true, 0, shelves.latestMessageId());
            this.ended = ended;
        }

        /// Whether another has begun that offers all of it again.
        private boolean overtaken() {
            return !waitingToo && offers.get(queue) != this;
        }

        private void slice() {
            if (room.shelves() != shelves || overtaken()) {
                return;
            }
            if (walk.ended() || queue.suspended()) {
                end();
                return;
            }
            List<Node> slice = new ArrayList<>(SLICE);
            List<Node> passed = walk.next(SLICE);
            room.passed(passed.size());
            for (Node node : passed) {
                if (node.state == Node.State.READY || waitingToo && node.state == Node.State.WAITING) {
                    slice.add(node);
                } else if (node.state == Node.State.LEASED) {
                    queue.passedOver(node, waitingToo); // who has it offers it when it comes back
                }
            }
            if (slice.isEmpty() && !walk.ended()) {
                room.world().loops().queue().execute(this::slice);
                return;
            }
            leases.these(queue, slice, found -> {
                if (room.shelves() == shelves) {
                    offered += hand(queue, found);
                    slice();
                }
            });
        }

        private void end() {
            offers.remove(queue, this);
            room.journal().then(() -> {
                if (room.shelves() == shelves) {
                    ended.accept(offered);
                }
            });
        }
    }

    /// Hands them to the categorizer.
    ///
    /// @return how many it gets
    private int hand(NextHopQueue queue, List<Leased> found) {
        if (queue.suspended()) {
            found.forEach(leased -> leases.putBack(leased.node())); // since they were read
            return 0;
        }
        if (room.shelves().submission().suspended()) {
            found.forEach(this::rest); // the categorizer takes nothing
        } else if (!found.isEmpty()) {
            found.forEach(leased -> submitted.add(Submitted.resting(leased)));
            bell.run();
        }
        return found.size();
    }

    private void rest(Leased leased) {
        if (leases.valid(leased) && !moves.toSubmission(leased, 0)) {
            moves.postpone(leased);
        }
    }

    // ---- what the categorizer says

    void shelve(Leased leased, List<Placement> placements) {
        Node node = leased.node();
        if (placements.size() == 1 && moves.target(placements.getFirst()) == node.queue) {
            stay(leased);
        } else {
            moves.move(leased, placements);
        }
    }

    /// It is where it belongs. What it waited for on its own account, it waits for no more.
    private void stay(Leased leased) {
        Node node = leased.node();
        if (node.attempts == 0 || !Administration.delivers(node.queue)) {
            leases.giveBack(leased);
            return;
        }
        node.attempts = 0;
        CopyRecord copy = leased.copy();
        room.journal()
                .note(new Write.PutCopy(new CopyRecord(
                        copy.messageId(),
                        copy.queueId(),
                        copy.enteredMillis(),
                        copy.suspended(),
                        node.delayTold,
                        0,
                        0,
                        copy.recipients())));
        room.journal().then(() -> leases.giveBack(leased));
    }

    /// The message could not be categorized: it rests in Submission and is tried again later.
    void postpone(Leased leased) {
        if (Administration.delivers(leased.node().queue)) {
            moves.postpone(leased);
        } else {
            leases.wait(
                    leased.node(),
                    room.now() + room.ownWait(leased.node().queue).toMillis());
        }
    }
}
