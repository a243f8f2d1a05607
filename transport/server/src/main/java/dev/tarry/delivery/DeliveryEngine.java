package dev.tarry.delivery;

import dev.tarry.config.CustomFailures;
import dev.tarry.config.ErrorPolicy;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.connectivity.ConnectivityTrail;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.dns.MxResolver;
import dev.tarry.eventlog.EventSink;
import dev.tarry.mail.Reply;
import dev.tarry.mailbox.LocalDelivery;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.Endpoint;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import dev.tarry.routing.SmartHost;
import dev.tarry.send.NextHopSender;
import dev.tarry.send.SendPlan;
import dev.tarry.store.ErrorRecord;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tls.TlsDemand;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears the doorbell of the delivery queues and makes their attempts, as many at once as
/// MaxOutboundConnections allows; queues that wait for a free connection keep their turn. Of those that may be made,
/// only a part may be out to see whether next hops in Retry are back: hosts that keep silent hold a connection for the
/// whole of a time-out, and new mail must not wait for that. Queue loop only.
public final class DeliveryEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);

    private static final Reply NO_CONNECTOR =
            Reply.of(451, "4.4.0 The send connector of this queue does not exist any more");

    private static final Reply OTHER_SMART_HOSTS = Reply.of(
            451, "4.4.0 The send connector of this queue logs in at other smart hosts now; resubmit the queue");

    private static final Reply TROUBLE = Reply.of(451, "4.3.0 Temporary server error");

    /// How long hosts that have a message in hand may take to answer when the server ends, in real time.
    static final Duration GRACE = Duration.ofSeconds(5);

    /// What attempts are made by.
    ///
    /// @param servers        whom to ask for hosts
    /// @param failures       what DNS failures mean
    /// @param ourName        what we say in EHLO where the connector names nothing else
    /// @param dnsRoutedPort  the port of hosts that DNS names
    /// @param maxConnections attempts and connections at once
    /// @param retryPercent   how many of them may be for queues in Retry and without a connection; at least one may
    /// @param intraOrganisation the connector that nobody made: to other servers of ours
    /// @param customFailures  what the error policies of connectors mean
    public record Terms(
            DnsServers servers,
            DnsFailureTable failures,
            String ourName,
            int dnsRoutedPort,
            int maxConnections,
            int retryPercent,
            SendConnector intraOrganisation,
            CustomFailures customFailures) {
        private int maxRetries() {
            return (int) Math.max(1, (long) maxConnections * retryPercent / 100);
        }
    }

    private final World world;
    private final Loop loop;
    private final Queues queues;
    private final StoreDoor store;
    private final LocalDelivery local;
    private final Supplier<Router> router;
    private final MxResolver resolver;
    private final NextHopSender sender;
    private final Supplier<Terms> terms;
    private final DeliveryEvents events;
    private final ConnectivitySink connectivity;
    private int underWay;
    /// of them, those for queues in Retry that have no connection yet
    private int retrying;
    private int engaged;
    private CompletableFuture<Void> drained = new CompletableFuture<>();
    private long attempts;
    private boolean running;
    private boolean closed;

    /// @param terms  asked anew for each attempt, as the router is
    /// @param events what an administrator should hear of
    /// @param connectivity gets the rows of each attempt
    public DeliveryEngine(
            World world,
            Queues queues,
            StoreDoor store,
            LocalDelivery local,
            Supplier<Router> router,
            MxResolver resolver,
            NextHopSender sender,
            Supplier<Terms> terms,
            EventSink events,
            ConnectivitySink connectivity) {
        this.world = world;
        this.loop = world.loops().queue();
        this.queues = queues;
        this.store = store;
        this.local = local;
        this.router = router;
        this.resolver = resolver;
        this.sender = sender;
        this.terms = terms;
        this.events = new DeliveryEvents(events);
        this.connectivity = connectivity;
    }

    /// The doorbell.
    public void run() {
        if (running) {
            return; // rung by an attempt that it has just begun
        }
        running = true;
        try {
            while (!closed) {
                // the bound is on connections that go out: mailboxes need none
                Terms now = terms.get();
                Optional<Queues.Attempt> due = underWay < now.maxConnections()
                        ? queues.nextAttempt(retrying < now.maxRetries())
                        : queues.nextMailboxAttempt();
                if (due.isEmpty()) {
                    return;
                }
                begin(due.get());
            }
        } finally {
            running = false;
        }
    }

    /// Begins nothing more, and hands out no more messages. Any thread.
    ///
    /// @return done when no host has a message in hand any more, since what it says of it would be lost and the
    /// message sent again; or after [#GRACE]
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            closed = true;
            drained = done;
            drain();
            Alarm patience = world.wireTimers().after(GRACE, loop, () -> done.complete(null));
            done.whenComplete((_, _) -> patience.cancel());
        });
        return done;
    }

    /// After [#close]: hears the doorbell again. What still goes on of before belongs to queues that are no more, and
    /// gets nothing. Any thread.
    public void reopen() {
        loop.execute(() -> closed = false);
    }

    /// As the settings have them now.
    TurnedErrors turnedErrors(SendConnector connector) {
        return new TurnedErrors(connector.errorPolicies(), terms.get().customFailures());
    }

    boolean closed() {
        return closed;
    }

    /// A delivery has a host that takes mail.
    void engaged(Queues.Attempt attempt) {
        engaged++;
        if (attempt.retry()) {
            retrying--;
            run(); // another may find out
        }
    }

    /// A delivery is over.
    void ended(Queues.Attempt attempt, boolean wasEngaged) {
        if (wasEngaged) {
            engaged--;
            underWay--;
            run();
        } else {
            ended(attempt);
        }
        drain();
    }

    private void drain() {
        if (closed && engaged == 0) {
            drained.complete(null);
        }
    }

    private void begin(Queues.Attempt attempt) {
        if (attempt.key().deliveryType() == DeliveryType.SMTP_DELIVERY_TO_MAILBOX) {
            local.deliver(attempt);
            return;
        }
        underWay++;
        retrying += attempt.retry() ? 1 : 0;
        ConnectivityTrail trail = trail(attempt);
        try {
            resolve(attempt, trail);
        } catch (RuntimeException unexpected) {
            // an exception defers: it never bounces mail
            LOG.error("the attempt for {} failed unexpectedly", attempt.key(), unexpected);
            failed(attempt, trail, TROUBLE, Endpoint.NONE, TrackingEvent.Source.QUEUE);
        }
    }

    private ConnectivityTrail trail(Queues.Attempt attempt) {
        return connectivity.on()
                ? ConnectivityTrail.begin(
                        connectivity,
                        world.labTime(),
                        world.secrets().sessionId(),
                        attempt.key(),
                        queues.waiting(attempt))
                : ConnectivityTrail.NONE;
    }

    private void resolve(Queues.Attempt attempt, ConnectivityTrail trail) {
        Optional<SendConnector> connector = relayed(attempt)
                ? Optional.of(terms.get().intraOrganisation())
                : router.get().connector(attempt.key().connector());
        if (connector.isEmpty()) {
            failed(attempt, trail, NO_CONNECTOR, Endpoint.NONE, TrackingEvent.Source.ROUTING);
            return;
        }
        boolean smart = attempt.key().deliveryType() == DeliveryType.SMART_HOST_CONNECTOR_DELIVERY;
        List<SmartHost> hosts = smart ? smartHosts(attempt, connector.get()) : List.of();
        if (smart && connector.get().login().isPresent() && !connector.get().logsInAt(hosts)) {
            // the log-in is not for these, and without one they may refuse for good
            failed(attempt, trail, OTHER_SMART_HOSTS, Endpoint.NONE, TrackingEvent.Source.ROUTING);
            return;
        }
        // the connector may have been routed by DNS when the queue was made, and have smart hosts by now
        SendConnector by = smart ? connector.get() : connector.get().withoutLogin();
        Consumer<MxAnswer> resolved = answer -> resolved(attempt, trail, by, answer);
        DnsServers.Chosen chosen = terms.get().servers().forConnector(by);
        if (relayed(attempt)) {
            List<SmartHost> server = List.of(SmartHost.of(attempt.key().nextHopDomain()));
            resolver.smartHosts(server, chosen, attempts++, loop, resolved);
        } else if (smart) {
            resolver.smartHosts(hosts, chosen, attempts++, loop, resolved);
        } else {
            resolver.hosts(attempt.key().nextHopDomain(), chosen, attempts++, loop, resolved);
        }
    }

    /// Whether it goes to another server of ours, which is looked up by its name as a smart host is.
    static boolean relayed(Queues.Attempt attempt) {
        return attempt.key().deliveryType() == DeliveryType.SMTP_RELAY_TO_SERVERS;
    }

    private void resolved(Queues.Attempt attempt, ConnectivityTrail trail, SendConnector connector, MxAnswer answer) {
        if (answer instanceof MxAnswer.Hosts(List<MxHost> hosts)) {
            SendPlan plan;
            try {
                trail.resolved(answer);
                plan = new SendPlan(
                        connector,
                        hosts,
                        port(attempt, connector),
                        connector.fqdn().orElse(terms.get().ourName()),
                        TlsDemand.of(connector, recipientDomain(attempt)));
            } catch (RuntimeException unexpected) {
                LOG.error("the hosts of {} make no plan: {}", attempt.key(), hosts, unexpected);
                failed(attempt, trail, TROUBLE, Endpoint.NONE, TrackingEvent.Source.QUEUE);
                return;
            }
            new Delivery(world, queues, store, attempt, connector, this, events, trail).begin(sender, plan);
            return;
        }
        boolean configured =
                relayed(attempt) || attempt.key().deliveryType() == DeliveryType.SMART_HOST_CONNECTOR_DELIVERY;
        DnsFailureTable.Failure failure;
        try {
            trail.resolved(answer);
            failure = terms.get()
                    .failures()
                    .failure(
                            answer,
                            new DnsFailureTable.NextHop(
                                    attempt.key().nextHopDomain(),
                                    configured
                                            ? DnsFailureTable.NextHop.Kind.CONFIGURED_HOST
                                            : DnsFailureTable.NextHop.Kind.RECIPIENT_DOMAIN,
                                    connector.errorPolicies().contains(ErrorPolicy.DOWNGRADE_DNS_FAILURES)))
                    .orElseThrow();
        } catch (RuntimeException unexpected) {
            LOG.error("what DNS says of {} means nothing: {}", attempt.key(), answer, unexpected);
            failed(attempt, trail, TROUBLE, Endpoint.NONE, TrackingEvent.Source.QUEUE);
            return;
        }
        LOG.debug("{}: {} ({}; {})", attempt.key(), failure.reply(), failure.note(), answer);
        resolver.failed(failure.row());
        Endpoint endpoint = new Endpoint(connector.name(), "", "");
        if (failure.permanent()) {
            trail.failed(failure.reply() + "; " + failure.note());
            queues.attemptRejected(attempt, failure.reply(), failure.note(), TrackingEvent.Source.DNS, endpoint);
            ended(attempt);
        } else {
            events.notLookedUp(
                    connector,
                    attempt.key().nextHopDomain(),
                    answer,
                    failure,
                    terms.get().servers());
            failed(attempt, trail, failure.reply(), failure.note(), endpoint, TrackingEvent.Source.DNS);
        }
    }

    /// Whose mail is in the queue, where that is one domain's.
    private static Optional<String> recipientDomain(Queues.Attempt attempt) {
        return attempt.key().deliveryType() == DeliveryType.DNS_CONNECTOR_DELIVERY
                ? Optional.of(attempt.key().nextHopDomain())
                : Optional.empty();
    }

    /// Smart hosts have the connector's port, hosts found by DNS the one set for all (reference §4.4).
    private int port(Queues.Attempt attempt, SendConnector connector) {
        return attempt.key().deliveryType() == DeliveryType.SMART_HOST_CONNECTOR_DELIVERY
                ? connector.port()
                : terms.get().dnsRoutedPort();
    }

    /// Those that the queue is named after, also if the connector has others by now: mail stays in its queue until
    /// it is resubmitted, and goes where the queue says.
    private static List<SmartHost> smartHosts(Queues.Attempt attempt, SendConnector connector) {
        String named = attempt.key().nextHopDomain();
        if (named.equals(connector.smartHostsString())) {
            return connector.smartHosts();
        }
        try {
            return Arrays.stream(named.split(",")).map(SmartHost::of).toList();
        } catch (IllegalArgumentException unreadable) {
            LOG.warn("the smart hosts of {} cannot be read; the connector's own are used", attempt.key(), unreadable);
            return connector.smartHosts();
        }
    }

    private void failed(
            Queues.Attempt attempt,
            ConnectivityTrail trail,
            Reply reply,
            Endpoint endpoint,
            TrackingEvent.Source source) {
        failed(attempt, trail, reply, "", endpoint, source);
    }

    private void failed(
            Queues.Attempt attempt,
            ConnectivityTrail trail,
            Reply reply,
            String note,
            Endpoint endpoint,
            TrackingEvent.Source source) {
        ErrorRecord error = new ErrorRecord(
                reply.toString(),
                attempt.key().nextHopDomain(),
                "",
                world.labTime().millis(),
                note);
        trail.retry(note.isEmpty() ? reply.toString() : reply + "; " + note);
        queues.attemptFailed(attempt, error, endpoint, source);
        ended(attempt);
    }

    /// An attempt is over that has had no connection: another may begin.
    private void ended(Queues.Attempt attempt) {
        underWay--;
        retrying -= attempt.retry() ? 1 : 0;
        run();
    }
}
