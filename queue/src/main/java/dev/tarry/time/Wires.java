package dev.tarry.time;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/// How the server reaches the world and is reached. In the lab world an address leads to wherever the lab's
/// address book says (design §3.10); against a real network it means itself, and only what the egress list
/// allows is dialled.
///
/// Nothing here has a time-out: an address where nobody answers leaves the future open, and the caller, who has
/// an alarm in lab time, cancels it. Channels live on the loop they were asked for; their handlers are added
/// there.
public interface Wires {
    /// Dials TCP. Fails with a [java.net.ConnectException] if the other side refuses, with [EgressRefused] if
    /// it may not be dialled.
    ///
    /// @param handler added to the pipeline before the connection is used; often a ChannelInitializer
    Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler);

    /// The same from an address of ours. Where addresses are the lab's, each of them is: nothing is bound.
    ///
    /// @param from absent: whichever the system takes. One that is not this machine's fails with a
    /// [java.net.BindException]
    default Future<Channel> connect(
            EventLoop loop, Optional<InetAddress> from, InetSocketAddress to, ChannelHandler handler) {
        return connect(loop, to, handler);
    }

    /// Opens a datagram socket connected to one peer: each message written and read is a ByteBuf, one datagram.
    Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler);

    /// Listens for TCP; every accepted channel gets the handler.
    ///
    /// @return the listening channel; fails with a [java.net.BindException] if the address is taken
    Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler);

    /// Listens for mail: the same, but in the lab's world the firewall of this server stands before it.
    ///
    /// @param knownAs the port that clients know the service by, such as 25, wherever it is bound
    default Future<Channel> listen(InetSocketAddress at, int knownAs, ChannelHandler childHandler) {
        return listen(at, childHandler);
    }

    /// Where a listening channel can be dialled by others.
    default SocketAddress addressOf(Channel listening) {
        return listening.localAddress();
    }
}
