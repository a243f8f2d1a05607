package dev.tarry.app;

import dev.tarry.config.EgressSettings;
import dev.tarry.simulation.Carrier;
import dev.tarry.time.EgressRefused;
import dev.tarry.time.Ledger;
import dev.tarry.time.Wires;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Wires into the real network: an address means itself, and only what the egress list allows is dialled
/// (design §3.10). Counts what is open, since time may not be moved while a peer that no ledger knows may owe
/// an answer.
final class NetworkWires implements Wires {
    private final EventLoopGroup loops;
    private volatile EgressSettings egress;
    private final Ledger ledger;
    private final AtomicInteger open = new AtomicInteger();

    /// @param ledger each open wire counts in it, so that an advance that is under way waits for it
    NetworkWires(EventLoopGroup loops, EgressSettings egress, Ledger ledger) {
        this.loops = loops;
        this.egress = egress;
        this.ledger = ledger;
    }

    /// For what is dialled from now on; what is open stays open.
    void egress(EgressSettings next) {
        egress = next;
    }

    /// Whether an address is on the egress list.
    boolean allows(InetSocketAddress address) {
        return egress.allows(address);
    }

    /// Dials under way, connections and sockets that are up.
    int open() {
        return open.get();
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        return connect(loop, Optional.empty(), to, handler);
    }

    @Override
    public Future<Channel> connect(
            EventLoop loop, Optional<InetAddress> from, InetSocketAddress to, ChannelHandler handler) {
        Promise<Channel> promise = allowed(loop, to);
        if (!promise.isDone()) {
            Carrier.SOCKETS.connect(loop, from, to, List.of(handler), promise);
        }
        return promise;
    }

    @Override
    public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
        Promise<Channel> promise = allowed(loop, to);
        if (!promise.isDone()) {
            Carrier.SOCKETS.datagrams(loop, to, List.of(handler), promise);
        }
        return promise;
    }

    private Promise<Channel> allowed(EventLoop loop, InetSocketAddress to) {
        Promise<Channel> promise = loop.newPromise();
        if (!egress.allows(to)) {
            promise.setFailure(new EgressRefused(to));
            return promise;
        }
        open.incrementAndGet();
        ledger.begin(Ledger.Kind.WIRE);
        promise.addListener((Future<Channel> dialled) -> {
            if (dialled.isSuccess()) {
                dialled.getNow().closeFuture().addListener(_ -> closed(loop));
            } else {
                closed(loop);
            }
        });
        return promise;
    }

    /// Whoever dialled hears of it in this same run of listeners, after this one.
    private void closed(EventLoop loop) {
        open.decrementAndGet();
        try {
            loop.execute(() -> ledger.end(Ledger.Kind.WIRE));
        } catch (RejectedExecutionException _) {
            ledger.end(Ledger.Kind.WIRE); // the loop has ended
        }
    }

    @Override
    public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
        Promise<Channel> promise = loops.next().newPromise();
        Carrier.SOCKETS.listen(loops, at, childHandler).addListener((ChannelFuture bound) -> {
            if (bound.isSuccess()) {
                promise.setSuccess(bound.channel());
            } else {
                promise.setFailure(bound.cause());
            }
        });
        return promise;
    }
}
