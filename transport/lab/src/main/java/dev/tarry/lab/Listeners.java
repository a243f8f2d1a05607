package dev.tarry.lab;

import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.mx.MailHosts;
import dev.tarry.lab.net.Links;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Sockets;
import dev.tarry.lab.net.WireLedger;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the lab listens on: opened once, at the first need. Thread-safe.
final class Listeners {
    /// Free ports are tried so often until one is free for UDP and TCP alike.
    private static final int PORT_TRIES = 10;

    private static final int DNS_PORT = 53;

    private final Sockets sockets;
    private final Optional<WireLedger> ledger;
    private final Links links;
    private final Consumer<Channel> onChannel;
    private final NameServers servers;
    private final MailHosts hosts;
    private final int listenersMax;
    private final SequencedMap<String, CompletableFuture<Pair>> dns = new LinkedHashMap<>();
    private final Map<InetSocketAddress, CompletableFuture<SocketAddress>> mail = new LinkedHashMap<>();
    private int atTrue;

    /// Where one DNS server listens.
    record Pair(SocketAddress udp, SocketAddress tcp) {
        SocketAddress of(Protocol protocol) {
            return switch (protocol) {
                case UDP -> udp;
                case TCP -> tcp;
            };
        }
    }

    /// There are as many listeners as there may be.
    static final class TooMany extends IOException {
        TooMany(int max) {
            super("the lab listens on " + max + " sockets already; raise listenersMax to have more hosts");
        }
    }

    /// @param ledger empty where nothing can be on its way
    Listeners(
            Sockets sockets,
            Optional<WireLedger> ledger,
            Links links,
            Consumer<Channel> onChannel,
            NameServers servers,
            MailHosts hosts,
            int listenersMax) {
        this.sockets = sockets;
        this.ledger = ledger;
        this.links = links;
        this.onChannel = onChannel;
        this.servers = servers;
        this.hosts = hosts;
        this.listenersMax = listenersMax;
    }

    CompletableFuture<Pair> dns(String server, Optional<InetSocketAddress> at) {
        return once(dns, server, () -> openDns(server, at, PORT_TRIES));
    }

    CompletableFuture<SocketAddress> mail(InetSocketAddress host) {
        return once(
                mail,
                host,
                () -> sockets.listenTcp(
                        Optional.empty(), accepted(host, pipeline -> hosts.fill(pipeline, host.getAddress()))));
    }

    /// A DNS server at its own address.
    CompletableFuture<?> dnsAtTrue(String server) {
        var at = Optional.of(new InetSocketAddress(InetAddress.ofLiteral(server), DNS_PORT));
        return counted(() -> openDns(server, at, 1));
    }

    /// All mail hosts at their own addresses: which one is meant, the connection tells.
    CompletableFuture<?> mailAtTrue(int port) {
        return counted(() ->
                sockets.listenTcp(Optional.of(new InetSocketAddress(port)), accepted(Listeners::own, this::greet)));
    }

    private static InetSocketAddress own(Channel accepted) {
        return (InetSocketAddress) accepted.localAddress();
    }

    private void greet(ChannelPipeline pipeline) {
        var local = own(pipeline.channel()).getAddress();
        if (hosts.nameAt(local).isPresent()) {
            hosts.fill(pipeline, local);
        } else {
            pipeline.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            pipeline.channel().close();
        }
    }

    private synchronized <V> CompletableFuture<V> counted(Supplier<CompletableFuture<V>> open) {
        if (dns.size() + mail.size() + atTrue >= listenersMax) {
            return CompletableFuture.failedFuture(new TooMany(listenersMax));
        }
        atTrue++;
        return open.get();
    }

    /// The DNS servers that listen, in the order of opening.
    synchronized SequencedMap<String, SocketAddress> addresses() {
        var open = new LinkedHashMap<String, SocketAddress>();
        dns.forEach((server, pair) -> {
            if (pair.isDone() && !pair.isCompletedExceptionally()) {
                open.put(server, pair.join().udp());
            }
        });
        return open;
    }

    private synchronized <K, V> CompletableFuture<V> once(
            Map<K, CompletableFuture<V>> opened, K key, Supplier<CompletableFuture<V>> open) {
        var known = opened.get(key);
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        if (dns.size() + mail.size() + atTrue >= listenersMax) {
            return CompletableFuture.failedFuture(new TooMany(listenersMax));
        }
        var fresh = open.get();
        opened.put(key, fresh);
        return fresh;
    }

    /// UDP and TCP on one port, as resolvers expect that turn to TCP when an answer was cut.
    private CompletableFuture<Pair> openDns(String server, Optional<InetSocketAddress> at, int tries) {
        boolean anyPort = at.isEmpty() || at.get().getPort() == 0;
        var address = new InetSocketAddress(InetAddress.ofLiteral(server), DNS_PORT);
        var service = links.datagrams(address, servers.udp(server));
        var listens = new AtomicReference<SocketAddress>();
        var counted = ledger.map(book -> book.counting(service, listens::get)).orElse(service);
        return named(
                        server,
                        "TCP",
                        at,
                        sockets.listenTcp(at, accepted(address, pipeline -> servers.tcp(server, pipeline))))
                .thenCompose(tcp -> named(server, "UDP", at, sockets.listenUdp(samePort(at, tcp), counted))
                        .thenApply(udp -> {
                            listens.set(udp);
                            return new Pair(udp, tcp);
                        }))
                .exceptionallyCompose(failure -> anyPort && tries > 1
                        ? openDns(server, at, tries - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private static Optional<InetSocketAddress> samePort(Optional<InetSocketAddress> at, SocketAddress tcp) {
        return tcp instanceof InetSocketAddress bound ? Optional.of(bound) : at;
    }

    private static CompletableFuture<SocketAddress> named(
            String server,
            String protocol,
            Optional<InetSocketAddress> at,
            CompletableFuture<SocketAddress> listening) {
        return listening.exceptionallyCompose(failure -> {
            var cause = failure instanceof CompletionException ? failure.getCause() : failure;
            var where = at.map(a -> a.getAddress().getHostAddress() + ":" + a.getPort())
                    .orElse("a free port of " + InetAddress.getLoopbackAddress().getHostAddress());
            return CompletableFuture.failedFuture(new IOException(
                    "the lab's DNS server " + server + " cannot listen on " + where + " (" + protocol + "): "
                            + cause.getMessage(),
                    cause));
        });
    }

    /// @param address in the lab's world
    private ChannelHandler accepted(InetSocketAddress address, Consumer<ChannelPipeline> fill) {
        return accepted(_ -> address, fill);
    }

    private ChannelHandler accepted(Function<Channel, InetSocketAddress> address, Consumer<ChannelPipeline> fill) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                ledger.ifPresent(book -> channel.pipeline().addLast(book.acceptedEnd()));
                channel.pipeline().addLast(links.acceptedEnd(address.apply(channel)));
                fill.accept(channel.pipeline());
                onChannel.accept(channel);
            }
        };
    }
}
