package dev.tarry.app;

import dev.tarry.admin.ComponentOperations;
import dev.tarry.admin.ComputerOperations;
import dev.tarry.admin.DnsOperations;
import dev.tarry.admin.DnsQueryOperations;
import dev.tarry.admin.EventLevelOperations;
import dev.tarry.admin.EventLogOperations;
import dev.tarry.admin.Health;
import dev.tarry.admin.HostHealthOperations;
import dev.tarry.admin.MailboxOperations;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.MessageVerbs;
import dev.tarry.admin.Operations;
import dev.tarry.admin.ProbeOperations;
import dev.tarry.admin.ProtocolLogOperations;
import dev.tarry.admin.QueueDigestOperations;
import dev.tarry.admin.QueueOperations;
import dev.tarry.admin.QueueVerbs;
import dev.tarry.admin.ResourceOperations;
import dev.tarry.admin.ResubmitOperations;
import dev.tarry.admin.RouteOperations;
import dev.tarry.admin.ServerOperations;
import dev.tarry.admin.ServiceControl;
import dev.tarry.admin.SettingsDesk;
import dev.tarry.admin.StoreOperations;
import dev.tarry.admin.TlsDomains;
import dev.tarry.admin.TrackingOperations;
import dev.tarry.admin.TranscriptOperations;
import dev.tarry.admin.http.AdminRoutes;
import dev.tarry.admin.http.ComputerRoutes;
import dev.tarry.admin.http.DnsQueryRoutes;
import dev.tarry.admin.http.EventLogRoutes;
import dev.tarry.admin.http.HostHealthRoutes;
import dev.tarry.admin.http.MailRouteRoutes;
import dev.tarry.admin.http.OperationRoutes;
import dev.tarry.admin.http.ProbeRoutes;
import dev.tarry.admin.http.ProtocolLogRoutes;
import dev.tarry.admin.http.QueueDigestRoutes;
import dev.tarry.admin.http.ResourceRoutes;
import dev.tarry.admin.http.ResubmitRoutes;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.RouteTable;
import dev.tarry.admin.http.ServerRoutes;
import dev.tarry.admin.http.ServiceControlRoutes;
import dev.tarry.admin.http.ServiceRoutes;
import dev.tarry.admin.http.SettingsRoutes;
import dev.tarry.admin.http.StoreRoutes;
import dev.tarry.admin.http.TranscriptRoutes;
import dev.tarry.admin.http.VerbRoutes;
import dev.tarry.admin.metrics.Metrics;
import dev.tarry.admin.metrics.Scrape;
import dev.tarry.config.ComponentSettings;
import dev.tarry.config.SettingsBook;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsProbe;
import dev.tarry.eventlog.FileEventLog;
import dev.tarry.host.MailProgram;
import dev.tarry.host.NameCache;
import dev.tarry.host.NameClient;
import dev.tarry.host.PortProbe;
import dev.tarry.protocol.SessionWatches;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.routing.SendTls;
import dev.tarry.scenario.condition.Lookout;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.store.StoreException;
import dev.tarry.tracking.TrackingSearch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// What the running server offers over HTTP: each operation with what it works on.
///
/// @param disk    where the store stands
/// @param waiters the requests that wait
/// @param operations verbs on everything that matches a filter
/// @param events  what streams of events are fed from
/// @param watches transcripts on demand
record OverHttp(
        SettingsBook book,
        TransportServer server,
        StoreDoor store,
        DiskStore disk,
        TransportLogs files,
        FileEventLog eventLog,
        DamageMet met,
        Metrics metrics,
        LiveWorld world,
        Lookout lookout,
        Waiters waiters,
        Operations operations,
        EventFeed events,
        SessionWatches watches) {
    /// A loop that takes longer than this, in real time, gives no figures.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// All of them.
    RouteTable routes() {
        Queues queues = server.queues();
        SettingsDesk desk = new SettingsDesk(book, world.world().secrets());
        TlsDomains tlsDomains = TlsDomains.by(() -> server.plan().router());
        List<Route> others = new ArrayList<>(
                ServiceRoutes.of(desk, this::listensAt, tls -> server.tlsMeans().missing(SendTls.of(tls))));
        others.addAll(StoreRoutes.of(new StoreOperations(disk, store, met)));
        others.addAll(ResourceRoutes.of(
                new ResourceOperations(server.pressure(), queues.submission().memory())));
        others.addAll(ServiceControlRoutes.of(new ServiceControl(transportDesk())));
        DnsOperations dns = new DnsOperations(
                () -> server.plan().dnsServers(),
                () -> server.plan().router(),
                server.resolver().cache(),
                server.resolver().inquirer());
        others.addAll(SettingsRoutes.of(desk, dns));
        others.addAll(MailRouteRoutes.of(new RouteOperations(
                () -> server.plan().router(),
                this::wayOut,
                () -> server.plan().queue(),
                queues,
                dns,
                address -> server.hostHealth()
                        .behind(address, world.world().labTime().instant()))));
        others.addAll(DnsQueryRoutes.of(new DnsQueryOperations(server.dnsQueries())));
        others.addAll(HostHealthRoutes.of(new HostHealthOperations(server.hostHealth())));
        others.addAll(VerbRoutes.of(
                new QueueVerbs(queues, operations, () -> server.plan().queue(), tlsDomains),
                new MessageVerbs(queues, store, operations, () -> server.plan().queue()),
                new OperationRoutes(operations)));
        others.addAll(EventRoutes.of(events));
        others.addAll(EventLogRoutes.of(new EventLogOperations(eventLog), new EventLevelOperations(desk)));
        others.addAll(ServerRoutes.of(
                new ServerOperations(desk, () -> server.plan().dnsServers().adapter(), this::reachedAt),
                new ComponentOperations(desk)));
        others.addAll(ProbeRoutes.of(probes()));
        others.addAll(QueueDigestRoutes.of(new QueueDigestOperations(
                queues,
                () -> server.plan().queue(),
                tlsDomains,
                () -> book.now().queueLog().threshold())));
        others.addAll(ProtocolLogRoutes.of(
                new ProtocolLogOperations(files.receivedSearch()), new ProtocolLogOperations(files.sentSearch())));
        others.addAll(TranscriptRoutes.of(new TranscriptOperations(watches)));
        others.addAll(ResubmitRoutes.of(new ResubmitOperations(
                queues.resubmissions(),
                Plan::mailboxDatabaseId,
                () -> server.plan().queue().computerName(),
                world.world().labTime())));
        others.addAll(ComputerRoutes.of(new ComputerOperations(computer(), new LabWaiting(world.clock()))));
        others.addAll(WaitRoutes.of(world.clock(), lookout, waiters));
        others.addAll(ClockRoutes.of(world.clock(), lookout, waiters));
        world.lab().ifPresent(outside -> {
            others.addAll(FaultRoutes.of(outside));
            others.addAll(LabRoutes.of(outside));
            others.addAll(ZoneRoutes.of(outside));
            others.addAll(HostRoutes.of(outside));
            others.addAll(SessionRoutes.of(outside));
            others.addAll(ForwarderRoutes.of(outside));
            others.addAll(AuthorityRoutes.of(outside));
        });
        IntSupplier most = () -> book.now().transport().maxQueueViewerQueryResultCount();
        return new AdminRoutes(
                        new QueueOperations(queues, () -> server.plan().queue(), tlsDomains, most),
                        new MessageOperations(
                                queues,
                                store,
                                () -> server.plan().queue(),
                                world.world().labTime(),
                                most),
                        new TrackingOperations(new TrackingSearch(files.tracking())),
                        new MailboxOperations(server.mailboxes()),
                        health(),
                        this::scrape,
                        Version.text())
                .table(others);
    }

    private ComputerOperations.Computer computer() {
        ThisComputer ground = new ThisComputer(server, world);
        DnsProbe probe = new DnsProbe(world.world());
        NameClient names = new NameClient(probe, new NameCache(world.world().labTime()), ground);
        return new ComputerOperations.Computer(
                ground,
                names,
                new PortProbe(world.world(), probe, ground),
                new MailProgram(world.world(), names, ground, server.tlsMeans().trust()));
    }

    private ProbeOperations probes() {
        return new ProbeOperations(
                () -> SmtpDoors.of(book.now(), server.listeners()),
                new SmtpDoors(),
                () -> new ProbeOperations.Sender(
                        server.plan().queue().computerName(),
                        server.plan().queue().fqdn(),
                        book.now().defaultAcceptedDomain().domainName()),
                server::refusal,
                server.queues().submission(),
                world.world(),
                server.plan().queue().zone());
    }

    /// Where clients and hosts find the server, as far as it knows.
    private SequencedSet<InetAddress> reachedAt() {
        SequencedSet<InetAddress> addresses =
                new LinkedHashSet<>(server.plan().ourselves().addresses());
        server.listeners().stream()
                .flatMap(listener -> listener.addresses().stream())
                .filter(InetSocketAddress.class::isInstance)
                .map(at -> ((InetSocketAddress) at).getAddress())
                .filter(address -> !address.isAnyLocalAddress())
                .forEach(addresses::add);
        return addresses;
    }

    private TransportDesk transportDesk() {
        return new TransportDesk(server.service(), server.queues().administration()::redirecting);
    }

    private RouteOperations.Terms wayOut() {
        Plan plan = server.plan();
        return new RouteOperations.Terms(
                plan.dnsServers(),
                new DnsFailureTable(plan.profile(), plan.nullMxAsRfc7505()),
                plan.queue().fqdn(),
                plan.send().port());
    }

    private Scrape scrape() {
        Queues queues = server.queues();
        return new Scrape(
                metrics,
                new Scrape.Gauges(
                        () -> answer(queues.views()),
                        limits -> answer(queues.ages(limits)),
                        () -> {
                            try {
                                return store.store().sizeBytes();
                            } catch (StoreException _) {
                                return 0;
                            }
                        },
                        world::queueBacklog,
                        world::ioBacklog,
                        files.tracking()::waiting,
                        files.tracking()::dropped,
                        files.backlogs(),
                        operations::running,
                        server.pressure(),
                        queues.submission().memory(),
                        world.world().labTime(),
                        Version.text()),
                world.world().wireTime());
    }

    private List<String> listensAt(String name) {
        return server.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .flatMap(listener -> listener.addresses().stream())
                .map(Addresses::text)
                .toList();
    }

    private Health health() {
        List<Health.Check> checks = new ArrayList<>(List.of(
                Health.of(transportDesk()),
                new Health.Check(
                        "components",
                        () -> Optional.of(book.now().components().state(ComponentSettings.Component.HUB_TRANSPORT))
                                .filter(state -> state != ComponentSettings.State.ACTIVE)
                                .map(state -> "the component HubTransport is " + state.word() + ": no mail is taken")),
                Health.ofSpace(server.pressure()::refusal, store),
                Health.of(server.queues()),
                Health.of(store),
                new Health.Check(
                        "smtp",
                        () -> server.listeners().stream()
                                .filter(listener -> !listener.listening())
                                .findFirst()
                                .map(listener -> "the receive connector " + listener.name() + " does not listen"))));
        world.lab()
                .ifPresent(lab -> checks.add(new Health.Check(
                        "lab",
                        () -> lab.ready().isCompletedExceptionally()
                                        || !lab.ready().isDone()
                                ? Optional.of("the lab's DNS servers and hosts do not listen")
                                : Optional.empty())));
        return new Health(checks);
    }

    private static <T> Optional<T> answer(CompletableFuture<T> question) {
        try {
            return Optional.of(question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
