package dev.tarry.stage;

import dev.tarry.time.Wires;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Wires whose far ends are the test's: an address nobody put up refuses. Keeps every channel, so that leaks show.
public final class ScriptedWires implements Wires {
    private final EventLoop loop;
    private final Map<InetSocketAddress, LocalAddress> tcp = new LinkedHashMap<>();
    private final Map<InetSocketAddress, LocalAddress> udp = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Boolean> blackHoles = new LinkedHashMap<>();
    private final List<Channel> listening = new ArrayList<>();
    private final List<Channel> opened = new ArrayList<>();
    private final List<String> dials = new ArrayList<>();
    private final List<Promise<Channel>> unanswered = new ArrayList<>();

    ScriptedWires(EventLoop loop) {
        this.loop = loop;
    }

    /// Puts up a host; each connection gets a handler of its own.
    public void host(InetSocketAddress at, Supplier<ChannelHandler> handler) {
        tcp.put(at, put(handler, false));
    }

    /// Puts up something that takes datagrams, each a ByteBuf.
    public void datagramHost(InetSocketAddress at, Supplier<ChannelHandler> handler) {
        udp.put(at, put(handler, true));
    }

    /// TCP to this address is never answered.
    public void blackHole(InetSocketAddress at) {
        blackHoles.put(at, true);
    }

    /// Octets that stay together: Netty's local channels pour buffers into one another.
    private record Datagram(ByteBuf octets) {}

    private static final class DatagramEdge extends ChannelDuplexHandler {
        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            ctx.write(new Datagram((ByteBuf) msg), promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.fireChannelRead(((Datagram) msg).octets());
        }
    }

    private static ChannelHandler initializer(boolean datagrams, Supplier<ChannelHandler> handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (datagrams) {
                    channel.pipeline().addLast(new DatagramEdge());
                }
                channel.pipeline().addLast(handler.get());
            }
        };
    }

    private LocalAddress put(Supplier<ChannelHandler> handler, boolean datagrams) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(initializer(datagrams, handler))
                .bind(new LocalAddress(ScriptedWires.class));
        listening.add(bound.channel());
        for (int i = 0; i < 100 && !bound.isDone(); i++) {
            ((io.netty.channel.ManualIoEventLoop) loop).runNow();
        }
        return (LocalAddress) bound.channel().localAddress();
    }

    /// `TCP 192.0.2.1:25`, in order.
    public List<String> dials() {
        return dials;
    }

    /// Channels that were dialled and are still open.
    public long open() {
        return opened.stream().filter(Channel::isOpen).count();
    }

    /// Dials to black holes that nobody has given up.
    public long pending() {
        return unanswered.stream().filter(p -> !p.isDone()).count();
    }

    @Override
    public Future<Channel> connect(EventLoop on, InetSocketAddress to, ChannelHandler handler) {
        dials.add("TCP " + to.getAddress().getHostAddress() + ":" + to.getPort());
        return dial(on, to, tcp.get(to), initializer(false, () -> handler));
    }

    @Override
    public Future<Channel> datagrams(EventLoop on, InetSocketAddress to, ChannelHandler handler) {
        dials.add("UDP " + to.getAddress().getHostAddress() + ":" + to.getPort());
        return dial(on, to, udp.get(to), initializer(true, () -> handler));
    }

    private Future<Channel> dial(EventLoop on, InetSocketAddress to, LocalAddress address, ChannelHandler handler) {
        Promise<Channel> promise = on.newPromise();
        if (blackHoles.containsKey(to)) {
            unanswered.add(promise);
            return promise;
        }
        if (address == null) {
            return promise.setFailure(new ConnectException("Connection refused"));
        }
        ChannelFuture connecting = new Bootstrap()
                .group(on)
                .channel(LocalChannel.class)
                .handler(handler)
                .connect(address);
        opened.add(connecting.channel());
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

    void close() {
        listening.forEach(Channel::close);
    }
}
