package dev.tarry.dns;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.time.World;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/// Asks one server one thing and says what became of it: for whoever looks at names and servers and moves no mail. It
/// knows neither a cache nor another server, and no journal of deliveries hears of it.
///
/// Any thread; answers complete on an io loop. Whoever cancels one ends the question.
public final class DnsProbe {
    private static final Logger LOG = LoggerFactory.getLogger(DnsProbe.class);

    private final World world;

    public DnsProbe(World world) {
        this.world = world;
    }

    /// @param type      as dnsjava numbers it
    /// @param recursive whether the server is to ask others on our behalf
    /// @param option    what may carry it; over UDP what does not fit is asked for over TCP
    /// @param timeout   for all of it, in lab time
    public CompletableFuture<DnsReply> ask(
            Name name,
            int type,
            boolean recursive,
            InetSocketAddress server,
            DnsProtocolOption option,
            Duration timeout) {
        EventLoop loop = world.loops().io().next();
        CompletableFuture<DnsReply> done = new CompletableFuture<>();
        AtomicReference<Optional<DnsExchange>> underWay = new AtomicReference<>(Optional.empty());
        world.loops().of(loop).execute(() -> {
            if (done.isDone()) {
                return;
            }
            try {
                DnsExchange exchange = new DnsExchange(
                        world,
                        loop,
                        new DnsQuestion(name, type, recursive),
                        server,
                        option,
                        false, // as Windows' DNS client asks
                        (reply, _, _) -> done.complete(reply));
                underWay.set(Optional.of(exchange));
                exchange.start(timeout);
            } catch (RuntimeException e) {
                LOG.error("a question could not be asked", e);
                done.completeExceptionally(e);
            }
        });
        done.whenComplete((_, _) -> {
            if (done.isCancelled()) {
                world.loops().of(loop).execute(() -> underWay.get().ifPresent(DnsExchange::abandon));
            }
        });
        return done;
    }
}
