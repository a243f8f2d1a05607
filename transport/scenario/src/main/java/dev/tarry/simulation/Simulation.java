package dev.tarry.simulation;

import dev.tarry.lab.Lab;
import dev.tarry.lab.LabOptions;
import dev.tarry.lab.Surroundings;
import dev.tarry.lab.WorkInFlight;
import dev.tarry.lab.net.LocalSockets;
import dev.tarry.queue.InHand;
import dev.tarry.queue.StoreDoor;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.Chance;
import dev.tarry.time.CountedExecutor;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.Loops;
import dev.tarry.time.NettyLoop;
import dev.tarry.time.RealTime;
import dev.tarry.time.Secrets;
import dev.tarry.time.SystemSource;
import dev.tarry.time.TimeLine;
import dev.tarry.time.World;
import dev.tarry.tls.TlsMeans;
import dev.tarry.tracking.TrackingSink;
import io.netty.channel.Channel;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Server and lab on one thread in one JVM, under a clock that moves only when it is told to: the production
/// pipelines, queue loop, resolver and client, a lab that shares nothing with them but the wire, and a disk in
/// memory. All chance comes from one seed.
///
/// Everything happens on the thread that calls; nothing waits for real time.
public final class Simulation implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    /// What stands in for the machine's time: it never moves by itself.
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

    /// One event a round, so that nothing can go round for ever within one instant of simulated time.
    private static final int MOST_ROUNDS = 1_000_000;

    private final long seed;
    private final String name;
    private Plan plan;
    private final Chance chance;
    private final ManualIoEventLoop loop;
    private final TimeLine time = new TimeLine(STANDING, START, TimeLine.Pace.FROZEN);
    private final Ledger ledger = new Ledger();
    private final MemoryDisk disk = new MemoryDisk();
    private final StoreWeather weather = new StoreWeather();
    private final Lab lab;
    private final TrackingSink tracked;
    private final TransportServer.Observers observers;
    private long channels;
    private int lives;
    private Life life;
    private TransportServer server;
    private StoreDoor store;

    /// Builds the lab's standard world and starts a server in it.
    ///
    /// @param name    unique in the process: channels within the process are found by it
    /// @param tracked gets each tracking event
    public Simulation(String name, long seed, Plan plan, TrackingSink tracked) {
        this(name, seed, plan, tracked, TransportServer.Observers.NOBODY);
    }

    /// As the other.
    ///
    /// @param observers of each server that is started
    public Simulation(String name, long seed, Plan plan, TrackingSink tracked, TransportServer.Observers observers) {
        this.observers = observers;
        this.seed = seed;
        this.name = name;
        this.plan = plan;
        this.tracked = tracked;
        this.chance = new Chance(seed);
        this.loop = new ManualIoEventLoop(
                null, Thread.currentThread(), LocalIoHandler.newFactory(), Ticker.newMockTicker());
        try {
            lab = Lab.open(
                    new Surroundings(
                            time,
                            this::labAlarm,
                            loop,
                            new LocalSockets(loop, name + "-lab-"),
                            NOTHING_COUNTED,
                            this::splitting,
                            Optional.empty(),
                            new SystemSource().secureRandom()),
                    LabOptions.standard());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.ownHostsListenAt(() -> alive() ? Optional.of(smtp()) : Optional.empty());
        weather.of(lab);
        start();
    }

    /// On one thread what is in flight is what waits to be run.
    private static final WorkInFlight NOTHING_COUNTED = new WorkInFlight() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    private Runnable labAlarm(Duration wait, EventExecutor executor, Runnable ring) {
        Loop where = new NettyLoop(loop, ledger);
        return time.after(wait, where, ring)::cancel;
    }

    private void splitting(Channel channel) {
        channel.pipeline().addFirst(splitter());
    }

    private SplitWrites splitter() {
        return new SplitWrites(chance.of("split writes", channels++));
    }

    // ---- the server's lives

    /// Starts a server on the disk as it is.
    public void start() {
        Life fresh = new Life();
        life = fresh;
        Loop queue = fresh.of(new NettyLoop(loop, ledger));
        RandomGenerator secrets = chance.of("secrets", lives++);
        World world = new World(
                time,
                fresh.of(time),
                time,
                fresh.of(time),
                ledger,
                chance,
                new Secrets(secrets),
                new Loops(
                        queue,
                        loop,
                        new CountedExecutor(queue, ledger, Ledger.Kind.COMMIT),
                        new CountedExecutor(queue, ledger, Ledger.Kind.READ),
                        ledger),
                fresh.of(new LabWires(
                        lab,
                        Carrier.LOCAL,
                        loop,
                        ledger,
                        () -> Optional.of(splitter()),
                        at -> new LocalAddress(name + "-server-" + lives + "-" + at.getPort()))),
                Path.of(name));
        try {
            store = StoreDoor.open(() -> MemoryMessageStore.open(disk, weather));
        } catch (StoreException e) {
            throw new IllegalStateException("the disk in memory cannot be opened", e);
        }
        server = new TransportServer(
                world,
                plan,
                store,
                tracked,
                observers,
                Optional.empty(),
                InHand.inMemory(),
                new TlsMeans(new LabTrust(lab, loop), Optional.empty()),
                world.loops().readers());
        await(server.start());
    }

    /// Another plan holds from now on, in the server that lives and in those to come (see
    /// [TransportServer#apply]).
    public void apply(Plan next) {
        plan = next;
        if (alive()) {
            server.apply(next);
            run();
        }
    }

    /// Kills the server, if it still lives, and cuts the power of its disk: what was not synced may be gone.
    public void kill() {
        life.end();
        disk.crash(chance.of("power cut", lives));
        run();
    }

    /// Lets the server be killed after so many more tasks of its own, in the middle of whatever it does then.
    /// Its disk is cut by [#kill], which is owed before [#start].
    public void killAfter(long tasks) {
        life.endAfter(tasks);
    }

    /// Looks at the server: what that makes it do does not bring the end closer that [#killAfter] set, and finds its
    /// store in good weather.
    public void look(Runnable looking) {
        life.spared(true);
        weather.sheltered(true);
        try {
            looking.run();
        } finally {
            weather.sheltered(false);
            life.spared(false);
        }
    }

    /// Whether there is a server.
    public boolean alive() {
        return !life.over();
    }

    public TransportServer server() {
        return server;
    }

    /// What the server keeps.
    public MessageStore store() throws StoreException {
        return store.store();
    }

    public Lab lab() {
        return lab;
    }

    public TimeLine time() {
        return time;
    }

    /// Connections of the server that are open, in either direction; its listeners are none.
    public int connections() {
        return life.channels() - server.listeners().size();
    }

    /// What is in flight at this moment.
    public Ledger ledger() {
        return ledger;
    }

    /// Where clients find the first receive connector.
    public SocketAddress smtp() {
        return server.listeners().getFirst().address();
    }

    // ---- running

    /// Runs whatever waits to be run.
    public void run() {
        for (int rounds = 0; loop.runNow() > 0; rounds++) {
            if (rounds == MOST_ROUNDS) {
                throw new IllegalStateException(
                        "seed " + seed + ": something goes round for ever at " + time.instant());
            }
        }
    }

    /// Moves to the next alarm, if it is due by the limit, rings it and lets what it starts settle.
    ///
    /// @return whether there was one
    public boolean step(Instant limit) {
        run();
        if (!time.ringNext(limit)) {
            time.moveTo(limit);
            return false;
        }
        run();
        return true;
    }

    /// Moves time, ringing every alarm on the way.
    public void pass(Duration span) {
        Instant limit = time.instant().plus(span);
        while (step(limit)) {}
    }

    /// Runs until the future is done, and gives its value.
    public <T> T await(CompletableFuture<T> future) {
        run();
        if (!future.isDone()) {
            throw new IllegalStateException("seed " + seed + ": nothing is left to run, and still it is not done");
        }
        return future.join();
    }

    /// Hands a message in as a client would.
    ///
    /// @param ended gets the outcome, once, while the simulation runs
    public void send(String from, List<String> to, String text, Consumer<SimulatedClient.Outcome> ended) {
        sendTo(from, to.stream().map(SimulatedClient.To::plain).toList(), text, ended);
    }

    /// As [#send], with what else RCPT says.
    public void sendTo(String from, List<SimulatedClient.To> to, String text, Consumer<SimulatedClient.Outcome> ended) {
        SimulatedClient.send(loop, smtp(), chance.of("client", channels++), from, to, text, ended);
    }

    @Override
    public void close() {
        life.end();
        lab.close();
        run();
        loop.shutdownGracefully();
        run();
    }
}
