package dev.tarry.lab.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The channels that one kind of [Sockets] has open, so that closing closes them all. Thread-safe.
final class ListeningChannels {
    private final Set<Channel> open = new LinkedHashSet<>();
    private boolean closed;

    /// Takes a channel that is being bound; the future tells where it listens.
    CompletableFuture<SocketAddress> bound(ChannelFuture binding) {
        var result = new CompletableFuture<SocketAddress>();
        binding.addListener(_ -> {
            if (!binding.isSuccess()) {
                result.completeExceptionally(binding.cause());
            } else if (!keep(binding.channel())) {
                result.completeExceptionally(new ClosedChannelException());
            } else {
                result.complete(binding.channel().localAddress());
            }
        });
        return result;
    }

    /// Put around an initializer of accepted channels: those are closed with the rest.
    ChannelHandler keeping(ChannelHandler childInitializer) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                if (keep(channel)) {
                    channel.pipeline().addLast(childInitializer);
                }
            }
        };
    }

    /// @return whether the channel was kept; if all is closed already, it is closed too
    private boolean keep(Channel channel) {
        synchronized (this) {
            if (!closed) {
                open.add(channel);
                channel.closeFuture().addListener(_ -> forget(channel));
                return true;
            }
        }
        channel.close();
        return false;
    }

    private synchronized void forget(Channel channel) {
        open.remove(channel);
    }

    void closeAll() {
        List<Channel> channels;
        synchronized (this) {
            closed = true;
            channels = List.copyOf(open);
        }
        channels.forEach(Channel::close);
    }

    /// Where a datagram socket ends up when all else has passed it by: errors of single packets are nobody's
    /// concern.
    static final class DeafEar extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Such as an ICMP refusal for a reply to somebody who has gone.
        }
    }
}
