package dev.tarry.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.net.LocalDatagrams;
import dev.tarry.lab.net.LocalSockets;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The whole lab on this thread, without a socket: as a simulation has it.
final class OneThreadTest {
    private final Thread here = Thread.currentThread();
    private final ManualIoEventLoop loop = new ManualIoEventLoop(here, LocalIoHandler.newFactory());
    private final LabRig.StoppedClock clock = new LabRig.StoppedClock();
    private final LabRig.Work work = new LabRig.Work();
    private final List<String> transcript = new ArrayList<>();
    private int accepted;

    private Lab open(String run) throws IOException {
        var sockets = new LocalSockets(loop, run);
        var lab = Lab.open(
                new Surroundings(
                        clock::now, clock, loop, sockets, work, _ -> accepted++, Optional.empty(), new SecureRandom()),
                LabRig.options().withOpenAll(true));
        settle();
        lab.ready().join();
        return lab;
    }

    private void settle() {
        for (int quiet = 0; quiet < 3; ) {
            quiet = loop.runNow() == 0 ? quiet + 1 : 0;
        }
    }

    private Channel dial(Lab lab, Protocol protocol, String address, int port, Function<byte[], String> show) {
        var route = lab.dial(protocol, new InetSocketAddress(InetAddress.ofLiteral(address), port));
        settle();
        var dialling = new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (protocol == Protocol.UDP) {
                            channel.pipeline().addLast(new LocalDatagrams());
                        }
                        channel.pipeline()
                                .addLast(lab.dialledEnd(protocol), new SimpleChannelInboundHandler<ByteBuf>() {
                                    @Override
                                    protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
                                        assertSame(here, Thread.currentThread());
                                        transcript.add(show.apply(ByteBufUtil.getBytes(octets)));
                                    }
                                });
                    }
                })
                .connect(((Route.Open) route.join()).address());
        settle();
        assertTrue(dialling.isSuccess());
        return dialling.channel();
    }

    private void send(Channel channel, byte[] octets) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(octets));
        settle();
    }

    private List<String> run(String name) throws IOException {
        transcript.clear();
        var lab = open(name);
        lab.addFault(Map.of("where", "dns", "what", "noanswer", "server", "8.8.8.8"));
        for (var server : List.of("8.8.8.8", "8.8.4.4", "192.168.1.10")) {
            var dns = dial(lab, Protocol.UDP, server, 53, Queries::text);
            send(dns, Queries.query("fabrikam.com", "MX"));
            clock.advance(Duration.ofSeconds(3));
            settle();
            dns.close();
        }
        var tcp = dial(lab, Protocol.TCP, "1.1.1.1", 53, octets -> "over TCP " + octets.length);
        send(tcp, Queries.framed(Queries.query("fabrikam.com", "MX")));

        var smtp =
                dial(lab, Protocol.TCP, "198.51.100.51", 25, octets -> new String(octets, StandardCharsets.US_ASCII));
        for (var octet :
                ("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<b@fabrikam.com>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n").split("")) {
            send(smtp, octet.getBytes(StandardCharsets.US_ASCII));
        }
        transcript.add("open: " + smtp.isOpen());
        lab.queries(100).forEach(query -> transcript.add(query.toString()));
        lab.mail("*", "*", 10).forEach(message -> transcript.add(message.toString()));
        lab.close();
        settle();
        return List.copyOf(transcript);
    }

    @Test
    void the_whole_lab_runs_on_one_thread_and_twice_the_same() throws IOException {
        var start = clock.now();
        var first = run("first/");
        assertEquals("NOERROR [MX 10 mail.fabrikam.com.]", first.getFirst());
        assertTrue(first.contains("250 2.0.0 OK L1\r\n"));
        assertTrue(first.contains("open: false"));
        assertEquals(2, accepted);
        assertEquals(0, work.inFlight());
        clock.turnBack(start);
        assertEquals(first, run("second/"));
    }
}
