package dev.tarry.send;

import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;

/// Writes one message's octets, chunk by chunk: the next chunk is read when the socket has room, so that a slow
/// host holds one or two chunks in memory and never a message. On the channel's loop.
final class BodyPump {
    /// The connection that it writes to.
    interface Progress {
        /// Writes them; they are its own. May call back ([#stop]) before it returns.
        ///
        /// @param last whether the message ends with them
        void octets(ByteBuf octets, boolean last);

        /// Whether it takes more octets now; when it does again, it says [#goOn].
        default boolean takesMore() {
            return true;
        }

        /// Something moved.
        void moved();

        /// Everything has been written.
        void ended();

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

    /// More octets are taken.
    void goOn() {
        more();
    }

    /// What is still being read is thrown away.
    void stop() {
        ended = true;
    }

    private void more() {
        if (ended || reading || !channel.isWritable() || !progress.takesMore()) {
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
        if (last && octets != message.bytes() && message.bytesAreExact()) {
            ended = true;
            chunk.release(); // with it the host might take the message for whole
            progress.failed(new IllegalStateException(
                    "the message has " + octets + " octets where " + message.bytes() + " were announced"));
            return;
        }
        progress.octets(chunk, last);
        progress.moved();
        if (!last) {
            more();
        } else if (!ended) {
            ended = true;
            progress.ended();
        }
    }
}
