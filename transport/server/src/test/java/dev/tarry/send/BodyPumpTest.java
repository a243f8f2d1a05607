package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.smtp.DataEncoder;
import dev.tarry.smtp.MailData;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BodyPumpTest {
    private static final int CHUNK = 64 * 1024;

    /// A socket whose other end does not read.
    private static final class Dam extends ChannelOutboundHandlerAdapter {
        private boolean open;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            if (open) {
                ctx.flush();
            }
        }
    }

    private final class Message implements OutgoingMessage {
        @Override
        public Envelope envelope() {
            return Envelope.of(ReversePath.NULL, List.of(Recipient.of("a@x.com")));
        }

        @Override
        public long bytes() {
            return announced;
        }

        @Override
        public int chunks() {
            return chunks;
        }

        @Override
        public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
            reads.add(chunk);
            ByteBuf octets = Unpooled.buffer(CHUNK);
            octets.writeBytes("y".repeat(CHUNK - 2).getBytes()).writeByte('\r').writeByte('\n');
            buffers.add(octets);
            pending = () -> done.accept(octets, null);
            if (atOnce) {
                pending.run();
            }
        }
    }

    private final class Progress implements BodyPump.Progress {
        @Override
        public void octets(ByteBuf octets, boolean last) {
            channel.writeAndFlush(new MailData.Chunk(octets));
        }

        @Override
        public void moved() {}

        @Override
        public void ended() {
            told.add("ended");
            channel.writeAndFlush(MailData.End.CLEAN);
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed");
            failure = cause;
        }
    }

    private int chunks = 100;
    private long announced = 100L * CHUNK;
    private boolean atOnce = true;
    private Runnable pending;
    private Throwable failure;
    private final List<Integer> reads = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Dam dam = new Dam();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(dam, new DataEncoder(), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelWritabilityChanged(ChannelHandlerContext ctx) {
                    pump.writabilityChanged();
                }
            });
    private final BodyPump pump = new BodyPump(new Message(), channel, null, new Progress());

    @AfterEach
    void every_buffer_is_released() {
        dam.open = true;
        channel.flush();
        channel.releaseOutbound();
        channel.close();
        buffers.forEach(b -> assertEquals(0, b.refCnt()));
    }

    @Test
    void a_socket_that_takes_nothing_holds_a_chunk_or_two_and_not_the_message() {
        pump.start();
        assertTrue(reads.size() <= 2, reads::toString);
        assertEquals(List.of(), told);
        pump.stop();
    }

    @Test
    void as_the_socket_empties_the_rest_follows_in_order_and_then_the_end() {
        pump.start();
        long octets = 0;
        for (int i = 0; i < 1000 && told.isEmpty(); i++) {
            dam.open = true;
            channel.flush();
            dam.open = false;
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                octets += out.readableBytes();
                out.release();
            }
        }
        dam.open = true;
        channel.flush();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            octets += out.readableBytes();
            out.release();
        }
        assertEquals(List.of("ended"), told);
        assertEquals(100L * CHUNK + 3, octets);
        assertEquals(100, reads.size());
        assertEquals(99, reads.getLast());
    }

    @Test
    void what_is_read_after_it_was_stopped_is_released_and_nothing_more_is_read() {
        atOnce = false;
        pump.start();
        pump.stop();
        pending.run();
        assertEquals(1, reads.size());
        assertEquals(0, buffers.getFirst().refCnt());
        assertEquals(List.of(), told);
    }

    @Test
    void a_message_shorter_than_announced_is_not_ended() {
        chunks = 1;
        announced = CHUNK + 1;
        pump.start();
        dam.open = true;
        channel.flush();
        assertEquals(List.of("failed"), told);
        assertInstanceOf(IllegalStateException.class, failure);
    }

    @Test
    void a_chunk_that_cannot_be_read_is_told_and_not_ended() {
        atOnce = false;
        BodyPump broken = new BodyPump(
                new OutgoingMessage() {
                    private final Message rest = new Message();

                    @Override
                    public Envelope envelope() {
                        return rest.envelope();
                    }

                    @Override
                    public long bytes() {
                        return 1;
                    }

                    @Override
                    public int chunks() {
                        return 1;
                    }

                    @Override
                    public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
                        done.accept(null, new IOException("the disk"));
                    }
                },
                channel,
                null,
                new Progress());
        broken.start();
        assertEquals(List.of("failed"), told);
    }
}
