package dev.tarry.stage;

import dev.tarry.time.Chance;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.Loops;
import dev.tarry.time.NettyLoop;
import dev.tarry.time.RealTime;
import dev.tarry.time.Secrets;
import dev.tarry.time.TimeLine;
import dev.tarry.time.World;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// A [World] on the calling thread: nothing happens but in [#settle] and [#advance].
public final class OneThread implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final RealTime STANDING = new RealTime() {
        @Override
        public Instant wall() {
            return START;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());
    private final TimeLine time = new TimeLine(STANDING, START, TimeLine.Pace.FROZEN);
    private final Ledger ledger = new Ledger();
    private final ScriptedWires wires = new ScriptedWires(loop);
    private final World world;

    public OneThread() {
        this(1);
    }

    public OneThread(long seed) {
        Loops loops = new Loops(new NettyLoop(loop, ledger), loop, loop, loop, ledger);
        world = new World(
                time,
                time,
                time,
                time,
                ledger,
                new Chance(seed),
                new Secrets(new SplittableRandom(seed)),
                loops,
                wires,
                Path.of("nowhere"));
    }

    public World world() {
        return world;
    }

    public ManualIoEventLoop io() {
        return loop;
    }

    /// The one loop, as a queue loop would be given.
    public Loop loop() {
        return world.loops().queue();
    }

    public ScriptedWires wires() {
        return wires;
    }

    public TimeLine time() {
        return time;
    }

    /// How far the clock has moved since the beginning.
    public Duration elapsed() {
        return Duration.between(START, time.instant());
    }

    /// Runs what can run without time passing.
    public void settle() {
        int idle = 0;
        while (idle < 2) {
            idle = loop.runNow() == 0 ? idle + 1 : 0;
        }
        if (!ledger.settled()) {
            throw new AssertionError("still in flight: " + ledger);
        }
    }

    /// Lets time pass, ringing what is due on the way.
    public void advance(Duration by) {
        Instant to = time.instant().plus(by);
        settle();
        while (time.ringNext(to)) {
            settle();
        }
        time.moveTo(to);
    }

    /// Moves from alarm to alarm until none is left, an hour at most.
    public void runOut() {
        settle();
        Instant limit = time.instant().plus(Duration.ofHours(1));
        while (time.ringNext(limit)) {
            settle();
        }
    }

    @Override
    public void close() {
        wires.close();
        settle();
        loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.MILLISECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }
}
