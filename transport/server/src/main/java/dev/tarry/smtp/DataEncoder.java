package dev.tarry.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// For a client: writes [MailData] with [DotStuffing]; everything else passes. On the channel's loop.
public final class DataEncoder extends ChannelOutboundHandlerAdapter {
    private DotStuffing stuffing = new DotStuffing();

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof MailData data)) {
            ctx.write(msg, promise);
            return;
        }
        switch (data) {
            case MailData.Chunk(var octets) -> ctx.write(stuffing.encode(octets), promise);
            case MailData.End _ -> {
                ctx.write(stuffing.end(), promise);
                stuffing = new DotStuffing();
            }
        }
    }
}
