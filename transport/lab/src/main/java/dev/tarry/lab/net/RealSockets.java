package dev.tarry.lab.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sockets of the machine, on loopback unless told otherwise. Thread-safe.
public final class RealSockets implements Sockets {
    private static final Logger log = LoggerFactory.getLogger(RealSockets.class);

    /// A burst of queries must not be lost for want of room; the kernel may grant less.
    private static final int DATAGRAM_BUFFER_BYTES = 4 << 20;

    private static final int BACKLOG = 1_024;

    private final EventLoopGroup loops;
    private final ListeningChannels channels = new ListeningChannels();

    /// @param loops loops that carry NIO channels
    public RealSockets(EventLoopGroup loops) {
        this.loops = Objects.requireNonNull(loops, "loops");
    }

    @Override
    public CompletableFuture<SocketAddress> listenTcp(Optional<InetSocketAddress> at, ChannelHandler childInitializer) {
        return channels.bound(new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(channels.keeping(childInitializer))
                .bind(at.orElseGet(RealSockets::anywhere)));
    }

    @Override
    public CompletableFuture<SocketAddress> listenUdp(Optional<InetSocketAddress> at, DatagramService service) {
        return channels.bound(new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, DATAGRAM_BUFFER_BYTES)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Incoming(service), new ListeningChannels.DeafEar());
                    }
                })
                .bind(at.orElseGet(RealSockets::anywhere)));
    }

    @Override
    public boolean throughTheKernel() {
        return true;
    }

    @Override
    public void close() {
        channels.closeAll();
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// Where datagrams are handed in and answers handed out.
    private static final class Incoming extends SimpleChannelInboundHandler<DatagramPacket> {
        private final DatagramService service;

        Incoming(DatagramService service) {
            this.service = service;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            var sender = packet.sender();
            try {
                service.datagram(
                        packet.content(),
                        sender,
                        context.executor(),
                        octets -> context.writeAndFlush(new DatagramPacket(octets, sender)));
            } catch (RuntimeException unexpected) {
                log.error(
                        "a datagram of {} octets was dropped", packet.content().readableBytes(), unexpected);
            }
        }
    }
}
