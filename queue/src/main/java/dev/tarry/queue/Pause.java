package dev.tarry.queue;

import dev.tarry.time.Alarm;
import dev.tarry.time.World;
import java.time.Duration;

/// A wait for the disk: over when lab time has gone on by so much, or wire time, whichever comes first. So a jump of
/// lab time passes through it without overtaking what it holds up, and a clock that stands does not make it endless.
/// While it lasts nothing of it is in flight: only its alarms stand for it. Queue loop only.
final class Pause {
    private Alarm inLabTime = () -> {};
    private Alarm inWireTime = () -> {};
    private Runnable then = () -> {};
    private boolean over;

    private Pause() {}

    /// @param then runs once, on the queue loop
    static Pause of(World world, Duration labTime, Duration wireTime, Runnable then) {
        Pause pause = new Pause();
        pause.then = then;
        Runnable ring = pause::end;
        pause.inLabTime = world.labTimers().after(labTime, world.loops().queue(), ring);
        pause.inWireTime = world.wireTimers().after(wireTime, world.loops().queue(), ring);
        return pause;
    }

    /// Now, if it is not over: nobody waits any longer.
    void end() {
        if (!over) {
            over = true;
            inLabTime.cancel();
            inWireTime.cancel();
            then.run();
        }
    }
}
