package dev.tarry.send;

import dev.tarry.config.SmtpSendSettings;
import dev.tarry.mail.Reply;
import dev.tarry.smtp.DataEncoder;
import dev.tarry.smtp.ReplyDecoder;
import dev.tarry.time.Alarm;
import dev.tarry.time.EgressRefused;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tls.OutboundTls;
import dev.tarry.tls.TlsDemand;
import dev.tarry.tls.TlsMeans;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at one next hop: dials its targets in order until one takes mail, and hands that one message after
/// message. On one io loop, from [#start] to [SendListener#ended].
///
/// Another target is tried only while no message has been begun (reference §4.4). A message that the source gave
/// out while the connection was lost is kept for the next target. Where TLS fails that is not required, the same
/// target is dialled again at once and gets its mail in the clear.
final class SendAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SendAttempt.class);

    private final World world;
    private final EventLoop io;
    private final Loop loop;
    private final SmtpSendSettings settings;
    private final ConnectionFailureTable table;
    private final SendLog log;
    private final SendMeter meter;
    private final TlsMeans means;
    private final ClearHosts clearHosts;
    private final HostHealth health;
    private final Rounds rounds;
    private final SendPlan plan;
    private final OutgoingSource source;
    private final SendListener listener;
    private final Runnable over;

    private final Deque<Target> left = new ArrayDeque<>();
    private final List<Target> failed = new ArrayList<>();
    private Instant begun;
    private boolean moreThanTried;
    private OutboundTls tls;
    private Target target;
    private SendConnection connection;
    private boolean asking;
    private boolean noMore;
    private OutgoingMessage held;
    private boolean ended;
    private boolean everConnected;

    /// @param over run once, after the listener has heard the end
    SendAttempt(
            World world,
            EventLoop io,
            SmtpSendSettings settings,
            ConnectionFailureTable table,
            SendLog log,
            SendMeter meter,
            TlsMeans means,
            ClearHosts clearHosts,
            HostHealth health,
            SendPlan plan,
            OutgoingSource source,
            SendListener listener,
            Runnable over) {
        this.world = world;
        this.io = io;
        this.loop = world.loops().of(io);
        this.settings = settings;
        this.table = table;
        this.log = log;
        this.meter = meter;
        this.means = means;
        this.clearHosts = clearHosts;
        this.health = health;
        this.rounds = health.rounds();
        this.plan = plan;
        this.source = source;
        this.listener = listener;
        this.over = over;
    }

    void start() {
        guarded(this::begin);
    }

    /// A mistake of ours ends the attempt, or its queue would wait for it for ever.
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.error("the attempt for {} broke down", plan.hosts().getFirst().name(), e);
            if (!ended) {
                Target last = target == null ? plan.targets().getFirst() : target;
                end(new SendEnd.ConnectionFailed(
                        table.words(new ConnectionProblem.Ours("an internal error"), last), last));
            }
        }
    }

    private void begin() {
        if (plan.tls().checked()) {
            means.trust()
                    .anchors()
                    .whenComplete((trusted, failure) -> loop.execute(() -> {
                        if (failure != null) {
                            LOG.error("it is not known whom to trust, so nobody is", failure);
                        }
                        guarded(() -> start(failure == null ? trusted : Set.of()));
                    }));
        } else {
            start(Set.of());
        }
    }

    private void start(Set<TrustAnchor> trusted) {
        tls = new OutboundTls(plan.tls(), trusted, means.shown(plan.connector().tls()), world.labTime());
        begun = world.labTime().instant();
        List<Target> all =
                health.inOrder(plan.targets(), begun, settings.reaching().unhealthyHostInterval());
        moreThanTried = all.size() > SendPlan.MAX_TARGETS;
        rounds.inOrder(plan.connector().id(), all).stream()
                .limit(SendPlan.MAX_TARGETS)
                .forEach(left::add);
        dial();
    }

    /// Where TLS may be done without, a host with which it failed is not bothered with it again for a while.
    private OutboundTls tlsFor(Target to) {
        if (tls.demand().use() == TlsDemand.Use.IF_OFFERED && clearHosts.holds(to)) {
            meter.tls(SendMeter.Tls.AVOIDED);
            return tls.without();
        }
        return tls;
    }

    private void dial() {
        target = left.removeFirst();
        connection = null;
        Dial dial = new Dial(target);
        dial.alarm = world.labTimers().after(settings.connectTimeout(), loop, dial::timedOut);
        try {
            dial.future = world.wires().connect(io, plan.connector().sourceAddress(), target.address(), dial);
        } catch (RuntimeException e) {
            dial.alarm.cancel();
            throw e;
        }
        if (dial.future.isDone()) {
            dial.decided();
        } else {
            dial.future.addListener(_ -> dial.decided());
        }
    }

    /// Until a connection stands, or does not.
    private final class Dial extends ChannelInitializer<Channel> {
        private final Target to;
        private final SendConnection made;
        private Future<Channel> future;
        private Alarm alarm;
        private boolean decided;

        Dial(Target to) {
            this.to = to;
            this.made = new SendConnection(
                    world, loop, settings, plan, to, tlsFor(to), table, log, health.mayChunk(to), new Conversation());
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new ReplyDecoder())
                    .addLast(new DataEncoder())
                    .addLast(made);
        }

        void decided() {
            if (decided) {
                if (future.isSuccess()) {
                    future.getNow().close(); // given up in the meantime
                }
                return;
            }
            decided = true;
            alarm.cancel();
            if (!future.isSuccess()) {
                failed(problem(future.cause()));
            }
        }

        void timedOut() {
            if (!decided) {
                decided = true;
                future.cancel(false);
                failed(new ConnectionProblem.ConnectTimedOut());
            }
        }

        private void failed(ConnectionProblem problem) {
            if (made.abandon(problem)) {
                meter.unusable(SendMeter.Trouble.of(problem));
                guarded(() -> unusable(to, problem));
            }
        }
    }

    static ConnectionProblem problem(Throwable cause) {
        return switch (cause) {
            case null -> new ConnectionProblem.ConnectTimedOut();
            case EgressRefused e -> new ConnectionProblem.ConnectFailed(e.getMessage());
            // the system's patience may end before ours
            case ConnectException e
            when e.getMessage() != null && e.getMessage().contains("timed out") ->
                new ConnectionProblem.ConnectTimedOut();
            case ConnectException _ -> new ConnectionProblem.ConnectRefused();
            default ->
                new ConnectionProblem.ConnectFailed(
                        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        };
    }

    private void unusable(Target host, ConnectionProblem problem) {
        if (problem instanceof ConnectionProblem.TlsFailed(var detail)
                && !plan.tls().required()) {
            clearHosts.add(host);
            listener.inTheClear(host, detail);
            left.addFirst(host);
            dial();
            return;
        }
        Reply words = table.words(problem, host);
        listener.hostFailed(host, words, SendMeter.Trouble.of(problem));
        failed.add(host);
        if (problem.unreachable()) {
            health.failed(
                    host,
                    words.toString(),
                    world.labTime().instant(),
                    settings.reaching().unhealthyHostInterval());
        }
        boolean patient = elapsed().compareTo(settings.reaching().attemptTimeout()) < 0;
        if (!left.isEmpty() && patient) {
            dial();
            return;
        }
        if (!left.isEmpty() || moreThanTried) {
            rounds.leftOff(plan.connector().id(), failed);
        } else {
            rounds.over(plan.connector().id(), failed);
        }
        end(new SendEnd.ConnectionFailed(words, host));
    }

    private Duration elapsed() {
        return Duration.between(begun, world.labTime().instant());
    }

    private void end(SendEnd how) {
        ended = true;
        giveBack();
        listener.ended(how);
        over.run();
    }

    private void giveBack() {
        if (held != null) {
            OutgoingMessage back = held;
            held = null;
            listener.untried(back);
        }
    }

    /// The source's answer, which may come when the connection that asked is gone.
    private void answered(Optional<OutgoingMessage> next) {
        asking = false;
        held = next.orElse(null);
        noMore = next.isEmpty();
        if (ended) {
            giveBack();
        } else if (connection != null && connection.waiting()) {
            serve();
        }
    }

    private void serve() {
        if (held != null) {
            OutgoingMessage next = held;
            held = null;
            connection.give(next);
        } else if (noMore) {
            connection.noMore();
        } else if (!asking) {
            asking = true;
            source.next(loop, this::answered);
        }
    }

    private final class Conversation implements SendConnection.Owner {
        @Override
        public void ready(SendConnection ready) {
            connection = ready;
            meter.greeted();
            health.good(target);
            rounds.over(plan.connector().id(), plan.targets());
            if (!everConnected) {
                everConnected = true;
                listener.connected(target);
            }
        }

        @Override
        public void wantsMessage() {
            serve();
        }

        @Override
        public void finished(OutgoingMessage message, List<RecipientOutcome> outcomes) {
            count(message, outcomes);
            listener.finished(message, target, outcomes);
        }

        @Override
        public void untried(OutgoingMessage message) {
            held = message;
        }

        @Override
        public void withoutChunking(OutgoingMessage message) {
            meter.broken(SendMeter.Trouble.OUT_OF_STEP);
            connection = null;
            held = message;
            health.deniesChunking(target);
            left.addFirst(target);
            guarded(SendAttempt.this::dial);
        }

        @Override
        public void over(boolean usable, Optional<ConnectionProblem> problem, int messages) {
            count(connection != null, problem);
            connection = null;
            if (!usable) {
                guarded(() -> unusable(target, problem.orElseThrow()));
            } else if (problem.isPresent()) {
                end(new SendEnd.Dropped(table.words(problem.get(), target), target));
            } else {
                end(new SendEnd.Done(messages));
            }
        }

        @Override
        public void tls(SendMeter.Tls how) {
            meter.tls(how);
        }

        @Override
        public Optional<String> tlsBegins() {
            Optional<String> missing = means.missing(plan.connector().tls());
            missing.ifPresent(what -> {
                meter.certificateMissing();
                listener.certificateMissing(target, what);
            });
            return missing;
        }

        private void count(boolean wasReady, Optional<ConnectionProblem> problem) {
            if (!wasReady) {
                problem.ifPresent(p -> meter.unusable(SendMeter.Trouble.of(p)));
            } else if (problem.isPresent()) {
                meter.broken(SendMeter.Trouble.of(problem.get()));
            } else {
                meter.parted();
            }
        }

        private void count(OutgoingMessage message, List<RecipientOutcome> outcomes) {
            int taken = 0;
            for (RecipientOutcome outcome : outcomes) {
                taken += outcome instanceof RecipientOutcome.Delivered ? 1 : 0;
            }
            if (taken > 0) {
                meter.sent(message.bytes(), taken);
            }
        }
    }
}
