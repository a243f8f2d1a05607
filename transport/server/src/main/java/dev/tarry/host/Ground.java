package dev.tarry.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// What the machine has besides its wires. Thread-safe; nothing of it blocks.
public interface Ground {
    /// What an echo request comes to.
    enum Echo {
        REPLY,
        SILENCE,
        /// None can be sent from here: there is no lab, and a program without privileges has no ICMP.
        IMPOSSIBLE
    }

    /// The machine's own name without its domain, such as MAIL.
    String computerName();

    /// With its domain.
    String fqdn();

    Adapter adapter();

    /// The addresses of its network adapter, without loopback; the first is what it dials from.
    default List<InetAddress> addresses() {
        return adapter().addresses().stream().map(Adapter.Own::address).toList();
    }

    /// The adapter's DNS servers, in the order in which they are asked.
    List<InetSocketAddress> dnsServers();

    /// Whether an address is this machine's.
    boolean isOwn(InetAddress address);

    /// Dials a port of this machine's own, under the number that clients know it by: 25 is the SMTP listener wherever
    /// it is bound.
    ///
    /// @return fails with a [java.net.ConnectException] if nothing listens there
    Future<Channel> dialOwn(EventLoop loop, int port, ChannelHandler handler);

    Echo echo(InetAddress to);

    /// By which of its addresses it dials that one.
    default Optional<InetAddress> sourceFor(InetAddress to) {
        return to.isLoopbackAddress() ? Optional.of(to) : addresses().stream().findFirst();
    }
}
