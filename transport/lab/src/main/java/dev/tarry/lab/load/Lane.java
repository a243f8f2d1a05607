package dev.tarry.lab.load;

import dev.tarry.lab.load.LoadSession.Act;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A place for one connection at a time: dials, carries what its session says and is told, and asks for the next
/// letter. Lives on its loop.
final class Lane {
    private static final ByteBuf DOT = Unpooled.unreleasableBuffer(Unpooled.directBuffer(3)
            .writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII))
            .asReadOnly());

    private final LoadLoop loop;

    // Of the connection; null where there is none.
    private Channel channel;
    private LoadSession session;

    private ReplyReader replies;
    /// octets of the body that are not sent yet; negative: no content is being sent
    private long bodyLeft = -1;
    /// by when something must have moved
    private long deadlineNanos;

    /// nothing is owed by anybody: the connection, if there is one, waits for a letter
    private boolean idle = true;

    private boolean hangingUp;

    Lane(LoadLoop loop) {
        this.loop = loop;
    }

    /// Sends a letter, on the connection that stands or on a new one.
    void work(Letter letter, long dueNanos) {
        idle = false;
        moved();
        if (channel == null) {
            dial(letter, dueNanos);
        } else {
            act(session.next(letter, dueNanos, loop.nanos()));
        }
    }

    /// There are no more letters: says goodbye if there is somebody to say it to.
    void finish() {
        if (channel == null) {
            loop.finished();
        } else {
            idle = false;
            moved();
            act(session.quit(loop.nanos()));
        }
    }

    /// Breaks off what has waited too long.
    void look(long now) {
        if (!idle && channel != null && now - deadlineNanos > 0) {
            breakOff(Failure.TIMED_OUT);
        }
    }

    private void moved() {
        deadlineNanos = loop.nanos() + loop.timeoutNanos();
    }

    private void dial(Letter letter, long dueNanos) {
        session = new LoadSession(loop.manners(), loop.tally(), letter, dueNanos, loop.nanos());
        replies = new ReplyReader();
        hangingUp = false;
        var dialling = loop.dial(new Connection());
        channel = dialling.channel();
        dialling.addListener((ChannelFuture outcome) -> {
            if (!outcome.isSuccess()) {
                // A cancelled dial was broken off here, and has been counted.
                var failure = Failure.of(outcome.cause());
                session.broke(failure);
                loop.notConnected(failure);
                // What failed at once must not be tried again inside itself.
                loop.execute(() -> left(false));
            }
        });
    }

    private void breakOff(Failure failure) {
        session.broke(failure);
        hangUp();
    }

    private void hangUp() {
        hangingUp = true;
        bodyLeft = -1;
        channel.close();
    }

    /// The connection has gone.
    private void left(boolean connected) {
        channel = null;
        bodyLeft = -1;
        boolean waits = idle;
        idle = true;
        loop.left(this, connected, waits);
    }

    private void act(Act act) {
        switch (act) {
            case Act.Say(var text) -> channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), text));
            case Act.Send(var letter) -> {
                channel.write(ByteBufUtil.writeAscii(channel.alloc(), letter.head()));
                bodyLeft = letter.bodyBytes();
                send();
            }
            case Act.Await() -> {}
            case Act.Ready() -> {
                if (session.more()) {
                    idle = true;
                    loop.next(this);
                } else {
                    act(session.quit(loop.nanos()));
                }
            }
            case Act.HangUp() -> hangUp();
        }
    }

    /// As much of the content as the socket takes.
    private void send() {
        while (bodyLeft > 0 && channel.isWritable()) {
            int piece = Body.pieceBytes(bodyLeft);
            channel.write(loop.body().piece(piece));
            bodyLeft -= piece;
        }
        if (bodyLeft == 0) {
            bodyLeft = -1;
            channel.write(DOT.duplicate());
            session.contentSent(loop.nanos());
        }
        channel.flush();
    }

    private void read(ByteBuf octets) {
        try {
            while (!hangingUp) {
                var reply = replies.read(octets);
                if (reply.isEmpty()) {
                    return;
                }
                moved();
                act(session.reply(reply.get(), loop.nanos()));
            }
        } catch (ReplyReader.Malformed _) {
            breakOff(Failure.MALFORMED_REPLY);
        }
    }

    /// The socket's side of the connection.
    private final class Connection extends ChannelInboundHandlerAdapter {
        private boolean active;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            active = true;
            moved();
            session.opened(loop.nanos());
            loop.connected();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof ByteBuf octets) {
                    read(octets);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (bodyLeft >= 0 && context.channel().isWritable()) {
                moved();
                send();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (active) {
                session.broke(Failure.HUNG_UP);
                left(true);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            session.broke(Failure.of(cause));
            context.close();
            if (!(cause instanceof IOException)) {
                loop.unexpected(cause);
            }
        }
    }
}
