package dev.tarry.app;

import dev.tarry.server.Plan;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ResolverConfig;

/// Outside the lab: looks now and then which DNS servers this computer has, and which addresses, and tells when that is
/// another than before. On a loop of its own, since files are read.
final class NetworkWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);

    /// From one look to the next, in real time.
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Supplier<Plan.Network> look;
    private final Consumer<Plan.Network> changed;
    private final Timers wireTimers;
    private final Loop loop;
    private Plan.Network last;
    private volatile Alarm next = () -> {};
    private volatile boolean closed;

    /// @param first   what is known already
    /// @param changed told on the loop
    NetworkWatch(
            Plan.Network first,
            Supplier<Plan.Network> look,
            Consumer<Plan.Network> changed,
            Timers wireTimers,
            Loop loop) {
        this.last = first;
        this.look = look;
        this.changed = changed;
        this.wireTimers = wireTimers;
        this.loop = loop;
        this.next = wireTimers.after(INTERVAL, loop, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            Plan.Network now = look.get();
            if (!now.equals(last)) {
                LOG.info("this computer's DNS servers are {}, its addresses {}", now.dnsServers(), now.addresses());
                changed.accept(now);
                last = now;
            }
        } catch (RuntimeException e) {
            LOG.warn("this computer's network could not be looked at; what was known holds", e);
        } finally {
            next = wireTimers.after(INTERVAL, loop, this::look);
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }

    /// This computer's network as it is now: DNS servers as its system has them (`/etc/resolv.conf`, the registry).
    /// Blocking.
    static Plan.Network now() {
        ResolverConfig.refresh();
        List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
        return new Plan.Network(servers, addresses());
    }

    private static Set<InetAddress> addresses() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .forEach(address -> addresses.add(withoutScope(address)));
        } catch (SocketException e) {
            LOG.debug("this computer's addresses are not known", e);
        }
        return addresses;
    }

    /// DNS knows of none.
    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
