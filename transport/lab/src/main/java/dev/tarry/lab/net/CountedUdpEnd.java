package dev.tarry.lab.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;

/// Reports the asking end of a datagram socket to its tally. First in the pipeline. Lives on the loop of its
/// channel.
final class CountedUdpEnd extends ChannelDuplexHandler {
    private final WireLedger ledger;
    private InetSocketAddress self;
    private UdpTally tally;

    CountedUdpEnd(WireLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (tally == null && context.channel().localAddress() instanceof InetSocketAddress local) {
            self = WireLedger.seenFromLoopback(local);
            tally = ledger.opened(self, context.channel().remoteAddress());
        }
        if (tally != null) {
            tally.sent();
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // Counted beside the tally: whoever reads may close the socket first, which writes the tally off, and go on
        // then.
        ledger.begin();
        try {
            context.fireChannelRead(message);
        } finally {
            if (tally != null) {
                tally.received();
            }
            ledger.end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ledger.begin();
        try {
            context.fireExceptionCaught(cause);
        } finally {
            ledger.end();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        // Nobody waits for what comes after this.
        writeOff();
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ledger.begin();
        try {
            writeOff();
            context.fireChannelInactive();
        } finally {
            ledger.end();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        writeOff();
    }

    private void writeOff() {
        if (tally != null) {
            ledger.closed(self, tally);
            tally = null;
        }
    }
}
