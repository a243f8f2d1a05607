package dev.tarry.lab.load;

import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.mx.HostGround;
import dev.tarry.lab.mx.Later;
import dev.tarry.lab.mx.MailBounds;
import dev.tarry.lab.mx.MailHost;
import dev.tarry.lab.mx.MailHosts;
import dev.tarry.lab.mx.ReceivedMail;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.net.RealSockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// A mail host of the lab's that stands alone: takes mail for anybody, counts it, and throws it away or keeps it.
/// Thread-safe.
public final class MailSink implements AutoCloseable {
    /// What a sink takes and does.
    ///
    /// @param keep the folder that messages are kept in; empty: they are thrown away
    /// @param messageOctetsMax the largest message taken
    /// @param recipientsMax of one message
    /// @param faults what goes wrong, in the order of asking
    public record Options(Optional<Path> keep, long messageOctetsMax, int recipientsMax, List<Fault> faults) {
        public Options {
            faults = List.copyOf(faults);
        }
    }

    /// @param open connections now
    /// @param connections since the beginning
    /// @param messages taken
    /// @param recipients of those
    /// @param octets of content of those, dot-stuffing undone
    public record Count(int open, long connections, long messages, long recipients, long octets) {}

    private final Faults faults;
    private final ReceivedMail mail;
    private final MailHosts hosts;
    private final RealSockets sockets;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder connections = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder recipients = new LongAdder();
    private final LongAdder octets = new LongAdder();

    /// @param clock for the times of receipt, and for faults that begin or end
    /// @param later alarms of that clock, for faults that take their time
    /// @throws IOException if the folder cannot be made or read
    public MailSink(Options options, EventLoopGroup loops, InstantSource clock, Later later) throws IOException {
        faults = new Faults(clock, () -> {});
        options.faults().forEach(faults::add);
        boolean keeps = options.keep().isPresent();
        // Thrown away is what the next one pushes out.
        var bounds = new MailBounds(
                keeps ? Integer.MAX_VALUE : 1,
                keeps ? Long.MAX_VALUE : 0,
                options.messageOctetsMax(),
                options.recipientsMax());
        mail = new ReceivedMail(options.keep(), bounds, clock);
        mail.onReceived(this::received);
        var ground = new HostGround(
                clock,
                later,
                loops,
                (_, _, _) -> CompletableFuture.failedFuture(new IllegalStateException("a sink has no certificates")),
                _ -> {},
                () -> {},
                () -> {});
        hosts = new MailHosts(faults, mail, bounds, ground, _ -> CompletableFuture.completedFuture(Optional.empty()));
        sockets = new RealSockets(loops);
    }

    private void received(ReceivedMessage message) {
        messages.increment();
        recipients.add(message.recipients().size());
        octets.add(message.sizeBytes());
    }

    /// @return where it listens
    public CompletableFuture<SocketAddress> listen(InetSocketAddress at) {
        hosts.put(MailHost.withoutTls(at.getAddress().getHostAddress()));
        return sockets.listenTcp(Optional.of(at), new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                open.incrementAndGet();
                connections.increment();
                channel.closeFuture().addListener(_ -> open.decrementAndGet());
                hosts.fill(channel.pipeline(), at);
            }
        });
    }

    public Count count() {
        return new Count(open.get(), connections.sum(), messages.sum(), recipients.sum(), octets.sum());
    }

    /// In the order of asking, with how often each was asked and struck.
    public List<ActiveFault> faults() {
        return faults.list();
    }

    /// Cuts every connection; waits until what was taken is on file.
    @Override
    public void close() {
        sockets.close();
        hosts.close();
        mail.close();
    }
}
