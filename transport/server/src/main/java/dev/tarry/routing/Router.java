package dev.tarry.routing;

import dev.tarry.mail.Reply;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.NextHopKey;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds the next hop of a recipient domain (reference §5.3). Immutable: changed settings make a new one.
///
/// The decision in order: accepted domains stay here; of the connectors, drop those too small, keep the enabled
/// ones whose address space matches, and take the most specific space, then the lowest cost, then the first name.
/// So cost never beats specificity, and a big message may leave by a less specific connector than a small one.
public final class Router {
    public static final String NO_CONNECTOR = "A matching connector cannot be found to route the external recipient";

    public static final Reply TOO_LARGE =
            Reply.of(550, "5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route");

    /// Where local mail is kept.
    ///
    /// @param name as the queue's NextHopDomain shows it, e.g. `Mailbox Database 0471695037`
    public record MailboxDatabase(String name, UUID id) {}

    private record Choice(SendConnector connector, AddressSpace space) {}

    private static final Comparator<Choice> BEST_FIRST = Comparator.comparingInt(
                    (Choice c) -> -c.space().specificity())
            .thenComparingInt(c -> c.space().cost())
            .thenComparing(c -> c.connector().name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(c -> c.connector().name());

    private final List<SendConnector> connectors;
    private final List<AcceptedDomain> acceptedDomains;
    private final MailboxDatabase mailboxes;
    private final Set<InetAddress> ownAddresses;

    /// @param ownAddresses a recipient at one of these as an address literal is ours (RFC 5321 §4.1.3)
    /// @throws IllegalArgumentException if two connectors have one GUID
    public Router(
            List<SendConnector> connectors,
            List<AcceptedDomain> acceptedDomains,
            MailboxDatabase mailboxes,
            Set<InetAddress> ownAddresses) {
        this.connectors = List.copyOf(connectors);
        this.acceptedDomains = List.copyOf(acceptedDomains);
        this.mailboxes = mailboxes;
        this.ownAddresses = Set.copyOf(ownAddresses);
        Set<UUID> ids = new HashSet<>();
        for (SendConnector connector : connectors) {
            if (!ids.add(connector.id())) {
                throw new IllegalArgumentException("send connector \"" + connector.name() + "\": another connector has"
                        + " its GUID, " + connector.id());
            }
        }
    }

    /// @param recipientDomain of an address: a domain in any case, or an address literal
    /// @param messageBytes    the message's size
    public Route nextHop(String recipientDomain, long messageBytes) {
        String domain = Domains.canonical(recipientDomain);
        return acceptedDomain(domain)
                .filter(accepted -> accepted.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .<Route>map(accepted -> new Route.Local(
                        new NextHopKey(DeliveryType.SMTP_DELIVERY_TO_MAILBOX, mailboxes.name(), mailboxes.id()),
                        accepted))
                .orElseGet(() -> beyond(domain, messageBytes));
    }

    /// As [#nextHop] for what does not live here, whatever the accepted domains say: the unknown recipients of an
    /// InternalRelay domain.
    public Route beyond(String recipientDomain, long messageBytes) {
        String domain = Domains.canonical(recipientDomain);
        boolean tooSmall = false;
        Choice best = null;
        for (SendConnector connector : connectors) {
            if (!connector.enabled()) {
                continue;
            }
            boolean fits = messageBytes <= connector.maxMessageSize().orElse(Long.MAX_VALUE);
            for (AddressSpace space : connector.addressSpaces()) {
                if (!space.takes(domain)) {
                    continue;
                }
                if (!fits) {
                    tooSmall = true;
                    break;
                }
                Choice choice = new Choice(connector, space);
                if (best == null || BEST_FIRST.compare(choice, best) < 0) {
                    best = choice;
                }
            }
        }
        if (best != null) {
            return new Route.Deliver(key(domain, best.connector()), best.connector());
        }
        return tooSmall ? new Route.Refused(TOO_LARGE) : new Route.Unreachable(NO_CONNECTOR);
    }

    /// The accepted domain that a recipient domain belongs to: the one named exactly, else the closest above it.
    public Optional<AcceptedDomain> acceptedDomain(String recipientDomain) {
        String domain = Domains.canonical(recipientDomain);
        Optional<InetAddress> literal = Literals.bracketed(domain);
        if (literal.isPresent()) {
            return literal.filter(ownAddresses::contains).flatMap(_ -> defaultDomain());
        }
        return acceptedDomains.stream()
                .filter(accepted -> accepted.covers(domain))
                .max(Comparator.comparingInt(accepted -> accepted.domain().length()));
    }

    /// The domain that reports of our own come from, if any domain is accepted.
    public Optional<AcceptedDomain> defaultDomain() {
        return acceptedDomains.stream()
                .filter(AcceptedDomain::isDefault)
                .findFirst()
                .or(() -> acceptedDomains.stream().findFirst());
    }

    /// The connector with this id, if it exists; disabled ones too.
    public Optional<SendConnector> connector(UUID id) {
        return connectors.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /// Whether another has the same connectors and domains, and so sends everything the same way.
    public boolean routesAs(Router other) {
        return connectors.equals(other.connectors)
                && acceptedDomains.equals(other.acceptedDomains)
                && mailboxes.equals(other.mailboxes)
                && ownAddresses.equals(other.ownAddresses);
    }

    public List<SendConnector> connectors() {
        return connectors;
    }

    public List<AcceptedDomain> acceptedDomains() {
        return acceptedDomains;
    }

    private static NextHopKey key(String domain, SendConnector connector) {
        return connector.dnsRoutingEnabled()
                ? new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, domain, connector.id())
                : new NextHopKey(
                        DeliveryType.SMART_HOST_CONNECTOR_DELIVERY, connector.smartHostsString(), connector.id());
    }
}
