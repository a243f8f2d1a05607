package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Faults;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Who receives mail at which address. Thread-safe.
public final class MailHosts {
    /// Where every host listens: relay and submission alike.
    public static final Set<Integer> PORTS = Set.of(25, 587);

    private final Faults faults;
    private final ReceivedMail mail;
    private final MailBounds bounds;
    private final Runnable begin;
    private final Runnable end;
    private volatile Function<InetAddress, Optional<String>> names = _ -> Optional.empty();

    /// @param begin work that is not on the wire begins (a message is being put on file)
    /// @param end and ends; each once for each `begin`
    public MailHosts(Faults faults, ReceivedMail mail, MailBounds bounds, Runnable begin, Runnable end) {
        this.faults = Objects.requireNonNull(faults, "faults");
        this.mail = Objects.requireNonNull(mail, "mail");
        this.bounds = Objects.requireNonNull(bounds, "bounds");
        this.begin = Objects.requireNonNull(begin, "begin");
        this.end = Objects.requireNonNull(end, "end");
    }

    /// Who lives where, asked anew for every connection; sessions that go on keep the name they began with.
    ///
    /// @param names of the host at an address; thread-safe
    public void live(Function<InetAddress, Optional<String>> names) {
        this.names = Objects.requireNonNull(names, "names");
    }

    public Optional<String> nameAt(InetAddress address) {
        return names.apply(address);
    }

    /// Puts a session of the host at that address behind an accepted connection.
    public void fill(ChannelPipeline pipeline, InetAddress address) {
        var text = address.getHostAddress();
        var session = new HostSession(nameAt(address).orElse(text), text, client(pipeline), faults, bounds);
        pipeline.addLast(new SmtpHost(session, mail, bounds.messageOctets(), begin, end));
    }

    /// Addresses within the process say nothing, and differ from run to run.
    private static String client(ChannelPipeline pipeline) {
        return pipeline.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "127.0.0.1";
    }
}
