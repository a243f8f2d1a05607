package dev.tarry.send;

import dev.tarry.config.SmartHostAuthMechanism;
import dev.tarry.config.SmtpSendSettings;
import dev.tarry.mail.Reply;
import dev.tarry.routing.SendConnector;
import dev.tarry.smtp.MailData;
import dev.tarry.smtp.ReplyDecoder;
import dev.tarry.smtp.ReplyFormatException;
import dev.tarry.smtp.Transcript;
import dev.tarry.smtp.Transcript.Event;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tls.CertificateRefused;
import dev.tarry.tls.OutboundTls;
import dev.tarry.tls.TlsDemand;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to one host: carries out what its [SendSession] decides. Lives on its channel's loop, from the
/// moment the channel is active to the one call of [Owner#over].
final class SendConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SendConnection.class);

    /// How long a host may take to say goodbye; nothing depends on it any more.
    static final Duration QUIT_TIMEOUT = Duration.ofSeconds(10);

    /// The attempt that it is part of.
    interface Owner {
        /// The host takes mail; called once at most.
        void ready(SendConnection connection);

        /// Answer by [SendConnection#give] or [SendConnection#noMore].
        void wantsMessage();

        void finished(OutgoingMessage message, List<RecipientOutcome> outcomes);

        /// What became of TLS; called once at most.
        void tls(SendMeter.Tls how);

        /// A handshake is about to begin.
        ///
        /// @return what the connector is to show and the server does not have, for people; empty: it has all
        Optional<String> tlsBegins();

        /// The connection is about to end, and this message has not been tried.
        void untried(OutgoingMessage message);

        /// It is closed: the host does not know BDAT, though it says so, and has nothing of this message. Called
        /// instead of [#over].
        void withoutChunking(OutgoingMessage message);

        /// It is closed; called once, unless it was abandoned.
        ///
        /// @param usable whether it got so far that no other host may be tried
        void over(boolean usable, Optional<ConnectionProblem> problem, int messages);
    }

    private final Owner owner;
    private final SendConnector connector;
    private final SmtpSendSettings settings;
    private final Transcript log;
    private final Target target;
    private final ConnectionFailureTable table;
    private final Loop loop;
    private final Deadline deadline;
    private final World world;
    private final OutboundTls tls;
    private final SendSession session;
    private final TalkAhead ahead = new TalkAhead();
    private final Deque<SendSession.Step> steps = new ArrayDeque<>();

    private ChannelHandlerContext ctx;
    private boolean working;
    private boolean ready;
    private boolean begun;
    private boolean over;
    private boolean remoteClosed;
    private boolean reset;
    private SslHandler secure;
    /// TLS stands, as far as we know: the host has not said anything under it
    private boolean unproven;
    private Alarm handshakePatience = () -> {};
    private OutgoingMessage message;
    /// the same, as the host is able to take it
    private OutgoingMessage fitted;
    /// it is being looked through, and nothing has been said of it
    private boolean looking;
    /// of the message that is being written
    private BodyWriting body;

    /// @param chunking whether BDAT may be used
    SendConnection(
            World world,
            Loop loop,
            SmtpSendSettings settings,
            SendPlan plan,
            Target target,
            OutboundTls tls,
            ConnectionFailureTable table,
            SendLog log,
            boolean chunking,
            Owner owner) {
        this.owner = owner;
        this.world = world;
        this.tls = tls;
        this.connector = plan.connector();
        this.settings = settings;
        this.log = log.on(connector) ? log.open(connector, world.secrets().sessionId(), target) : Transcript.OFF;
        this.target = target;
        this.table = table;
        this.loop = loop;
        this.deadline = new Deadline(world, loop, () -> lost(new ConnectionProblem.Silent()));
        this.session = new SendSession(
                wishes(plan, tls.demand()),
                connector.smtpMaxMessagesPerConnection(),
                new MailTransaction.Terms(
                        chunking && settings.handing().chunkingEnabled(),
                        settings.handing().maxRecipientsPerMessage()),
                problem -> table.words(problem, target));
        record(Event.INFORMATION, "SendRoutingHeaders", "Set Session Permissions");
        record(Event.INFORMATION, "", "attempting to connect");
    }

    /// What logs in at smart hosts says nothing to hosts that DNS names.
    private static Opening.Wishes wishes(SendPlan plan, TlsDemand demand) {
        SendConnector by = plan.connector();
        boolean smartHosts = !by.dnsRoutingEnabled();
        return new Opening.Wishes(
                plan.ourName(),
                by.forceHelo(),
                demand,
                smartHosts ? by.login() : Optional.empty(),
                smartHosts && by.authMechanism() == SmartHostAuthMechanism.EXCHANGE_SERVER);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        if (context.channel().isActive()) {
            begin();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin();
        context.fireChannelActive();
    }

    private void begin() {
        if (over) {
            ctx.close();
            return;
        }
        begun = true;
        if (log != Transcript.OFF) {
            log.connected(Target.endpoint(ctx.channel().localAddress()));
        }
        await(settings.greetingTimeout());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (!(msg instanceof Reply reply)) {
            context.fireChannelRead(msg);
            return;
        }
        if (over) {
            return;
        }
        proven();
        if (log != Transcript.OFF) {
            record(Event.RECEIVED, Transcript.text(reply), "");
        }
        if (ahead.replied() && !SendSession.closes(reply)) {
            lost(new ConnectionProblem.OutOfStep("\"" + reply + "\" before it was asked for"));
            return;
        }
        perform(session.replied(reply));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (body != null) {
            body.writabilityChanged();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        remoteClosed = true;
        lost(new ConnectionProblem.Lost());
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case ReplyDecoder.Octets.CAME -> ahead.octetsCame();
            case SslHandshakeCompletionEvent done when done.isSuccess() -> secured();
            case SslHandshakeCompletionEvent done -> notSecured(done.cause());
            // with TLS ends all that may be heard: nothing is taken in the clear behind it
            case SslCloseCompletionEvent _ -> {
                remoteClosed = true;
                lost(new ConnectionProblem.Lost());
            }
            default -> context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (over) {
            return;
        }
        switch (cause) {
            case ReplyFormatException e -> lost(new ConnectionProblem.OutOfStep(e.getMessage()));
            case Throwable _
            when OutboundTls.brokenBy(cause) -> lost(new ConnectionProblem.TlsBroken(OutboundTls.reason(cause)));
            case IOException _ -> {
                reset = true;
                lost(new ConnectionProblem.Lost());
            }
            default -> broken(cause);
        }
    }

    /// A mistake of ours: nothing is known about the host or the mail.
    private void broken(Throwable cause) {
        LOG.error("the connection to {} broke down", target.endpoint(), cause);
        lost(new ConnectionProblem.Ours("an internal error"));
    }

    // --- TLS

    private void beginTls() {
        ChannelPipeline pipeline = ctx.pipeline();
        ReplyDecoder clear = pipeline.get(ReplyDecoder.class);
        clear.discard();
        ReplyDecoder replies = new ReplyDecoder();
        pipeline.replace(clear, null, replies);
        handshakePatience = world.wireTimers()
                .after(OutboundTls.HANDSHAKE_PATIENCE, loop, () -> lost(new ConnectionProblem.Silent()));
        owner.tlsBegins().ifPresent(missing -> record(Event.INFORMATION, "", "No certificate is shown: " + missing));
        secure = tls.handler(target.host());
        pipeline.addBefore(pipeline.context(replies).name(), null, secure);
    }

    private void secured() {
        handshakePatience.cancel();
        if (over || session.state() != SendSession.State.TLS) {
            return;
        }
        unproven = true;
        if (log != Transcript.OFF) {
            OutboundTls.account(secure.engine().getSession()).forEach(line -> record(Event.INFORMATION, "", line));
        }
        perform(session.secured());
    }

    private void proven() {
        if (unproven) {
            unproven = false;
            owner.tls(SendMeter.Tls.SECURED);
        }
    }

    private void notSecured(Throwable cause) {
        if (over || session.state() != SendSession.State.TLS) {
            return;
        }
        lost(CertificateRefused.within(cause)
                .<ConnectionProblem>map(
                        refused -> new ConnectionProblem.CertificateRejected(refused.flaw(), refused.getMessage()))
                .orElseGet(() -> new ConnectionProblem.TlsFailed(OutboundTls.reason(cause))));
    }

    /// What a handshake came to that came to nothing.
    private void tlsFailed(ConnectionProblem problem) {
        switch (problem) {
            case ConnectionProblem.TlsFailed(var detail) -> {
                unproven = false;
                record(Event.INFORMATION, "", "TLS negotiation failed with error " + detail);
                owner.tls(SendMeter.Tls.FAILED);
            }
            case ConnectionProblem.CertificateRejected(var flaw, var detail) -> {
                record(
                        Event.INFORMATION,
                        "",
                        "Certificate validation failed with status " + flaw.word() + ": " + detail);
                owner.tls(SendMeter.Tls.CERTIFICATE);
            }
            default -> proven();
        }
    }

    void give(OutgoingMessage next) {
        if (over || session.state() != SendSession.State.IDLE) {
            throw new IllegalStateException("no message was asked for");
        }
        message = next;
        fitted = next;
        guarded(() -> begin(next));
    }

    /// What goes wrong is heard of at once, and not when the host has lost its patience.
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void begin(OutgoingMessage next) {
        if (log != Transcript.OFF) {
            record(Event.INFORMATION, "", "sending message " + next.identity());
        }
        switch (Fitting.first(
                next.envelope(),
                session.host(),
                session.takesBinary(),
                settings.handing().sevenBitHosts())) {
            case Fitting.First.Nothing _ -> perform(session.message(next.envelope(), next.bytes()));
            case Fitting.First.Refuse(var reply) -> perform(session.refused(next.envelope(), reply));
            case Fitting.First.Look(var goal) -> {
                looking = true;
                Fitting.look(
                        next,
                        goal,
                        session.host(),
                        loop,
                        () -> looking && !over,
                        found -> guarded(() -> looked(found)));
            }
        }
    }

    /// The message has been looked through, if the connection has lived so long.
    private void looked(Fitting.Found found) {
        if (over || !looking) {
            return;
        }
        looking = false;
        switch (found) {
            case Fitting.Found.Fit(var fit) -> {
                fitted = fit;
                perform(session.message(fit.envelope(), fit.bytes()));
            }
            case Fitting.Found.Unfit(var reply) -> perform(session.refused(message.envelope(), reply));
            case Fitting.Found.Unreadable(var cause) -> {
                LOG.error("a message to {} could not be read to its end", target.endpoint(), cause);
                close(true, Optional.of(new ConnectionProblem.Ours("the message could not be read")));
            }
        }
    }

    void noMore() {
        if (!over && session.state() == SendSession.State.IDLE) {
            perform(session.noMoreMessages());
        }
    }

    /// Whether a message given now would be taken.
    boolean waiting() {
        return !over && !looking && session.state() == SendSession.State.IDLE;
    }

    private void lost(ConnectionProblem problem) {
        if (!over) {
            perform(session.lost(problem));
        }
    }

    private void perform(List<SendSession.Step> added) {
        steps.addAll(added);
        if (!working) {
            work(() -> {});
        }
    }

    /// Does something, and then all steps that have gathered. Steps never nest: a source may answer at once, and
    /// on one thread so may the host, in the middle of a flush, during which nothing further can be flushed.
    private void work(Runnable first) {
        working = true;
        try {
            first.run();
            while (!steps.isEmpty()) {
                boolean written = false;
                for (SendSession.Step step = steps.poll(); step != null; step = steps.poll()) {
                    written |= perform(step);
                }
                if (written && !over) {
                    ctx.flush();
                }
            }
        } catch (RuntimeException e) {
            steps.clear();
            LOG.error("the connection to {} broke down", target.endpoint(), e);
            close(true, Optional.of(new ConnectionProblem.Ours("an internal error")));
        } finally {
            working = false;
        }
        await(timeout());
    }

    /// @return whether something was written that has to be flushed
    private boolean perform(SendSession.Step step) {
        switch (step) {
            case SendSession.Step.Command command -> {
                write(command);
                return true;
            }
            case SendSession.Step.BeginTls _ -> beginTls();
            case SendSession.Step.TlsUnavailable(var how) -> owner.tls(how);
            case SendSession.Step.AskForMessage _ -> {
                if (!ready) {
                    ready = true;
                    owner.ready(this);
                }
                owner.wantsMessage();
            }
            case SendSession.Step.SendBody(var chunked) -> {
                if (chunked) {
                    body = BodyWriting.chunked(
                            fitted, ctx, loop, session, settings.handing().maxChunkSize(), new Line());
                } else {
                    ahead.asked(); // from here on: a host may refuse data in the middle of it
                    body = BodyWriting.data(fitted, ctx, loop, session, new Line());
                }
                body.start();
            }
            case SendSession.Step.NextChunk _ -> {
                if (body != null) {
                    body.nextChunk();
                }
            }
            case SendSession.Step.StopBody _ -> stopBody();
            case SendSession.Step.WithoutChunking _ -> {
                OutgoingMessage untaken = message;
                message = null;
                shut(Optional.empty());
                owner.withoutChunking(untaken);
            }
            case SendSession.Step.SendEmptyBody _ -> {
                ahead.asked();
                ctx.write(MailData.End.CLEAN);
                return true;
            }
            case SendSession.Step.Finished(var outcomes) -> {
                OutgoingMessage done = message;
                message = null;
                stopBody();
                owner.finished(done, outcomes);
            }
            case SendSession.Step.HostUnusable(var problem) -> {
                tlsFailed(problem);
                close(false, Optional.of(problem));
            }
            case SendSession.Step.Over(var problem) -> close(true, problem);
        }
        return false;
    }

    private void write(SendSession.Step.Command command) {
        record(Event.SENT, command.shown(), "");
        ahead.asked();
        String line = command.line();
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                throw new IllegalStateException("a command holds no control characters");
            }
        }
        ctx.write(ByteBufUtil.writeUtf8(ctx.alloc(), line + "\r\n"));
    }

    /// What the writing of a message needs of its connection.
    private final class Line implements BodyWriting.Line {
        @Override
        public void write(Runnable write) {
            if (working) {
                write.run();
            } else {
                work(write);
            }
        }

        @Override
        public void command(SendSession.Step.Command command) {
            SendConnection.this.write(command);
        }

        @Override
        public void moved() {
            await(settings.dataBlockTimeout());
        }

        @Override
        public void written() {
            await(timeout());
        }

        @Override
        public void unreadable(Throwable cause) {
            LOG.error("a message to {} could not be read to its end", target.endpoint(), cause);
            lost(new ConnectionProblem.Ours("the message could not be read"));
        }
    }

    private Duration timeout() {
        return switch (session.state()) {
            case BANNER -> settings.greetingTimeout();
            case ENVELOPE -> session.awaitsDataReply() ? settings.dataInitTimeout() : settings.commandTimeout();
            case BODY -> settings.dataBlockTimeout();
            case DATA_END, DRAIN -> settings.dataEndTimeout();
            case HELLO, STARTTLS, TLS, LOGIN, RESET -> settings.commandTimeout();
            case IDLE -> connector.connectionInactivityTimeout();
            case QUIT, OVER -> QUIT_TIMEOUT;
        };
    }

    /// The connector's own patience bounds every wait.
    private void await(Duration timeout) {
        if (over) {
            return;
        }
        Duration most = connector.connectionInactivityTimeout();
        deadline.in(timeout.compareTo(most) < 0 ? timeout : most);
    }

    private void stopBody() {
        if (body != null) {
            body.stop();
            body = null;
        }
    }

    private void close(boolean usable, Optional<ConnectionProblem> problem) {
        if (over) {
            return;
        }
        shut(problem);
        if (looking) {
            OutgoingMessage untried = message;
            message = null;
            owner.untried(untried);
        } else if (message != null) {
            finishBroken();
        }
        owner.over(usable, problem, session.messages());
    }

    private void shut(Optional<ConnectionProblem> problem) {
        over = true;
        deadline.cancel();
        handshakePatience.cancel();
        stopBody();
        if (log != Transcript.OFF) {
            problem.flatMap(ConnectionProblem::ownWords).ifPresent(words -> record(Event.INFORMATION, "", words));
            record(Event.DISCONNECT, "", reset ? "Remote(SocketError)" : remoteClosed ? "Remote" : "Local");
        }
        hangUp();
    }

    /// Closes now. TLS says so if it can at once, and does not wait for a host that reads nothing.
    private void hangUp() {
        if (secure == null || ctx.pipeline().context(secure) == null) {
            ctx.close();
            return;
        }
        ChannelHandlerContext below = ctx.pipeline().context(secure);
        if (secure.handshakeFuture().isSuccess()) {
            secure.closeOutbound();
        }
        below.close();
    }

    /// After a mistake of ours the session cannot say what became of the message.
    private void finishBroken() {
        OutgoingMessage unfinished = message;
        message = null;
        Reply heard = table.words(new ConnectionProblem.Ours("an internal error"), target);
        owner.finished(
                unfinished,
                unfinished.envelope().recipients().stream()
                        .<RecipientOutcome>map(r -> new RecipientOutcome.Interrupted(r, heard))
                        .toList());
    }

    /// The dial that it was made for has come to nothing.
    ///
    /// @return false if there was a connection after all, which tells its own end
    boolean abandon(ConnectionProblem why) {
        if (begun || over) {
            return false;
        }
        over = true;
        if (log != Transcript.OFF) {
            record(Event.INFORMATION, "", why.ownWords().orElse(""));
        }
        if (ctx != null) {
            ctx.close();
        }
        return true;
    }

    private void record(Event event, String data, String context) {
        log.line(event, data, context);
    }
}
