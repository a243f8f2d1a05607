package dev.tarry.lab;

import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.RealSockets;
import dev.tarry.lab.net.Route;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A lab on real sockets, with a clock that stands still until a test moves it.
public final class LabRig implements AutoCloseable {
    public final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    public final StoppedClock clock = new StoppedClock();
    public final Work work = new Work();
    public final Lab lab;

    public LabRig(Optional<Path> folder, LabOptions options) throws IOException {
        lab = Lab.open(
                new Surroundings(
                        clock::now, clock, loops, new RealSockets(loops), work, _ -> {}, folder, new SecureRandom()),
                options);
        lab.ready().join();
    }

    public LabRig() throws IOException {
        this(Optional.empty(), options());
    }

    /// Free ports everywhere.
    public static LabOptions options() {
        return LabOptions.standard().withLabDns(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public Route dial(Protocol protocol, String address, int port) {
        return lab.dial(protocol, new InetSocketAddress(InetAddress.ofLiteral(address), port))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /// Where it leads, if somebody listens.
    public InetSocketAddress open(Protocol protocol, String address, int port) {
        return (InetSocketAddress) ((Route.Open) dial(protocol, address, port)).address();
    }

    @Override
    public void close() {
        lab.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    /// Counts what is in flight, and fails loudly when more ends than began.
    public static final class Work implements WorkInFlight {
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicBoolean belowZero = new AtomicBoolean();
        private final AtomicInteger begun = new AtomicInteger();

        @Override
        public void begin() {
            begun.incrementAndGet();
            inFlight.incrementAndGet();
        }

        @Override
        public void end() {
            if (inFlight.decrementAndGet() < 0) {
                belowZero.set(true);
            }
        }

        public boolean wentBelowZero() {
            return belowZero.get();
        }

        public int inFlight() {
            return inFlight.get();
        }

        public int begun() {
            return begun.get();
        }
    }

    /// Alarms ring when a test says so, in order.
    public static final class StoppedClock implements Alarms {
        private final List<Alarm> alarms = new ArrayList<>();
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        private record Alarm(Instant at, EventExecutor loop, Runnable ring) {}

        @Override
        public synchronized Runnable after(Duration wait, EventExecutor loop, Runnable ring) {
            var alarm = new Alarm(now.plus(wait), loop, ring);
            alarms.add(alarm);
            return () -> cancel(alarm);
        }

        private synchronized void cancel(Alarm alarm) {
            alarms.remove(alarm);
        }

        public synchronized Instant now() {
            return now;
        }

        public synchronized void turnBack(Instant to) {
            now = to;
        }

        public synchronized int pending() {
            return alarms.size();
        }

        public synchronized void advance(Duration by) {
            now = now.plus(by);
            var due = alarms.stream()
                    .filter(alarm -> !alarm.at.isAfter(now))
                    .sorted(Comparator.comparing(Alarm::at))
                    .toList();
            alarms.removeAll(due);
            due.forEach(alarm -> alarm.loop.execute(alarm.ring));
        }
    }
}
