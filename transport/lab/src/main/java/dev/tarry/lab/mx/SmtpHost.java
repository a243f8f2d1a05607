package dev.tarry.lab.mx;

import dev.tarry.lab.mx.Turn.Next;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session of a mail host on its socket: cuts lines, takes content, carries out turns, and waits
/// (without holding up the loop) while a message is being put on file, a certificate made, or an alarm
/// has not rung. What comes meanwhile waits in order. Lives on the loop of its channel.
final class SmtpHost extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(SmtpHost.class);

    /// RFC 5321 §4.5.3.1.4 asks for 512, extensions for more.
    static final int LINE_OCTETS_MAX = 4_096;

    /// Commands that wait behind a turn that takes its time; past it no more is read.
    static final int WAITING_OCTETS_MAX = 1 << 20;

    private static final Runnable NO_ALARM = () -> {};

    private final HostSession session;
    private final SessionEntry journal;
    private final HostGround ground;
    private final ReceivedMail mail;
    private final BounceReports reports;
    private final HostTls tls;

    private ByteBuf pending;
    private Reading reading = Reading.LINES;
    private Content content;
    /// The chunk that is being read, and what is missing of it.
    private Next.TakeChunk chunk;

    private long chunkLeft;
    /// Octets of a line that is too long are thrown away up to its end.
    private boolean skipping;

    /// Something goes on elsewhere, and is in flight.
    private boolean working;
    /// An alarm has to ring first.
    private boolean biding;

    private Runnable alarm = NO_ALARM;
    private boolean draining;
    private boolean flushing;
    private boolean flushAgain;
    private boolean closing;
    /// What comes is read and thrown away.
    private boolean deaf;

    /// What comes next on the wire.
    private enum Reading {
        LINES,
        DATA,
        CHUNK
    }

    SmtpHost(HostSession session, SessionEntry journal, HostGround ground, ReceivedMail mail, BounceReports reports) {
        this.session = session;
        this.journal = journal;
        this.ground = ground;
        this.mail = mail;
        this.reports = reports;
        this.tls = new HostTls(session, ground.certificates());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pending = context.alloc().buffer();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pending.release();
        letGo();
        journal.close("client");
    }

    private void letGo() {
        alarm.run();
        alarm = NO_ALARM;
        if (content != null) {
            content.abandon();
            content = null;
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        act(context, session.greet());
        flush(context);
        context.fireChannelActive();
    }

    /// An alarm must not ring for nobody.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        letGo();
        journal.close("client");
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof ByteBuf octets) {
                journal.read(octets.readableBytes());
                if (tls.broken()) {
                    act(context, tls.answerHandshake());
                } else if (!closing && !deaf) {
                    pending.writeBytes(octets);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        drain(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            tls.shaken(context, handshake, journal);
        }
        context.fireUserEventTriggered(event);
    }

    /// Answers nobody reads must not pile up: no more is read until they are gone.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            drain(context);
        }
        listen(context);
        context.fireChannelWritabilityChanged();
    }

    private void drain(ChannelHandlerContext context) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            boolean more = true;
            while (more && free() && context.channel().isWritable()) {
                more = switch (reading) {
                    case LINES -> takeLine(context);
                    case DATA -> takeData(context);
                    case CHUNK -> takeChunk(context);
                };
            }
        } finally {
            draining = false;
        }
        if (closing || deaf) {
            pending.clear();
        }
        pending.discardSomeReadBytes();
        flush(context);
        listen(context);
    }

    private boolean free() {
        return !working && !biding && !closing && !deaf;
    }

    /// Reads on when there is nothing to wait for. While an alarm has to ring first, what comes is taken
    /// in, so that it is not on its way, and so that a client is noticed that hangs up.
    private void listen(ChannelHandlerContext context) {
        boolean room = !biding || pending.readableBytes() < WAITING_OCTETS_MAX;
        context.channel()
                .config()
                .setAutoRead(deaf || (!working && room && context.channel().isWritable()));
    }

    private boolean takeLine(ChannelHandlerContext context) {
        int length = pending.bytesBefore((byte) '\n');
        if (length < 0) {
            if (pending.readableBytes() > LINE_OCTETS_MAX) {
                skipping = true;
                pending.clear();
            }
            return false;
        }
        var octets = ByteBufUtil.getBytes(pending, pending.readerIndex(), length);
        pending.skipBytes(length + 1);
        if (skipping || length > LINE_OCTETS_MAX) {
            skipping = false;
            journal.heard("(a line that is too long)");
            act(context, session.badLine("500 5.5.2 Line too long"));
            return true;
        }
        var line = new String(octets, StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r")) {
            journal.heard(session.shown(line));
            act(context, session.badLine("500 5.5.2 Lines end with CRLF"));
            return true;
        }
        var command = line.substring(0, length - 1);
        journal.heard(session.shown(command));
        act(context, session.command(command, pending.isReadable()));
        if (content != null && reading == Reading.LINES && !session.inChunks()) {
            // Another command has ended the transaction between two chunks.
            content.abandon();
            content = null;
        }
        return true;
    }

    private boolean takeData(ChannelHandlerContext context) {
        boolean whole = content.readData(pending);
        if (struck(context)) {
            return false;
        }
        if (!whole) {
            return waitForRoom(context);
        }
        reading = Reading.LINES;
        endOfData(context, session.endOfData(content.octets()));
        return true;
    }

    private boolean takeChunk(ChannelHandlerContext context) {
        int some = (int) Math.min(chunkLeft, pending.readableBytes());
        chunkLeft -= some;
        if (chunk.refusal().isPresent()) {
            pending.skipBytes(some);
        } else if (some > 0) {
            content.readChunk(pending, some);
            if (struck(context)) {
                return false;
            }
        }
        if (chunkLeft > 0) {
            return chunk.refusal().isEmpty() && waitForRoom(context);
        }
        var read = chunk;
        chunk = null;
        reading = Reading.LINES;
        var turn = session.endOfChunk(content == null ? 0 : content.octets(), read);
        if (session.inChunks()) {
            act(context, turn);
        } else {
            endOfData(context, turn);
        }
        return true;
    }

    /// @return whether the session is over for the client
    private boolean struck(ChannelHandlerContext context) {
        var turn = content.struck();
        turn.ifPresent(one -> act(context, one));
        return !free();
    }

    private boolean waitForRoom(ChannelHandlerContext context) {
        if (content.full(() -> goOn(context))) {
            working = true;
            ground.begin().run();
        }
        return false;
    }

    /// What becomes of the content is in the turn: only who keeps it, or reports on it, may have it.
    private void endOfData(ChannelHandlerContext context, Turn turn) {
        if (content != null && !(turn.next() instanceof Next.Keep) && !(turn.next() instanceof Next.Bounce)) {
            content.abandon();
            content = null;
        }
        act(context, turn);
    }

    // --- turns

    private void act(ChannelHandlerContext context, Turn turn) {
        if (turn.next() instanceof Next.BeginTls && tls.needsContext()) {
            prepareTls(context, turn);
        } else if (turn.before().isPositive()) {
            bide(context, turn.before(), () -> speak(context, turn));
        } else {
            speak(context, turn);
        }
    }

    private void bide(ChannelHandlerContext context, Duration span, Runnable then) {
        biding = true;
        alarm = ground.later().run(span, context.executor(), () -> {
            alarm = NO_ALARM;
            if (!closing) {
                biding = false;
                then.run();
                drain(context);
            }
        });
    }

    private void speak(ChannelHandlerContext context, Turn turn) {
        if (!turn.words().isEmpty()) {
            journal.said(turn.words());
        }
        if (turn.between().isPositive() && !turn.words().isEmpty()) {
            drip(context, turn, 0);
        } else {
            if (!turn.words().isEmpty()) {
                write(context, turn.words());
            }
            perform(context, turn.next());
        }
    }

    private void drip(ChannelHandlerContext context, Turn turn, int from) {
        write(context, turn.words().substring(from, from + 1));
        boolean last = from + 1 == turn.words().length();
        if (!last || !(turn.next() instanceof Next.BeginTls)) { // which flushes when TLS stands
            flush(context);
        }
        if (!last) {
            bide(context, turn.between(), () -> drip(context, turn, from + 1));
        } else if (turn.next() instanceof Next.Keep) {
            bide(context, turn.between(), () -> perform(context, turn.next()));
        } else {
            perform(context, turn.next());
        }
    }

    private void perform(ChannelHandlerContext context, Next next) {
        switch (next) {
            case Next.GoOn() -> {}
            case Next.Between() -> act(context, session.between());
            case Next.TakeData() -> {
                content = new Content(session, mail.begin(context.executor()));
                reading = Reading.DATA;
            }
            case Next.TakeChunk taken -> {
                chunk = taken;
                chunkLeft = taken.octets();
                reading = Reading.CHUNK;
                if (content == null && taken.refusal().isEmpty()) {
                    content = new Content(session, mail.begin(context.executor()));
                }
            }
            case Next.BeginTls() -> {
                // Whatever stood behind the command was not protected, and is not served.
                pending.clear();
                session.tlsBegins();
                // The 220 is written, and in the clear. TLS stands before it leaves: where both ends live on one
                // thread the handshake may begin in the middle of the flush.
                deaf = tls.begin(context);
                flush(context);
            }
            case Next.Keep keep -> keep(context, keep);
            case Next.Bounce(var envelope, var how) -> {
                reports.owe(envelope, how, content.handOver());
                content = null;
                act(context, session.bounced());
            }
            case Next.Close() -> {
                closing = true;
                letGo();
                journal.ending("host");
                context.write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                flush(context);
            }
            case Next.Reset() -> {
                closing = true;
                letGo();
                journal.ending("reset");
                flush(context);
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                context.close();
            }
            case Next.HalfClose() -> halfClose(context);
            case Next.Stall() -> {
                deaf = true;
                letGo();
            }
        }
    }

    private void halfClose(ChannelHandlerContext context) {
        letGo();
        journal.ending("host");
        if (context.channel() instanceof DuplexChannel duplex) {
            deaf = true;
            // Behind everything that was said, however long that takes on the way out.
            context.write(Unpooled.EMPTY_BUFFER).addListener(written -> {
                if (written.isSuccess()) {
                    ground.halfClosing().accept(duplex);
                    duplex.shutdownOutput();
                }
            });
            flush(context);
        } else {
            flush(context);
            // Channels within the process have no halves.
            closing = true;
            context.close();
        }
    }

    private void prepareTls(ChannelHandlerContext context, Turn turn) {
        working = true;
        tls.prepare(context.executor()).whenComplete((_, failed) -> {
            working = false;
            if (closing || context.isRemoved()) {
                return;
            }
            if (failed != null) {
                log.error("a lab host has no certificate to show", failed);
            }
            act(context, failed == null ? turn : session.tlsUnavailable());
            drain(context);
        });
    }

    private void keep(ChannelHandlerContext context, Next.Keep keep) {
        var receipt = content.handOver();
        content = null;
        working = true;
        ground.begin().run();
        receipt.keep(keep.envelope(), id -> kept(context, keep, id));
    }

    private void kept(ChannelHandlerContext context, Next.Keep keep, Optional<String> id) {
        working = false;
        try {
            if (!context.isRemoved() && !closing) {
                act(context, session.kept(keep, id));
            } else {
                session.kept(keep, id);
            }
        } finally {
            goOn(context);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        working = false;
        try {
            if (!context.isRemoved()) {
                drain(context);
            }
        } finally {
            ground.end().run();
        }
    }

    /// Where both ends live on one thread, the other end may answer in the middle of a flush, during which Netty
    /// flushes nothing further.
    private void flush(ChannelHandlerContext context) {
        flushAgain = true;
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            while (flushAgain) {
                flushAgain = false;
                context.flush();
            }
        } finally {
            flushing = false;
        }
    }

    private static void write(ChannelHandlerContext context, String words) {
        var octets = context.alloc().buffer(words.length());
        octets.writeCharSequence(words, StandardCharsets.ISO_8859_1);
        context.write(octets);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case IOException _ -> journal.ending("broken");
            case DecoderException _ -> journal.ending("tls"); // what came is no TLS, or not one that is understood
            default -> {
                journal.ending("broken");
                log.error("a session of a lab host is closed", cause);
            }
        }
        context.close();
    }
}
