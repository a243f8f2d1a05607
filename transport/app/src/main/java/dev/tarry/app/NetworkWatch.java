package dev.tarry.app;

import dev.tarry.host.Adapter;
import dev.tarry.server.Plan;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

    private static final Adapter NO_ADAPTER = new Adapter("", 0, "", "", List.of(), Optional.empty());

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

    /// This computer's first network adapter that is up, as it is now; one without addresses if there is none.
    /// Blocking.
    static Adapter adapter() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(NetworkWatch::inUse)
                    .findFirst()
                    .map(NetworkWatch::adapter)
                    .orElse(NO_ADAPTER);
        } catch (SocketException e) {
            LOG.debug("this computer's adapters are not known", e);
            return NO_ADAPTER;
        }
    }

    private static boolean inUse(NetworkInterface one) {
        try {
            return one.isUp()
                    && !one.isLoopback()
                    && one.inetAddresses().findAny().isPresent();
        } catch (SocketException _) {
            return false;
        }
    }

    private static Adapter adapter(NetworkInterface one) {
        List<Adapter.Own> addresses = one.getInterfaceAddresses().stream()
                .map(at -> new Adapter.Own(withoutScope(at.getAddress()), at.getNetworkPrefixLength()))
                .sorted(Comparator.comparing(own -> !(own.address() instanceof Inet4Address)))
                .toList();
        String mac;
        try {
            byte[] octets = one.getHardwareAddress();
            mac = octets == null
                    ? ""
                    : HexFormat.ofDelimiter("-").withUpperCase().formatHex(octets);
        } catch (SocketException _) {
            mac = "";
        }
        return new Adapter(one.getName(), one.getIndex(), one.getDisplayName(), mac, addresses, Optional.empty());
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
