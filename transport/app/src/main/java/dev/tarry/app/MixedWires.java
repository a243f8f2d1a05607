package dev.tarry.app;

import dev.tarry.time.Wires;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/// Wires of a lab that has a door: what the egress list names is dialled where it really is, all else in the lab. So a
/// send connector can hand its mail to a mail server of somebody's own, while the rest of the world stays the lab's.
///
/// Any thread.
final class MixedWires implements Wires {
    private final Wires lab;
    private final NetworkWires network;

    MixedWires(Wires lab, NetworkWires network) {
        this.lab = lab;
        this.network = network;
    }

    private Wires to(InetSocketAddress address) {
        return network.allows(address) ? network : lab;
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return to(to).connect(loop, to, handler);
    }

    @Override
    public Future<Channel> connect(
            EventLoop loop, Optional<InetAddress> from, InetSocketAddress to, ChannelHandler handler) {
        return to(to).connect(loop, from, to, handler);
    }

    @Override
    public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return to(to).datagrams(loop, to, handler);
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
        return lab.listen(at, childHandler);
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, int knownAs, ChannelHandler childHandler) {
        return lab.listen(at, knownAs, childHandler);
    }

    @Override
    public SocketAddress addressOf(Channel listening) {
        return lab.addressOf(listening);
    }
}
