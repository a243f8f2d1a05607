package dev.tarry.server;

import dev.tarry.config.Settings;
import dev.tarry.config.WorldKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The addresses at which mail for others would come straight back to us (RFC 5321 §5.1), and mail for an address
/// literal is ours (§4.1.3). An address is ours where we listen on it at the port that domains' hosts are dialled at;
/// at another port of it there may be another server. What ExternalIPAddress says is ours in any case: the way from
/// there to a port of ours is the network's business. In the lab's world loopback is never ours, for the lab's hosts
/// may
/// have any address.
final class OwnAddresses {
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private OwnAddresses() {}

    /// Those that settings tell of.
    static Set<InetAddress> of(Settings settings) {
        Set<InetAddress> own = new LinkedHashSet<>();
        settings.server().externalIpAddress().ifPresent(own::add);
        boolean network = settings.world() == WorldKind.NETWORK;
        settings.receiveConnectors().stream()
                .map(connector -> connector.bind())
                .filter(bind -> bind.getPort() == settings.smtpSend().port())
                .map(InetSocketAddress::getAddress)
                .forEach(bound -> {
                    if (bound.isAnyLocalAddress()) {
                        own.addAll(network ? LOOPBACK : List.of());
                    } else if (network || !bound.isLoopbackAddress()) {
                        own.add(bound);
                    }
                });
        return own;
    }

    /// Whether each address of this computer is ours: a connector listens on all of them.
    ///
    /// @param dialled the port of domains' hosts
    static boolean everywhere(List<InetSocketAddress> bindings, int dialled) {
        return bindings.stream().anyMatch(bind -> bind.getAddress().isAnyLocalAddress() && bind.getPort() == dialled);
    }
}
