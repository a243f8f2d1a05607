package dev.tarry.send;

import dev.tarry.smtp.MailData;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;

/// Writes one message's octets, chunk by chunk: the next chunk is read when the socket has room, so that a slow
/// host holds one or two chunks in memory and never a message. On the channel's loop.
final class BodyPump {
    /// The connection that it writes to.
    interface Progress {
        /// Writes, and flushes if told so. May call back ([#stop]) before it returns.
        void write(MailData data, boolean flush);

        /// Something moved.
        void moved();

        /// Everything has been written; the end of data follows, and its reply may come while it is being written.
        void ending();

        /// The message cannot be read to its end; its end must not be sent.
        void failed(Throwable cause);
    }

    private final OutgoingMessage message;
    private final Channel channel;
    private final Loop loop;
    private final Progress progress;
    private int next;
    private long octets;
    private boolean reading;
    private boolean ended;

    BodyPump(OutgoingMessage message, Channel channel, Loop loop, Progress progress) {
        this.message = message;
        this.channel = channel;
        this.loop = loop;
        this.progress = progress;
    }

    void start() {
        more();
    }

    /// The socket's buffer has emptied or filled.
    void writabilityChanged() {
        if (!ended) {
            progress.moved();
            more();
        }
    }

    /// What is still being read is thrown away.
    void stop() {
        ended = true;
    }

    private void more() {
        if (ended || reading || !channel.isWritable()) {
            return;
        }
        reading = true;
        message.readChunk(next, loop, this::read);
    }

    private void read(ByteBuf chunk, Throwable problem) {
        reading = false;
        if (ended) {
            ReferenceCountUtil.release(chunk);
            return;
        }
        if (problem != null) {
            ended = true;
            progress.failed(problem);
            return;
        }
        next++;
        octets += chunk.readableBytes();
        boolean last = next == message.chunks();
        progress.write(new MailData.Chunk(chunk), !last); // the end of data leaves together with the last chunk
        progress.moved();
        if (last) {
            end();
        } else {
            more();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (octets != message.bytes()) {
            progress.failed(new IllegalStateException(
                    "the message has " + octets + " octets where " + message.bytes() + " were announced"));
            return;
        }
        progress.ending();
        progress.write(MailData.End.CLEAN, true);
    }
}
