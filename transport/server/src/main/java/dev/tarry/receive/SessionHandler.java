package dev.tarry.receive;

import dev.tarry.eventlog.Events;
import dev.tarry.mail.Reply;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.CommandDecoder;
import dev.tarry.smtp.CommandReader;
import dev.tarry.smtp.EndOfChunk;
import dev.tarry.smtp.LineTap;
import dev.tarry.smtp.MailData;
import dev.tarry.smtp.ReplyEncoder;
import dev.tarry.smtp.Transcript;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries a [ReceiveSession] to its channel: hands it what was decoded, writes what it answers, and holds
/// the decoder back while an answer is owed, the disk is behind, the client does not read its replies, or a
/// reply is tarpitted. On the channel's loop.
///
/// Time-outs run on wire time; [TimeoutWatch] asks. What counts as activity is a complete command, or data that
/// comes at the [Pace] there must be, never single octets.
final class SessionHandler extends ChannelInboundHandlerAdapter implements TimeoutWatch.Watched {
    /// How long a client may take to read our last reply.
    static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
    private static final ReplyEncoder ENCODER = new ReplyEncoder();

    private static final String REPLIES = "replies";
    private static final String TLS = "tls";

    /// Sent through the pipeline when the server closes.
    enum Stop {
        STOP
    }

    private enum Hold {
        ANSWER_OWED,
        DISK_BEHIND,
        REPLIES_UNREAD,
        TARPIT,
        /// from STARTTLS to the end of the handshake
        TLS,
        CLOSING
    }

    private final Reception reception;
    private final InboundConnections connections;
    private final TimeoutWatch watch;
    private final Timers wireTimers;
    private final Loop loop;
    private final Runnable gone;
    private final Set<Hold> holds = EnumSet.noneOf(Hold.class);

    private ChannelHandlerContext context;
    private CommandDecoder decoder;
    private Peer peer;
    private ReceiveSession session;
    private Transcript log = Transcript.OFF;
    private Alarm closePatience = () -> {};
    private Alarm handshakePatience = () -> {};
    private Instant connectionDeadline;
    private Patience patience;
    private boolean admitted;
    private boolean active;
    private boolean inputEnded;
    private boolean reset;
    /// for which MAIL was taken; counted only for the log
    private int messages;
    /// from STARTTLS until TLS has begun or failed
    private boolean handshaking;
    /// of [dev.tarry.queue.IncomingMemory], for what is no command yet
    private int memoryTaken;

    /// @param gone rung when nothing of the session is left
    SessionHandler(
            Reception reception,
            InboundConnections connections,
            TimeoutWatch watch,
            Timers wireTimers,
            Loop loop,
            Runnable gone) {
        this.reception = reception;
        this.connections = connections;
        this.watch = watch;
        this.wireTimers = wireTimers;
        this.loop = loop;
        this.gone = gone;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin();
        ctx.fireChannelActive();
    }

    private void begin() {
        peer = Peer.of(context.channel().remoteAddress(), context.channel().localAddress());
        session = new ReceiveSession(reception, peer, loop, this::answerOwed, connections.messages());
        log = reception.log().open(reception.connector(), session.id(), peer);
        decoder = new CommandDecoder(
                log == Transcript.OFF ? LineTap.NONE : line -> log.line(Transcript.Event.RECEIVED, line, ""),
                reception.connector().home().defaultDomain());
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addBefore(context.name(), REPLIES, ENCODER);
        pipeline.addBefore(context.name(), "commands", decoder);
        context.channel().config().setRecvByteBufAllocator(new Turns(decoder::inData));
        log.connected(peer.serverEndpoint());
        logRights();
        Instant now = reception.wireTime().instant();
        ReceiveConnector.Limits limits = reception.connector().limits();
        patience = new Patience(
                limits.connectionInactivityTimeout(), reception.connector().pace(), now);
        connectionDeadline = now.plus(limits.connectionTimeout());
        Optional<Reply> objection = reception.admission().atConnection();
        if (objection.isPresent()) {
            turnAway(objection.get());
            return;
        }
        admitted = connections.admit(peer, now);
        if (!admitted) {
            reception
                    .events()
                    .report(Events.connectionRejected(
                            reception.connector().name(), peer.clientIp(), Replies.TOO_MANY_CONNECTIONS.toString()));
            turnAway(Replies.TOO_MANY_CONNECTIONS);
            return;
        }
        reception.meter().connected();
        watch.add(this);
        if (implicitTls()) {
            // nothing may be read before there is something that understands it
            context.channel().config().setAutoRead(false);
            startTls();
        } else {
            act(session.greet());
            context.flush();
        }
    }

    /// Whether TLS comes first, and only then the greeting.
    private boolean implicitTls() {
        return reception.connector().signIn().implicitTls();
    }

    private void logRights() {
        if (log != Transcript.OFF) {
            log.line(Transcript.Event.INFORMATION, session.rights().text(), "Set Session Permissions");
        }
    }

    /// To one that is not let in nothing is said that it could not read.
    private void turnAway(Reply reply) {
        reception.meter().turnedAway();
        reception.meter().refused(reply);
        if (implicitTls()) {
            drop();
        } else {
            act(Answer.closing(reply));
            context.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        switch (msg) {
            case Command command -> {
                active = true;
                Answer answer = session.command(command);
                if (log != Transcript.OFF && command instanceof Command.Mail && !answer.refusal()) {
                    log.line(Transcript.Event.INFORMATION, session.context(++messages), "receiving message");
                }
                act(answer);
            }
            case MailData.Chunk(var octets) -> {
                session.data(octets);
                if (session.full()) {
                    hold(Hold.DISK_BEHIND);
                    reception.meter().paused(ReceiveMeter.Pause.DISK_BEHIND);
                    session.whenDrained(() -> loop.execute(() -> release(Hold.DISK_BEHIND)));
                }
            }
            case MailData.End end -> {
                active = true;
                act(session.end(end, this::answerOwed));
            }
            case EndOfChunk _ -> {
                active = true;
                act(session.endOfChunk(this::answerOwed));
            }
            default -> ctx.fireChannelRead(msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session != null) {
            timeKeeping();
            countMemory();
        }
        ctx.flush();
        closeAfterLastAnswer();
    }

    /// The beginning of a command is memory as a message's is: a line of AUTH may have 12 KB.
    private void countMemory() {
        IncomingMemory memory = reception.submission().memory();
        int kept = decoder.keptBytes();
        if (kept > memoryTaken) {
            memory.take(kept - memoryTaken);
        } else if (kept < memoryTaken) {
            memory.give(memoryTaken - kept);
        }
        memoryTaken = kept;
        if (kept > CommandReader.MAX_LINE_OCTETS && decoder.midCommand() && memory.spent() && holds.isEmpty()) {
            act(session.noMemory());
        }
    }

    private void timeKeeping() {
        boolean inData = decoder.inData();
        boolean midCommand = decoder.midCommand();
        if (active || inData || midCommand) {
            patience.heard(reception.wireTime().instant(), active, inData, midCommand, decoder.octetsHeard());
            active = false;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            release(Hold.REPLIES_UNREAD);
        } else {
            hold(Hold.REPLIES_UNREAD);
            reception.meter().paused(ReceiveMeter.Pause.REPLIES_UNREAD);
            ctx.flush();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case Stop _ -> {
                if (session == null || holds.contains(Hold.TLS)) {
                    handshaking = false; // it is neither's fault
                    drop();
                } else if (!holds.contains(Hold.CLOSING)) {
                    act(session.stopping());
                    ctx.flush();
                }
            }
            // the client has said all it will; what it pipelined is still answered
            case ChannelInputShutdownEvent _ -> {
                inputEnded = true;
                if (holds.contains(Hold.TLS)) {
                    drop();
                }
                closeAfterLastAnswer();
            }
            case SslHandshakeCompletionEvent done -> {
                if (done.isSuccess()) {
                    secured();
                } else {
                    LOG.debug(
                            "a client of {} began no TLS: {}",
                            reception.connector().name(),
                            done.cause().toString());
                    handshakeFailed(InboundTls.reason(done.cause()));
                    drop();
                }
            }
            // TLS ends, and with it all that may be heard: nothing is taken in the clear behind it
            case SslCloseCompletionEvent end
            when end.isSuccess() -> {
                inputEnded = true;
                closeAfterLastAnswer();
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closePatience.cancel();
        handshakePatience.cancel();
        watch.remove(this);
        handshakeFailed(InboundTls.GONE);
        reception.submission().memory().give(memoryTaken);
        memoryTaken = 0;
        boolean ours = !holds.add(Hold.CLOSING);
        if (session != null) {
            session.hungUp();
            log.line(Transcript.Event.DISCONNECT, "", ours ? "Local" : reset ? "Remote(SocketError)" : "Remote");
        }
        if (admitted) {
            admitted = false;
            connections.left(peer);
            reception.meter().disconnected();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean theirs = cause instanceof IOException || InboundTls.brokenBy(cause);
        reset |= cause instanceof IOException;
        if (theirs || session == null || holds.contains(Hold.CLOSING)) {
            LOG.debug("a session of {} ends: {}", reception.connector().name(), cause.toString());
            ctx.close();
            return;
        }
        LOG.error("a session of {} broke and is ended", reception.connector().name(), cause);
        act(session.broken());
        ctx.flush();
    }

    /// The answer to a message has come.
    private void answerOwed(Answer answer) {
        active = true;
        act(answer);
        context.flush();
        release(Hold.ANSWER_OWED);
    }

    private void act(Answer answer) {
        if (answer.delay().isPositive()) {
            hold(Hold.TARPIT);
            reception.meter().paused(answer.refusal() ? ReceiveMeter.Pause.TARPIT : ReceiveMeter.Pause.BACK_PRESSURE);
            wireTimers.after(answer.delay(), loop, () -> {
                if (context.channel().isActive() && !holds.contains(Hold.CLOSING)) {
                    act(answer.after(Duration.ZERO));
                    context.flush();
                    release(Hold.TARPIT);
                }
            });
            return;
        }
        if (log != Transcript.OFF
                && answer.reply().filter(Replies.AUTHENTICATED::equals).isPresent()) {
            logRights();
            session.login().ifPresent(login -> log.line(Transcript.Event.INFORMATION, login.name(), "authenticated"));
        }
        answer.reply().ifPresent(this::say);
        switch (answer.next()) {
            case COMMAND -> {}
            case DATA -> decoder.expectData(reception.connector().bareLineEnds());
            case AUTH -> decoder.expectAuthResponse();
            case WAIT -> hold(Hold.ANSWER_OWED);
            case TLS -> startTls();
            case CLOSE -> close();
        }
    }

    private void startTls() {
        hold(Hold.TLS);
        handshaking = true;
        handshakePatience = wireTimers.after(InboundTls.HANDSHAKE_PATIENCE, loop, () -> {
            handshakeFailed("the client did not end the handshake in time");
            drop();
        });
        CompletableFuture<SSLContext> certificate = reception
                .tls()
                .map(source -> source.context(reception.connector().fqdn()))
                .orElseGet(() -> CompletableFuture.failedFuture(new IOException("nobody has set one")));
        certificate.whenComplete((tls, failure) -> loop.execute(() -> {
            if (!holds.contains(Hold.TLS) || !context.channel().isActive()) {
                return; // it was dropped meanwhile
            }
            if (failure == null) {
                handshake(tls);
            } else {
                // the event log tells it once; whoever asks again and again fills no log
                LOG.debug(
                        "{} has no certificate to begin TLS with",
                        reception.connector().name(),
                        failure);
                handshakePatience.cancel();
                handshakeOver(ReceiveMeter.Handshake.UNAVAILABLE);
                reception
                        .events()
                        .report(Events.noCertificate(
                                reception.connector().name(),
                                reception.connector().fqdn(),
                                failure.toString()));
                if (implicitTls()) {
                    drop();
                    return;
                }
                act(session.tlsNotAvailable());
                context.flush();
                release(Hold.TLS);
            }
        }));
    }

    /// Behind our 220 there is TLS and nothing else. What the client sent in the clear behind STARTTLS, not having
    /// waited for it, might be somebody else's: it is thrown away (RFC 3207 §6).
    private void handshake(SSLContext tls) {
        if (implicitTls()) {
            context.pipeline().addBefore(REPLIES, TLS, InboundTls.handler(tls));
            context.channel().config().setAutoRead(true);
            return;
        }
        decoder.discard(() -> {
            say(Replies.TLS_READY);
            context.flush();
            context.pipeline().addBefore(REPLIES, TLS, InboundTls.handler(tls));
        });
    }

    private void handshakeFailed(String why) {
        if (handshaking) {
            reception.events().report(Events.tlsFailed(reception.connector().name(), peer.clientIp(), why));
        }
        handshakeOver(ReceiveMeter.Handshake.FAILED);
    }

    /// Counts it once, whoever notices first.
    private void handshakeOver(ReceiveMeter.Handshake how) {
        if (handshaking) {
            handshaking = false;
            reception.meter().secured(how);
        }
    }

    private void secured() {
        handshakePatience.cancel();
        handshakeOver(ReceiveMeter.Handshake.COMPLETED);
        SslHandler tls = (SslHandler) context.pipeline().get(TLS);
        Secured by = Secured.of(tls.engine().getSession());
        log.line(Transcript.Event.INFORMATION, "", "TLS negotiated: " + by.version() + " " + by.cipher());
        session.secured(by);
        patience.startAnew(reception.wireTime().instant());
        if (implicitTls()) {
            act(session.greet());
            context.flush();
        }
        release(Hold.TLS);
    }

    private void say(Reply reply) {
        if (log != Transcript.OFF) {
            log.line(Transcript.Event.SENT, Transcript.text(reply), "");
        }
        context.write(reply);
    }

    private void hold(Hold why) {
        holds.add(why);
        decoder.hold();
    }

    private void release(Hold why) {
        if (holds.remove(why) && holds.isEmpty()) {
            decoder.resume();
            closeAfterLastAnswer();
        }
    }

    private void closeAfterLastAnswer() {
        if (inputEnded && holds.isEmpty()) {
            close();
        }
    }

    /// Closes when what was written has left, or when the client does not take it.
    private void close() {
        if (holds.contains(Hold.CLOSING)) {
            return;
        }
        hold(Hold.CLOSING);
        session.hungUp();
        ChannelFuture left = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        left.addListener(ChannelFutureListener.CLOSE);
        if (context.channel().isOpen()) { // something is unread still, of TLS's own perhaps
            closePatience = wireTimers.after(CLOSE_PATIENCE, loop, this::drop);
        }
    }

    /// Closes now and without a word, not even one of TLS.
    private void drop() {
        if (session != null && holds.add(Hold.CLOSING)) {
            session.hungUp();
        }
        ChannelHandlerContext tls = context.pipeline().context(TLS);
        (tls == null ? context : tls).close();
    }

    @Override
    public void look(Instant now) {
        if (holds.contains(Hold.CLOSING) || holds.contains(Hold.TLS)) {
            return;
        }
        if (!now.isBefore(connectionDeadline)) {
            act(session.expired());
        } else if (session.owesAnswer() || holds.contains(Hold.TARPIT) || holds.contains(Hold.DISK_BEHIND)) {
            patience.startAnew(now); // it is not the client who keeps us waiting
        } else if (patience.over(now)) {
            act(session.inactive());
        }
        context.flush();
    }
}
