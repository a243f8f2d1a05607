package dev.tarry.send;

import dev.tarry.routing.Literals;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// One address of one host.
///
/// @param host    its name in lower case, or an address literal
/// @param address as it is dialled
public record Target(String host, InetSocketAddress address) {
    public String ip() {
        return address.getAddress().getHostAddress();
    }

    /// `192.0.2.1:25` or `[2001:db8:0:0:0:0:0:1]:25`, as error texts and logs have it.
    public String endpoint() {
        return Literals.withPort(ip(), address.getPort());
    }

    /// The same of a socket's end; empty where it has no such address, as in a simulation.
    static String endpoint(SocketAddress end) {
        return end instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? Literals.withPort(inet.getAddress().getHostAddress(), inet.getPort())
                : "";
    }
}
