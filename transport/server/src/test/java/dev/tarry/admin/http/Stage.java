package dev.tarry.admin.http;

import dev.tarry.time.Chance;
import dev.tarry.time.CountedExecutor;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loops;
import dev.tarry.time.RealTime;
import dev.tarry.time.Secrets;
import dev.tarry.time.ThreadLoop;
import dev.tarry.time.TimeLine;
import dev.tarry.time.Wires;
import dev.tarry.time.World;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Real sockets on the loopback, real threads; time stands still until a test moves it.
final class Stage implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-04T09:15:00Z");

    private static final RealTime STANDING = new RealTime() {
        @Override
        public Instant wall() {
            return NOW;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    final TimeLine time = new TimeLine(STANDING, NOW, TimeLine.Pace.FROZEN);
    final Ledger ledger = new Ledger();
    final ThreadLoop queueLoop = new ThreadLoop("queue", ledger, Throwable::printStackTrace);
    private final ThreadLoop committer = new ThreadLoop("committer", ledger, Throwable::printStackTrace);
    private final MultiThreadIoEventLoopGroup io = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    final World world = new World(
            time,
            time,
            time,
            time,
            ledger,
            new Chance(1),
            new Secrets(new SplittableRandom(1)),
            new Loops(
                    queueLoop,
                    io,
                    new CountedExecutor(committer, ledger, Ledger.Kind.COMMIT),
                    new CountedExecutor(committer, ledger, Ledger.Kind.READ),
                    ledger),
            new Listening(),
            Path.of("nowhere"));

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    HttpListener listen(HttpSettings settings, RouteTable routes) {
        return HttpListener.open(world, settings, routes).join();
    }

    @Override
    public void close() {
        io.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        committer.close();
        queueLoop.close();
    }

    private final class Listening implements Wires {
        @Override
        public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
            Promise<Channel> promise = io.next().newPromise();
            new ServerBootstrap()
                    .group(io)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(childHandler)
                    .bind(at)
                    .addListener((ChannelFuture bound) -> {
                        if (bound.isSuccess()) {
                            promise.setSuccess(bound.channel());
                        } else {
                            promise.setFailure(bound.cause());
                        }
                    });
            return promise;
        }

        @Override
        public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
            throw new UnsupportedOperationException();
        }
    }
}
