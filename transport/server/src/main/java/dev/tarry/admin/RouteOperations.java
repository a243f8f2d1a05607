package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.ErrorPolicy;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.Inquiry;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.mail.EmailAddress;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.routing.AcceptedDomain;
import dev.tarry.routing.Choice;
import dev.tarry.routing.Explanation;
import dev.tarry.routing.Literals;
import dev.tarry.routing.Route;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import dev.tarry.routing.SmartHost;
import dev.tarry.tls.TlsDemand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/// A dry run (Test-MailRoute): which way a recipient's mail would go, and why. It changes nothing: no queue is made,
/// nothing is dialled, and what is asked of DNS is asked beside the deliveries. Thread-safe; blocks.
public final class RouteOperations {
    /// What deliveries go by.
    ///
    /// @param servers       whom they ask for hosts
    /// @param failures      what they make of answers without hosts
    /// @param ourName       what they say in EHLO where the connector names nothing else
    /// @param dnsRoutedPort the port of hosts that DNS names
    public record Terms(DnsServers servers, DnsFailureTable failures, String ourName, int dnsRoutedPort) {}

    private final Supplier<Router> router;
    private final Supplier<Terms> terms;
    private final Supplier<QueueSettings> server;
    private final Supplier<CompletableFuture<List<QueueView>>> queues;
    private final DnsOperations dns;
    private final Function<InetSocketAddress, Optional<String>> behind;

    /// @param router  asked anew for every request, as the others are
    /// @param behind  what is wrong with an address that is tried behind the others for now; empty: it keeps its
    /// place
    public RouteOperations(
            Supplier<Router> router,
            Supplier<Terms> terms,
            Supplier<QueueSettings> server,
            Queues queues,
            DnsOperations dns,
            Function<InetSocketAddress, Optional<String>> behind) {
        this(router, terms, server, queues::views, dns, behind);
    }

    RouteOperations(
            Supplier<Router> router,
            Supplier<Terms> terms,
            Supplier<QueueSettings> server,
            Supplier<CompletableFuture<List<QueueView>>> queues,
            DnsOperations dns,
            Function<InetSocketAddress, Optional<String>> behind) {
        this.router = router;
        this.terms = terms;
        this.server = server;
        this.queues = queues;
        this.dns = dns;
        this.behind = behind;
    }

    /// The way of a message to one recipient: `recipient`, `bytes`, `outcome` (`Deliver`, `Mailbox`,
    /// `Unreachable`, `Refused`), `reason`, `acceptedDomain`, `connector`, `addressSpace`, `queue`, `dns`,
    /// `targets` (in the order in which they are tried, where equals are drawn by lot), `greeting`,
    /// `sourceAddress`, `tls`, `login`, `connectors`. What does not apply is null, or an empty list.
    ///
    /// @param messageBytes 0 or more
    /// @throws OperationRefused if the recipient is no address, or nobody answers in time
    public SequencedMap<String, Object> test(String recipient, long messageBytes) {
        EmailAddress address = EmailAddress.parse(recipient.strip())
                .orElseThrow(() -> new OperationRefused(
                        Reason.INVALID_PARAMETER,
                        OperationRefused.quoted(recipient) + " is not a mail address, such as user@contoso.com"));
        if (messageBytes < 0) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, "a message has no less than 0 bytes");
        }
        Explanation why = router.get().explain(address, messageBytes);
        SequencedMap<String, Object> way = new LinkedHashMap<>();
        way.put("recipient", address.toString());
        way.put("bytes", messageBytes);
        outcome(way, why);
        way.put("acceptedDomain", why.accepted().map(RouteOperations::bag).orElse(null));
        way.put("connector", why.chosen().map(c -> c.connector().name()).orElse(null));
        way.put(
                "addressSpace",
                why.chosen().flatMap(Choice::space).map(Object::toString).orElse(null));
        way.put("queue", key(why.route()).map(this::queue).orElse(null));
        if (why.route() instanceof Route.Deliver(NextHopKey key, SendConnector connector)) {
            outside(way, key, connector);
        } else {
            way.put("dns", null);
            way.put("targets", List.of());
            for (String none : List.of("greeting", "sourceAddress", "tls", "login")) {
                way.put(none, null);
            }
        }
        way.put(
                "connectors",
                why.connectors().stream()
                        .map(choice -> bag(choice, messageBytes, why.chosen()))
                        .toList());
        return way;
    }

    private static void outcome(SequencedMap<String, Object> way, Explanation why) {
        switch (why.route()) {
            case Route.Deliver _ -> {
                way.put("outcome", "Deliver");
                way.put(
                        "reason",
                        why.accepted()
                                .map(domain -> domain.type() == AcceptedDomain.Type.EXTERNAL_RELAY
                                        ? domain.domain() + " is an ExternalRelay domain: its mail goes on"
                                        : domain.domain() + " is an InternalRelay domain, and the recipient is none of"
                                                + " those that are known here: the mail goes on")
                                .orElse("The recipient is outside, and a send connector takes it"));
            }
            case Route.Local(var _, AcceptedDomain domain) -> {
                way.put("outcome", "Mailbox");
                way.put(
                        "reason",
                        domain.domain() + " is " + domain.type().shellName()
                                + (domain.recipients().patterns().isEmpty()
                                        ? ", and every address of it has a mailbox here"
                                        : ", and the recipient is among those that have a mailbox here"));
            }
            case Route.Unreachable(String reason) -> {
                way.put("outcome", "Unreachable");
                way.put("reason", reason);
            }
            case Route.Refused(var reply) -> {
                way.put("outcome", "Refused");
                way.put("reason", reply.toString());
            }
        }
    }

    private static Optional<NextHopKey> key(Route route) {
        return switch (route) {
            case Route.Deliver(NextHopKey key, var _) -> Optional.of(key);
            case Route.Local(NextHopKey key, var _) -> Optional.of(key);
            case Route.Unreachable _ -> Optional.of(NextHopKey.UNREACHABLE);
            case Route.Refused _ -> Optional.empty();
        };
    }

    private static SequencedMap<String, Object> bag(AcceptedDomain domain) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", domain.name());
        bag.put("domainName", (domain.matchSubDomains() ? "*." : "") + domain.domain());
        bag.put("domainType", domain.type().shellName());
        return bag;
    }

    private static SequencedMap<String, Object> bag(Choice choice, long messageBytes, Optional<Choice> best) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", choice.connector().name());
        bag.put("verdict", choice.verdict().word());
        bag.put("addressSpace", choice.space().map(Object::toString).orElse(null));
        bag.put("reason", choice.words(messageBytes, best));
        return bag;
    }

    /// The queue that the mail would wait in, and how it stands if it is there already.
    private SequencedMap<String, Object> queue(NextHopKey key) {
        Optional<QueueView> there;
        try {
            there = queues.get().get().stream()
                    .filter(view -> view.key().equals(key))
                    .findFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping", e);
        } catch (ExecutionException _) {
            there = Optional.empty(); // the queues are closed: what they would be called is known all the same
        }
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put(
                "identity",
                there.map(view -> QueueIdentity.shown(view.id(), key, server.get()))
                        .orElse(null));
        bag.put("status", there.map(view -> view.status().shellName()).orElse(null));
        bag.put("deliveryType", key.deliveryType().shellName());
        bag.put("nextHopDomain", key.nextHopDomain());
        bag.put("nextHopConnector", key.connector().toString());
        return bag;
    }

    private void outside(SequencedMap<String, Object> way, NextHopKey key, SendConnector connector) {
        Terms now = terms.get();
        boolean smart = key.deliveryType() == DeliveryType.SMART_HOST_CONNECTOR_DELIVERY;
        Asked asked = new Asked(now, connector);
        if (smart) {
            asked.smartHosts();
        } else {
            asked.domain(key.nextHopDomain());
        }
        way.put("dns", asked.bag(key, smart));
        way.put("targets", asked.targets(smart ? connector.port() : now.dnsRoutedPort()));
        way.put(
                "greeting",
                (connector.forceHelo() ? "HELO " : "EHLO ") + connector.fqdn().orElse(now.ourName()));
        way.put(
                "sourceAddress",
                connector.sourceAddress().map(InetAddress::getHostAddress).orElse(null));
        way.put("tls", tls(connector, key, smart));
        way.put("login", login(connector, smart));
    }

    private static String tls(SendConnector connector, NextHopKey key, boolean smart) {
        TlsDemand demand = TlsDemand.of(connector, smart ? Optional.empty() : Optional.of(key.nextHopDomain()));
        if (connector.forceHelo()) {
            return demand.required() ? "Required, and HELO leaves no way to it" : "None: HELO leaves no way to it";
        }
        return switch (demand.use()) {
            case NEVER -> "None: IgnoreSTARTTLS";
            case IF_OFFERED -> "Where the host offers it";
            case ALWAYS ->
                connector.tls().domainSecure()
                        ? "Required, with certificates of both sides"
                        : "Required" + proof(connector, demand);
        };
    }

    private static String proof(SendConnector connector, TlsDemand demand) {
        return switch (demand.check()) {
            case NOTHING -> connector.tls().authLevel().isPresent() ? ", with any certificate" : "";
            case CHAIN -> ", with a valid certificate";
            case CHAIN_AND_NAME ->
                ", with a valid certificate of " + demand.name().orElse("the smart host");
        };
    }

    private static String login(SendConnector connector, boolean smart) {
        String word = connector.authMechanism().word();
        if (!smart) {
            return "None";
        }
        return connector.login().map(login -> word + " as " + login.user()).orElse(word);
    }

    /// What DNS has to say to one way.
    private final class Asked {
        private final DnsServers.Chosen whom;
        private final Terms now;
        private final SendConnector connector;
        private final List<MxHost> hosts = new ArrayList<>();
        private final List<Object> attempts = new ArrayList<>();
        private final List<String> unanswered = new ArrayList<>();
        private MxAnswer firstFailure;
        private boolean looked;

        Asked(Terms now, SendConnector connector) {
            this.now = now;
            this.connector = connector;
            this.whom = now.servers().forConnector(connector);
        }

        void domain(String domain) {
            looked = Literals.bracketed(domain).isEmpty();
            found(dns.hosts(domain, whom), false);
        }

        /// Preferences count up through the list, as for a delivery.
        void smartHosts() {
            List<String> names = connector.smartHosts().stream()
                    .filter(host -> host instanceof SmartHost.Name)
                    .map(SmartHost::toString)
                    .toList();
            looked = !names.isEmpty();
            Iterator<Optional<Inquiry.Hosts>> answers =
                    dns.smartHosts(names, whom).iterator();
            for (SmartHost host : connector.smartHosts()) {
                switch (host) {
                    case SmartHost.Address(InetAddress address) ->
                        hosts.add(new MxHost(host.toString(), hosts.size(), List.of(address)));
                    case SmartHost.Name(String name) ->
                        answers.next().ifPresentOrElse(inquiry -> found(inquiry, true), () -> unanswered.add(name));
                }
            }
            if (hosts.isEmpty() && !unanswered.isEmpty()) {
                throw dns.unanswered(" about " + String.join(", ", unanswered));
            }
        }

        private void found(Inquiry.Hosts inquiry, boolean smart) {
            inquiry.attempts().forEach(attempt -> attempts.add(DnsOperations.bag(attempt)));
            if (inquiry.answer() instanceof MxAnswer.Hosts(List<MxHost> found)) {
                found.forEach(
                        host -> hosts.add(smart ? new MxHost(host.name(), hosts.size(), host.addresses()) : host));
            } else if (firstFailure == null) {
                firstFailure = inquiry.answer();
            }
        }

        SequencedMap<String, Object> bag(NextHopKey key, boolean smart) {
            MxAnswer answer = hosts.isEmpty() ? firstFailure : new MxAnswer.Hosts(hosts);
            Optional<DnsFailureTable.Failure> failure = now.failures()
                    .failure(
                            answer,
                            new DnsFailureTable.NextHop(
                                    key.nextHopDomain(),
                                    smart
                                            ? DnsFailureTable.NextHop.Kind.CONFIGURED_HOST
                                            : DnsFailureTable.NextHop.Kind.RECIPIENT_DOMAIN,
                                    connector.errorPolicies().contains(ErrorPolicy.DOWNGRADE_DNS_FAILURES)));
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("set", connector.useExternalDnsServersEnabled() ? "external" : "internal");
            bag.put("servers", DnsOperations.texts(whom.servers()));
            bag.put("answer", answer.getClass().getSimpleName());
            bag.put("from", looked ? attempts.isEmpty() ? "cache" : "servers" : "nobody");
            bag.put("detail", DnsOperations.detail(answer));
            bag.put("error", failure.map(f -> f.reply().toString()).orElse(null));
            bag.put("permanent", failure.map(DnsFailureTable.Failure::permanent).orElse(false));
            bag.put("unanswered", unanswered);
            bag.put("attempts", attempts);
            return bag;
        }

        List<SequencedMap<String, Object>> targets(int port) {
            List<SequencedMap<String, Object>> targets = new ArrayList<>();
            List<SequencedMap<String, Object>> last = new ArrayList<>();
            for (MxHost host : hosts) {
                for (InetAddress address : host.addresses()) {
                    SequencedMap<String, Object> target = new LinkedHashMap<>();
                    target.put("host", host.name());
                    target.put("preference", host.preference());
                    target.put("address", address.getHostAddress());
                    target.put("port", port);
                    Optional<String> trouble = behind.apply(new InetSocketAddress(address, port));
                    target.put("behind", trouble.orElse(null));
                    (trouble.isEmpty() ? targets : last).add(target);
                }
            }
            targets.addAll(last);
            return targets;
        }
    }
}
