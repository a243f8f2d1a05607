package dev.tarry.lab;

import dev.tarry.lab.net.Protocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The dialling end, as a server would have it: with the ledger's handler first.
final class Caller {
    final Channel channel;
    private final Ear ear;

    private Caller(Channel channel, Ear ear) {
        this.channel = channel;
        this.ear = ear;
    }

    static Caller dial(LabRig rig, Protocol protocol, InetSocketAddress to) throws InterruptedException {
        var ear = new Ear();
        var dialling = new Bootstrap()
                .group(rig.loops)
                .channel(protocol == Protocol.TCP ? NioSocketChannel.class : NioDatagramChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(rig.lab.dialledEnd(protocol), ear);
                    }
                })
                .connect(to)
                .sync();
        return new Caller(dialling.channel(), ear);
    }

    /// Returns when the write is known to the ledger.
    Caller send(byte[] octets) throws InterruptedException {
        channel.writeAndFlush(Unpooled.wrappedBuffer(octets)).sync();
        return this;
    }

    Caller send(String text) throws InterruptedException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void close() throws InterruptedException {
        channel.close().sync();
    }

    /// What arrived, one element for each read.
    List<byte[]> heard() {
        synchronized (ear.heard) {
            return List.copyOf(ear.heard);
        }
    }

    String text() {
        var text = new StringBuilder();
        heard().forEach(octets -> text.append(new String(octets, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    boolean sawTheEnd() {
        return ear.ended.get();
    }

    private static final class Ear extends SimpleChannelInboundHandler<Object> {
        final List<byte[]> heard = new ArrayList<>();
        final AtomicBoolean ended = new AtomicBoolean();

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            var octets = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
            synchronized (heard) {
                heard.add(ByteBufUtil.getBytes(octets));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended.set(true);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A reset; the channel closes by itself.
        }
    }
}
