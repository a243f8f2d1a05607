package dev.tarry.receive;

import dev.tarry.time.World;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listening socket, behind which one or more receive connectors wait for their clients (reference §6.1): of those
/// that are bound to the address that a client called, the one whose range around the client is the smallest takes it,
/// and one that is bound to that very address comes before one that is bound to all. A client of nobody hears 421. It
/// is open while somebody waits behind it. Thread-safe.
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /// Somebody who waits behind it.
    ///
    /// @param binding of the listener's connector, that led here
    record Entrance(SmtpListener listener, InetSocketAddress binding) {}

    /// A socket that was closed is gone only when its loop has looked again: its address is asked for so often.
    private static final int MAX_ATTEMPTS = 500;

    private final World world;
    private final InetSocketAddress wanted;
    private final int knownAs;
    private final String who;
    private final Guard guard = new Guard();
    private volatile List<Entrance> entrances = List.of();
    /// where clients find it; once open it stays the same, closed or not
    private volatile SocketAddress address;
    private volatile Channel channel;
    /// while it is being opened
    private CompletableFuture<Void> opening;

    /// @param wanted  port 0 takes a free one
    /// @param knownAs the port that clients know the service by
    /// @param who     the connector that wants it first, for people
    Door(World world, InetSocketAddress wanted, int knownAs, String who) {
        this.world = world;
        this.wanted = wanted;
        this.knownAs = knownAs;
        this.who = who;
        this.address = wanted;
    }

    /// Begins to listen, if it does not: where it did before, if it did.
    ///
    /// @param after whether something has just been closed that had the address, or a part of it
    /// @return fails with an [IOException] that names connector and address if it cannot be bound
    synchronized CompletableFuture<Void> open(boolean after) {
        if (opening != null && !opening.isDone()) {
            return opening;
        }
        if (listening()) {
            return CompletableFuture.completedFuture(null);
        }
        opening = new CompletableFuture<>();
        InetSocketAddress at = address instanceof InetSocketAddress before ? before : wanted;
        bind(at, after || channel != null ? MAX_ATTEMPTS : 1, opening);
        return opening;
    }

    private void bind(InetSocketAddress at, int attempts, CompletableFuture<Void> opened) {
        world.wires().listen(at, knownAs, guard).addListener(done -> {
            if (done.isSuccess()) {
                channel = (Channel) done.getNow();
                address = world.wires().addressOf(channel);
                opened.complete(null);
            } else if (done.cause() instanceof BindException && attempts > 1) {
                bind(at, attempts - 1, opened);
            } else {
                opened.completeExceptionally(new IOException(
                        "the receive connector \"" + who + "\" cannot listen on " + NetUtil.toSocketAddressString(at)
                                + ": " + done.cause().getMessage(),
                        done.cause()));
            }
        });
    }

    /// Listens no more; the sessions that began here go on.
    CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Channel open = channel;
        if (open == null) {
            closed.complete(null);
        } else {
            open.close().addListener(_ -> closed.complete(null));
        }
        return closed;
    }

    /// From now on these wait here.
    synchronized void entrances(List<Entrance> all) {
        entrances = List.copyOf(all);
    }

    synchronized void enter(Entrance entrance) {
        List<Entrance> more = new ArrayList<>(entrances);
        more.remove(entrance);
        more.add(entrance);
        entrances = List.copyOf(more);
    }

    /// @return whether nobody is left
    synchronized boolean leave(SmtpListener listener) {
        entrances = entrances.stream()
                .filter(entrance -> entrance.listener() != listener)
                .toList();
        return entrances.isEmpty();
    }

    SocketAddress address() {
        return address;
    }

    boolean listening() {
        Channel open = channel;
        return open != null && open.isOpen();
    }

    /// Whom a client belongs to.
    ///
    /// @param called the address that it called
    Optional<SmtpListener> listener(SocketAddress called, SocketAddress client) {
        // within the process there are no such addresses: whoever calls is on this machine
        InetSocketAddress local = called instanceof InetSocketAddress inet ? inet : wanted;
        InetAddress from = client instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
        Entrance best = null;
        BigInteger smallest = null;
        for (Entrance entrance : entrances) {
            Optional<BigInteger> range = entrance.listener().doors().range(from);
            if (range.isEmpty() || !leadsTo(entrance.binding(), local)) {
                continue;
            }
            int closer = best == null ? 1 : closeness(entrance.binding()) - closeness(best.binding());
            if (closer > 0 || closer == 0 && range.get().compareTo(smallest) < 0) {
                best = entrance;
                smallest = range.get();
            }
        }
        return Optional.ofNullable(best).map(Entrance::listener);
    }

    private boolean leadsTo(InetSocketAddress binding, InetSocketAddress called) {
        return binding.getPort() == 0 || Doors.covers(binding, called);
    }

    /// An address of its own says more than all of a family, and that more than all of both.
    private static int closeness(InetSocketAddress binding) {
        if (!binding.getAddress().isAnyLocalAddress()) {
            return 2;
        }
        return binding.getAddress().getAddress().length == 4 ? 1 : 0;
    }

    /// Sends each accepted channel to its connector.
    @ChannelHandler.Sharable
    private final class Guard extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            Optional<SmtpListener> listener = listener(channel.localAddress(), channel.remoteAddress());
            if (listener.isPresent()) {
                channel.pipeline().addLast(listener.get().sessions());
            } else {
                entrances.stream().findFirst().ifPresent(some -> some.listener().turnedAway(Replies.NOT_AVAILABLE));
                LOG.debug("no receive connector at {} is for {}", address, channel.remoteAddress());
                channel.pipeline().addLast(new Stranger());
            }
        }
    }

    /// Tells a client that nobody is here for it, and hears nothing.
    private static final class Stranger extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), Replies.NOT_AVAILABLE + "\r\n"))
                    .addListener(ChannelFutureListener.CLOSE);
        }

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
