package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What sockets are opened with.
final class CarrierTest {
    @Test
    void a_dial_has_no_time_out_of_its_own_since_it_would_tick_on_another_clock() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel listening = Carrier.SOCKETS
                    .listen(
                            loops,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            new ChannelInboundHandlerAdapter())
                    .sync()
                    .channel();
            Promise<Channel> dialled = loops.next().newPromise();
            Carrier.SOCKETS.connect(
                    loops.next(), listening.localAddress(), List.of(new ChannelInboundHandlerAdapter()), dialled);
            assertEquals(0, dialled.get(30, TimeUnit.SECONDS).config().getConnectTimeoutMillis());
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }
}
