package dev.tarry.send;

import java.net.InetSocketAddress;

/// One address of one host.
///
/// @param host    its name in lower case, or an address literal
/// @param address as it is dialled
public record Target(String host, InetSocketAddress address) {
    public String ip() {
        return address.getAddress().getHostAddress();
    }

    /// `192.0.2.1:25`, as error texts have it.
    String endpoint() {
        return ip() + ":" + address.getPort();
    }
}
