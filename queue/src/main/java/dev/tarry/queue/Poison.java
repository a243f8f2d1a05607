package dev.tarry.queue;

import dev.tarry.eventlog.Events;
import dev.tarry.queue.Administration.Ordered;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages whose processing goes wrong again and again: it throws, no report can be made of it, the process dies
/// in it, or their octets are damaged on the disk (reference §9.3). At the threshold they are set aside in the
/// Poison queue, suspended, where they neither expire nor are told of, until an administrator resumes them (they
/// are processed once more, and the count begins anew) or removes them. Queue loop only, but for [#processing].
final class Poison {
    private static final Logger LOG = LoggerFactory.getLogger(Poison.class);

    /// How the last error of a message begins that is here for its octets.
    static final String DAMAGED = "Damaged in the store: ";

    private final Room room;
    private final InHand inHand;
    private final Tracks tracks;
    private final QueueMeter meter;
    /// what a delivery could not read and has not brought back yet, with the reason
    private final Map<Leased, Throwable> unreadable = new HashMap<>();

    private Leases leases;
    private Moves moves;
    private Consumer<Node> offer = _ -> {};
    private int categorizing = -1;

    Poison(Room room, InHand inHand, Tracks tracks, QueueMeter meter) {
        this.room = room;
        this.inHand = inHand;
        this.tracks = tracks;
        this.meter = meter;
    }

    /// @param offer offers one that is in Submission to the categorizer
    void moves(Leases leases, Moves moves, Consumer<Node> offer) {
        this.leases = leases;
        this.offer = offer;
        this.moves = moves;
    }

    /// The store is open anew.
    void open() {
        unreadable.clear();
        categorized();
    }

    private int threshold() {
        return room.settings().keeping().poisonThreshold();
    }

    static boolean holds(NextHopQueue queue) {
        return queue != null && queue.id() == Shelves.POISON_ID;
    }

    // ---- what is in hand

    /// The categorizer begins with it, and has done with the one before.
    void categorizing(MessageRecord message) {
        categorized();
        categorizing = inHand.begin(InHand.mark(message));
    }

    /// The categorizer has nothing in hand.
    void categorized() {
        inHand.end(categorizing);
        categorizing = -1;
    }

    /// Runs a part of a message's processing that might end the process. Any thread.
    void processing(MessageRecord message, Runnable part) {
        int slot = inHand.begin(InHand.mark(message));
        try {
            part.run();
        } finally {
            inHand.end(slot); // an exception is counted by whoever catches it; only death leaves the mark
        }
    }

    // ---- suspicion

    /// Whether its processing has gone wrong too often.
    boolean is(MessageRecord message) {
        return inHand.suspicious() && inHand.count(InHand.mark(message)) >= threshold();
    }

    /// Those of a delivery's that are sound; the others are set aside.
    List<Leased> without(List<Leased> found) {
        if (!inHand.suspicious() || found.stream().noneMatch(leased -> is(leased.message()))) {
            return found;
        }
        List<Leased> sound = new ArrayList<>();
        for (Leased leased : found) {
            if (is(leased.message())) {
                leased.node().queue.hold(leased.node(), Node.State.WAITING);
                setAside(leased);
            } else {
                sound.add(leased);
            }
        }
        return sound;
    }

    /// Its processing has gone wrong unexpectedly.
    ///
    /// @return whether it is poison now
    boolean suspect(MessageRecord message, Throwable why) {
        int count = inHand.add(InHand.mark(message));
        LOG.error("the processing of message {} has failed {} time(s)", message.id(), count, why);
        room.events()
                .report(Events.poisonSuspected(
                        message.internetMessageId(), message.sender().toString(), count, threshold(), why.toString()));
        return count >= threshold();
    }

    /// It has been processed as it should.
    void fine(MessageRecord message) {
        if (inHand.suspicious()) {
            inHand.forget(InHand.mark(message));
        }
    }

    // ---- octets that are damaged

    /// A delivery cannot read its octets: when it brings the message back, it is not for another attempt at once.
    void unreadable(Leased leased, Throwable why) {
        if (leases.valid(leased) && why instanceof StoreException e && e.damaged()) {
            unreadable.put(leased, why);
        }
    }

    /// @return whether it was one that could not be read, and is dealt with
    boolean takesBack(Leased leased) {
        Throwable why = unreadable.isEmpty() ? null : unreadable.remove(leased);
        if (why == null || !leases.valid(leased)) {
            return false;
        }
        if (inHand.count(InHand.mark(leased.message())) == 0) {
            meter.damaged();
            room.events()
                    .report(Events.contentDamaged(
                            leased.message().internetMessageId(),
                            leased.message().id(),
                            why.getMessage()));
        }
        if (suspect(leased.message(), why)) {
            leased.node().queue.hold(leased.node(), Node.State.WAITING);
            ErrorRecord damage = new ErrorRecord(DAMAGED + why.getMessage(), "", "", room.now());
            setAside(
                    leased,
                    leased.copy().recipients().stream()
                            .map(r -> new RecipientRecord(r.recipient(), damage))
                            .toList());
        } else {
            leases.wait(
                    leased.node(),
                    room.now() + room.ownWait(leased.node().queue).toMillis());
        }
        return true;
    }

    /// What was found of it besides decides.
    void forget(Leased leased) {
        unreadable.remove(leased);
    }

    /// How many could not be read and have not been brought back.
    int unreadable() {
        return unreadable.size();
    }

    // ---- there and back

    /// @param leased held
    void setAside(Leased leased) {
        setAside(leased, leased.copy().recipients());
    }

    private void setAside(Leased leased, List<RecipientRecord> recipients) {
        moves.move(
                leased,
                List.of(new Placement.Shelf(NextHopKey.POISON, recipients)),
                () -> isAside(leased.message(), recipients));
    }

    /// It is in the Poison queue, durable.
    void isAside(MessageRecord message, List<RecipientRecord> recipients) {
        int count = inHand.count(InHand.mark(message));
        inHand.forget(InHand.mark(message)); // resumed, it is counted anew
        tracks.poison(message, recipients, true, room.now());
        meter.poisoned();
        room.events()
                .report(Events.poisoned(
                        message.internetMessageId(), message.sender().toString(), message.id(), count));
    }

    /// Resume-Message: it goes back to Submission.
    void resume(Ordered one, Node node) {
        if (room.shelves().nodes().in(node.messageId, Shelves.SUBMISSION_ID) != null) {
            one.answer(new Outcome.Unchanged()); // another part of it has to leave there first
            return;
        }
        node.queue.hold(node);
        leases.held(
                List.of(node),
                _ -> {
                    leases.putBack(node);
                    one.answer(new Outcome.Refused(Refusal.UNREADABLE));
                },
                found -> found.forEach(leased -> {
                    if (!moves.toSubmission(leased, 0)) {
                        leases.putBack(node); // another part of it has come there while this one was read
                        one.answer(new Outcome.Unchanged());
                        return;
                    }
                    tracks.poison(leased.message(), leased.copy().recipients(), false, room.now());
                    room.journal().then(() -> {
                        one.answer(new Outcome.Done(1));
                        Node there =
                                room.open() ? room.shelves().nodes().in(node.messageId, Shelves.SUBMISSION_ID) : null;
                        if (there != null) {
                            offer.accept(there);
                        }
                    });
                }));
    }
}
