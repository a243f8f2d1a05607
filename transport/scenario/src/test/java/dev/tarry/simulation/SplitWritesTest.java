package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SplitWritesTest {
    private static final String TEXT = "MAIL FROM:<a@company.com>\r\nRCPT TO:<b@gmail.com>\r\nDATA\r\n";

    @Test
    void what_is_written_at_once_is_read_in_pieces_and_nothing_is_lost_or_turned_round() {
        ManualIoEventLoop loop = new ManualIoEventLoop(
                null, Thread.currentThread(), LocalIoHandler.newFactory(), Ticker.newMockTicker());
        List<String> reads = new ArrayList<>();
        LocalAddress address = new LocalAddress("split-writes-test");
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
                        reads.add(octets.toString(StandardCharsets.US_ASCII));
                    }
                })
                .bind(address);
        loop.runNow();
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new SplitWrites(new Random(7)))
                .connect(address)
                .channel();
        loop.runNow();
        for (int i = 0; i < 50; i++) {
            channel.writeAndFlush(Unpooled.copiedBuffer(TEXT, StandardCharsets.US_ASCII));
            loop.runNow();
        }
        assertEquals(TEXT.repeat(50), String.join("", reads));
        assertTrue(reads.size() > 60, () -> "read in " + reads.size() + " pieces");
        assertTrue(reads.stream().anyMatch(read -> read.endsWith("\r")), "no cut fell between CR and LF");
        channel.close();
        loop.runNow();
        loop.shutdownGracefully();
        loop.runNow();
    }
}
