package dev.tarry.lab.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.BindException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WireLedgerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final RealSockets sockets = new RealSockets(loops);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final WireLedger ledger = new WireLedger(inFlight::incrementAndGet, inFlight::decrementAndGet);

    @AfterEach
    void close() {
        sockets.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    private Channel dial(Protocol protocol, SocketAddress to) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(protocol == Protocol.TCP ? NioSocketChannel.class : NioDatagramChannel.class)
                .handler(ledger.dialledEnd(protocol))
                .connect(to)
                .sync()
                .channel();
    }

    private static ChannelHandler echo(WireLedger ledger) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(ledger.acceptedEnd(), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        context.writeAndFlush(message);
                    }
                });
            }
        };
    }

    private void settlesWith(int tallies) {
        await().atMost(LONG).until(() -> ledger.tallies() == tallies && inFlight.get() == 0);
    }

    @Test
    void no_tally_outlives_its_connection_whoever_closes_first() throws InterruptedException {
        var address = sockets.listenTcp(Optional.empty(), echo(ledger)).join();
        var dialled = new ArrayList<Channel>();
        for (int i = 0; i < 100; i++) {
            var channel = dial(Protocol.TCP, address);
            channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000]));
            dialled.add(channel);
        }
        settlesWith(100);
        dialled.subList(0, 50).forEach(Channel::close);
        settlesWith(50);
        sockets.close();
        settlesWith(0);
    }

    @Test
    void what_nobody_ever_handles_is_written_off_with_its_socket() throws InterruptedException {
        // The service does not report to the ledger here, as if the datagram had been lost.
        var address = sockets.listenUdp(Optional.empty(), (_, _, _, _) -> {}).join();
        var channel = dial(Protocol.UDP, address);
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
        assertEquals(1, inFlight.get());
        channel.close().sync();
        settlesWith(0);
    }

    @Test
    void a_late_answer_to_who_has_gone_is_not_waited_for_where_another_has_its_port() throws InterruptedException {
        var late = new AtomicReference<DatagramService.Reply>();
        var lateAt = new AtomicReference<SocketAddress>();
        lateAt.set(
                sockets.listenUdp(Optional.empty(), ledger.counting((_, _, _, reply) -> late.set(reply), lateAt::get))
                        .join());
        var silentAt = new AtomicReference<SocketAddress>();
        silentAt.set(sockets.listenUdp(Optional.empty(), ledger.counting((_, _, _, _) -> {}, silentAt::get))
                .join());

        Optional<Channel> taken = Optional.empty();
        while (taken.isEmpty()) { // until no other program is quicker to take the port
            late.set(null);
            var gone = dial(Protocol.UDP, lateAt.get());
            gone.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
            await().atMost(LONG).until(() -> late.get() != null && inFlight.get() == 0);
            var port = gone.localAddress();
            gone.close().sync();
            taken = dialFrom(port, silentAt.get());
        }
        Channel here = taken.get();
        here.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
        settlesWith(1);

        late.get().send(Unpooled.wrappedBuffer(new byte[10])).sync();
        assertEquals(0, inFlight.get());
        here.close().sync();
        settlesWith(0);
    }

    private Optional<Channel> dialFrom(SocketAddress port, SocketAddress to) throws InterruptedException {
        var connecting = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .handler(ledger.dialledEnd(Protocol.UDP))
                .connect(to, port);
        connecting.await();
        // Netty wraps what a dial fails with in an exception of its own.
        if (connecting.cause() != null && connecting.cause().getCause() instanceof BindException) {
            return Optional.empty();
        }
        return Optional.of(connecting.sync().channel());
    }
}
