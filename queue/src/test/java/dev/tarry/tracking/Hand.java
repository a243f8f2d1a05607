package dev.tarry.tracking;

import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// A loop and timers that a test drives by hand: what is handed over runs when the test says so.
final class Hand implements Loop, Timers {
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final ArrayDeque<Runnable> alarms = new ArrayDeque<>();
    Duration lastWait = Duration.ZERO;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public Alarm at(Instant due, Loop loop, Runnable ring) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Alarm after(Duration wait, Loop loop, Runnable ring) {
        lastWait = wait;
        alarms.add(ring);
        return () -> alarms.remove(ring);
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /// Rings what was set before, not what that sets.
    void ringAll() {
        for (int i = alarms.size(); i > 0; i--) {
            alarms.poll().run();
        }
    }
}
