package dev.tarry.send;

import dev.tarry.dns.MxHost;
import dev.tarry.routing.SendConnector;
import dev.tarry.tls.TlsDemand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where an attempt goes, and how.
///
/// @param connector by which the mail leaves
/// @param hosts     in the order in which they are tried, each with all its addresses before the next; at least one
/// @param port      0 to 65535; nobody is at 0
/// @param ourName   what we say in EHLO: the connector's Fqdn, or the server's name
/// @param tls       how the connections must be protected
public record SendPlan(SendConnector connector, List<MxHost> hosts, int port, String ourName, TlsDemand tls) {
    /// Addresses tried within one attempt; those behind are left for another one, which begins with them.
    public static final int MAX_TARGETS = 40;

    /// Addresses of a next hop that are looked at.
    static final int MAX_KNOWN_TARGETS = 10_000;

    /// To hosts whose names say all: smart hosts.
    public SendPlan(SendConnector connector, List<MxHost> hosts, int port, String ourName) {
        this(connector, hosts, port, ourName, TlsDemand.of(connector, Optional.empty()));
    }

    /// @throws IllegalArgumentException if there is no host, or the name is no name
    public SendPlan {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("an attempt needs a host");
        }
        if (ourName.isEmpty() || !ourName.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the name for EHLO is printable ASCII without spaces: " + ourName);
        }
    }

    /// All of them, in order.
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (MxHost host : hosts) {
            for (InetAddress address : host.addresses()) {
                if (targets.size() < MAX_KNOWN_TARGETS) {
                    targets.add(new Target(host.name(), new InetSocketAddress(address, port)));
                }
            }
        }
        return targets;
    }
}
