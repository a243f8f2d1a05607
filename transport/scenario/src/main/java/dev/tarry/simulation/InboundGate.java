package dev.tarry.simulation;

import dev.tarry.lab.Lab;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/// The server's firewall before a receive connector: whoever may come in meets the connector, whoever is
/// rejected is reset, and whoever is blocked is left alone with a connection on which nothing is ever said.
/// On the loop of each accepted channel.
@ChannelHandler.Sharable
final class InboundGate extends ChannelInitializer<Channel> {
    /// Connections left alone; past it they are reset.
    private static final int BLOCKED_MAX = 10_000;

    private final Lab lab;
    private final int port;
    private final int knownAs;
    private final ChannelHandler connector;
    private final AtomicInteger blocked = new AtomicInteger();

    /// @param port where it listens; within the process there is no other sign of it
    /// @param knownAs the port that clients know the service by
    InboundGate(Lab lab, int port, int knownAs, ChannelHandler connector) {
        this.lab = lab;
        this.port = port;
        this.knownAs = knownAs;
        this.connector = connector;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(lab.acceptedEnd());
        Set<Integer> ports = new TreeSet<>(List.of(port(channel.localAddress()), knownAs));
        switch (lab.admits(ports, client(channel.remoteAddress()))) {
            case ALLOW -> channel.pipeline().addLast(connector);
            case BLOCK -> leaveAlone(channel);
            case REJECT -> reset(channel);
        }
    }

    private int port(SocketAddress local) {
        return local instanceof InetSocketAddress socket ? socket.getPort() : port;
    }

    /// A client within the process is on this machine.
    private static InetSocketAddress client(SocketAddress remote) {
        return remote instanceof InetSocketAddress socket
                ? socket
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void leaveAlone(Channel channel) {
        if (blocked.incrementAndGet() > BLOCKED_MAX) {
            blocked.decrementAndGet();
            reset(channel);
            return;
        }
        channel.pipeline().addLast(new Hole());
        ChannelFutureListener ended = _ -> channel.close();
        channel.parent().closeFuture().addListener(ended);
        channel.closeFuture().addListener(_ -> {
            blocked.decrementAndGet();
            channel.parent().closeFuture().removeListener(ended);
        });
    }

    /// Within the process a reset is a close.
    private static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /// Reads only to see the client go.
    private static final class Hole extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
