package dev.tarry.app;

import dev.tarry.host.Adapter;
import dev.tarry.host.Ground;
import dev.tarry.lab.dns.MailRoute;
import dev.tarry.lab.net.Protocol;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.receive.SmtpListener;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.simulation.Carrier;
import dev.tarry.time.Ledger;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The machine that the server runs on: the lab's, which has one network adapter in the company's network, or the real
/// one. Any thread.
final class ThisComputer implements Ground {
    /// Of the lab's machine.
    private static final Adapter IN_THE_LAB = new Adapter(
            "Ethernet",
            12,
            "Microsoft Hyper-V Network Adapter",
            "00-15-5D-01-14-00",
            List.of(new Adapter.Own(InetAddress.ofLiteral("192.168.1.20"), 24)),
            Optional.of(InetAddress.ofLiteral("192.168.1.1")));

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final TransportServer server;
    private final LiveWorld world;

    ThisComputer(TransportServer server, LiveWorld world) {
        this.server = server;
        this.world = world;
    }

    @Override
    public String computerName() {
        return server.plan().queue().computerName();
    }

    @Override
    public String fqdn() {
        return server.plan().queue().fqdn();
    }

    @Override
    public Adapter adapter() {
        return world.lab().isPresent() ? IN_THE_LAB : NetworkWatch.adapter();
    }

    @Override
    public List<InetSocketAddress> dnsServers() {
        return server.plan().dnsServers().adapter();
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress()
                || addresses().contains(address)
                || world.lab()
                        .map(lab -> MailRoute.addresses(lab.zones(), fqdn()).contains(address))
                        .orElse(false);
    }

    @Override
    public Echo echo(InetAddress to) {
        return world.lab()
                .map(lab -> lab.echoes(to) ? Echo.REPLY : Echo.SILENCE)
                .orElse(Echo.IMPOSSIBLE);
    }

    @Override
    public Future<Channel> dialOwn(EventLoop loop, int port, ChannelHandler handler) {
        Promise<Channel> promise = loop.newPromise();
        Optional<SocketAddress> listening = listening(port);
        if (listening.isPresent()) {
            dial(loop, listening.get(), handler, promise);
            return promise;
        }
        if (world.lab().isPresent()) {
            promise.setFailure(new ConnectException("Connection refused: " + LOOPBACK.getHostAddress() + ":" + port));
            return promise;
        }
        return world.world().wires().connect(loop, new InetSocketAddress(LOOPBACK, port), handler);
    }

    /// The first receive connector that clients know by this port, or that has it.
    private Optional<SocketAddress> listening(int port) {
        Plan plan = server.plan();
        List<SmtpListener> listeners = server.listeners();
        for (ReceiveConnector connector : plan.receiveConnectors()) {
            if (connector.knownAs() == port) {
                Optional<SocketAddress> at = listeners.stream()
                        .filter(one -> one.name().equals(connector.name()))
                        .findFirst()
                        .map(SmtpListener::address);
                if (at.isPresent()) {
                    return at;
                }
            }
        }
        return listeners.stream()
                .flatMap(one -> one.addresses().stream())
                .filter(at -> at instanceof InetSocketAddress inet && inet.getPort() == port)
                .findFirst();
    }

    private void dial(EventLoop loop, SocketAddress listening, ChannelHandler handler, Promise<Channel> promise) {
        SocketAddress to = listening instanceof InetSocketAddress inet ? Addresses.dialled(inet) : listening;
        List<ChannelHandler> handlers = new ArrayList<>();
        world.lab().map(lab -> lab.dialledEnd(Protocol.TCP)).ifPresent(handlers::add);
        handlers.add(handler);
        Ledger ledger = world.world().ledger();
        ledger.begin(Ledger.Kind.WIRE);
        Carrier.SOCKETS.connect(loop, to, handlers, promise);
        Runnable end = () -> loop.execute(() -> ledger.end(Ledger.Kind.WIRE));
        promise.addListener((Future<Channel> dialled) -> {
            if (dialled.isSuccess() && world.lab().isEmpty()) {
                // nobody counts what is said by it, so the clock waits for as long as it stands
                dialled.getNow().closeFuture().addListener(_ -> end.run());
            } else {
                end.run(); // whoever dialled has been told
            }
        });
    }
}
