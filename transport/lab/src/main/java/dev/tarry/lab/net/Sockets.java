package dev.tarry.lab.net;

import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// How the lab listens. Thread-safe.
public interface Sockets extends AutoCloseable {
    /// Listens for connections; the initializer fills the pipeline of each accepted channel.
    ///
    /// @param at where; port 0 takes a free one; empty: anywhere free. Sockets within this process ignore it
    /// @return where it listens, once it accepts; fails with the cause (address in use …)
    CompletableFuture<SocketAddress> listenTcp(Optional<InetSocketAddress> at, ChannelHandler childInitializer);

    /// Listens for datagrams. Within this process a client connects, with [LocalDatagrams] first in its pipeline.
    CompletableFuture<SocketAddress> listenUdp(Optional<InetSocketAddress> at, DatagramService service);

    /// Whether the kernel stands between the two ends, so that what one end wrote reaches the other some time later
    /// and has to be counted while it is on its way.
    boolean throughTheKernel();

    /// Stops listening and closes what was accepted; does not wait for it.
    @Override
    void close();
}
