package dev.tarry.smtp;

import dev.tarry.mail.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// For a server: turns [Reply] messages into octets. Stateless, shared by all channels.
///
/// What is not printable ASCII leaves as `?`: whatever a reply repeats of what a client said, it stays one
/// line.
@ChannelHandler.Sharable
public final class ReplyEncoder extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof Reply reply) {
            ByteBuf octets = ctx.alloc().ioBuffer(octets(reply));
            encode(reply, octets);
            ctx.write(octets, promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    static void encode(Reply reply, ByteBuf out) {
        int code = reply.code();
        for (int i = 0; i < reply.lines().size(); i++) {
            String text = reply.lines().get(i);
            out.writeByte('0' + code / 100).writeByte('0' + code / 10 % 10).writeByte('0' + code % 10);
            out.writeByte(i + 1 < reply.lines().size() ? '-' : ' ');
            for (int j = 0; j < text.length(); j++) {
                char c = text.charAt(j);
                out.writeByte(c >= ' ' && c < 0x7f ? c : '?');
            }
            out.writeByte('\r').writeByte('\n');
        }
    }

    private static int octets(Reply reply) {
        int octets = 0;
        for (String line : reply.lines()) {
            octets += line.length() + 6;
        }
        return octets;
    }
}
