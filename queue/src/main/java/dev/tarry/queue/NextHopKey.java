package dev.tarry.queue;

import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;

/// What tells one queue from another (NextHopSolutionKey, reference §1.3): every distinct triple is a queue of its own.
/// Ordered by domain, then type, then connector, so that what walks keys walks them the same way each time.
///
/// @param deliveryType  how mail leaves
/// @param nextHopDomain recipient domain, smart-host list, mailbox database or other name, depending on the type; never
/// empty. A recipient domain is kept in lower case, names of our own as they are written
/// @param connector     the send connector or database; [#NO_CONNECTOR] when not used
public record NextHopKey(DeliveryType deliveryType, String nextHopDomain, UUID connector)
        implements Comparable<NextHopKey> {
    /// All zeros.
    public static final UUID NO_CONNECTOR = new UUID(0, 0);

    /// The queue of what waits for the categorizer.
    public static final NextHopKey SUBMISSION = new NextHopKey(DeliveryType.UNDEFINED, "Submission", NO_CONNECTOR);

    /// The queue of what is set aside because it brings the server down.
    public static final NextHopKey POISON = new NextHopKey(DeliveryType.UNDEFINED, "Poison Message", NO_CONNECTOR);

    /// The queue of what no connector takes.
    public static final NextHopKey UNREACHABLE =
            new NextHopKey(DeliveryType.UNREACHABLE, "Unreachable Domain", NO_CONNECTOR);

    private static final Comparator<NextHopKey> ORDER = Comparator.comparing(NextHopKey::nextHopDomain)
            .thenComparing(NextHopKey::deliveryType)
            .thenComparing(NextHopKey::connector);

    /// @throws IllegalArgumentException if the domain is empty
    public NextHopKey {
        if (nextHopDomain.isEmpty()) {
            throw new IllegalArgumentException("a next hop has a domain or a name");
        }
        if (deliveryType == DeliveryType.DNS_CONNECTOR_DELIVERY) {
            nextHopDomain = nextHopDomain.toLowerCase(Locale.ROOT);
        }
    }

    /// Whether its queue is always there, and goes by its name.
    public boolean persistent() {
        return equals(SUBMISSION) || equals(UNREACHABLE) || equals(POISON);
    }

    /// What an identity has behind the server's name (reference §1.4): `Submission`, or the queue's integer.
    ///
    /// @param id the integer of this key's queue
    public String queueName(int id) {
        if (equals(SUBMISSION)) {
            return "Submission";
        }
        if (equals(UNREACHABLE)) {
            return "Unreachable";
        }
        return equals(POISON) ? "Poison" : Integer.toString(id);
    }

    @Override
    public int compareTo(NextHopKey other) {
        return ORDER.compare(this, other);
    }

    /// For logs: `DnsConnectorDelivery:gmail.com`.
    @Override
    public String toString() {
        return deliveryType.shellName() + ":" + nextHopDomain;
    }
}
