package dev.tarry.send;

import dev.tarry.config.SmtpSendSettings;
import dev.tarry.time.World;
import dev.tarry.tls.TlsMeans;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes attempts: the door of this room. Any thread may call it; each attempt lives on an io loop of its own
/// choice.
///
/// An attempt tries all addresses of all hosts, in order, until one greets and takes EHLO; then messages are drawn
/// from the source one by one, up to the connector's limit, and the connection ends with QUIT. It is never held
/// open without a message.
public final class NextHopSender {
    private record Terms(SmtpSendSettings settings, ConnectionFailureTable table) {}

    private final World world;
    private final SendLog log;
    private final SendMeter meter;
    private final TlsMeans tls;
    private final ClearHosts clearHosts;
    private final HostHealth health;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Terms terms;

    /// Uncounted.
    public NextHopSender(World world, SmtpSendSettings settings, ConnectionFailureTable table, SendLog log) {
        this(world, settings, table, log, SendMeter.NONE);
    }

    public NextHopSender(
            World world, SmtpSendSettings settings, ConnectionFailureTable table, SendLog log, SendMeter meter) {
        this(world, settings, table, log, meter, TlsMeans.NONE);
    }

    /// @param tls whom it trusts and who it is
    public NextHopSender(
            World world,
            SmtpSendSettings settings,
            ConnectionFailureTable table,
            SendLog log,
            SendMeter meter,
            TlsMeans tls) {
        this.tls = tls;
        this.clearHosts = new ClearHosts(world.labTime());
        this.world = world;
        this.log = log;
        this.meter = meter;
        this.health = new HostHealth(meter, clearHosts);
        this.terms = new Terms(settings, table);
    }

    /// For attempts that begin from now on.
    public void terms(SmtpSendSettings settings, ConnectionFailureTable table) {
        terms = new Terms(settings, table);
    }

    /// Begins an attempt.
    ///
    /// @param source   asked on the attempt's io loop, one message at a time
    /// @param listener told on that loop; [SendListener#ended] comes exactly once
    public void send(SendPlan plan, OutgoingSource source, SendListener listener) {
        attempts.incrementAndGet();
        EventLoop io = world.loops().io().next();
        Terms now = terms;
        SendAttempt attempt = new SendAttempt(
                world,
                io,
                now.settings(),
                now.table(),
                log,
                meter,
                tls,
                clearHosts,
                health,
                plan,
                source,
                listener,
                attempts::decrementAndGet);
        world.loops().of(io).execute(attempt::start);
    }

    /// What is remembered of hosts.
    public HostHealth health() {
        return health;
    }

    /// Attempts under way.
    public int attempts() {
        return attempts.get();
    }
}
