package dev.tarry.lab.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// DNS messages on a connection, each behind its length in two octets (RFC 1035 §4.2.2), many of them if the client
/// likes. Lives on the loop of its channel.
final class DnsOverTcp extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger log = LoggerFactory.getLogger(DnsOverTcp.class);
    private static final int LENGTH_OCTETS = 2;

    private final Service service;

    /// Answers one message by calling `answer`, now or later on `loop`, or never; each call is a message.
    interface Service {
        void serve(byte[] octets, EventExecutor loop, Consumer<byte[]> answer);
    }

    private DnsOverTcp(Service service) {
        this.service = service;
    }

    static void fill(ChannelPipeline pipeline, Service service) {
        pipeline.addLast(
                new LengthFieldBasedFrameDecoder(
                        Packets.TCP_OCTETS_MAX + LENGTH_OCTETS, 0, LENGTH_OCTETS, 0, LENGTH_OCTETS),
                new DnsOverTcp(service));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        service.serve(ByteBufUtil.getBytes(frame), context.executor(), answer -> {
            var octets = context.alloc().buffer(LENGTH_OCTETS + answer.length);
            octets.writeShort(answer.length).writeBytes(answer);
            context.writeAndFlush(octets);
        });
    }

    /// Who does not read its answers is not listened to.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("a DNS connection is closed", cause);
        }
        context.close();
    }
}
