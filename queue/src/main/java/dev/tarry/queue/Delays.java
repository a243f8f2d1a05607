package dev.tarry.queue;

import dev.tarry.store.MessageRecord;
import dev.tarry.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Messages that are late: their senders hear so, once, DelayNotificationTimeout after receipt, in whatever queue the
/// recipients still wait (reference §2.3; RFC 3461 §5.2.5). One alarm, set at the first message that will be late; a
/// flood runs in slices, so that the loop is never held up. Queue loop only.
///
/// While a report is made its copies are leased: nobody can deliver them meanwhile, and be contradicted. The report
/// and the mark that it was made (on each of its copies) are one commit, so that a crash can neither lose nor double
/// it. A copy that is on its way to its next hop when its moment comes is left alone; should it come back, its
/// recipients are told of then. What has expired is not late any more.
final class Delays {
    /// Copies whose records and reports are worked on at once.
    static final int SLICE = 64;

    /// Copies that are put back into the index in one turn.
    private static final int MOST_AGAIN = 1_024;

    /// When the disk could not tell of a copy: how long after that it is asked again.
    static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final Room room;
    private final Leases leases;
    private final EarliestAlarm alarm;
    private final Reports reports;
    /// in order; of each opening of the store anew
    private Set<Node> postponed = new LinkedHashSet<>();
    private int underWay;
    /// null unless the server ends, or is stopped
    private CompletableFuture<Void> closed;

    Delays(Room room, Leases leases, Reports reports) {
        this.room = room;
        this.leases = leases;
        this.reports = reports;
        this.alarm = new EarliestAlarm(room, this::ring);
        leases.onReturn(this::returned);
    }

    /// A copy that has entered a queue.
    void add(Node node) {
        if (!Poison.holds(node.queue) && !node.delayTold && !node.inDelayIndex) {
            room.shelves().delays().add(node);
            alarm.at(node.receivedMillis
                    + room.settings().delayNotificationTimeout(node.priority).toMillis());
        }
    }

    void remove(Node node) {
        room.shelves().delays().remove(node);
        if (room.shelves().delays().isEmpty()) {
            alarm.cancel(); // nothing is left that could be late
        }
    }

    /// After the store was opened: looks at everything that is there.
    void resume() {
        underWay = 0;
        postponed = new LinkedHashSet<>();
        if (closed == null) {
            rearm();
        } else {
            closed.complete(null);
        }
    }

    /// DelayNotificationTimeout may be another: who has not been told is told at the new moment, or now if that is
    /// past.
    void settingsChanged() {
        if (room.open()) {
            rearm();
        }
    }

    /// A copy that was leased, or set aside, when its moment came is back.
    private void returned(Node node) {
        if (node.expiresMillis > room.now() && !postponed.contains(node)) {
            add(node);
        }
    }

    private void rearm() {
        alarm.cancel();
        long first = room.shelves().delays().firstMillis(room.settings()::delayNotificationTimeout);
        if (first != Long.MAX_VALUE) {
            alarm.at(first);
        }
    }

    /// Begins no more; what is late and has not been told of is told of after the next start.
    ///
    /// @return done when no report is being made any more that could be handed in
    CompletableFuture<Void> close() {
        alarm.cancel();
        closed = new CompletableFuture<>();
        if (underWay == 0 || !room.open()) {
            closed.complete(null);
        }
        return closed;
    }

    /// After [#close]: begins again when the store is open.
    void reopen() {
        closed = null;
    }

    /// The store has failed since this slice began: what it was about counts no more, and nothing of it is waited
    /// for.
    private void outlived() {
        if (closed != null) {
            closed.complete(null);
        }
    }

    private void ring() {
        if (!room.open()) {
            alarm.cancel();
            return;
        }
        if (underWay == 0 && closed == null) {
            slice();
        }
        // while a slice is under way, its end looks again
    }

    private void slice() {
        Shelves shelves = room.shelves();
        List<Node> late = new ArrayList<>();
        while (late.isEmpty()) {
            List<Node> due = shelves.delays().takeLate(room.now(), room.settings()::delayNotificationTimeout, SLICE);
            if (due.isEmpty()) {
                rearm();
                return;
            }
            due.forEach(node -> gather(node, late));
        }
        alarm.cancel();
        underWay = 1;
        leases.these(late, this::postpone, found -> {
            if (room.shelves() != shelves) {
                outlived();
                return;
            }
            Map<Long, List<Leased>> messages = new LinkedHashMap<>();
            found.forEach(leased -> messages.computeIfAbsent(leased.message().id(), _ -> new ArrayList<>())
                    .add(leased));
            underWay += messages.size();
            messages.values().forEach(this::tell);
            done();
        });
    }

    /// A message's copies are spoken of in one report.
    private void gather(Node due, List<Node> late) {
        room.shelves().nodes().forEachCopy(due.messageId, copy -> {
            boolean waits = copy.state != Node.State.LEASED && copy.expiresMillis > room.now();
            if (waits && !copy.delayTold && (copy == due || copy.inDelayIndex)) {
                room.shelves().delays().remove(copy);
                late.add(copy);
            }
        });
    }

    /// @param copies all of one message
    private void tell(List<Leased> copies) {
        Optional<Notice> notice =
                enabled(copies.getFirst().message()) ? Notice.ofDelay(copies, room.now()) : Optional.empty();
        if (notice.isEmpty()) {
            copies.forEach(leased -> room.journal().note(told(leased))); // a loss of power costs another look
            putBackWhenStored(copies);
            done();
        } else {
            Shelves shelves = room.shelves();
            reports.make(List.of(notice.get()), made -> {
                if (room.shelves() != shelves) {
                    made.ifPresent(Reports::discard);
                    outlived();
                    return;
                }
                made.ifPresentOrElse(
                        report -> {
                            copies.forEach(leased -> room.journal().write(told(leased)));
                            reports.submit(report);
                            putBackWhenStored(copies);
                        },
                        () -> copies.forEach(leased -> postpone(leased.node())));
                done();
            });
        }
    }

    private boolean enabled(MessageRecord message) {
        QueueSettings settings = room.settings();
        return message.sender()
                .address()
                .map(sender -> settings.dsn().style(settings.internal(sender)).delayEnabled()
                        && settings.reports(sender, false))
                .orElse(false);
    }

    private static Write told(Leased leased) {
        leased.node().delayTold = true;
        return new Write.PutCopy(leased.copy().toldOfDelay());
    }

    /// Of this copy it cannot be told now: it goes on waiting as before, and is looked at again later.
    private void postpone(Node node) {
        if (postponed.isEmpty()) {
            Set<Node> these = postponed;
            room.world().labTimers().after(LOOK_AGAIN, room.world().loops().queue(), () -> {
                if (postponed == these) { // else everything was looked at anew
                    lookAgain();
                }
            });
        }
        postponed.add(node);
        leases.putBack(node);
    }

    private void lookAgain() {
        List<Node> again = List.copyOf(postponed);
        postponed = new LinkedHashSet<>();
        lookAgain(room.shelves(), again, 0);
    }

    private void lookAgain(Shelves shelves, List<Node> again, int from) {
        if (room.shelves() != shelves) {
            return; // everything is looked at anew
        }
        int to = Math.min(again.size(), from + MOST_AGAIN);
        if (to < again.size()) {
            room.world().loops().queue().execute(() -> lookAgain(shelves, again, to));
        }
        for (Node node : again.subList(from, to)) {
            if (room.open()
                    && node.queue != null
                    && node.state != Node.State.LEASED) { // else it comes back, or is gone
                returned(node);
            }
        }
    }

    /// Not before their marks are in the store: who has them next goes by their records.
    private void putBackWhenStored(List<Leased> copies) {
        room.journal()
                .then(() -> copies.stream().filter(leases::valid).forEach(leased -> leases.putBack(leased.node())));
    }

    private void done() {
        if (--underWay == 0 && closed != null) {
            closed.complete(null);
        } else if (underWay == 0) {
            // the next slice waits its turn behind whatever else the loop has to do
            room.world().loops().queue().execute(() -> {
                if (room.open() && underWay == 0 && closed == null) {
                    slice();
                }
            });
        }
    }
}
