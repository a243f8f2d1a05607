package dev.tarry.app;

import dev.tarry.admin.Operations;
import dev.tarry.admin.http.HttpListener;
import dev.tarry.admin.http.HttpSettings;
import dev.tarry.admin.http.RouteTable;
import dev.tarry.admin.metrics.LoopProbe;
import dev.tarry.admin.metrics.Metrics;
import dev.tarry.config.AdminSettings;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.WorldKind;
import dev.tarry.dns.DnsJournal;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.eventlog.FileEventLog;
import dev.tarry.lab.Lab;
import dev.tarry.pickup.PickupDirectories;
import dev.tarry.pickup.Terms;
import dev.tarry.protocol.ProtocolTranscripts;
import dev.tarry.protocol.SessionWatches;
import dev.tarry.queue.InHand;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.receive.SmtpListener;
import dev.tarry.scenario.condition.Lookout;
import dev.tarry.scenario.condition.TrackingFeed;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.server.TransportService;
import dev.tarry.simulation.StoreWeather;
import dev.tarry.store.Damage;
import dev.tarry.store.StoreException;
import dev.tarry.time.ThreadLoop;
import dev.tarry.time.Timers;
import dev.tarry.tracking.FileTrackingLog;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSearch;
import dev.tarry.tracking.TrackingSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that runs, put together in reading order: folder, store, world, lab, tracking, server, HTTP. What
/// was opened is closed in the opposite order, also when something fails on the way up.
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    /// A listener or the store that takes longer than this, in real time, has failed.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Ten thousand zones of the lab take some 5 MB.
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    /// How long sessions and requests may take to end.
    private static final Duration DRAIN = Duration.ofSeconds(15);

    /// The event log's folder within the data folder.
    private static final String EVENT_LOG = "logs/EventLog";

    /// What was being processed when the process died, within the data folder.
    private static final String LOGIN_DECOYS = "login-decoys";
    private static final String IN_HAND = "in-hand";

    private interface Closing {
        void close() throws Exception;
    }

    private final Deque<Closing> opened = new ArrayDeque<>();
    private final Waiters waiters = new Waiters();
    private Operations operations;
    private EventFeed events;
    private Addresses addresses;
    private RouteTable routes;

    private Running() {}

    /// @throws StartFailure if it cannot start; nothing is left open then
    static Running start(SettingsBook book) throws StartFailure {
        Running running = new Running();
        try {
            Path folder = book.now().data().toAbsolutePath().normalize();
            makeFolder(folder);
            running.open(book, folder);
            return running;
        } catch (StoreException | IOException | RuntimeException e) {
            running.close();
            throw new StartFailure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (ExecutionException | TimeoutException e) {
            running.close();
            Throwable cause = e instanceof ExecutionException ? root(e) : e;
            throw new StartFailure(cause.getMessage() == null ? cause.toString() : cause.getMessage(), e);
        } catch (InterruptedException e) {
            running.close();
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while it started", e);
        }
    }

    private static void makeFolder(Path folder) throws StartFailure {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StartFailure.unwritable("the data directory " + folder, e);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void open(SettingsBook book, Path folder)
            throws StoreException, IOException, ExecutionException, TimeoutException, InterruptedException {
        Settings settings = book.now();
        // the store's lock on the folder comes first: a second server must touch nothing else
        StoreWeather weather = new StoreWeather();
        DiskStore disk = new DiskStore(folder.resolve("store"), weather);
        StoreDoor store = StoreDoor.open(disk);
        opened.push(store::close);
        LiveWorld world = new LiveWorld(settings, folder);
        opened.push(world::close);
        Logs logs = Logs.begin();
        logs.labTime(world.world().labTime());
        Optional<Lab> lab = world.lab();
        if (lab.isPresent()) {
            await(lab.get().ready());
            weather.of(lab.get());
        }
        FileEventLog eventLog = eventLog(folder, world);
        eventLog.inFull(category -> book.now().eventLog().level(category).tellsAll());
        DamageMet met = new DamageMet(eventLog, world.world().labTime());
        TransportLogs files = files(book, folder, world, eventLog);
        FileTrackingLog tracking = files.tracking();
        ZoneId zone = ZoneId.systemDefault();
        Plan plan = Plan.of(settings, zone);
        Metrics metrics = metrics(plan, world);
        TrackingFeed feed = new TrackingFeed(files.trackingSink());
        TrackingSink tracked = watched(book, feed);
        SessionWatches watches = new SessionWatches(world.world().labTime());
        TransportServer server = new TransportServer(
                world.world(),
                plan,
                store,
                tracked,
                new TransportServer.Observers(
                        metrics,
                        metrics,
                        watches.beside(ProtocolTranscripts.receive(
                                files.receivedSink(), world.world().labTime())),
                        DnsJournal.of(List.of(metrics, files.dnsJournal())),
                        metrics,
                        ProtocolTranscripts.send(files.sentSink(), world.world().labTime()),
                        met,
                        files.connectivitySink()),
                Certificates.of(
                        settings.receiveTls(), lab, world.world().loops().readers(), eventLog),
                InHand.open(folder.resolve(IN_HAND)),
                Trust.of(settings.sendTls(), lab, world.world()),
                world.checkers());
        opened.push(() -> server.stop().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS));
        if (!settings.users().isEmpty()) {
            // whoever compares what is asked of a name before and after a restart must not learn who is real
            server.decoys(SecretFile.kept(
                    folder.resolve(LOGIN_DECOYS),
                    "a secret for log-ins of unknown users",
                    world.world().secrets()));
        }
        watchNetwork(settings, server, world);
        tracking.hold(); // what a start finds is written down when it has answered
        Instant newestOfLab = lab.flatMap(Lab::newestEvent).orElse(Instant.EPOCH);
        await(server.start(newestStored -> world.run(latest(newestStored, newestOfLab, eventLog.newest()))));
        String name = settings.server().computerName();
        eventLog.report(Events.started(Version.text(), name));
        tell(server.service(), eventLog, name);
        disk.onDamage(damage -> {
            metrics.storeRepaired(damage.lost());
            eventLog.report(Events.databaseDamaged(
                    damage.why(),
                    damage.lost(),
                    damage.unknown(),
                    damage.aside().toString(),
                    Damage.MAX_KEPT,
                    damage.report().toString()));
        });

        files.watch(server.queues());
        watchSpace(book, disk, store, server, metrics, eventLog, world);
        obey(book, server, world, files, logs, metrics, zone);
        pickUp(book, server, world, tracked, metrics, eventLog, zone);
        Lookout lookout = new Lookout(
                server.queues(),
                () -> server.plan().queue(),
                server.mailboxes(),
                feed,
                new TrackingSearch(tracking),
                lab);
        operations = operations(world);
        events = events(server, feed, world);
        routes = new OverHttp(
                        book,
                        server,
                        store,
                        disk,
                        files,
                        eventLog,
                        met,
                        metrics,
                        world,
                        lookout,
                        waiters,
                        operations,
                        events,
                        watches)
                .routes();
        AdminToken token = AdminToken.of(settings.admin(), folder, world.world().secrets());
        HttpListener http = await(HttpListener.open(world.world(), http(settings.admin(), token), routes));
        opened.push(() -> http.close().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS));

        List<SmtpListener> listeners = server.listeners();
        addresses = new Addresses(
                ProcessHandle.current().pid(),
                (InetSocketAddress) listeners.getFirst().address(),
                listeners.size() > 1
                        ? Optional.of((InetSocketAddress) listeners.get(1).address())
                        : Optional.empty(),
                receiving(listeners),
                (InetSocketAddress) http.address(),
                lab.map(Lab::addresses).orElseGet(LinkedHashMap::new),
                folder,
                token.file());
        lab.ifPresent(outside -> {
            // it may move while the server runs
            outside.ownHostsListenAt(
                    () -> server.listeners().stream().findFirst().map(SmtpListener::address));
            outside.authority().prepare();
        });
        tracking.release();
    }

    private static SequencedMap<String, List<SocketAddress>> receiving(List<SmtpListener> listeners) {
        SequencedMap<String, List<SocketAddress>> receiving = new LinkedHashMap<>();
        listeners.forEach(listener -> receiving.put(listener.name(), listener.addresses()));
        return receiving;
    }

    /// Outside the lab the computer's own DNS servers are asked where the settings name none; inside nobody looks.
    private void watchNetwork(Settings settings, TransportServer server, LiveWorld world)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (settings.world() != WorldKind.NETWORK) {
            return;
        }
        Plan.Network network = NetworkWatch.now();
        await(server.apply(network)); // before anything is tried
        ThreadLoop loop = new ThreadLoop(
                "tarry-network", world.uncounted(), thrown -> LOG.error("the watch over the network caught", thrown));
        opened.push(loop::close);
        NetworkWatch watch = new NetworkWatch(
                network, NetworkWatch::now, server::apply, world.world().wireTimers(), loop);
        opened.push(watch::close);
    }

    private void watchSpace(
            SettingsBook book,
            DiskStore disk,
            StoreDoor store,
            TransportServer server,
            Metrics metrics,
            FileEventLog eventLog,
            LiveWorld world) {
        ThreadLoop loop = new ThreadLoop(
                "tarry-space", world.uncounted(), thrown -> LOG.error("the watch over the disk caught", thrown));
        opened.push(loop::close);
        SpaceWatch watch = new SpaceWatch(
                disk,
                store,
                () -> book.now().resources(),
                server.pressure(),
                metrics,
                eventLog,
                world.world().wireTimers(),
                loop);
        opened.push(watch::close);
        ResourceWatch others = new ResourceWatch(
                new HeapUse(),
                ResourceWatch.Backlog.of(server.queues()),
                () -> book.now().resources(),
                server.pressure(),
                world.world().wireTimers(),
                loop);
        opened.push(others::close);
    }

    /// What becomes of the service stands in the event log.
    private static void tell(TransportService service, FileEventLog eventLog, String name) {
        service.onChange(status -> {
            switch (status) {
                case RUNNING -> eventLog.report(Events.started(Version.text(), name));
                case PAUSED -> eventLog.report(Events.paused(name));
                case STOP_PENDING -> eventLog.report(Events.stopped(name));
                case STOPPED, START_PENDING -> {}
            }
        });
    }

    /// Counts for the server, and measures its loops.
    private Metrics metrics(Plan plan, LiveWorld world) {
        Metrics metrics = new Metrics(world::nanos);
        metrics.dnsServers(plan.dnsServers().all());
        Timers timers = world.world().wireTimers();
        opened.push(LoopProbe.ofQueueLoop(metrics, world.queueLoop(), world::nanos, timers)::close);
        world.ioLoops().forEach(loop -> opened.push(LoopProbe.ofIoLoop(metrics, loop, world::nanos, timers)::close));
        return metrics;
    }

    /// The running server obeys the book. A change is made on the thread of whoever asks for it, which is
    /// no loop.
    private static void obey(
            SettingsBook book,
            TransportServer server,
            LiveWorld world,
            TransportLogs files,
            Logs logs,
            Metrics metrics,
            ZoneId zone) {
        book.check(next -> Plan.of(next, zone));
        book.check(next -> Trust.check(book.now().sendTls(), next.sendTls()));
        book.check(next -> Certificates.check(book.now().receiveTls(), next.receiveTls()));
        book.prepare(next -> prepared(server, Plan.of(next, zone)));
        book.onChange(next -> {
            world.settings(next);
            logs.apply(next.log());
            files.apply(next, server.queues());
            Plan plan = Plan.of(next, zone);
            metrics.dnsServers(plan.dnsServers().all());
            try {
                await(server.apply(plan));
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("what was set is kept, and holds from the next start on", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("what was set is kept, and holds from the next start on", e);
            }
        });
    }

    /// Where a connector is to listen is tried before it is kept.
    private static Runnable prepared(TransportServer server, Plan plan) {
        try {
            return await(server.prepare(plan));
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(root(e).getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalArgumentException("a receive connector did not come to listen in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("interrupted before a receive connector listened", e);
        }
    }

    /// Files in the Pickup and Replay directories are taken from here on.
    private void pickUp(
            SettingsBook book,
            TransportServer server,
            LiveWorld world,
            TrackingSink tracked,
            Metrics metrics,
            EventSink events,
            ZoneId zone) {
        ThreadLoop loop = new ThreadLoop(
                "tarry-pickup", world.uncounted(), thrown -> LOG.error("the pickup directories caught", thrown));
        opened.push(loop::close);
        PickupDirectories directories = PickupDirectories.open(
                world.world(),
                loop,
                () -> Terms.of(book.now(), zone),
                server.queues().submission(),
                server::refusal,
                tracked,
                events,
                metrics,
                book.now().server().computerName());
        opened.push(() -> directories.close().get(DRAIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static HttpSettings http(AdminSettings settings, AdminToken token) {
        return new HttpSettings(
                settings.bind(),
                Set.copyOf(settings.hosts()),
                token.token(),
                settings.metricsOpen() ? Set.of("/metrics") : Set.of(),
                MAX_BODY_BYTES);
    }

    private FileEventLog eventLog(Path folder, LiveWorld world) throws IOException {
        ThreadLoop writer = new ThreadLoop(
                "tarry-event-log", world.uncounted(), thrown -> LOG.error("the event log's writer caught", thrown));
        opened.push(writer::close);
        FileEventLog log =
                new FileEventLog(folder.resolve(EVENT_LOG), world.world().labTime(), writer);
        opened.push(log::close);
        return log;
    }

    private static Instant latest(Instant... moments) {
        return Arrays.stream(moments).max(Instant::compareTo).orElseThrow();
    }

    private TransportLogs files(SettingsBook book, Path folder, LiveWorld world, FileEventLog eventLog)
            throws IOException {
        ThreadLoop writer =
                new ThreadLoop("tarry-logs", world.uncounted(), thrown -> LOG.error("the logs' writer caught", thrown));
        opened.push(writer::close);
        TransportLogs files = new TransportLogs(book, folder, world.world(), writer, eventLog);
        opened.push(files::close);
        return files;
    }

    /// Whoever watches sees no more than the log has.
    private static TrackingSink watched(SettingsBook book, TrackingFeed feed) {
        return new TrackingSink() {
            @Override
            public void write(TrackingEvent event) {
                feed.write(book.now().trackingLog().subjectLogging() ? event : event.withoutSubject());
            }

            @Override
            public void catchUp() {
                feed.catchUp();
            }
        };
    }

    /// Each on a platform thread: what goes on for minutes must not keep requests from theirs.
    private Operations operations(LiveWorld world) {
        Operations operations = new Operations(
                world.world().labTime(),
                Thread.ofPlatform().name("tarry-operation-", 1).daemon(true).factory(),
                world.world().wireTime().millis());
        opened.push(operations::close);
        return operations;
    }

    private EventFeed events(TransportServer server, TrackingFeed tracking, LiveWorld world) {
        ThreadLoop loop = new ThreadLoop(
                "tarry-events", world.uncounted(), thrown -> LOG.error("the feed of events caught", thrown));
        opened.push(loop::close);
        EventFeed events = new EventFeed(
                bell(server.queues()),
                tracking,
                operations,
                world.lab(),
                world.clock(),
                () -> server.plan().queue(),
                world.world(),
                loop);
        opened.push(events::close);
        return events;
    }

    private static EventFeed.QueueBell bell(Queues queues) {
        return new EventFeed.QueueBell() {
            @Override
            public void watch(QueueWatcher watcher) {
                queues.watch(watcher);
            }

            @Override
            public void unwatch(QueueWatcher watcher) {
                queues.unwatch(watcher);
            }
        };
    }

    private static <T> T await(CompletableFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What is served over HTTP.
    RouteTable routes() {
        return routes;
    }

    Addresses addresses() {
        return addresses;
    }

    /// The requests that wait.
    Waiters waiters() {
        return waiters;
    }

    /// What streams of events are fed from.
    EventFeed events() {
        return events;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("something did not end in good order: {}", e.toString());
            }
        }
    }
}
