package dev.tarry.queue;

import dev.tarry.mail.Reply;
import dev.tarry.queue.Administration.Ordered;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes messages: every recipient that still waits fails by the administrator's word, and the report of it, where
/// one is wanted, goes into the same commit. Queue loop only.
///
/// One that is in flight is delivered if the attempt goes well, and removed if it comes back. Its record says meanwhile
/// that it is suspended: after a crash it is there still, and has not been sent again.
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

    /// Copies that are read, and settled, at once.
    private static final int SLICE = 64;

    /// What its recipients fail with (reference §2.4).
    static final Reply REMOVED = Reply.of(550, "4.3.2 QUEUE.Admin; message deleted by administrative action");

    private final Room room;
    private final Leases leases;
    private final Suspensions suspensions;
    private final Settlements settlements;

    Removals(Room room, Leases leases, Suspensions suspensions, Settlements settlements) {
        this.room = room;
        this.leases = leases;
        this.suspensions = suspensions;
        this.settlements = settlements;
        leases.onReturn(this::returned);
    }

    void messages(List<Ordered> those, boolean withNdr) {
        Map<Node, Ordered> resting = new LinkedHashMap<>();
        for (Ordered one : those) {
            Node node = one.node(room);
            if (node == null) {
                one.answer(new Outcome.Gone());
            } else if (node.queue.id() == Shelves.SUBMISSION_ID) {
                one.answer(new Outcome.Refused(Refusal.SUBMISSION_QUEUE));
            } else if (node.state == Node.State.LEASED) {
                inHand(one, node, withNdr);
            } else {
                node.queue.hold(node);
                resting.put(node, one);
            }
        }
        remove(resting, withNdr);
    }

    private void inHand(Ordered one, Node node, boolean withNdr) {
        NextHopQueue queue = node.queue;
        if (!queue.inFlight(node)) {
            suspensions.whenMoved(node, () -> messages(List.of(one), withNdr));
            return;
        }
        Fate fate = queue.fate(node);
        if (fate != null && fate.removes()) {
            one.answer(new Outcome.Unchanged());
            return;
        }
        queue.fate(node, withNdr ? Fate.REMOVE_WITH_NDR : Fate.REMOVE);
        suspensions.mark(one, true, new Outcome.Pending());
    }

    private void remove(Map<Node, Ordered> held, boolean withNdr) {
        List<Node> all = List.copyOf(held.keySet());
        for (int from = 0; from < all.size(); from += SLICE) {
            remove(
                    all.subList(from, Math.min(all.size(), from + SLICE)),
                    withNdr,
                    (node, outcome) -> held.get(node).answer(outcome));
        }
    }

    private interface Ended {
        void accept(Node node, Outcome outcome);
    }

    private void remove(List<Node> held, boolean withNdr, Ended ended) {
        Consumer<Node> unreadable = node -> {
            leases.putBack(node);
            ended.accept(node, new Outcome.Refused(Refusal.UNREADABLE));
        };
        leases.held(
                held,
                unreadable,
                found -> found.forEach(leased -> settlements.remove(leased, REMOVED, withNdr, removed -> {
                    if (removed) {
                        ended.accept(leased.node(), new Outcome.Done(1));
                    } else {
                        leases.putBack(leased.node());
                        ended.accept(leased.node(), new Outcome.Refused(Refusal.NO_REPORT));
                    }
                })));
    }

    /// A copy that has come back from an attempt is removed now, if that was ordered meanwhile.
    private void returned(Node node) {
        Fate fate = node.queue.fate(node);
        if (node.state == Node.State.SUSPENDED && fate != null && fate.removes()) {
            node.queue.hold(node); // from here on it is one that is suspended
            remove(List.of(node), fate == Fate.REMOVE_WITH_NDR, (_, outcome) -> {
                if (outcome instanceof Outcome.Refused(Refusal why)) {
                    LOG.error("message {} was to be removed and stays, suspended: {}", node.messageId, why.sentence());
                }
            });
        }
    }
}
