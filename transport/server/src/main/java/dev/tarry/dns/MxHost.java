package dev.tarry.dns;

import java.net.InetAddress;
import java.util.List;

/// A host that takes a domain's mail.
///
/// @param name       in lower case without the last dot; an address literal for a host that has no name
/// @param preference 0 to 65,535, lower first
/// @param addresses  at least one, in the order in which they are tried
public record MxHost(String name, int preference, List<InetAddress> addresses) {
    public MxHost {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a host that can be tried has an address");
        }
    }
}
