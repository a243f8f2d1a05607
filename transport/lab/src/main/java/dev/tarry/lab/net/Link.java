package dev.tarry.lab.net;

import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.LinkEffect;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/// The way between the server (or a stranger) and one address of the lab's world, as faults and firewall make
/// it now. Thread-safe.
final class Link {
    private final Faults faults;
    private final Firewall firewall;
    private final Protocol protocol;
    private final InetSocketAddress address;
    private final Supplier<String> host;

    /// @param address in the lab's world
    /// @param host the name of the host there, empty if nobody is known there; asked each time, since zones
    ///     change
    Link(Faults faults, Firewall firewall, Protocol protocol, InetSocketAddress address, Supplier<String> host) {
        this.faults = faults;
        this.firewall = firewall;
        this.protocol = protocol;
        this.address = address;
        this.host = host;
    }

    /// Good weather: whatever passes, passes at once. Two volatile reads.
    boolean clear() {
        return !faults.linksAreBad() && !firewall.restricting();
    }

    /// What becomes of the next thing that passes, either way.
    ///
    /// @param ours whether it comes from the server or goes there: only then its firewall has a say. Flows
    ///     that are open already are dropped by a new rule, as in Windows
    Passage next(boolean ours) {
        if (ours) {
            switch (firewall.outbound(protocol, address)) {
                case ALLOW -> {}
                case BLOCK -> {
                    return new Passage.Lost();
                }
                case REJECT -> {
                    return new Passage.Rejected();
                }
            }
        }
        if (!faults.linksAreBad()) {
            return Passage.UNHINDERED;
        }
        var effects = faults.link(
                host.get(),
                address.getAddress().getHostAddress(),
                address.getPort(),
                protocol.name().toLowerCase(Locale.ROOT));
        var latency = Duration.ZERO;
        long rate = Passage.UNLIMITED;
        boolean lost = false;
        for (var effect : effects) {
            switch (effect) {
                case LinkEffect.Latency(var by) -> latency = latency.plus(by);
                case LinkEffect.Bandwidth(long octetsPerSecond) -> rate = Math.min(rate, octetsPerSecond);
                case LinkEffect.Loss() -> lost = true;
            }
        }
        return lost ? new Passage.Lost() : new Passage.Arrives(latency, rate);
    }
}
