package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import java.util.List;

/// Keeps datagrams apart on a channel within this process, which joins buffers that lie ready to be read together.
/// Stands first in the pipeline at either end; whoever comes after it reads and writes one `ByteBuf` per datagram.
/// Lives on the loop of its channel.
public final class LocalDatagrams extends MessageToMessageCodec<LocalDatagrams.Whole, ByteBuf> {
    /// One datagram on its way.
    static final class Whole extends DefaultByteBufHolder {
        Whole(ByteBuf octets) {
            super(octets);
        }
    }

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf octets, List<Object> out) {
        out.add(new Whole(octets.retain()));
    }

    @Override
    protected void decode(ChannelHandlerContext context, Whole datagram, List<Object> out) {
        out.add(datagram.content().retain());
    }
}
