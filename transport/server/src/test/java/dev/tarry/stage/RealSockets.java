package dev.tarry.stage;

import dev.tarry.time.Chance;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loops;
import dev.tarry.time.NettyLoop;
import dev.tarry.time.SystemSource;
import dev.tarry.time.TimeLine;
import dev.tarry.time.Wires;
import dev.tarry.time.World;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A [World] on the machine's own sockets and clock; loopback only.
public final class RealSockets implements Wires, AutoCloseable {
    private final MultiThreadIoEventLoopGroup io = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SystemSource system = new SystemSource();
    private final TimeLine time = new TimeLine(system, system.wall(), TimeLine.Pace.REAL);
    private final Thread clock = Thread.ofPlatform().daemon(true).name("clock").start(time::run);
    private final World world;

    public RealSockets() {
        Ledger ledger = new Ledger();
        Loops loops = new Loops(new NettyLoop(io.next(), ledger), io, io, io, ledger);
        world = new World(
                time, time, time, time, ledger, new Chance(1), system.secrets(), loops, this, Path.of("nowhere"));
    }

    public World world() {
        return world;
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return settle(
                loop,
                new Bootstrap().group(loop).channel(NioSocketChannel.class).handler(handler),
                to);
    }

    @Override
    public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        ChannelHandler unwrapping = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                                ByteBuf octets = msg instanceof DatagramPacket p ? p.content() : (ByteBuf) msg;
                                ctx.fireChannelRead(octets);
                            }
                        })
                        .addLast(handler);
            }
        };
        return settle(
                loop,
                new Bootstrap().group(loop).channel(NioDatagramChannel.class).handler(unwrapping),
                to);
    }

    private static Future<Channel> settle(EventLoop loop, Bootstrap bootstrap, InetSocketAddress to) {
        Promise<Channel> promise = loop.newPromise();
        var connecting = bootstrap.connect(to);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                promise.tryFailure(done.cause());
            } else if (!promise.trySuccess(connecting.channel())) {
                connecting.channel().close();
            }
        });
        return promise;
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
        throw new UnsupportedOperationException("nothing here listens");
    }

    @Override
    public void close() {
        time.end();
        try {
            clock.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        io.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
