package dev.tarry.server;

import dev.tarry.categorize.Categorizer;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.delivery.DeliveryEngine;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.MxResolver;
import dev.tarry.dns.QueryJournal;
import dev.tarry.eventlog.EventSink;
import dev.tarry.login.LoginDesk;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Reply;
import dev.tarry.mailbox.LocalDelivery;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.InHand;
import dev.tarry.queue.QueueMeter;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.receive.Admission;
import dev.tarry.receive.ConnectionRate;
import dev.tarry.receive.Listeners;
import dev.tarry.receive.ProtocolLog;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.receive.ReceiveMeter;
import dev.tarry.receive.Reception;
import dev.tarry.receive.RecipientDirectory;
import dev.tarry.receive.SmtpListener;
import dev.tarry.receive.TlsSource;
import dev.tarry.routing.Router;
import dev.tarry.send.ConnectionFailureTable;
import dev.tarry.send.HostHealth;
import dev.tarry.send.NextHopSender;
import dev.tarry.send.SendLog;
import dev.tarry.send.SendMeter;
import dev.tarry.time.Alarm;
import dev.tarry.time.World;
import dev.tarry.tls.TlsMeans;
import dev.tarry.tracking.TrackingSink;
import io.netty.util.internal.PlatformDependent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The server's rooms, built in the order in which a message passes them: received, submitted, categorized,
/// queued, resolved, sent. The same in the live world and in a simulation; what differs is in the [World].
public final class TransportServer {
    /// What wants to know what the server does.
    public record Observers(
            QueueMeter queues,
            ReceiveMeter receive,
            ProtocolLog receiveLog,
            DnsJournal dns,
            SendMeter send,
            SendLog sendLog,
            EventSink events,
            ConnectivitySink connectivity) {
        public static final Observers NOBODY = new Observers(
                QueueMeter.NONE,
                ReceiveMeter.NONE,
                ProtocolLog.OFF,
                DnsJournal.NONE,
                SendMeter.NONE,
                SendLog.NONE,
                EventSink.NONE,
                ConnectivitySink.NONE);
    }

    /// How long stopping waits, in wire time, for what the lab's slow disk holds back: a clock that stands would make
    /// it endless.
    static final Duration STOP_PATIENCE = Duration.ofSeconds(8);

    private final World world;
    /// changed on the queue loop only
    private volatile Plan plan;
    private final Observers observers;
    /// the plan without what this computer's network adds; changed on the queue loop only
    private Plan told;
    /// changed on the queue loop only
    private Plan.Network network = Plan.Network.UNKNOWN;
    private final QueryJournal dnsQueries;
    private final BackPressure pressure;
    private final Queues queues;
    private final Mailboxes mailboxes;
    private final MxResolver resolver;
    private final NextHopSender sender;
    private final DeliveryEngine deliveries;
    private final Optional<TlsSource> tls;
    private final LoginDesk logins;
    private final TlsMeans means;
    private final TransportService service = new TransportService(new Works());
    /// mail leaves from when clients are answered on: thousands of queues that are tried at once would keep them
    /// waiting
    private volatile boolean listening;
    private final ConnectionRate connectionRate;
    private final Listeners listeners;

    /// @param tls    what the receive connectors' STARTTLS begins with; absent: it is not offered
    /// @param inHand remembers, over the death of the process, what was being processed
    /// @param means  what connections to hosts are secured with
    /// @param checkers where clients' passwords are checked, which takes its time; may refuse
    public TransportServer(
            World world,
            Plan plan,
            StoreDoor store,
            TrackingSink tracking,
            Observers observers,
            Optional<TlsSource> tls,
            InHand inHand,
            TlsMeans means,
            Executor checkers) {
        this.tls = tls;
        this.means = means;
        this.world = world;
        this.plan = plan;
        this.told = plan;
        this.observers = observers;
        logins = new LoginDesk(checkers, world.labTime(), world.secrets());
        logins.terms(plan.logins());
        pressure = new BackPressure(world.labTime(), observers.events(), new Relief());
        pressure.slowness(plan.slowness());
        queues = new Queues(world, store, tracking, plan.queue(), observers.queues(), observers.events(), inHand);
        mailboxes = new Mailboxes(store, queues);
        Categorizer categorizer = new Categorizer(queues, () -> this.plan.router(), () -> this.plan.organization());
        dnsQueries = new QueryJournal(plan.dnsJournalEntries());
        resolver = new MxResolver(
                world, plan.lookup(), plan.ourselves(), DnsJournal.of(List.of(observers.dns(), dnsQueries)));
        sender = new NextHopSender(
                world,
                plan.send(),
                new ConnectionFailureTable(plan.profile()),
                observers.sendLog(),
                observers.send(),
                means);
        deliveries = new DeliveryEngine(
                world,
                queues,
                store,
                new LocalDelivery(queues),
                () -> this.plan.router(),
                resolver,
                sender,
                () -> this.plan.deliveries(
                        pressure.sendingPaused() || this.plan.resting().deliveries()),
                observers.events(),
                observers.connectivity());
        connectionRate = new ConnectionRate(plan.connectionsPerMinute());
        listeners = new Listeners(world, this::reception, connectionRate);
        queues.submission().memory().limit(memoryFor(plan));
        queues.refusal(this::refusal);
        queues.onSubmitted(categorizer::run);
        queues.onDue(this::deliver);
    }

    /// What clients that log in as nobody are answered with ([LoginDesk#decoys]); before [#start].
    public void decoys(String secret) {
        logins.decoys(secret);
    }

    /// As the other, for a clock that is never behind the store.
    public CompletableFuture<Void> start() {
        return start(_ -> {});
    }

    /// Takes up what the store holds, then listens, then lets mail leave.
    ///
    /// @param newest told the latest moment that the store speaks of, before anything is taken up: no alarm is set
    /// and nothing is tried until it returns. Not on a loop
    /// @return done when every listener accepts; fails with what went wrong first
    public CompletableFuture<Void> start(Consumer<Instant> newest) {
        return queues.open(newest)
                .thenCompose(_ -> listeners.apply(plan.receiveConnectors()))
                .thenRun(() -> {
                    service.begun();
                    listening = true;
                    world.loops().queue().execute(this::begin);
                });
    }

    private void begin() {
        knowOurselves();
        deliveries.run();
    }

    /// Which of the addresses in DNS are ours is known when ports have been taken. Queue loop only.
    private void knowOurselves() {
        if (!told.in(network, listening()).ourselves().equals(plan.ourselves())) {
            hold(told);
        }
    }

    private List<InetSocketAddress> listening() {
        List<InetSocketAddress> at = new ArrayList<>();
        for (SmtpListener listener : listeners.all()) {
            for (SocketAddress address : listener.addresses()) {
                if (address instanceof InetSocketAddress inet) {
                    at.add(inet);
                }
            }
        }
        return at;
    }

    private void deliver() {
        if (listening) {
            deliveries.run();
        }
    }

    private Reception reception(ReceiveConnector connector) {
        return Reception.of(world, connector, directory(() -> plan.router()), queues.submission())
                .withMeter(observers.receive())
                .withLog(observers.receiveLog())
                .withTls(tls)
                .withLogins(logins)
                .withEvents(observers.events())
                .withAdmission(admission().and(Resting.at(connector.name(), () -> plan.resting())));
    }

    /// Mail comes in while the service runs, resources suffice, and no other server gets it all.
    private Admission admission() {
        return service.admission().and(whileRedirecting()).and(whileShort());
    }

    private Admission whileShort() {
        return new Admission() {
            @Override
            public Optional<Reply> atConnection() {
                return pressure.refusalOfConnections();
            }

            @Override
            public Optional<Reply> atMail() {
                return pressure.refusal();
            }

            @Override
            public Duration delayAtMail() {
                return pressure.delay();
            }

            @Override
            public Optional<Reply> atEndOfData() {
                return pressure.refusal();
            }
        };
    }

    /// What is done when resources are very short, besides taking less mail.
    private final class Relief implements BackPressure.Effects {
        @Override
        public void giveUpDnsCache() {
            resolver.cache().flush();
        }

        @Override
        public void sendAgain() {
            world.loops().queue().execute(TransportServer.this::deliver);
        }
    }

    /// A server whose mail goes to another takes none (reference §2.4).
    private Admission whileRedirecting() {
        return new Admission() {
            @Override
            public Optional<Reply> atMail() {
                return queues.administration().redirecting().map(_ -> Reply.of(421, "4.3.2 Service not available"));
            }
        };
    }

    /// How short resources are, and what is done about it. Whoever looks at one tells it here. What is queued goes on
    /// leaving meanwhile, and reports are made. Any thread.
    public BackPressure pressure() {
        return pressure;
    }

    /// What new mail that comes from no client is refused with at the moment; empty: it is taken. Any thread.
    public Optional<Reply> refusal() {
        return admission().atMail().or(plan.resting()::refusal).or(pressure::refusalOfOthers);
    }

    /// Who is known in an accepted domain is there, and whoever is written to in one that others know; what only passes
    /// through is ours to take as well.
    private static RecipientDirectory directory(Supplier<Router> router) {
        return (EmailAddress recipient) -> {
            Router now = router.get();
            if (now.acceptedDomain(recipient.domain()).isEmpty()) {
                return RecipientDirectory.Standing.FOREIGN;
            }
            return now.knowsNot(recipient) ? RecipientDirectory.Standing.UNKNOWN : RecipientDirectory.Standing.ACCEPTED;
        };
    }

    /// Another plan holds from now on. What is under way ends as it began; alarms that are set move; what
    /// had no way out is offered again if connectors or domains are others; what is queued stays in its
    /// queue, and nothing that was learned from DNS is forgotten. Receive connectors come, go and move; new
    /// sessions are held by the connector of the same name. Any thread.
    ///
    /// @param next made of what can hold in a running server: [dev.tarry.config.SettingsBook#running]
    /// @return done when it holds; fails if a receive connector cannot listen, and all else holds then
    public CompletableFuture<Void> apply(Plan next) {
        return CompletableFuture.supplyAsync(() -> hold(next), world.loops().queue())
                .thenCompose(listening -> listening);
    }

    /// Gets ready what a plan needs before it is kept: the addresses where its receive connectors listen. Any thread;
    /// one at a time.
    ///
    /// @return what gives it back if the plan is not applied after all; fails, with words for people, if it cannot
    /// be had
    public CompletableFuture<Runnable> prepare(Plan next) {
        return listeners.prepare(next.receiveConnectors());
    }

    /// This computer's network is another than before, or is known for the first time. Any thread.
    ///
    /// @return done when it holds
    public CompletableFuture<Void> apply(Plan.Network next) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            network = next;
                            return hold(told);
                        },
                        world.loops().queue())
                .thenCompose(listening -> listening);
    }

    private CompletableFuture<Void> hold(Plan wanted) {
        Plan before = plan;
        Plan next = wanted.in(network, listening());
        told = wanted;
        plan = next;
        resolver.settings(next.lookup());
        resolver.ourselves(next.ourselves());
        dnsQueries.limit(next.dnsJournalEntries());
        logins.terms(next.logins());
        sender.terms(next.send(), new ConnectionFailureTable(next.profile()));
        connectionRate.limit(next.connectionsPerMinute());
        CompletableFuture<Void> listens = listeners.apply(next.receiveConnectors());
        pressure.slowness(next.slowness());
        queues.submission().memory().limit(memoryFor(next));
        queues.settings(next.queue());
        if (!next.router().routesAs(before.router())) {
            queues.offerUnreachable();
        }
        deliveries.run(); // there may be room for more connections
        return listens.thenRunAsync(this::knowOurselves, world.loops().queue());
    }

    /// Other buffers need what is left.
    private static long memoryFor(Plan plan) {
        return Math.min(plan.receiveMemoryBytes(), PlatformDependent.maxDirectMemory() / 2);
    }

    /// Accepts nothing more, ends sessions, and lets what was taken get to the disk; for good.
    ///
    /// @return done when the store may be closed
    public CompletableFuture<Void> stop() {
        return service.end();
    }

    /// What an operator may do to it as a whole.
    public TransportService service() {
        return service;
    }

    private final class Works implements TransportService.Works {
        @Override
        public CompletableFuture<Void> stop(boolean restart) {
            Alarm patience =
                    world.wireTimers().after(STOP_PATIENCE, world.loops().queue(), queues::hurry);
            return (restart ? listeners.endSessions() : listeners.close())
                    .thenCompose(_ -> deliveries.close())
                    .thenCompose(_ -> queues.stop())
                    .whenComplete((_, _) -> world.loops().queue().execute(patience::cancel));
        }

        @Override
        public CompletableFuture<Void> start() {
            resolver.cache().flush();
            sender.health().forget();
            deliveries.reopen();
            return queues.start()
                    .thenCompose(_ -> listeners.reopen())
                    .handle((_, failure) -> failure)
                    .thenCompose(failure -> failure == null ? done() : undone(failure));
        }

        /// The store or a listener could not be opened: then nothing is, not even a port that says 421.
        private CompletableFuture<Void> undone(Throwable failure) {
            return stop(false).thenCompose(_ -> CompletableFuture.failedFuture(failure));
        }

        private static CompletableFuture<Void> done() {
            return CompletableFuture.completedFuture(null);
        }
    }

    /// What holds now.
    public Plan plan() {
        return plan;
    }

    public Queues queues() {
        return queues;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public MxResolver resolver() {
        return resolver;
    }

    /// The newest queries that the server has made.
    public QueryJournal dnsQueries() {
        return dnsQueries;
    }

    /// What is remembered of the hosts that mail goes to.
    public HostHealth hostHealth() {
        return sender.health();
    }

    /// What connections to hosts are secured with.
    public TlsMeans tlsMeans() {
        return means;
    }

    /// Those that are enabled, in the order in which they were made.
    public List<SmtpListener> listeners() {
        return listeners.all();
    }
}
