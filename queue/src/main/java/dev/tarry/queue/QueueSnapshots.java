package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import dev.tarry.time.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Looks at the queues at every whole interval of lab time, for the queue log, and gives those that are worth a line,
/// a slice in each turn of the loop. While no message is queued nothing is looked at, and no alarm is set: an idle
/// server may pass a year. Queue loop only.
final class QueueSnapshots {
    /// What is wanted.
    ///
    /// @param interval  from one snapshot to the next; zero: none are made
    /// @param threshold delivery queues with fewer messages are left out, unless they are suspended
    public record Terms(Duration interval, int threshold) {}

    private final Room room;
    private Terms terms = new Terms(Duration.ZERO, 1);
    private Consumer<QueueLogRow> to = _ -> {};
    private Alarm alarm;

    QueueSnapshots(Room room) {
        this.room = room;
    }

    void begin(Terms wanted, Consumer<QueueLogRow> taker) {
        terms = wanted;
        to = taker;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        arrived();
    }

    /// There may be something to look at.
    void arrived() {
        if (alarm != null
                || terms.interval().isZero()
                || !room.open()
                || room.shelves().nodes().messages() == 0) {
            return;
        }
        long interval = terms.interval().toMillis();
        long due = (Math.floorDiv(room.now(), interval) + 1) * interval;
        alarm = room.world()
                .labTimers()
                .at(Instant.ofEpochMilli(due), room.world().loops().queue(), () -> {
                    alarm = null;
                    look();
                    arrived();
                });
    }

    private void look() {
        if (!room.open()) {
            return; // it is taken up again when the store is open
        }
        long now = room.now();
        Instant time = Instant.ofEpochMilli(now);
        room.eachQueue(
                queue -> {
                    int least = queue.id() < MessageStore.FIRST_DYNAMIC_QUEUE || queue.status() == QueueStatus.SUSPENDED
                            ? 1
                            : terms.threshold();
                    if (queue.messageCount() >= least) {
                        to.accept(new QueueLogRow(time, room.settings().computerName(), QueueView.of(queue, now)));
                    }
                },
                () -> {});
    }
}
