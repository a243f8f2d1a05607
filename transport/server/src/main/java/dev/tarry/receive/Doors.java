package dev.tarry.receive;

import dev.tarry.config.AddressRange;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where a receive connector listens, and for whom (reference §6.1).
///
/// @param bindings at least one; port 0 takes a free one, the address of all IPv6 (`[::]`) stands for IPv4 too
/// @param ranges   its clients
public record Doors(List<InetSocketAddress> bindings, List<AddressRange> ranges) {
    /// All clients there are.
    public static final List<AddressRange> EVERYBODY =
            List.of(AddressRange.parse("::/0"), AddressRange.parse("0.0.0.0/0"));

    /// Lists are copied.
    public Doors {
        bindings = List.copyOf(bindings);
        ranges = List.copyOf(ranges);
        if (bindings.isEmpty()) {
            throw new IllegalArgumentException("a receive connector listens at one address at least");
        }
    }

    /// One address, for everybody.
    public static Doors at(InetSocketAddress binding) {
        return new Doors(List.of(binding), EVERYBODY);
    }

    /// The smallest of its ranges that a client is in.
    Optional<BigInteger> range(InetAddress client) {
        return ranges.stream()
                .filter(range -> range.contains(client))
                .map(AddressRange::size)
                .min(Comparator.naturalOrder());
    }

    /// Whether a binding takes in connections to an address.
    static boolean covers(InetSocketAddress binding, InetSocketAddress address) {
        return binding.getPort() == address.getPort()
                && (binding.getAddress().equals(address.getAddress())
                        || binding.getAddress().isAnyLocalAddress()
                                && (!(binding.getAddress() instanceof Inet4Address)
                                        || address.getAddress() instanceof Inet4Address));
    }
}
