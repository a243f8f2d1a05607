package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Knows what is on its way between the server under test and the lab, when the kernel stands between them.
///
/// Both ends of a connection report to one tally, found by their addresses: whoever comes first makes it. Every
/// count belongs to one socket, so that a lost datagram or a reset connection is written off when the socket
/// closes. Thread-safe; `begin` and `end` are called on whichever loop the event happens.
public final class WireLedger {
    private final Runnable begin;
    private final Runnable end;
    private final Map<Pair, TcpTally> connections = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, UdpTally> sockets = new ConcurrentHashMap<>();

    /// The kernel may give one local port to two connections that lead to different places: only the pair is
    /// unique.
    record Pair(SocketAddress client, SocketAddress lab) {}

    public WireLedger(Runnable begin, Runnable end) {
        this.begin = Objects.requireNonNull(begin, "begin");
        this.end = Objects.requireNonNull(end, "end");
    }

    /// First in the pipeline of a channel that is about to connect to the lab.
    public ChannelHandler dialledEnd(Protocol protocol) {
        return switch (protocol) {
            case TCP -> new CountedTcpEnd(this, TcpTally.End.CLIENT);
            case UDP -> new CountedUdpEnd(this);
        };
    }

    /// First in the pipeline of a channel that the lab has accepted, or that the server under test has accepted
    /// from a host of the lab.
    public ChannelHandler acceptedEnd() {
        return new CountedTcpEnd(this, TcpTally.End.LAB);
    }

    /// Around the lab's own service: what it got, what it sent back.
    ///
    /// @param at where it listens, once it does; asked when something has come
    public DatagramService counting(DatagramService service, Supplier<SocketAddress> at) {
        return (octets, from, loop, reply) -> {
            UdpTally asker = asker(from, at.get());
            try {
                service.datagram(octets, from, loop, new CountedReply(from, at, reply));
            } finally {
                if (asker != null) {
                    asker.handled();
                }
            }
        };
    }

    /// One end ends its own half of a connection; called on the loop of its channel.
    public static void halfClosing(Channel channel) {
        var end = channel.pipeline().get(CountedTcpEnd.class);
        if (end != null) {
            end.halfClosing();
        }
    }

    /// Who has that address now and talks to that service: its port may have been another's when the
    /// question came, and the kernel lets nothing through to a socket that talks to somebody else.
    private UdpTally asker(SocketAddress from, SocketAddress at) {
        UdpTally tally = from instanceof InetSocketAddress client ? sockets.get(client) : null;
        return tally != null && tally.talksTo(at) ? tally : null;
    }

    private final class CountedReply implements DatagramService.Reply {
        private final SocketAddress to;
        private final Supplier<SocketAddress> from;
        private final DatagramService.Reply reply;

        CountedReply(SocketAddress to, Supplier<SocketAddress> from, DatagramService.Reply reply) {
            this.to = to;
            this.from = from;
            this.reply = reply;
        }

        @Override
        public Future<Void> send(ByteBuf answer) {
            // Looked up again: by now the asker may have gone, and nobody may be told to wait for this.
            UdpTally listener = asker(to, from.get());
            if (listener == null) {
                return reply.send(answer);
            }
            listener.replied();
            return reply.send(answer).addListener(sending -> {
                if (!sending.isSuccess()) {
                    listener.replyFailed();
                }
            });
        }

        /// Not counted: it never reaches a connected socket.
        @Override
        public void sendFromElsewhere(ByteBuf answer) {
            reply.sendFromElsewhere(answer);
        }
    }

    void begin() {
        begin.run();
    }

    void end() {
        end.run();
    }

    /// The tally of this end's connection, which is up.
    TcpTally arrived(Channel channel, TcpTally.End side) {
        var pair = pair(channel, side);
        while (true) {
            var tally = connections.computeIfAbsent(pair, _ -> new TcpTally(this, pair));
            if (tally.present(side)) {
                return tally;
            }
            // An earlier connection between the same addresses, whose other end has not reported its end yet.
            if (connections.remove(pair, tally)) {
                tally.writeOff();
            }
        }
    }

    void departed(TcpTally.End side, TcpTally tally) {
        tally.gone(side);
        if (tally.over()) {
            connections.remove(tally.pair(), tally);
        }
    }

    /// Whether the client of a connection that the lab has accepted reports here: it is no stranger.
    boolean knows(Channel accepted) {
        var tally = connections.get(pair(accepted, TcpTally.End.LAB));
        return tally != null && tally.reported(TcpTally.End.CLIENT);
    }

    /// The same, of a socket that sends datagrams.
    boolean knows(SocketAddress client) {
        return client instanceof InetSocketAddress socket && sockets.containsKey(socket);
    }

    private static Pair pair(Channel channel, TcpTally.End side) {
        return side == TcpTally.End.CLIENT
                ? new Pair(channel.localAddress(), channel.remoteAddress())
                : new Pair(channel.remoteAddress(), channel.localAddress());
    }

    /// Before the socket sends its first datagram.
    UdpTally opened(InetSocketAddress client, SocketAddress to) {
        var fresh = new UdpTally(this, to);
        var stale = sockets.put(client, fresh);
        if (stale != null) {
            stale.writeOff();
        }
        return fresh;
    }

    void closed(InetSocketAddress client, UdpTally tally) {
        sockets.remove(client, tally);
        tally.writeOff();
    }

    /// The address that the lab sees: a socket bound to every address reaches loopback from loopback.
    static InetSocketAddress seenFromLoopback(InetSocketAddress local) {
        return local.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), local.getPort())
                : local;
    }

    /// How many sockets have a tally: those that are open, if nothing leaks.
    int tallies() {
        return connections.size() + sockets.size();
    }
}
