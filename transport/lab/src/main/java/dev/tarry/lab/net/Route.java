package dev.tarry.lab.net;

import java.net.SocketAddress;
import java.util.Objects;

/// Where dialling an address leads at this moment.
public sealed interface Route {
    /// Somebody listens: connect here.
    record Open(SocketAddress address) implements Route {
        public Open {
            Objects.requireNonNull(address, "address");
        }
    }

    /// What is sent is swallowed, and nothing ever comes back: a firewall that drops, or an address nobody has.
    record BlackHole() implements Route {}

    /// The host says no at once: a TCP reset, or port unreachable for UDP.
    record Refused() implements Route {}
}
