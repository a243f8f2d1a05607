package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FailureTest {
    @Test
    void what_an_exception_tells_is_counted_by_kind() {
        assertEquals(Failure.REFUSED, Failure.of(new ConnectException("Connection refused")));
        assertEquals(Failure.TIMED_OUT, Failure.of(new ConnectException("connection timed out after 5 s")));
        assertEquals(Failure.TIMED_OUT, Failure.of(new SocketTimeoutException("Read timed out")));
        assertEquals(Failure.UNREACHABLE, Failure.of(new NoRouteToHostException("No route to host")));
        assertEquals(Failure.UNREACHABLE, Failure.of(new SocketException("Network is unreachable")));
        assertEquals(Failure.RESET, Failure.of(new SocketException("Connection reset")));
        assertEquals(Failure.NO_LOCAL_PORT, Failure.of(new SocketException("Cannot assign requested address")));
        assertEquals(Failure.NETWORK, Failure.of(new SocketException()));
    }

    @Test
    void a_dial_that_finds_no_port_of_its_own_says_so() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dial = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(
                            taken.getLocalSocketAddress(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()))
                    .await();
            assertEquals(Failure.NO_LOCAL_PORT, Failure.of(dial.cause()));
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }
}
