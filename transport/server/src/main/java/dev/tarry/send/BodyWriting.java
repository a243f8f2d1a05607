package dev.tarry.send;

import dev.tarry.mail.Envelope;
import dev.tarry.smtp.MailData;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/// Writes one message to a host, with DATA or with BDAT, as fast as the host takes it. On the connection's loop.
///
/// What is left of the message stays here when the session has ended in the middle of it: the host must not take it for
/// whole.
abstract class BodyWriting implements BodyPump.Progress {
    /// The connection that it writes to.
    interface Line {
        /// Runs what writes, within the connection's steps.
        void write(Runnable write);

        void command(SendSession.Step.Command command);

        /// The host has taken something.
        void moved();

        /// All of it is written, or what the host is to answer first.
        void written();

        /// The message cannot be read to its end.
        void unreadable(Throwable cause);
    }

    final ChannelHandlerContext ctx;
    final SendSession session;
    final Line line;
    private final BodyPump pump;
    private boolean over;

    private BodyWriting(OutgoingMessage message, ChannelHandlerContext ctx, Loop loop, SendSession session, Line line) {
        this.ctx = ctx;
        this.session = session;
        this.line = line;
        this.pump = new BodyPump(message, ctx.channel(), loop, this);
    }

    /// With DATA, from behind the 354.
    static BodyWriting data(
            OutgoingMessage message, ChannelHandlerContext ctx, Loop loop, SendSession session, Line line) {
        return new InData(message, ctx, loop, session, line);
    }

    /// With BDAT.
    ///
    /// @param maxChunkOctets of one chunk
    static BodyWriting chunked(
            OutgoingMessage message,
            ChannelHandlerContext ctx,
            Loop loop,
            SendSession session,
            int maxChunkOctets,
            Line line) {
        return new InChunks(message, ctx, loop, session, maxChunkOctets, line);
    }

    final void start() {
        pump.start();
    }

    final void writabilityChanged() {
        if (!over) {
            pump.writabilityChanged();
        }
    }

    /// The host may have another chunk.
    void nextChunk() {}

    /// Nothing more is written.
    void stop() {
        if (!over) {
            over = true;
            pump.stop();
        }
    }

    final void goOn() {
        if (!over) {
            pump.goOn();
        }
    }

    final boolean wanted() {
        return session.state() == SendSession.State.BODY || session.state() == SendSession.State.DATA_END;
    }

    @Override
    public void moved() {
        line.moved();
    }

    @Override
    public void ended() {
        over = true;
    }

    @Override
    public void failed(Throwable cause) {
        line.unreadable(cause);
    }

    private static final class InData extends BodyWriting {
        InData(OutgoingMessage message, ChannelHandlerContext ctx, Loop loop, SendSession session, Line line) {
            super(message, ctx, loop, session, line);
        }

        @Override
        public void octets(ByteBuf octets, boolean last) {
            write(new MailData.Chunk(octets), !last); // the end of data leaves together with the last chunk
        }

        private void write(MailData data, boolean flush) {
            if (!wanted()) {
                if (data instanceof MailData.Chunk(var octets)) {
                    octets.release();
                }
                return;
            }
            line.write(() -> {
                ctx.write(data, ctx.voidPromise());
                if (flush) {
                    ctx.flush();
                }
            });
        }

        /// The reply may come while the end is being written.
        @Override
        public void ended() {
            super.ended();
            if (session.state() == SendSession.State.BODY) {
                session.bodySent();
                line.written();
            }
            write(MailData.End.CLEAN, true);
        }
    }

    private static final class InChunks extends BodyWriting implements ChunkedBody.Line {
        private final ChunkedBody body;

        InChunks(
                OutgoingMessage message,
                ChannelHandlerContext ctx,
                Loop loop,
                SendSession session,
                int maxChunkOctets,
                Line line) {
            super(message, ctx, loop, session, line);
            this.body =
                    new ChunkedBody(this, maxChunkOctets, message.envelope().body() == Envelope.BodyType.BINARY_MIME);
        }

        @Override
        void nextChunk() {
            body.goOn();
            goOn();
        }

        @Override
        void stop() {
            super.stop();
            body.drop();
        }

        @Override
        public boolean takesMore() {
            return body.takesMore();
        }

        @Override
        public void octets(ByteBuf octets, boolean last) {
            if (wanted()) {
                line.write(() -> body.octets(octets, last));
            } else {
                octets.release();
            }
        }

        @Override
        public void ended() {
            super.ended();
            line.written();
        }

        @Override
        public boolean mayChunk() {
            return session.mayChunk();
        }

        @Override
        public void chunk(ByteBuf octets, boolean last) {
            line.command(new SendSession.Step.Command(session.chunk(octets.readableBytes(), last)));
            ctx.write(octets, ctx.voidPromise());
        }

        @Override
        public void flush() {
            ctx.flush();
        }
    }
}
