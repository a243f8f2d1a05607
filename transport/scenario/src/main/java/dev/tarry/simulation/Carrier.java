package dev.tarry.simulation;

import dev.tarry.lab.net.LocalDatagrams;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Promise;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What carries octets: sockets of the machine, or channels within this process. Datagrams within the process
/// are connections that keep their messages apart.
public enum Carrier {
    SOCKETS,
    LOCAL;

    private static final int BACKLOG = 4_096;

    /// Opens a connection; the promise is completed on the loop, and if it was cancelled meanwhile the connection is
    /// closed.
    ///
    /// @param handlers first in the pipeline first
    public void connect(EventLoop loop, SocketAddress to, List<ChannelHandler> handlers, Promise<Channel> promise) {
        connect(loop, Optional.empty(), to, handlers, promise);
    }

    /// The same.
    ///
    /// @param from an address of this machine's; within the process it says nothing
    public void connect(
            EventLoop loop,
            Optional<InetAddress> from,
            SocketAddress to,
            List<ChannelHandler> handlers,
            Promise<Channel> promise) {
        Bootstrap bootstrap = new Bootstrap().group(loop).handler(filling(handlers));
        switch (this) {
            case SOCKETS -> {
                bootstrap
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // Netty's own ticks on another clock
                from.ifPresent(address -> bootstrap.localAddress(address, 0));
            }
            case LOCAL -> bootstrap.channel(LocalChannel.class);
        }
        settle(bootstrap.connect(to), promise);
    }

    /// Opens a datagram socket that talks to one peer.
    public void datagrams(EventLoop loop, SocketAddress to, List<ChannelHandler> handlers, Promise<Channel> promise) {
        Bootstrap bootstrap = new Bootstrap().group(loop);
        switch (this) {
            case SOCKETS -> {
                List<ChannelHandler> all = new ArrayList<>(handlers);
                all.add(all.size() - 1, new Unwrapping());
                bootstrap.channel(NioDatagramChannel.class).handler(filling(all));
            }
            case LOCAL -> {
                List<ChannelHandler> all = new ArrayList<>(handlers);
                all.addFirst(new LocalDatagrams());
                bootstrap.channel(LocalChannel.class).handler(filling(all));
            }
        }
        settle(bootstrap.connect(to), promise);
    }

    public ChannelFuture listen(EventLoopGroup loops, SocketAddress at, ChannelHandler childHandler) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(loops).childHandler(childHandler);
        switch (this) {
            case SOCKETS ->
                bootstrap
                        .channelFactory(() -> serverSocket(at))
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true);
            case LOCAL -> bootstrap.channel(LocalServerChannel.class);
        }
        return bootstrap.bind(at);
    }

    /// 0.0.0.0 is every address of IPv4, and none of IPv6, which Java would open as well.
    private static NioServerSocketChannel serverSocket(SocketAddress at) {
        return at instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address
                ? new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
                : new NioServerSocketChannel();
    }

    private static void settle(ChannelFuture connecting, Promise<Channel> promise) {
        connecting.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                promise.tryFailure(done.cause());
            } else if (!promise.trySuccess(done.channel())) {
                done.channel().close();
            }
        });
        promise.addListener(asked -> {
            if (asked.isCancelled()) {
                connecting.channel().close();
            }
        });
    }

    private static ChannelHandler filling(List<ChannelHandler> handlers) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                handlers.forEach(channel.pipeline()::addLast);
            }
        };
    }

    /// A connected datagram socket reads packets; only their octets matter.
    private static final class Unwrapping extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf octets = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
            context.fireChannelRead(octets);
        }
    }
}
