package dev.tarry.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.util.random.RandomGenerator;

/// Cuts what is written into pieces at seeded places, as a network may: whoever reads must not rely on where one write
/// ended.
///
/// What is behind TLS is left whole. A signature of the handshake has a few octets more or less in each run, so
/// that what is cut would be another thing each time, and a seed mean nothing.
final class SplitWrites extends ChannelOutboundHandlerAdapter {
    /// Larger buffers are cut a few times only, so that bodies don't become dust.
    private static final int MOST_PIECES = 6;

    private final RandomGenerator chance;

    SplitWrites(RandomGenerator chance) {
        this.chance = chance;
    }

    /// Each piece is flushed on its own: channels within a process join what lies ready to be read.
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf octets) || context.pipeline().get(SslHandler.class) != null) {
            context.write(message, promise);
            return;
        }
        for (int pieces = 1; pieces < MOST_PIECES && octets.readableBytes() > 1 && chance.nextInt(3) == 0; pieces++) {
            context.writeAndFlush(octets.readRetainedSlice(1 + chance.nextInt(octets.readableBytes() - 1)));
        }
        context.write(octets, promise);
    }
}
