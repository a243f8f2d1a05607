package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;

/// Answers datagrams. Called on the loop of the socket.
public interface DatagramService {
    /// When this returns, the datagram counts as handled: it has been answered, or met with silence on purpose, or
    /// an alarm has been set to answer later.
    ///
    /// @param octets the datagram; the caller releases it
    /// @param from who sent it
    /// @param loop where `reply` may be called, now or later
    void datagram(ByteBuf octets, SocketAddress from, EventExecutor loop, Reply reply);

    /// The way back to the sender. Takes ownership of the buffer.
    interface Reply {
        ChannelFuture send(ByteBuf octets);

        /// Sends from another port. Who listens to the one that was asked alone never sees it; within this process,
        /// where there is no other way, nobody does. Takes ownership of the buffer.
        default void sendFromElsewhere(ByteBuf octets) {
            octets.release();
        }
    }
}
