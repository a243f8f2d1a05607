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
    /// Fired before the replies of each run of octets: what is written between it and the next cannot be answered
    /// by any of them.
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
                reader.read(octets, reply -> {
                    if (!broken) {
                        ctx.fireChannelRead(reply);
                    }
                });
            }
        } catch (ReplyFormatException e) {
            if (!broken) {
                broken = true;
                ctx.fireExceptionCaught(e);
            }
        } finally {
            octets.release();
        }
    }

    /// TLS begins, and another decoder reads what comes by it: an unfinished reply is forgotten, and what stands behind
    /// the last one in the octets being read is dropped, since somebody in between may have put it there.
    public void discard() {
        broken = true;
        reader.reset();
    }
}
