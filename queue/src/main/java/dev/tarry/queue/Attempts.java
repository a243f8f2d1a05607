package dev.tarry.queue;

import dev.tarry.eventlog.Events;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.Write;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// When a queue is tried: which queues are due, what a failed attempt leads to, the alarms for the next one,
/// and when an empty queue goes away. Queue loop only.
final class Attempts {
    /// Waiting copies of a queue that are dealt with in one turn.
    static final int SLICE = 512;

    private final Room room;
    private final DeferralNotes deferrals;
    private final QueueMeter meter;
    /// queues that may want an attempt, in the order in which they came to; one attempt each, then to the end
    private final ArrayDeque<NextHopQueue> outbound = new ArrayDeque<>();
    /// the same of queues that came to it in Retry: they take turns with the others, whichever are more
    private final ArrayDeque<NextHopQueue> retries = new ArrayDeque<>();
    private boolean retryNext;
    private final ArrayDeque<NextHopQueue> mailboxes = new ArrayDeque<>();
    private Runnable bell = () -> {};
    private BiConsumer<NextHopQueue, List<Node>> resting = (_, _) -> {};
    private Consumer<Node> woken = _ -> {};
    private Consumer<NextHopQueue> idle = _ -> {};
    private Consumer<NextHopQueue> changes = _ -> {};

    Attempts(Room room, DeferralNotes deferrals, QueueMeter meter) {
        this.room = room;
        this.deferrals = deferrals;
        this.meter = meter;
    }

    void bell(Runnable bell) {
        this.bell = bell;
    }

    /// @param resting told of copies of a persistent queue that may leave again, since their wait is over
    void onResting(BiConsumer<NextHopQueue, List<Node>> resting) {
        this.resting = resting;
    }

    /// @param idle told of a queue that has been in Retry for MaxIdleTimeBeforeResubmit
    void onIdle(Consumer<NextHopQueue> idle) {
        this.idle = idle;
    }

    /// @param woken told of each copy whose own wait is over
    void onWake(Consumer<Node> woken) {
        this.woken = woken;
    }

    /// An attempt that is owed.
    ///
    /// @param priority of the mail that it is for; [Priorities#ANY] where connections are not divided
    /// @param retry    whether it is to find out if a next hop in Retry is back
    record Owed(NextHopQueue queue, int priority, boolean retry) {}

    /// The next queue to try that needs a connection; it counts as being tried from now on.
    ///
    /// @param retriesToo whether it may be one in Retry
    Optional<Owed> nextOutbound(boolean retriesToo) {
        Optional<Owed> next;
        if (!retriesToo) {
            next = next(outbound);
        } else if (retryNext) {
            next = next(retries).or(() -> next(outbound));
        } else {
            next = next(outbound).or(() -> next(retries));
        }
        next.ifPresent(owed -> retryNext = !owed.retry());
        return next;
    }

    /// The next queue of a mailbox database.
    Optional<Owed> nextForMailboxes() {
        return next(mailboxes);
    }

    private Optional<Owed> next(ArrayDeque<NextHopQueue> due) {
        for (NextHopQueue queue = due.poll(); queue != null; queue = due.poll()) {
            queue.offered = false;
            int wanted = room.open() && room.shelves().has(queue) ? wanted(queue) : Priorities.NONE;
            if (wanted != Priorities.NONE) {
                boolean retry = queue.retry() != null;
                queue.attemptBegins(wanted);
                offer(queue);
                return Optional.of(new Owed(queue, wanted, retry));
            }
        }
        return Optional.empty();
    }

    private int wanted(NextHopQueue queue) {
        QueueSettings settings = room.settings();
        return dynamic(queue)
                ? queue.wanted(
                        settings.maxPerDomainOutboundConnections(),
                        settings.messagesPerConnection(),
                        settings.priorities())
                : Priorities.NONE;
    }

    private static boolean dynamic(NextHopQueue queue) {
        return queue.id() >= MessageStore.FIRST_DYNAMIC_QUEUE;
    }

    /// @param changes told of each queue of which something has changed
    void onChange(Consumer<NextHopQueue> changes) {
        this.changes = changes;
    }

    /// Something about the queue has changed: it may want an attempt, its alarms may be wrong.
    void changed(NextHopQueue queue) {
        if (!room.open() || !room.shelves().has(queue)) {
            return;
        }
        armWaiting(queue);
        if (queue.empty()) {
            emptied(queue);
        } else if (queue.idleAlarm != null) {
            queue.idleAlarm.cancel();
            queue.idleAlarm = null;
        }
        if (offer(queue)) {
            bell.run();
        }
        changes.accept(queue);
    }

    /// @return whether it is newly due
    private boolean offer(NextHopQueue queue) {
        if (queue.offered || wanted(queue) == Priorities.NONE) {
            return false;
        }
        queue.offered = true;
        boolean local = queue.key().deliveryType() == DeliveryType.SMTP_DELIVERY_TO_MAILBOX;
        (local ? mailboxes : queue.retry() != null ? retries : outbound).add(queue);
        return true;
    }

    // ---- how attempts end

    /// @param priority of the mail that the attempt was for, here and below
    void connected(NextHopQueue queue, int priority) {
        boolean wasInRetry = queue.retry() != null;
        queue.connected(priority);
        if (wasInRetry) {
            cancelRetryAlarm(queue);
            keepRetryState(queue);
        }
        changed(queue);
    }

    void disconnected(NextHopQueue queue, int priority) {
        queue.disconnected(priority);
        changed(queue);
    }

    void abandoned(NextHopQueue queue, int priority) {
        queue.attemptAbandoned(priority);
        changed(queue);
    }

    void failed(NextHopQueue queue, int priority, ErrorRecord error, Endpoint endpoint, TrackingEvent.Source source) {
        toRetry(queue, queue.attemptFailed(priority, room.now(), error, waits(queue)), endpoint, source);
    }

    void lost(NextHopQueue queue, int priority, ErrorRecord error, Endpoint endpoint, TrackingEvent.Source source) {
        boolean left = queue.readyCount() + queue.heldReadyCount() > 0;
        if (left) {
            toRetry(queue, queue.connectionLost(priority, room.now(), error, waits(queue)), endpoint, source);
        } else {
            disconnected(queue, priority);
        }
    }

    private RetrySchedule schedule(NextHopQueue queue) {
        return room.settings().retry(queue.key().deliveryType());
    }

    private RetryWaits waits(NextHopQueue queue) {
        return RetryWaits.spread(
                schedule(queue),
                room.settings().retryJitterPercent(),
                room.world().chance(),
                queue.id());
    }

    private void toRetry(NextHopQueue queue, boolean retry, Endpoint endpoint, TrackingEvent.Source source) {
        if (retry) {
            meter.attemptFailed(source);
            keepRetryState(queue);
            armRetry(queue);
            deferrals.note(queue, endpoint, source);
            tellUnreachable(queue, endpoint, source);
        }
        changed(queue);
    }

    /// Once an episode: when nothing but the long interval is left.
    private void tellUnreachable(NextHopQueue queue, Endpoint endpoint, TrackingEvent.Source source) {
        RetryState state = queue.retry();
        RetrySchedule schedule = schedule(queue);
        if (source == TrackingEvent.Source.SMTP && state.retries() == schedule.quickRetries()) {
            room.events()
                    .report(Events.serverUnreachable(
                            endpoint.connector(),
                            queue.key().nextHopDomain(),
                            state.error().details(),
                            Duration.ofMillis(state.lastMillis() - state.firstMillis()),
                            state.retries(),
                            queue.messageCount()));
        }
    }

    /// The next attempt is made now.
    void retryNow(NextHopQueue queue) {
        if (queue.retry() != null && queue.attempts() == 0 && !queue.resubmitting()) {
            cancelRetryAlarm(queue);
            queue.retryNow();
            changed(queue);
        }
    }

    /// It is not suspended any more: goes on where it stood.
    void resumed(NextHopQueue queue) {
        if (tooLong(queue)) {
            idle.accept(queue);
        } else {
            changed(queue);
        }
    }

    /// Its messages go back to the categorizer, or have been there.
    void resubmitting(NextHopQueue queue, boolean begins) {
        queue.resubmitting(begins);
        cancelRetryAlarm(queue);
        if (!begins) {
            queue.startAnew(room.now());
            keepRetryState(queue);
            changed(queue);
        }
    }

    /// When a queue in Retry has had no success for so long that its messages are looked at anew.
    private long idleEndMillis(RetryState state) {
        return state.firstMillis() + room.settings().maxIdleTimeBeforeResubmit().toMillis();
    }

    private boolean tooLong(NextHopQueue queue) {
        return queue.retry() != null && dynamic(queue) && room.now() >= idleEndMillis(queue.retry());
    }

    private void armRetry(NextHopQueue queue) {
        cancelRetryAlarm(queue);
        RetryState state = queue.retry();
        // the alarm is an effect: it is set when the state it stands for is in the store
        room.journal().then(() -> {
            boolean stands = room.open() && room.shelves().has(queue) && queue.retry() == state;
            if (stands && queue.waitsForAlarm()) {
                cancelRetryAlarm(queue); // it may have been set for the same state by another in the same turn
                queue.retryAlarm = room.world()
                        .labTimers()
                        .at(
                                Instant.ofEpochMilli(Math.min(state.nextMillis(), idleEndMillis(state))),
                                room.world().loops().queue(),
                                () -> retryRings(queue, state));
            }
        });
    }

    private void retryRings(NextHopQueue queue, RetryState state) {
        if (room.open() && room.shelves().has(queue) && queue.retry() == state) {
            queue.retryAlarm = null;
            if (tooLong(queue) && queue.status() == QueueStatus.RETRY) {
                idle.accept(queue);
            } else {
                queue.retryNow();
                changed(queue);
            }
        }
    }

    private void cancelRetryAlarm(NextHopQueue queue) {
        if (queue.retryAlarm != null) {
            queue.retryAlarm.cancel();
            queue.retryAlarm = null;
        }
    }

    private void keepRetryState(NextHopQueue queue) {
        if (!Objects.equals(queue.retry(), queue.storedRetry)) {
            queue.storedRetry = queue.retry();
            // a loss of power may cost a step of the ladder, never mail: no sync for it
            room.journal().note(new Write.PutQueue(queue.stored()));
        }
    }

    // ---- changed settings

    /// What waits for an alarm waits for as long as the settings of now say, counted from when its wait
    /// began; it may be over already. What is under way is not touched. There may be many queues: that copies wait
    /// longer holds at once, the rest as soon as the loop gets to them.
    void settingsChanged(QueueSettings before) {
        QueueSettings now = room.settings();
        Duration longer = now.messageRetryInterval().minus(before.messageRetryInterval());
        Duration longerHere = now.resolverRetryInterval().minus(before.resolverRetryInterval());
        if (!longer.isZero() || !longerHere.isZero()) {
            for (NextHopQueue queue : room.shelves().queues()) {
                queue.moveWaits((dynamic(queue) ? longer : longerHere).toMillis(), latestWait(queue));
            }
        }
        room.eachQueue(queue -> settingsChanged(queue, before, now), () -> {});
    }

    private void settingsChanged(NextHopQueue queue, QueueSettings before, QueueSettings now) {
        boolean idleMoves =
                !now.maxIdleTimeBeforeResubmit().equals(before.maxIdleTimeBeforeResubmit()) && queue.waitsForAlarm();
        if (queue.climbOn(waits(queue))) {
            keepRetryState(queue);
            armRetry(queue);
        } else if (idleMoves) {
            armRetry(queue);
        }
        settleWaits(queue);
        if (queue.idleAlarm != null && !now.queueMaxIdleTime().equals(before.queueMaxIdleTime())) {
            queue.idleAlarm.cancel();
            armIdle(queue);
        }
        changed(queue); // it may have more connections now
    }

    private void settleWaits(NextHopQueue queue) {
        int settled = queue.settleWaits(SLICE);
        room.passed(settled);
        if (settled == SLICE) {
            Shelves shelves = room.shelves();
            room.world().loops().queue().execute(() -> {
                if (room.shelves() == shelves) {
                    settleWaits(queue);
                }
            });
        }
    }

    private long latestWait(NextHopQueue queue) {
        return room.now() + room.ownWait(queue).toMillis();
    }

    /// The queues have just been read: no copy waits longer than the interval of now, also if the store says so, which
    /// kept it under another; and each queue sees for itself what is due.
    void takeUp() {
        room.eachQueue(
                queue -> {
                    queue.moveWaits(0, latestWait(queue));
                    settleWaits(queue);
                    changed(queue);
                },
                () -> {});
    }

    // ---- waiting copies

    private void armWaiting(NextHopQueue queue) {
        long next = queue.nextWaitingMillis();
        if (queue.waitingAlarm != null && queue.waitingAlarmMillis == next) {
            return;
        }
        if (queue.waitingAlarm != null) {
            queue.waitingAlarm.cancel();
            queue.waitingAlarm = null;
        }
        queue.waitingAlarmMillis = next;
        if (next != 0) {
            queue.waitingAlarm = room.world()
                    .labTimers()
                    .at(Instant.ofEpochMilli(next), room.world().loops().queue(), () -> {
                        if (room.open() && room.shelves().has(queue)) {
                            queue.waitingAlarm = null;
                            List<Node> awake = new ArrayList<>();
                            queue.wake(room.now(), SLICE, awake::add);
                            room.passed(awake.size());
                            awake.forEach(woken);
                            changed(queue); // where more are due, the next alarm rings at once
                            if (!dynamic(queue)) {
                                resting.accept(queue, awake);
                            }
                        }
                    });
        }
    }

    // ---- empty queues

    private void emptied(NextHopQueue queue) {
        if (queue.retry() != null) {
            cancelRetryAlarm(queue);
            queue.endRetry();
            keepRetryState(queue);
            if (queue.offered && retries.remove(queue)) {
                queue.offered = false; // mail that comes now does not wait with those in Retry
            }
        }
        if (!dynamic(queue) || queue.idleAlarm != null || queue.connections() > 0 || queue.attempts() > 0) {
            return;
        }
        if (queue.suspended()) {
            return; // it would be another when mail comes again, and not suspended
        }
        queue.idleSinceMillis = room.now();
        armIdle(queue);
    }

    private void armIdle(NextHopQueue queue) {
        Instant over =
                Instant.ofEpochMilli(queue.idleSinceMillis).plus(room.settings().queueMaxIdleTime());
        queue.idleAlarm = room.world().labTimers().at(over, room.world().loops().queue(), () -> {
            queue.idleAlarm = null;
            if (room.open() && room.shelves().has(queue) && queue.empty() && !queue.suspended()) {
                room.shelves().removeQueue(queue);
                room.journal().note(new Write.DropQueue(queue.id()));
            }
        });
    }
}
