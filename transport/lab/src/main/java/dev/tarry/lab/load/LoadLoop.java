package dev.tarry.lab.load;

import dev.tarry.lab.Alarms;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lanes that share an event loop, and lives on it: gives them letters, wakes them when one is due, and looks
/// after those that wait too long.
final class LoadLoop {
    private static final Logger log = LoggerFactory.getLogger(LoadLoop.class);

    /// How often lanes are looked after: a time-out may come late by so much.
    private static final Duration LOOK = Duration.ofMillis(200);

    /// After a connection that came to nothing: a server that is away must not be dialled without end.
    private static final Duration REST = Duration.ofMillis(200);

    /// What all loops of a run share.
    record Shared(LoadPlan plan, Dispenser dispenser, Body body, LongSupplier nanos, Alarms alarms, LoadRun run) {}

    private final Shared shared;
    private final EventLoop loop;
    private final Tally tally = new Tally();
    private final Bootstrap bootstrap;
    private final List<Lane> lanes = new ArrayList<>();
    private final ArrayDeque<Lane> waiting = new ArrayDeque<>();
    private final long timeoutNanos;

    private int unfinished;
    /// when the next ring for a letter is set; meaningless unless `ringing`
    private long ringNanos;

    private boolean ringing;

    LoadLoop(Shared shared, EventLoop loop) {
        this.shared = shared;
        this.loop = loop;
        this.timeoutNanos = shared.plan().timeout().toNanos();
        this.bootstrap =
                new Bootstrap().group(loop).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
    }

    Tally tally() {
        return tally;
    }

    Manners manners() {
        return shared.plan().manners();
    }

    Body body() {
        return shared.body();
    }

    long nanos() {
        return shared.nanos().getAsLong();
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    /// From any thread.
    ///
    /// @param starts after how long each lane begins
    void start(List<Duration> starts) {
        loop.execute(() -> {
            unfinished = starts.size();
            for (var wait : starts) {
                var lane = new Lane(this);
                lanes.add(lane);
                if (wait.isZero()) {
                    next(lane);
                } else {
                    shared.alarms().after(wait, loop, () -> next(lane));
                }
            }
            look();
        });
    }

    private void look() {
        if (unfinished == 0) {
            return;
        }
        long now = nanos();
        for (var lane : lanes) {
            lane.look(now);
        }
        shared.alarms().after(LOOK, loop, this::look);
    }

    /// Gives the lane something to do, or has it wait.
    void next(Lane lane) {
        switch (shared.dispenser().take(nanos())) {
            case Dispenser.Ticket.Due(long number, long dueNanos) ->
                lane.work(shared.plan().letters().letter(number), dueNanos);
            case Dispenser.Ticket.Later(long at) -> {
                waiting.add(lane);
                ring(at);
            }
            case Dispenser.Ticket.NoMore() -> lane.finish();
        }
    }

    private void ring(long at) {
        if (ringing && ringNanos - at <= 0) {
            return;
        }
        ringing = true;
        ringNanos = at;
        // Alarms count in whole milliseconds: what rings early finds nothing due and rings again.
        var wait = Duration.ofNanos(Math.max(1_000_000, at - nanos()));
        shared.alarms().after(wait, loop, this::rung);
    }

    private void rung() {
        ringing = false;
        wake();
    }

    /// Every lane that waits asks again; those who find nothing wait on.
    private void wake() {
        for (int i = waiting.size(); i > 0; i--) {
            next(waiting.remove());
            if (ringing) {
                // The first who found nothing: there is nothing for the others either.
                return;
            }
        }
    }

    /// No letter is given out any more. From any thread.
    void stop() {
        loop.execute(() -> {
            for (int i = waiting.size(); i > 0; i--) {
                next(waiting.remove());
            }
        });
    }

    ChannelFuture dial(ChannelHandler handler) {
        return bootstrap.clone().handler(handler).connect(shared.plan().to());
    }

    void connected() {
        shared.run().connected();
    }

    void notConnected(Failure failure) {
        // A reset comes from somebody.
        if (failure == Failure.RESET) {
            shared.run().connected();
        } else {
            shared.run().notConnected();
        }
    }

    /// A lane's connection has gone, or did not come to be.
    ///
    /// @param connected whether it had stood
    /// @param waits whether the lane waits for a letter here already
    void left(Lane lane, boolean connected, boolean waits) {
        if (waits) {
            return;
        }
        if (connected) {
            next(lane);
        } else {
            shared.alarms().after(REST, loop, () -> next(lane));
        }
    }

    void unexpected(Throwable cause) {
        log.error("a connection of the load generator is closed", cause);
    }

    /// A lane has nothing more to do.
    void finished() {
        if (--unfinished == 0) {
            shared.run().finished();
        }
    }
}
