package dev.tarry.lab.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The lab's end of a connection over a link that may be bad, or turn bad: between the end that counts and
/// the service. In good weather everything passes by. Lives on the loop of its channel.
///
/// What is on the link waits for an alarm in lab time, so it is not in flight. Closing keeps its place behind
/// the data in both directions; who half-closes does so when its last write is done. Within the process,
/// where an end is gone at once, a close of the far end takes along what it still had on the link.
final class LinkedTcpEnd extends ChannelDuplexHandler {
    /// So much waits in each direction; the rest waits before it.
    static final int WAITING_OCTETS_MAX = 256 << 10;

    /// Of the sixteen that a channel has, each may be anybody's.
    private static final int WRITABILITY_INDEX = 7;

    private enum Sign {
        /// The far end will send no more.
        END,
        /// The service has closed.
        CLOSE
    }

    private final Link link;
    private final Links links;
    private final InstantSource clock;
    private Way<ChannelPromise> in;
    private Way<ChannelPromise> out;
    private Optional<CountedTcpEnd> counted = Optional.empty();
    private Instant alarmAt = Instant.MAX;
    private Runnable cancelAlarm = () -> {};

    /// Whether the link has ever been bad; from then on the end of the far end's stream is seen as such.
    private boolean engaged;

    private boolean halfCloseWished;
    private boolean moving;
    private boolean leaving;
    private boolean closing;
    private boolean held;
    private boolean full;

    LinkedTcpEnd(Link link, Links links) {
        this.link = link;
        this.links = links;
        this.clock = links.clock();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        counted = Optional.ofNullable(context.pipeline().get(CountedTcpEnd.class));
        in = new Way<>(() -> link.next(links.ours(context.channel())));
        out = new Way<>(() -> link.next(links.ours(context.channel())));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    private void drop() {
        cancelAlarm.run();
        alarmAt = Instant.MAX;
        in.drop(_ -> {});
        out.drop(unsent -> unsent.tryFailure(new ClosedChannelException()));
    }

    private void engage(Channel channel) {
        if (!engaged) {
            engaged = true;
            halfCloseWished = Boolean.TRUE.equals(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE));
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    // ---- from the far end

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (in.idle() && link.clear()) {
            context.fireChannelRead(message);
        } else if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            engage(context.channel());
            out.turn();
            in.send(message, Optional.empty(), clock.instant());
            move(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (engaged && event == ChannelInputShutdownEvent.INSTANCE) {
            if (!closing) {
                in.send(Sign.END, Optional.empty(), clock.instant());
                move(context);
            }
        } else if (halfCloseWished || event != ChannelInputShutdownReadComplete.INSTANCE) {
            context.fireUserEventTriggered(event);
        }
    }

    // ---- from the service

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (out.idle() && link.clear()) {
            context.write(message, promise);
        } else {
            engage(context.channel());
            in.turn();
            out.send(message, Optional.of(promise), clock.instant());
            move(context);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        // Whoever closes when its last write is done has closed behind it.
        if (out.idle() && (leaving || link.clear()) || !context.channel().isActive()) {
            context.close(promise);
        } else {
            engage(context.channel());
            closing = true;
            in.drop(_ -> {});
            out.send(Sign.CLOSE, Optional.of(promise), clock.instant());
            move(context);
        }
    }

    // ---- on the link

    /// Lets out what has arrived. The service may answer at once, which comes by here again.
    private void move(ChannelHandlerContext context) {
        if (moving) {
            return;
        }
        moving = true;
        try {
            while (arrive(context) | leave(context)) {}
        } finally {
            moving = false;
        }
        if (context.isRemoved() || !context.channel().isOpen()) {
            return;
        }
        if (in.rejected() || out.rejected()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.close();
            return;
        }
        hold(context.channel());
        fill(context.channel());
        arm(context);
    }

    /// @return whether anything came in
    private boolean arrive(ChannelHandlerContext context) {
        boolean any = false;
        for (var next = in.arrived(clock.instant()); next.isPresent(); next = in.arrived(clock.instant())) {
            any = true;
            if (next.get().message() != Sign.END) {
                context.fireChannelRead(next.get().message());
            } else if (halfCloseWished) {
                context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            } else {
                close(context, context.newPromise());
            }
        }
        if (any) {
            context.fireChannelReadComplete();
        }
        return any;
    }

    /// @return whether anything went out
    private boolean leave(ChannelHandlerContext context) {
        boolean any = false;
        leaving = true;
        for (var next = out.arrived(clock.instant()); next.isPresent(); next = out.arrived(clock.instant())) {
            any = true;
            var promise = next.get().promise().orElseGet(context::newPromise);
            if (next.get().message() == Sign.CLOSE) {
                context.flush();
                context.close(promise);
            } else {
                context.write(next.get().message(), promise);
            }
        }
        if (any) {
            context.flush();
        }
        leaving = false;
        return any;
    }

    /// Reads on only while there is room. What is not read then is waited for by nobody.
    private void hold(Channel channel) {
        boolean tooMuch = in.octets() > WAITING_OCTETS_MAX;
        if (tooMuch) {
            held = true;
            channel.config().setAutoRead(false); // the service may have turned it on
            counted.ifPresent(end -> end.pausing(true));
        } else if (held) {
            held = false;
            counted.ifPresent(end -> end.pausing(false));
            channel.config().setAutoRead(true);
        }
    }

    /// Tells the service not to write more than there is room for.
    private void fill(Channel channel) {
        boolean tooMuch = out.octets() > WAITING_OCTETS_MAX;
        var buffer = channel.unsafe().outboundBuffer();
        if (tooMuch != full && buffer != null) {
            full = tooMuch;
            links.begin(); // the service hears of it in a task of the loop
            buffer.setUserDefinedWritability(WRITABILITY_INDEX, !tooMuch);
            channel.eventLoop().execute(links::end);
        }
    }

    private void arm(ChannelHandlerContext context) {
        var next = in.next().orElse(Instant.MAX);
        if (out.next().orElse(Instant.MAX).isBefore(next)) {
            next = out.next().orElseThrow();
        }
        if (next.equals(alarmAt)) {
            return;
        }
        cancelAlarm.run();
        cancelAlarm = () -> {};
        alarmAt = next;
        if (!next.equals(Instant.MAX)) {
            cancelAlarm = links.at(next, context.executor(), () -> {
                alarmAt = Instant.MAX;
                if (!context.isRemoved()) {
                    move(context);
                }
            });
        }
    }
}
