package dev.tarry.lab;

import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.fault.ConnectEffect;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.mx.MailHosts;
import dev.tarry.lab.net.Firewall;
import dev.tarry.lab.net.Links;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where dials into the lab's world lead: past the firewall, over the link, through the faults, to a listener that is
/// opened at the first of them. Any thread; never waits.
final class Dials {
    private static final Logger log = LoggerFactory.getLogger(Dials.class);
    private static final int DNS_PORT = 53;

    private final Surroundings surroundings;
    private final Firewall firewall;
    private final Faults faults;
    private final Links links;
    private final NameServers servers;
    private final MailHosts hosts;
    private final Listeners listeners;

    Dials(
            Surroundings surroundings,
            Firewall firewall,
            Faults faults,
            Links links,
            NameServers servers,
            MailHosts hosts,
            Listeners listeners) {
        this.surroundings = surroundings;
        this.firewall = firewall;
        this.faults = faults;
        this.links = links;
        this.servers = servers;
        this.hosts = hosts;
        this.listeners = listeners;
    }

    /// As [Lab#dial].
    CompletableFuture<Route> dial(Protocol protocol, InetSocketAddress to) {
        if (to.isUnresolved()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("'" + to.getHostString() + "' is a name; dial an address"));
        }
        switch (firewall.outbound(protocol, to)) {
            case ALLOW -> {}
            case BLOCK -> {
                return CompletableFuture.completedFuture(new Route.BlackHole());
            }
            case REJECT -> {
                return CompletableFuture.completedFuture(new Route.Refused());
            }
        }
        return protocol == Protocol.TCP && faults.linksAreBad() ? overABadLink(to) : there(protocol, to);
    }

    private CompletableFuture<Route> overABadLink(InetSocketAddress to) {
        var route = new CompletableFuture<Route>();
        var dial = links.dial(to, surroundings.loops().next(), route::isDone, dialled -> {
            switch (dialled) {
                case UNANSWERED -> route.complete(new Route.BlackHole());
                case REJECTED -> route.complete(new Route.Refused());
                case THERE ->
                    there(Protocol.TCP, to).whenComplete((leads, failure) -> {
                        if (failure == null) {
                            route.complete(leads);
                        } else {
                            route.completeExceptionally(failure);
                        }
                    });
            }
        });
        route.whenComplete((_, _) -> dial.run());
        return route;
    }

    /// What the lab calls the host at an address: its name, a DNS server's address, or nothing.
    static String hostAt(InetAddress address, NameServers servers, MailHosts hosts) {
        return hosts.nameAt(address)
                .orElseGet(() -> servers.at(address.getHostAddress()) ? address.getHostAddress() : "");
    }

    /// The packet has come there.
    private CompletableFuture<Route> there(Protocol protocol, InetSocketAddress to) {
        var address = to.getAddress().getHostAddress();
        boolean nameServer = servers.at(address);
        var host = hosts.nameAt(to.getAddress());
        var effect = faults.connect(
                hostAt(to.getAddress(), servers, hosts),
                address,
                to.getPort(),
                protocol.name().toLowerCase(Locale.ROOT));
        if (effect.isPresent()) {
            return CompletableFuture.completedFuture(
                    switch (effect.get()) {
                        case ConnectEffect.Refuse() -> new Route.Refused();
                        case ConnectEffect.BlackHole() -> new Route.BlackHole();
                    });
        }
        if (nameServer && to.getPort() == DNS_PORT) {
            return opened(listeners.dns(address, Optional.empty()).thenApply(pair -> pair.of(protocol)));
        }
        if (host.isPresent() && protocol == Protocol.TCP && MailHosts.PORTS.contains(to.getPort())) {
            return opened(listeners.mail(to));
        }
        return CompletableFuture.completedFuture(
                nameServer || host.isPresent() ? new Route.Refused() : new Route.BlackHole());
    }

    /// Opening takes its time, and what waits for it must hear of it before the clock may move.
    private CompletableFuture<Route> opened(CompletableFuture<SocketAddress> listening) {
        var route = new CompletableFuture<Route>();
        surroundings.work().begin();
        listening.whenComplete((address, wrapped) -> {
            var failure = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
            try {
                if (failure == null) {
                    route.complete(new Route.Open(address));
                } else if (failure instanceof Listeners.TooMany) {
                    log.warn("a dial is refused: {}", failure.getMessage());
                    route.complete(new Route.Refused());
                } else {
                    route.completeExceptionally(failure);
                }
            } finally {
                surroundings.work().end();
            }
        });
        return route;
    }
}
