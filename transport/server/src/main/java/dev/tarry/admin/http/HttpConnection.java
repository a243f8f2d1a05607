package dev.tarry.admin.http;

import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection: gathers a request within its limits, has it answered on a virtual thread, and only
/// then reads on. Lives on the channel's loop.
///
/// WAITING → (head) → GATHERING → (last octet) → ANSWERING → (reply written) → WAITING, or ENDING. A request
/// that breaks a limit, or whose head is refused while a body follows, goes to ENDING at once: it gets its problem, and
/// the rest of it is thrown away for a while, because closing on octets that were not read would take the reply
/// from the client's hands. Nothing leads out of ENDING.
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /// Told to connections when the listener closes.
    enum Stop {
        STOP
    }

    /// A client that sends more than so many parts of requests ahead while it waits for a slow answer is not read
    /// on: it may then hang up unseen until something is written to it.
    private static final int PARTS_AHEAD = 8;

    private enum State {
        WAITING,
        GATHERING,
        ANSWERING,
        ENDING
    }

    private final HttpListener.Connections shared;
    private final Loop loop;
    /// what one reading of the socket gave and no request has taken yet
    private final ArrayDeque<HttpObject> parts = new ArrayDeque<>();
    private State state = State.WAITING;
    private HttpRequest head;
    private Dispatcher.Admission admission;
    private GatheredBody body;
    private Alarm deadline;
    /// whoever waits for the answer that is being made; null if none is
    private Presence caller;

    HttpConnection(HttpListener.Connections shared, Loop loop) {
        this.shared = shared;
        this.loop = loop;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        await(ctx);
    }

    private void await(ChannelHandlerContext ctx) {
        state = State.WAITING;
        head = null;
        admission = null;
        body = null;
        arm(HttpListener.REQUEST_WITHIN, ctx.channel());
        pump(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        parts.add((HttpObject) part);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pump(ctx);
    }

    /// Takes what has been read, up to the end of a request, and reads on if that was not all of one.
    private void pump(ChannelHandlerContext ctx) {
        while (state != State.ANSWERING && !parts.isEmpty()) {
            HttpObject part = parts.poll();
            try {
                if (state != State.ENDING) {
                    gather(ctx, part);
                }
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
        boolean watched = caller != null && caller.watched() && parts.size() < PARTS_AHEAD;
        if (state != State.ANSWERING || watched) {
            ctx.read();
        }
    }

    private void gather(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(ctx, malformed(part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpRequest request && !begins(ctx, request)) {
            return;
        }
        if (part instanceof HttpContent content && !goesOn(ctx, content)) {
            return;
        }
        if (part instanceof LastHttpContent) {
            answer(ctx);
        }
    }

    /// @return whether the request may go on
    private boolean begins(ChannelHandlerContext ctx, HttpRequest request) {
        state = State.GATHERING;
        head = request;
        body = new GatheredBody(shared.bodies());
        if (!isVersion1(request.protocolVersion())) {
            refuse(ctx, Problems.malformed("Only HTTP/1.1 and HTTP/1.0 are spoken here."));
            return false;
        }
        if (!knowsItsEnd(request)) {
            refuse(ctx, Problems.malformed("Transfer-Encoding is chunked, once, and HTTP/1.1's."));
            return false;
        }
        admission = shared.dispatcher()
                .admit(new Dispatcher.Head(request.method().name(), request.uri(), request.headers()));
        Optional<Problem> problem = againstBody(request);
        if (problem.isPresent()) {
            refuse(ctx, problem.get());
            return false;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        return true;
    }

    /// Why the body that a head announces is not waited for, if so. Where none is announced there is nothing to keep
    /// from coming: then a refusal is a reply like any other.
    private Optional<Problem> againstBody(HttpRequest request) {
        boolean asks = HttpUtil.is100ContinueExpected(request);
        long length = HttpUtil.getContentLength(request, 0L);
        return switch (admission) {
            case Dispatcher.Admission.Refused(Reply.Failed(Problem problem)) ->
                length > 0 || asks || HttpUtil.isTransferEncodingChunked(request)
                        ? Optional.of(problem)
                        : Optional.empty();
            case Dispatcher.Admission.Admitted admitted ->
                // who asks whether to send a body has one, of an octet at least
                admitted.against(asks ? Math.max(1, length) : length)
                        .or(() ->
                                shared.bodies().hasRoomFor(length) ? Optional.empty() : Optional.of(BodyBudget.full()));
        };
    }

    /// Of an encoding that the decoder does not know it would take the body for the next request (RFC 9112 §6.1).
    private static boolean knowsItsEnd(HttpRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || encodings.size() == 1
                        && encodings.getFirst().strip().equalsIgnoreCase("chunked")
                        && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private static boolean isVersion1(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    private boolean goesOn(ChannelHandlerContext ctx, HttpContent content) {
        int octets = content.content().readableBytes();
        if (admission instanceof Dispatcher.Admission.Admitted admitted) {
            Optional<Problem> problem = admitted.against((long) body.size() + octets);
            if (problem.isPresent()) {
                refuse(ctx, problem.get());
                return false;
            }
        }
        if (!body.add(content.content())) {
            refuse(ctx, BodyBudget.full());
            return false;
        }
        return true;
    }

    private static Problem malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Problems.uriTooLong();
            case TooLongHttpHeaderException _ -> Problems.headersTooLarge();
            case TooLongFrameException _ -> Problems.headersTooLarge();
            default -> Problems.malformed("It cannot be read as an HTTP/1.1 request.");
        };
    }

    private void answer(ChannelHandlerContext ctx) {
        state = State.ANSWERING;
        disarm();
        HttpRequest request = head;
        Dispatcher.Admission admitted = admission;
        GatheredBody gathered = body;
        body = null; // whoever answers lets go of it, also if the client hangs up
        boolean keepAlive =
                HttpUtil.isKeepAlive(request) && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        caller = new Presence(ctx.channel());
        ReplyWriter writer = writer(ctx, request, keepAlive, caller);
        shared.threads().execute(() -> {
            boolean whole = false;
            try {
                whole = writer.send(shared.dispatcher().answer(admitted, gathered.whole()));
            } finally {
                gathered.release();
                boolean goOn = whole && keepAlive;
                onLoop(ctx, () -> answered(ctx, goOn));
            }
        });
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
        try {
            ctx.channel().eventLoop().execute(task);
        } catch (RejectedExecutionException _) {
            // the loop has ended, and the connection with it
        }
    }

    private void answered(ChannelHandlerContext ctx, boolean goOn) {
        caller.leave(); // whatever still works on it works for nobody
        caller = null;
        if (goOn && !shared.stopping() && ctx.channel().isActive()) {
            await(ctx);
        } else {
            ctx.close();
        }
    }

    /// Answers with a problem and ends the connection.
    private void refuse(ChannelHandlerContext ctx, Problem problem) {
        state = State.ENDING;
        letGo();
        ReplyWriter writer = writer(ctx, head, false, new Presence(ctx.channel()));
        arm(HttpListener.DRAIN_WITHIN, ctx.channel());
        shared.threads().execute(() -> {
            try {
                writer.send(new Reply.Failed(problem));
            } finally {
                onLoop(ctx, () -> drain(ctx));
            }
        });
    }

    private void letGo() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private static void drain(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            ctx.close();
        }
    }

    /// @param request null if it could not be read
    private ReplyWriter writer(ChannelHandlerContext ctx, HttpRequest request, boolean keepAlive, Presence caller) {
        boolean head = request != null && request.method().name().equals("HEAD");
        boolean chunks = request == null || request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        Optional<String> lastEventId =
                Optional.ofNullable(request).map(r -> r.headers().get("Last-Event-ID"));
        return new ReplyWriter(
                ctx.channel(), loop, shared.world(), shared.json(), head, chunks, keepAlive, caller, lastEventId);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Stop.STOP) {
            if (state != State.ANSWERING) {
                ctx.close();
            } else if (caller != null) {
                caller.leave();
            }
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        disarm();
        letGo();
        if (caller != null) {
            caller.leave();
        }
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) { // a client that goes away is no news
            LOG.warn("a connection for operators is closed", cause);
        }
        ctx.close();
    }

    private void arm(Duration within, Channel channel) {
        disarm();
        deadline = shared.world().wireTimers().after(within, loop, () -> channel.close());
    }

    private void disarm() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }
}
