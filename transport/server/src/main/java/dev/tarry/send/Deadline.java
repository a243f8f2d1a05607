package dev.tarry.send;

import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import java.time.Duration;
import java.time.Instant;

/// A moment in lab time that is moved at every step of a conversation and rings if it is ever reached. On one loop.
///
/// Moving it later costs nothing: the alarm that is set rings early, looks at the clock and is set anew. So a busy
/// connection does not leave an alarm behind for each of its commands.
final class Deadline {
    private final World world;
    private final Loop loop;
    private final Runnable reached;
    private Instant due;
    private Instant alarmDue;
    private Alarm alarm;

    Deadline(World world, Loop loop, Runnable reached) {
        this.world = world;
        this.loop = loop;
        this.reached = reached;
    }

    /// Counted from now.
    void in(Duration wait) {
        due = world.labTime().instant().plus(wait);
        if (alarm == null) {
            set();
        } else if (alarmDue.isAfter(due)) {
            alarm.cancel();
            set();
        }
    }

    void cancel() {
        due = null;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void set() {
        alarmDue = due;
        alarm = world.labTimers().at(due, loop, this::rang);
    }

    private void rang() {
        if (due == null) {
            return; // cancelled while the ring was on its way
        }
        alarm = null;
        if (due.isAfter(world.labTime().instant())) {
            set();
        } else {
            due = null;
            reached.run();
        }
    }
}
