package dev.tarry.host;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A network adapter.
///
/// @param alias       what people call it, such as Ethernet
/// @param index       its number on this machine
/// @param description what it is
/// @param macAddress  as Windows writes it, `00-15-5D-01-14-00`; empty if it has none
/// @param addresses   the machine's own by it; the first is what it dials from
/// @param gateway     the way to everybody else
public record Adapter(
        String alias,
        int index,
        String description,
        String macAddress,
        List<Own> addresses,
        Optional<InetAddress> gateway) {
    /// An address of the machine's own. @param prefixBits of its network
    public record Own(InetAddress address, int prefixBits) {}

    public Adapter {
        addresses = List.copyOf(addresses);
    }
}
