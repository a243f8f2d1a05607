package dev.tarry.server;

import dev.tarry.config.Settings;
import dev.tarry.config.WorldKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The addresses at which mail for others would come straight back to us (RFC 5321 §5.1), and mail for an address
/// literal is ours (§4.1.3). An address is ours where we listen on it at the port that domains' hosts are dialled at;
/// at another port of it there may be another server. What ExternalIPAddress says is ours in any case: the way from
/// there to a port of ours is the network's business. In the lab's world loopback is never ours, for the lab's
/// hosts may have any address.
///
/// @param external ExternalIPAddress
/// @param loopback whether loopback may be ours
/// @param dialled  the port of domains' hosts
/// @param bindings where receive connectors are to listen; port 0 is none yet
record OwnAddresses(Optional<InetAddress> external, boolean loopback, int dialled, List<InetSocketAddress> bindings) {
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    static OwnAddresses of(Settings settings) {
        return new OwnAddresses(
                settings.server().externalIpAddress(),
                settings.world() == WorldKind.NETWORK,
                settings.smtpSend().port(),
                settings.receiveConnectors().stream()
                        .filter(connector -> connector.scope().enabled())
                        .flatMap(connector -> connector.bindings().stream())
                        .toList());
    }

    /// As far as settings tell.
    Set<InetAddress> addresses() {
        return addresses(Set.of(), List.of());
    }

    /// All of them.
    ///
    /// @param computers of this computer, without loopback: those that it has where we listen on all of them
    /// @param listening where we really listen; empty: where we are to
    Set<InetAddress> addresses(Set<InetAddress> computers, List<InetSocketAddress> listening) {
        Set<InetAddress> own = new LinkedHashSet<>();
        external.ifPresent(own::add);
        for (InetSocketAddress at : listening.isEmpty() ? bindings : listening) {
            if (at.getPort() != dialled) {
                continue;
            }
            InetAddress address = at.getAddress();
            if (address.isAnyLocalAddress()) {
                own.addAll(computers);
                own.addAll(loopback ? LOOPBACK : List.of());
            } else if (loopback || !address.isLoopbackAddress()) {
                own.add(address);
            }
        }
        return own;
    }
}
