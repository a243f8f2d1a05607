package dev.tarry.lab.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Channels within this process, for a simulation on one thread. "Datagrams" are connections that begin with
/// [LocalDatagrams] at both ends; nothing is lost on them.
public final class LocalSockets implements Sockets {
    private static final Logger log = LoggerFactory.getLogger(LocalSockets.class);

    private final EventLoopGroup loops;
    private final String prefix;
    private final AtomicLong opened = new AtomicLong();
    private final ListeningChannels channels = new ListeningChannels();

    /// @param loops loops that carry local channels
    /// @param prefix begins every address; must be unique in the process, which has one address book for all
    public LocalSockets(EventLoopGroup loops, String prefix) {
        this.loops = Objects.requireNonNull(loops, "loops");
        this.prefix = Objects.requireNonNull(prefix, "prefix");
    }

    @Override
    public CompletableFuture<SocketAddress> listenTcp(Optional<InetSocketAddress> at, ChannelHandler childInitializer) {
        return listen("tcp", childInitializer);
    }

    @Override
    public CompletableFuture<SocketAddress> listenUdp(Optional<InetSocketAddress> at, DatagramService service) {
        return listen("udp", new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LocalDatagrams(), new Incoming(service), new ListeningChannels.DeafEar());
            }
        });
    }

    private CompletableFuture<SocketAddress> listen(String kind, ChannelHandler childInitializer) {
        return channels.bound(new ServerBootstrap()
                .group(loops)
                .channel(LocalServerChannel.class)
                .childHandler(channels.keeping(childInitializer))
                .bind(new LocalAddress(prefix + kind + "-" + opened.incrementAndGet())));
    }

    @Override
    public boolean throughTheKernel() {
        return false;
    }

    @Override
    public void close() {
        channels.closeAll();
    }

    private static final class Incoming extends SimpleChannelInboundHandler<ByteBuf> {
        private final DatagramService service;

        Incoming(DatagramService service) {
            this.service = service;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
            try {
                service.datagram(octets, context.channel().remoteAddress(), context.executor(), context::writeAndFlush);
            } catch (RuntimeException unexpected) {
                log.error("a datagram of {} octets was dropped", octets.readableBytes(), unexpected);
            }
        }
    }
}
