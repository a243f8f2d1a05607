package dev.tarry.simulation;

import dev.tarry.lab.Lab;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import dev.tarry.routing.Literals;
import dev.tarry.time.Ledger;
import dev.tarry.time.Wires;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// Wires that lead into the lab: whatever is dialled is looked up in its address book (design §3.10).
public final class LabWires implements Wires {
    private final Lab lab;
    private final Carrier carrier;
    private final EventLoopGroup loops;
    private final Ledger ledger;
    private final Supplier<Optional<ChannelHandler>> inBetween;
    private final Function<InetSocketAddress, SocketAddress> listeningAt;

    /// @param inBetween   a handler for each TCP channel, between the wire and its user; absent for none
    /// @param listeningAt where listening at an address really is
    public LabWires(
            Lab lab,
            Carrier carrier,
            EventLoopGroup loops,
            Ledger ledger,
            Supplier<Optional<ChannelHandler>> inBetween,
            Function<InetSocketAddress, SocketAddress> listeningAt) {
        this.lab = lab;
        this.carrier = carrier;
        this.loops = loops;
        this.ledger = ledger;
        this.inBetween = inBetween;
        this.listeningAt = listeningAt;
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return dial(Protocol.TCP, loop, to, handler);
    }

    @Override
    public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return dial(Protocol.UDP, loop, to, handler);
    }

    private Future<Channel> dial(Protocol protocol, EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        Promise<Channel> promise = loop.newPromise();
        // While it is not known where this leads the lab counts it, or waits for an alarm.
        CompletableFuture<Route> leads = lab.dial(protocol, to);
        promise.addListener(asked -> {
            if (asked.isCancelled()) {
                leads.cancel(false);
            }
        });
        leads.whenComplete((route, failure) -> {
            ledger.begin(Ledger.Kind.WIRE); // until the way there has been gone
            loop.execute(() -> {
                boolean going = false;
                try {
                    if (promise.isDone()) {
                        return; // whoever dialled has lost patience
                    }
                    if (failure != null) {
                        promise.tryFailure(failure);
                    } else {
                        going = follow(protocol, loop, to, route, handler, promise);
                    }
                } finally {
                    if (!going) {
                        ledger.end(Ledger.Kind.WIRE);
                    }
                }
            });
        });
        return promise;
    }

    /// @return whether a channel is being opened: then the dial counts until whoever asked has been told
    private boolean follow(
            Protocol protocol,
            EventLoop loop,
            InetSocketAddress to,
            Route route,
            ChannelHandler handler,
            Promise<Channel> promise) {
        switch (route) {
            case Route.Open(SocketAddress address) -> {
                List<ChannelHandler> handlers = new ArrayList<>();
                handlers.add(lab.dialledEnd(protocol));
                if (protocol == Protocol.TCP) {
                    inBetween.get().ifPresent(handlers::add);
                    handlers.add(handler);
                    carrier.connect(loop, address, handlers, promise);
                } else {
                    handlers.add(handler);
                    carrier.datagrams(loop, address, handlers, promise);
                }
                // those who asked hear of it in this same run of listeners, after this one
                promise.addListener(_ -> loop.execute(() -> ledger.end(Ledger.Kind.WIRE)));
                return true;
            }
            case Route.BlackHole _ -> {} // nobody answers: whoever dialled has an alarm
            case Route.Refused _ ->
                promise.tryFailure(new ConnectException("Connection refused: "
                        + Literals.withPort(to.getAddress().getHostAddress(), to.getPort())));
        }
        return false;
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, int knownAs, ChannelHandler childHandler) {
        return listen(at, new InboundGate(lab, at.getPort(), knownAs, childHandler));
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
        Promise<Channel> promise = loops.next().newPromise();
        carrier.listen(loops, listeningAt.apply(at), childHandler).addListener(bound -> {
            if (bound.isSuccess()) {
                promise.setSuccess(((ChannelFuture) bound).channel());
            } else {
                promise.setFailure(bound.cause());
            }
        });
        return promise;
    }
}
