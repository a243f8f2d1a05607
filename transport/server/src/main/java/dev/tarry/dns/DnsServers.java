package dev.tarry.dns;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.config.DnsSettings;
import dev.tarry.routing.SendConnector;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Whom to ask: the two sets of servers, and what the network adapter knows (reference §4.1).
///
/// @param external for connectors with UseExternalDNSServersEnabled
/// @param internal for all others
/// @param adapter  the servers of the network adapter, in its order
public record DnsServers(Set external, Set internal, List<InetSocketAddress> adapter) {
    /// One set.
    ///
    /// @param adapterEnabled true: the adapter's servers are asked and the list is ignored, as in Exchange
    /// @param servers        in the order in which they are asked, each with its port
    /// @param protocol       what may carry a query
    public record Set(boolean adapterEnabled, List<InetSocketAddress> servers, DnsProtocolOption protocol) {
        public Set {
            servers = List.copyOf(servers);
        }
    }

    /// What one query is asked of. Empty means that there is nobody to ask (D10).
    ///
    /// @param servers each once: one that is written twice is not asked again after it has failed
    public record Chosen(List<InetSocketAddress> servers, DnsProtocolOption protocol) {
        public Chosen {
            servers = servers.stream().distinct().toList();
        }
    }

    public DnsServers {
        adapter = List.copyOf(adapter);
    }

    /// As the operator wrote them.
    public static DnsServers of(DnsSettings dns) {
        return new DnsServers(
                new Set(dns.externalDNSAdapterEnabled(), dns.externalDNSServers(), dns.externalDNSProtocolOption()),
                new Set(dns.internalDNSAdapterEnabled(), dns.internalDNSServers(), dns.internalDNSProtocolOption()),
                dns.adapterServers());
    }

    /// The same with what this computer's own adapter has, where nobody has said what it has.
    public DnsServers withAdapter(List<InetSocketAddress> found) {
        return adapter.isEmpty() ? new DnsServers(external, internal, found) : this;
    }

    /// Everybody who may be asked, each once.
    public SequencedSet<InetSocketAddress> all() {
        SequencedSet<InetSocketAddress> all = new LinkedHashSet<>(external.servers());
        all.addAll(internal.servers());
        all.addAll(adapter);
        return all;
    }

    /// The servers for what leaves by this connector (reference §4.2).
    public Chosen forConnector(SendConnector connector) {
        return chosen(connector.useExternalDnsServersEnabled() ? external : internal);
    }

    /// The servers that a set comes to now.
    public Chosen chosen(Set set) {
        return new Chosen(set.adapterEnabled() ? adapter : set.servers(), set.protocol());
    }
}
