package dev.tarry.lab.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
        DatagramChannel socket;
        try {
            socket = DatagramChannel.open();
        } catch (IOException noMore) {
            return CompletableFuture.failedFuture(noMore);
        }
        return channels.bound(new Bootstrap()
                .group(loops)
                .channelFactory(() -> new NioDatagramChannel(socket))
                .option(ChannelOption.SO_RCVBUF, DATAGRAM_BUFFER_BYTES)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Incoming(service, socket), new ListeningChannels.DeafEar());
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

    /// Where datagrams are handed in and answers handed out. Lives on the loop of its channel.
    private final class Incoming extends SimpleChannelInboundHandler<DatagramPacket> {
        private final DatagramService service;
        private final DatagramChannel socket;
        private ChannelFuture elsewhere;

        /// @param socket what the channel stands on
        Incoming(DatagramService service, DatagramChannel socket) {
            this.service = service;
            this.socket = socket;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            try {
                service.datagram(
                        packet.content(), packet.sender(), context.executor(), new WayBack(context, packet.sender()));
            } catch (RuntimeException unexpected) {
                log.error(
                        "a datagram of {} octets was dropped", packet.content().readableBytes(), unexpected);
            }
        }

        private final class WayBack implements DatagramService.Reply {
            private final ChannelHandlerContext context;
            private final InetSocketAddress to;

            WayBack(ChannelHandlerContext context, InetSocketAddress to) {
                this.context = context;
                this.to = to;
            }

            @Override
            public ChannelFuture send(ByteBuf octets) {
                return octets.isReadable()
                        ? context.writeAndFlush(new DatagramPacket(octets, to))
                        : sendNothing(octets);
            }

            /// A datagram without octets, which Netty would leave out.
            private ChannelFuture sendNothing(ByteBuf octets) {
                octets.release();
                try {
                    socket.send(ByteBuffer.allocate(0), to);
                    return context.newSucceededFuture();
                } catch (IOException failed) {
                    return context.newFailedFuture(failed);
                }
            }

            @Override
            public void sendFromElsewhere(ByteBuf octets) {
                if (elsewhere == null) {
                    elsewhere = otherPort(context.channel());
                }
                elsewhere.addListener(opened -> {
                    if (opened.isSuccess()) {
                        elsewhere.channel().writeAndFlush(new DatagramPacket(octets, to));
                    } else {
                        octets.release();
                        elsewhere = null; // the next one tries again
                        log.warn("a second port cannot be opened", opened.cause());
                    }
                });
            }
        }
    }

    /// Another datagram socket at the same address, on the same loop; nobody listens to it.
    private ChannelFuture otherPort(Channel channel) {
        var here = (InetSocketAddress) channel.localAddress();
        var binding = new Bootstrap()
                .group(channel.eventLoop())
                .channel(NioDatagramChannel.class)
                .handler(new ListeningChannels.DeafEar())
                .bind(new InetSocketAddress(here.getAddress(), 0));
        channels.bound(binding);
        return binding;
    }
}
