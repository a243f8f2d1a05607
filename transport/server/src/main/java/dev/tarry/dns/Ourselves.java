package dev.tarry.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What this server is called and where it is reached, so that mail which would come straight back is seen (D12).
/// Loopback addresses are only ours if they are listed: a remote host may well be simulated there.
///
/// @param names     fully qualified, in any case
/// @param addresses those of its receive connectors that listen at the port which hosts are dialled at, and
/// ExternalIPAddress
public record Ourselves(Set<String> names, Set<InetAddress> addresses) {
    public static final Ourselves UNKNOWN = new Ourselves(Set.of(), Set.of());

    public Ourselves {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        addresses = Set.copyOf(addresses);
    }

    boolean called(String name) {
        return names.contains(name);
    }

    boolean at(List<InetAddress> some) {
        return some.stream().anyMatch(addresses::contains);
    }
}
