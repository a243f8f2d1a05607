package dev.tarry.routing;

import dev.tarry.mail.EmailAddress;
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
import java.util.function.Predicate;

/// Finds the next hop of a recipient domain (reference §5.3). Immutable: changed settings make a new one.
///
/// The decision in order: accepted domains stay here; of the connectors, drop those too small, keep the enabled
/// ones in scope whose address space matches, and take the most specific space, then the lowest cost, then the
/// first name. So cost never beats specificity, and a big message may leave by a less specific connector than a
/// small one.
public final class Router {
    public static final String NO_CONNECTOR = "A matching connector cannot be found to route the external recipient";

    public static final Reply TOO_LARGE =
            Reply.of(550, "5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route");

    /// What the sender hears of a recipient whose address type no connector takes.
    public static final Reply NO_ADDRESS_TYPE =
            Reply.of(550, "5.4.4 ROUTING.NoConnectorForAddressType; unable to route for address type");

    /// What the sender hears of a recipient whom an Exchange directory would have to know.
    public static final Reply NOT_IN_DIRECTORY = Reply.of(550, "5.1.1 RESOLVER.ADR.ExRecipNotFound; not found");

    /// What the sender hears of a recipient who is not among those that a domain of ours has.
    public static final Reply NOT_FOUND = Reply.of(550, "5.1.1 RESOLVER.ADR.RecipNotFound; not found");

    /// Where local mail is kept.
    ///
    /// @param name as the queue's NextHopDomain shows it, e.g. `Mailbox Database 0471695037`
    public record MailboxDatabase(String name, UUID id) {}

    private final List<SendConnector> connectors;
    private final List<AcceptedDomain> acceptedDomains;
    private final MailboxDatabase mailboxes;
    private final Set<InetAddress> ownAddresses;
    private final Set<String> ownNames;

    /// For a server that no connector names.
    ///
    /// @param ownAddresses a recipient at one of these as an address literal is ours (RFC 5321 §4.1.3)
    /// @throws IllegalArgumentException if two connectors have one GUID
    public Router(
            List<SendConnector> connectors,
            List<AcceptedDomain> acceptedDomains,
            MailboxDatabase mailboxes,
            Set<InetAddress> ownAddresses) {
        this(connectors, acceptedDomains, mailboxes, ownAddresses, Set.of());
    }

    /// @param ownAddresses a recipient at one of these as an address literal is ours (RFC 5321 §4.1.3)
    /// @param ownNames     what this server is called among the source servers of connectors, in lower case
    /// @throws IllegalArgumentException if two connectors have one GUID
    public Router(
            List<SendConnector> connectors,
            List<AcceptedDomain> acceptedDomains,
            MailboxDatabase mailboxes,
            Set<InetAddress> ownAddresses,
            Set<String> ownNames) {
        this.connectors = List.copyOf(connectors);
        this.acceptedDomains = List.copyOf(acceptedDomains);
        this.mailboxes = mailboxes;
        this.ownAddresses = Set.copyOf(ownAddresses);
        this.ownNames = Set.copyOf(ownNames);
        Set<UUID> ids = new HashSet<>();
        for (SendConnector connector : connectors) {
            if (!ids.add(connector.id())) {
                throw new IllegalArgumentException("send connector \"" + connector.name() + "\": another connector has"
                        + " its GUID, " + connector.id());
            }
        }
    }

    /// @param recipient    of a message
    /// @param messageBytes the message's size
    public Route nextHop(EmailAddress recipient, long messageBytes) {
        Optional<Encapsulated> other = encapsulated(recipient);
        if (other.isPresent()) {
            return otherType(other.get(), choices(other.get(), messageBytes));
        }
        return local(recipient, acceptedDomain(recipient.domain()))
                .orElseGet(() -> beyond(recipient.domain(), messageBytes));
    }

    /// Of somebody who is known there.
    ///
    /// @param recipientDomain of an address: a domain in any case, or an address literal
    /// @param messageBytes    the message's size
    public Route nextHop(String recipientDomain, long messageBytes) {
        String domain = Domains.canonical(recipientDomain);
        return local(acceptedDomain(domain)).orElseGet(() -> beyond(domain, messageBytes));
    }

    /// As [#nextHop], with the reasons: for people.
    public Explanation explain(EmailAddress recipient, long messageBytes) {
        String domain = Domains.canonical(recipient.domain());
        Optional<AcceptedDomain> accepted = acceptedDomain(domain);
        Optional<Encapsulated> other = encapsulated(recipient);
        if (other.isPresent()) {
            List<Choice> choices = choices(other.get(), messageBytes);
            return new Explanation(otherType(other.get(), choices), accepted, choices);
        }
        Optional<Route> local = local(recipient, accepted);
        if (local.isPresent()) {
            return new Explanation(local.get(), accepted, List.of());
        }
        List<Choice> choices = choices(space -> space.takes(domain), messageBytes);
        return new Explanation(
                chosen(choices).map(best -> deliver(domain, best.connector())).orElseGet(() -> nowhere(choices)),
                accepted,
                choices);
    }

    /// Whether a client is told at once that nobody knows a recipient.
    public boolean knowsNot(EmailAddress recipient) {
        return acceptedDomain(recipient.domain())
                        .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE
                                && domain.askedAtOnce()
                                && !domain.recipients().know(recipient))
                        .isPresent()
                && encapsulated(recipient).isEmpty();
    }

    /// Reference §5.5: of a domain of which we know all recipients an unknown one does not exist; of one of which we
    /// know some it lives elsewhere.
    private Optional<Route> local(EmailAddress recipient, Optional<AcceptedDomain> domain) {
        Optional<AcceptedDomain> unknown =
                domain.filter(accepted -> !accepted.recipients().know(recipient));
        if (unknown.isEmpty()) {
            return local(domain);
        }
        return unknown.filter(accepted -> accepted.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .map(_ -> new Route.Refused(NOT_FOUND));
    }

    private Optional<Route> local(Optional<AcceptedDomain> domain) {
        return domain.filter(accepted -> accepted.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .map(accepted -> new Route.Local(
                        new NextHopKey(DeliveryType.SMTP_DELIVERY_TO_MAILBOX, mailboxes.name(), mailboxes.id()),
                        accepted));
    }

    /// As [#nextHop] for what does not live here, whatever the accepted domains say: the unknown recipients of an
    /// InternalRelay domain.
    public Route beyond(String recipientDomain, long messageBytes) {
        String domain = Domains.canonical(recipientDomain);
        boolean tooSmall = false;
        Choice best = null;
        for (SendConnector connector : connectors) {
            if (!connector.enabled() || !inScope(connector)) {
                continue;
            }
            boolean fits = fits(connector, messageBytes);
            for (AddressSpace space : connector.addressSpaces()) {
                if (!space.takes(domain)) {
                    continue;
                }
                if (!fits) {
                    tooSmall = true;
                    break;
                }
                Choice choice = new Choice(connector, Optional.of(space), Choice.Verdict.CHOSEN);
                if (best == null || Choice.BEST_FIRST.compare(choice, best) < 0) {
                    best = choice;
                }
            }
        }
        if (best != null) {
            return deliver(domain, best.connector());
        }
        return tooSmall ? new Route.Refused(TOO_LARGE) : new Route.Unreachable(NO_CONNECTOR);
    }

    private static Route nowhere(List<Choice> choices) {
        return choices.stream().anyMatch(choice -> choice.verdict() == Choice.Verdict.TOO_SMALL)
                ? new Route.Refused(TOO_LARGE)
                : new Route.Unreachable(NO_CONNECTOR);
    }

    private static boolean fits(SendConnector connector, long messageBytes) {
        return messageBytes <= connector.maxMessageSize().orElse(Long.MAX_VALUE);
    }

    private boolean inScope(SendConnector connector) {
        return connector.sourceServers().isEmpty()
                || connector.sourceServers().stream().anyMatch(ownNames::contains);
    }

    /// What each connector comes to.
    private List<Choice> choices(Predicate<AddressSpace> takes, long messageBytes) {
        List<Choice> candidates = connectors.stream()
                .map(connector -> candidate(connector, takes, messageBytes))
                .toList();
        Optional<Choice> best = candidates.stream()
                .filter(choice -> choice.verdict() == Choice.Verdict.CHOSEN)
                .min(Choice.BEST_FIRST);
        return candidates.stream()
                .map(choice -> best.isEmpty() || choice == best.get() ? choice : choice.against(best.get()))
                .toList();
    }

    private Choice candidate(SendConnector connector, Predicate<AddressSpace> takes, long messageBytes) {
        Optional<Choice> match = connector.addressSpaces().stream()
                .filter(takes)
                .map(space -> new Choice(connector, Optional.of(space), Choice.Verdict.CHOSEN))
                .min(Choice.BEST_FIRST);
        Optional<AddressSpace> space = match.flatMap(Choice::space);
        if (!connector.enabled()) {
            return new Choice(connector, space, Choice.Verdict.DISABLED);
        }
        if (!inScope(connector)) {
            return new Choice(connector, space, Choice.Verdict.OUT_OF_SCOPE);
        }
        if (match.isEmpty()) {
            return new Choice(connector, space, Choice.Verdict.NO_MATCH);
        }
        return fits(connector, messageBytes) ? match.get() : new Choice(connector, space, Choice.Verdict.TOO_SMALL);
    }

    private static Optional<Choice> chosen(List<Choice> choices) {
        return choices.stream()
                .filter(choice -> choice.verdict() == Choice.Verdict.CHOSEN)
                .findFirst();
    }

    /// Addresses of other kinds are written at one of our own domains.
    private Optional<Encapsulated> encapsulated(EmailAddress recipient) {
        return Encapsulated.of(recipient)
                .filter(_ -> local(acceptedDomain(recipient.domain())).isPresent());
    }

    private List<Choice> choices(Encapsulated other, long messageBytes) {
        return other.type().equals(Encapsulated.EXCHANGE)
                ? List.of()
                : choices(space -> space.takes(other.type(), other.address()), messageBytes);
    }

    /// Reference §5.3: what no connector takes is refused, where an SMTP address would wait.
    private static Route otherType(Encapsulated other, List<Choice> choices) {
        if (other.type().equals(Encapsulated.EXCHANGE)) {
            return new Route.Refused(NOT_IN_DIRECTORY);
        }
        return chosen(choices)
                .map(best -> deliver(other.type(), best.connector()))
                .orElseGet(() -> nowhere(choices) instanceof Route.Refused refused
                        ? refused
                        : new Route.Refused(NO_ADDRESS_TYPE));
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
                .max(Comparator.comparingInt(
                                (AcceptedDomain accepted) -> accepted.domain().length())
                        .thenComparing(accepted -> !accepted.matchSubDomains()));
    }

    /// The domain that reports of our own come from, if any domain is accepted.
    public Optional<AcceptedDomain> defaultDomain() {
        return acceptedDomains.stream()
                .filter(AcceptedDomain::isDefault)
                .findFirst()
                .or(() -> acceptedDomains.stream().findFirst());
    }

    /// The same for a server with other addresses.
    public Router at(Set<InetAddress> addresses) {
        return addresses.equals(ownAddresses)
                ? this
                : new Router(connectors, acceptedDomains, mailboxes, addresses, ownNames);
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
                && ownAddresses.equals(other.ownAddresses)
                && ownNames.equals(other.ownNames);
    }

    public List<SendConnector> connectors() {
        return connectors;
    }

    public List<AcceptedDomain> acceptedDomains() {
        return acceptedDomains;
    }

    private static Route deliver(String domain, SendConnector connector) {
        return new Route.Deliver(key(domain, connector), connector);
    }

    private static NextHopKey key(String domain, SendConnector connector) {
        return connector.dnsRoutingEnabled()
                ? new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, domain, connector.id())
                : new NextHopKey(
                        DeliveryType.SMART_HOST_CONNECTOR_DELIVERY, connector.smartHostsString(), connector.id());
    }
}
