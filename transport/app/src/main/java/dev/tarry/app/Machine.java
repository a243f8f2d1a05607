package dev.tarry.app;

import dev.tarry.lab.Alarms;
import dev.tarry.time.Loop;
import dev.tarry.time.SystemSource;
import dev.tarry.time.TimeLine;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Loops and the machine's own time, for commands that measure or serve without a server of ours around them.
final class Machine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SystemSource system = new SystemSource();
    private final TimeLine time = new TimeLine(system, system.wall(), TimeLine.Pace.REAL);
    private final MultiThreadIoEventLoopGroup group;

    Machine(String name, int loops) {
        group = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        Thread.ofPlatform().name(name + "-clock").daemon(true).start(time::run);
    }

    /// Few: the other half of the machine is for whoever is measured.
    static int loops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    }

    SystemSource system() {
        return system;
    }

    TimeLine time() {
        return time;
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    List<EventLoop> eventLoops() {
        var loops = new ArrayList<EventLoop>();
        group.forEach(loop -> loops.add((EventLoop) loop));
        return loops;
    }

    Alarms alarms() {
        return (wait, loop, ring) -> time.after(wait, new PlainLoop(loop), ring)::cancel;
    }

    private record PlainLoop(EventExecutor loop) implements Loop {
        @Override
        public boolean inLoop() {
            return loop.inEventLoop();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }
    }

    @Override
    public void close() {
        time.end();
        group.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(PATIENCE.toMillis());
    }
}
