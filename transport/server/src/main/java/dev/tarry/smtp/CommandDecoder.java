package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Optional;

/// For a server: turns octets into [Command], [MailData] and [EndOfChunk] messages, one at a time, so that
/// whoever gets one can decide what comes next: [#expectData] after a 354, [#hold] while an answer is owed.
/// What follows a BDAT is not his to decide ([CommandReader]). On the channel's loop.
///
/// While held, the first octets that come stop the channel from being read until [#resume], so no more than
/// what one read gives is kept.
public final class CommandDecoder extends ChannelInboundHandlerAdapter {
    /// A buffer of so many times what is in it is given back.
    private static final int ROOMY = 4;

    private final CommandReader reader;
    private ChannelHandlerContext context;
    private ByteBuf kept;
    private boolean held;
    private boolean decoding;
    private boolean closed;
    private boolean readingStopped;
    private long octetsHeard;

    public CommandDecoder(LineTap tap) {
        this(tap, Optional.empty());
    }

    /// @param defaultDomain as a [CommandReader] has it
    public CommandDecoder(LineTap tap, Optional<String> defaultDomain) {
        this.reader = new CommandReader(tap, defaultDomain);
    }

    /// What comes next is data.
    public void expectData(BareLineEnds policy) {
        reader.expectData(policy);
    }

    /// What comes next answers a 334.
    public void expectAuthResponse() {
        reader.expectAuthResponse();
    }

    /// Nothing more is told until [#resume].
    public void hold() {
        held = true;
    }

    /// Goes on, with what has come meanwhile first. Ends with a `channelReadComplete` of its own where it
    /// told anything, so that answers are flushed.
    public void resume() {
        held = false;
        if (!decoding && kept != null) {
            decode();
            context.fireChannelReadComplete();
        }
        if (readingStopped && !held) {
            readingStopped = false;
            context.channel().config().setAutoRead(true);
        }
    }

    /// Whether a command has begun and its end has not come.
    public boolean midCommand() {
        return reader.midCommand();
    }

    /// Whether what comes next is data.
    public boolean inData() {
        return reader.inData();
    }

    /// Octets of memory in which stands what has come and was not told.
    public int keptBytes() {
        return kept == null ? 0 : kept.capacity();
    }

    /// Octets that have come on this connection, of whatever.
    public long octetsHeard() {
        return octetsHeard;
    }

    /// Throws away what has come and was not told, and goes on reading the channel though nothing is told yet: what
    /// is in front of this handler from now on turns it into something else (RFC 3207 §4.2).
    ///
    /// @param change puts that in front; nothing is read before it has returned
    public void discard(Runnable change) {
        if (kept != null) {
            kept.release();
            kept = null;
        }
        change.run();
        if (readingStopped) {
            readingStopped = false;
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf octets)) {
            ctx.fireChannelRead(msg);
            return;
        }
        octetsHeard += octets.readableBytes();
        if (closed) {
            octets.release();
            return;
        }
        kept = kept == null ? octets : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), kept, octets);
        if (held && !readingStopped) {
            readingStopped = true;
            ctx.channel().config().setAutoRead(false);
        }
        decode();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        close();
    }

    private void decode() {
        if (decoding) {
            return; // whoever was told something resumed while being told; the loop below goes on
        }
        decoding = true;
        try {
            while (!held && !closed && kept != null) {
                Object next = reader.next(kept);
                if (next == null) {
                    break;
                }
                context.fireChannelRead(next);
            }
        } finally {
            decoding = false;
            if (kept != null && (closed || (!held && !kept.isReadable()))) {
                kept.release();
                kept = null;
            }
        }
        if (kept != null && !held && kept.capacity() > ROOMY * kept.readableBytes()) {
            keepLess();
        }
    }

    /// A few octets of a command that may be long in coming need not keep the buffer that was read into.
    private void keepLess() {
        ByteBuf own = context.alloc().buffer(kept.readableBytes()).writeBytes(kept);
        kept.release();
        kept = own;
    }

    private void close() {
        closed = true;
        if (!decoding && kept != null) {
            kept.release();
            kept = null;
        }
    }
}
