package dev.tarry.host;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.dns.DnsProbe;
import dev.tarry.dns.DnsReply;
import dev.tarry.time.Alarm;
import dev.tarry.time.EgressRefused;
import dev.tarry.time.World;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Tries whether somebody is there: a TCP connection that is closed at once, a DNS question that anything may answer,
/// an echo request.
///
/// Any thread; results complete on an io loop.
public final class PortProbe {
    /// How long the other side may take, in lab time.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What trying a port came to.
    public enum Outcome {
        OPEN,
        /// The other side said no.
        REFUSED,
        /// Nothing came back.
        SILENCE,
        /// It is not on the egress list, and was not dialled.
        NOT_ALLOWED
    }

    private final World world;
    private final DnsProbe dns;
    private final Ground ground;

    public PortProbe(World world, DnsProbe dns, Ground ground) {
        this.world = world;
        this.dns = dns;
        this.ground = ground;
    }

    /// Whether somebody takes a connection there, which is closed again at once.
    public CompletableFuture<Outcome> tcp(InetSocketAddress to) {
        EventLoop loop = world.loops().io().next();
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        world.loops().of(loop).execute(() -> {
            if (done.isDone()) {
                return;
            }
            Future<Channel> dialled = ground.isOwn(to.getAddress())
                    ? ground.dialOwn(loop, to.getPort(), new ChannelInboundHandlerAdapter())
                    : world.wires().connect(loop, to, new ChannelInboundHandlerAdapter());
            Alarm alarm =
                    world.labTimers().after(PATIENCE, world.loops().of(loop), () -> done.complete(Outcome.SILENCE));
            dialled.addListener((Future<Channel> opened) -> {
                if (opened.isSuccess()) {
                    opened.getNow().close();
                }
                done.complete(outcome(opened));
            });
            done.whenComplete((_, _) -> {
                alarm.cancel();
                dialled.cancel(false);
            });
        });
        return done;
    }

    private static Outcome outcome(Future<Channel> opened) {
        if (opened.isSuccess()) {
            return Outcome.OPEN;
        }
        return opened.cause() instanceof EgressRefused ? Outcome.NOT_ALLOWED : Outcome.REFUSED;
    }

    /// Whether a DNS server answers datagrams, whatever it answers.
    public CompletableFuture<Outcome> udpDns(InetSocketAddress server) {
        return dns.ask(Name.root, Type.NS, true, server, DnsProtocolOption.USE_UDP_ONLY, PATIENCE)
                .thenApply(reply -> switch (reply) {
                    case DnsReply.Answer _, DnsReply.ServerFailure _, DnsReply.Malformed _, DnsReply.Truncated _ ->
                        Outcome.OPEN;
                    case DnsReply.NoAnswer _ -> Outcome.SILENCE;
                    case DnsReply.Unreachable(var detail) ->
                        detail.startsWith("egress is locked") ? Outcome.NOT_ALLOWED : Outcome.REFUSED;
                });
    }

    /// What a ping brings.
    public Ground.Echo echo(InetAddress to) {
        return ground.isOwn(to) ? Ground.Echo.REPLY : ground.echo(to);
    }
}
