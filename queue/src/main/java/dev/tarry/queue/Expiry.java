package dev.tarry.queue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.tracking.TrackingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Messages whose time is over: each recipient that still waits fails, and its sender is told. One alarm, set
/// at the first message to expire; a flood of expiries runs in slices, so that the loop is never held up. Queue
/// loop only.
final class Expiry {
    /// Copies whose records and reports are worked on at once.
    static final int SLICE = 64;

    private static final String EXPIRED = "550 5.4.300 Message expired";
    private static final String OLD_WORDS = "4.4.7 QUEUE.Expired; message expired";

    private final Room room;
    private final Leases leases;
    private final EarliestAlarm alarm;
    private Settlements settlements;
    private Poison poison;
    private int underWay;

    Expiry(Room room, Leases leases) {
        this.room = room;
        this.leases = leases;
        this.alarm = new EarliestAlarm(room, this::ring);
        leases.onReturn(this::returned);
    }

    void settlements(Settlements settlements) {
        this.settlements = settlements;
    }

    void poison(Poison poison) {
        this.poison = poison;
    }

    void add(Node node) {
        if (Poison.holds(node.queue)) {
            return; // it never expires
        }
        room.shelves().expiry().add(node);
        alarm.at(ringsAt(node.expiresMillis));
    }

    void remove(Node node) {
        room.shelves().expiry().remove(node);
        if (room.shelves().expiry().isEmpty()) {
            alarm.cancel(); // nothing is left that could expire
        }
    }

    /// After the store was opened: looks at everything that is there.
    void resume() {
        underWay = 0;
        rearm();
    }

    /// The sweep may be another; when a message expires was fixed at its receipt (reference §2.3).
    void settingsChanged() {
        rearm();
    }

    /// A copy that was leased, or set aside, when its time ran out comes back.
    private void returned(Node node) {
        if (!node.inExpiryIndex) {
            add(node);
        }
    }

    private long ringsAt(long expiresMillis) {
        long sweep = room.settings().expirationSweepInterval().toMillis();
        return sweep == 0 ? expiresMillis : Math.ceilDiv(expiresMillis, sweep) * sweep;
    }

    private void rearm() {
        alarm.cancel();
        long first = room.shelves().expiry().firstMillis();
        if (first != Long.MAX_VALUE) {
            alarm.at(ringsAt(first));
        }
    }

    private void ring() {
        if (!room.open()) {
            alarm.cancel();
            return;
        }
        if (underWay == 0) {
            slice();
        }
        // while a slice is under way, its end looks again
    }

    private void slice() {
        Shelves shelves = room.shelves();
        Map<NextHopQueue, List<Node>> byQueue = new LinkedHashMap<>();
        while (byQueue.isEmpty()) {
            List<Node> expired = shelves.expiry().takeUntil(room.now(), SLICE);
            if (expired.isEmpty()) {
                rearm();
                return;
            }
            for (Node node : expired) {
                if (node.state != Node.State.LEASED) { // else whoever holds it brings it back, and then it expires
                    byQueue.computeIfAbsent(node.queue, _ -> new ArrayList<>()).add(node);
                }
            }
        }
        alarm.cancel();
        underWay = byQueue.size();
        byQueue.forEach((queue, nodes) -> leases.these(queue, nodes, found -> {
            if (room.shelves() == shelves) { // else it counts no more: everything was looked at anew
                expire(queue, found);
            }
        }));
    }

    private void expire(NextHopQueue queue, List<Leased> found) {
        ErrorRecord ofQueue =
                queue.retry() == null ? ErrorRecord.NONE : queue.retry().error();
        for (Leased leased : poison.without(found)) { // of which no report can ever be made is set aside
            List<Verdict> verdicts = new ArrayList<>();
            for (RecipientRecord r : leased.copy().recipients()) {
                ErrorRecord cause = LastError.latest(r.lastError(), ofQueue);
                verdicts.add(new Verdict.Failed(
                        r.recipient(), expired(cause), TrackingEvent.Source.QUEUE, cause, cause.note()));
            }
            settlements.settle(leased, verdicts, Endpoint.NONE);
        }
        if (--underWay == 0) {
            // the next slice waits its turn behind whatever else the loop has to do
            room.world().loops().queue().execute(() -> {
                if (room.open() && underWay == 0) {
                    slice();
                }
            });
        }
    }

    /// What an expired message ends with (reference §3.2 D20, §3.4).
    private Reply expired(ErrorRecord cause) {
        ExchangeProfile profile = room.settings().profile();
        return switch (profile) {
            // the guide shows the error that delivery met, and the report shows it so: what it ends with is this
            case E2010, E2013, SEED -> Reply.of(550, OLD_WORDS);
            case E2016, E2019 ->
                cause.details().startsWith(EXPIRED)
                        ? Reply.parse(cause.details()) // it had expired before, and could not be reported then
                        : Reply.parse(cause.isNone() ? EXPIRED : EXPIRED + " -> " + cause.details());
        };
    }
}
