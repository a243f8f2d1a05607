package dev.tarry.queue;

import dev.tarry.time.Alarm;
import java.time.Instant;

/// One alarm in lab time for many moments: it stands at the earliest of those it is told. Queue loop only.
final class EarliestAlarm {
    private final Room room;
    private final Runnable ring;
    private Alarm alarm;
    private long millis = Long.MAX_VALUE;

    /// @param ring called once the moment has come; the alarm still stands then, until it is cancelled
    EarliestAlarm(Room room, Runnable ring) {
        this.room = room;
        this.ring = ring;
    }

    /// Moves the alarm to this moment, in epoch milliseconds, unless it stands at an earlier one.
    void at(long moment) {
        if (moment < millis) {
            cancel();
            millis = moment;
            alarm = room.world()
                    .labTimers()
                    .at(Instant.ofEpochMilli(moment), room.world().loops().queue(), ring);
        }
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        millis = Long.MAX_VALUE;
    }
}
