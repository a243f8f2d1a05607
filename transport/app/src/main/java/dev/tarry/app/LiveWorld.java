package dev.tarry.app;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tarry.config.Settings;
import dev.tarry.config.WorldKind;
import dev.tarry.lab.Lab;
import dev.tarry.lab.LabOptions;
import dev.tarry.lab.Surroundings;
import dev.tarry.lab.WorkInFlight;
import dev.tarry.lab.net.RealSockets;
import dev.tarry.simulation.Carrier;
import dev.tarry.simulation.LabWires;
import dev.tarry.time.Chance;
import dev.tarry.time.CountedExecutor;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.Loops;
import dev.tarry.time.SystemSource;
import dev.tarry.time.ThreadLoop;
import dev.tarry.time.TimeLine;
import dev.tarry.time.Wires;
import dev.tarry.time.World;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one live [World]: two lines of time, the threads, the wires, and the lab if there is one.
final class LiveWorld implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWorld.class);

    /// Threads that read from the store: reads are short, and the disk serves few at once.
    private static final int READERS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SystemSource system = new SystemSource();
    private final Ledger ledger = new Ledger();
    private final TimeLine labTime;
    private final TimeLine wireTime;
    private final EventLoopGroup io;
    private final ThreadLoop queueLoop;
    private final ExecutorService committer;
    private final ExecutorService readers;
    private final ExecutorService checkers;
    private final Optional<Lab> lab;
    private final NetworkWires network;
    private final LabClock clock;
    private final World world;

    /// @param folder the data folder, which exists
    LiveWorld(Settings settings, Path folder) throws IOException {
        Path clockFile = folder.resolve("clock");
        Instant now = system.wall();
        Instant labNow =
                LabClock.Kept.read(clockFile).map(kept -> kept.shows(now)).orElse(now);
        TimeLine.Pace pace = LabClock.Kept.read(clockFile)
                .map(kept -> new TimeLine.Pace(kept.rate()))
                .orElse(TimeLine.Pace.REAL);
        labTime = new TimeLine(system, labNow, pace);
        wireTime = new TimeLine(system, now, TimeLine.Pace.REAL);
        io = loops("tarry-io", Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())));
        queueLoop = new ThreadLoop("tarry-queue", ledger, thrown -> LOG.error("the queue loop caught", thrown));
        committer = Executors.newSingleThreadExecutor(thread("tarry-commit"));
        readers = Executors.newFixedThreadPool(READERS, thread("tarry-read"));
        checkers = Executors.newFixedThreadPool(settings.signIn().threads(), thread("tarry-login"));
        Chance chance = new Chance(settings.lab().seed().orElse(system.seed()));

        network = new NetworkWires(io, settings.egress(), ledger);
        Wires wires;
        if (settings.world() == WorldKind.LAB) {
            lab = Optional.of(openLab(settings, folder.resolve("lab")));
            wires = new MixedWires(
                    new LabWires(lab.get(), Carrier.SOCKETS, io, ledger, Optional::empty, at -> at), network);
        } else {
            lab = Optional.empty();
            wires = network;
        }
        Supplier<Optional<String>> objection = () -> network.open() == 0
                ? Optional.empty()
                : Optional.of(
                        "time cannot be moved while " + network.open() + " connection(s) or queries to hosts of the"
                                + " network are open: they may owe an answer that the clock would overtake");
        world = new World(
                labTime,
                labTime,
                wireTime,
                wireTime,
                ledger,
                chance,
                system.secrets(),
                new Loops(
                        queueLoop,
                        io,
                        new CountedExecutor(logged(committer), ledger, Ledger.Kind.COMMIT),
                        new CountedExecutor(logged(readers), ledger, Ledger.Kind.READ),
                        ledger),
                wires,
                folder);
        clock = new LabClock(labTime, ledger, system, clockFile, objection);
    }

    /// Where passwords are checked, which takes a processor's time. What waits there counts, as what is read does.
    Executor checkers() {
        return new CountedExecutor(logged(checkers), ledger, Ledger.Kind.READ);
    }

    private Lab openLab(Settings settings, Path folder) throws IOException {
        WorkInFlight work = new WorkInFlight() {
            @Override
            public void begin() {
                ledger.begin(Ledger.Kind.WIRE);
            }

            @Override
            public void end() {
                ledger.end(Ledger.Kind.WIRE);
            }
        };
        return Lab.open(
                new Surroundings(
                        labTime,
                        this::labAlarm,
                        io, // the lab blocks no loop, and time travels faster where a datagram need not wake a thread
                        new RealSockets(io),
                        work,
                        _ -> {},
                        Optional.of(folder),
                        system.secureRandom()),
                LabOptions.standard()
                        .withLabDns(settings.lab().dnsBind())
                        .withOpenAll(true)
                        .withListenersMax(listenersMax())
                        .withRealAddresses(settings.lab().realAddresses())
                        .withOwnHosts(Set.of(settings.server().name())));
    }

    /// A quarter of the files that this process may open, so that the lab's listeners never leave the server none.
    private static int listenersMax() {
        int most = LabOptions.standard().listenersMax();
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Math.clamp(system.getMaxFileDescriptorCount() / 4, 16, most)
                : most;
    }

    private Runnable labAlarm(Duration wait, EventExecutor loop, Runnable ring) {
        Executor counted = new CountedExecutor(loop, ledger, Ledger.Kind.TASK);
        return labTime.after(wait, new ExecutorLoop(loop, counted), ring)::cancel;
    }

    /// A lab's executor as the alarms see it.
    private record ExecutorLoop(EventExecutor loop, Executor counted) implements Loop {
        @Override
        public boolean inLoop() {
            return loop.inEventLoop();
        }

        @Override
        public void execute(Runnable task) {
            counted.execute(task);
        }
    }

    /// Begins to let time pass: from here on alarms ring.
    ///
    /// @param newest the latest moment that anything kept speaks of; lab time is never earlier
    void run(Instant newest) {
        labTime.moveTo(newest);
        Thread.ofPlatform().name("tarry-clock-lab").daemon(true).start(labTime::run);
        Thread.ofPlatform().name("tarry-clock-wire").daemon(true).start(wireTime::run);
    }

    /// Other settings hold from now on.
    void settings(Settings next) {
        network.egress(next.egress());
    }

    World world() {
        return world;
    }

    Optional<Lab> lab() {
        return lab;
    }

    LabClock clock() {
        return clock;
    }

    /// A ledger of its own, for what time need not wait for.
    Ledger uncounted() {
        return new Ledger();
    }

    /// Real time in nanoseconds, of which only differences mean anything.
    long nanos() {
        return system.nanos();
    }

    /// Hands tasks to the queue loop that no clock waits for.
    Executor queueLoop() {
        return queueLoop::uncounted;
    }

    /// The same for each of the io loops.
    List<Executor> ioLoops() {
        List<Executor> loops = new ArrayList<>();
        io.forEach(loops::add);
        return loops;
    }

    /// Tasks that wait for an io loop.
    int ioBacklog() {
        int waiting = 0;
        for (EventExecutor loop : io) {
            waiting += loop instanceof SingleThreadEventExecutor single ? single.pendingTasks() : 0;
        }
        return waiting;
    }

    /// Tasks that wait for the queue loop.
    int queueBacklog() {
        return queueLoop.backlog();
    }

    @Override
    public void close() {
        clock.end();
        labTime.end();
        wireTime.end();
        lab.ifPresent(Lab::close);
        io.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE.toMillis());
        queueLoop.close();
        end(readers);
        end(checkers);
        end(committer);
        try {
            clock.keep();
        } catch (IOException e) {
            LOG.warn("what the clock shows could not be kept", e);
        }
    }

    private static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("something still runs {} s after the end", PATIENCE.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static EventLoopGroup loops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    private static ThreadFactory thread(String name) {
        return new DefaultThreadFactory(name, true);
    }

    /// A task that throws is told of, and the thread goes on.
    private static Executor logged(Executor executor) {
        return task -> executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error thrown) {
                LOG.error("a task of the store failed", thrown);
            }
        });
    }
}
