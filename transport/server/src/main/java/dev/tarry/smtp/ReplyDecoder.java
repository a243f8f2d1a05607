package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// For a client: turns octets into [Reply] messages. On the channel's loop.
///
/// What is no reply is told once as a [ReplyFormatException] through `exceptionCaught`; everything after it
/// is dropped. A reply that the host did not finish before it hung up is dropped too: `channelInactive` alone
/// says that.
public final class ReplyDecoder extends ChannelInboundHandlerAdapter {
    /// Fired before the replies of each run of octets: what is written between it and the next cannot be answered by
    /// any
    /// of them.
    public enum Octets {
        CAME
    }

    private final ReplyReader reader = new ReplyReader();
    private boolean broken;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf octets)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            if (!broken) {
                ctx.fireUserEventTriggered(Octets.CAME);
                reader.read(octets, ctx::fireChannelRead);
            }
        } catch (ReplyFormatException e) {
            broken = true;
            ctx.fireExceptionCaught(e);
        } finally {
            octets.release();
        }
    }

    /// Forgets what came before TLS began: an unfinished reply may have been put there by somebody in
    /// between.
    public void reset() {
        reader.reset();
    }
}
