package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.SocketAddress;

/// Reports one end of a connection to its tally. First in the pipeline: it sees what the socket sees. Lives on the
/// loop of its channel.
final class CountedTcpEnd extends ChannelDuplexHandler {
    private final WireLedger ledger;
    private final TcpTally.End side;
    private TcpTally tally;
    private boolean departed;
    /// Whether it was reported that nothing is read.
    private boolean pausing;

    CountedTcpEnd(WireLedger ledger, TcpTally.End side) {
        this.ledger = ledger;
        this.side = side;
    }

    /// An accepted channel may be active before its pipeline is filled.
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (side == TcpTally.End.LAB && context.channel().isActive()) {
            arrive(context);
        }
    }

    /// From here to the callback that knows the outcome, the dial itself is in flight; then the tally takes over.
    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        ledger.begin();
        promise.addListener(outcome -> {
            if (outcome.isSuccess()) {
                arrive(context);
            }
            // Those who wait for the outcome hear of it in this same run of listeners, some of them after this one:
            // the dial ends when they have.
            context.executor().execute(ledger::end);
        });
        context.connect(remote, local, promise);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        arrive(context);
        try {
            context.fireChannelActive();
        } finally {
            if (tally != null) {
                tally.up(side);
            }
        }
    }

    private void arrive(ChannelHandlerContext context) {
        // A connection that was reset at once has no addresses any more, and nobody to wait for.
        if (tally == null && !departed && context.channel().remoteAddress() != null) {
            tally = ledger.arrived(context.channel(), side);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (tally == null && context.channel().isActive()) {
            // Somebody heard of the connection before this handler did.
            arrive(context);
        }
        if (tally != null) {
            tally.wrote(side, octets(message));
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long octets = octets(message);
        begin();
        try {
            context.fireChannelRead(message);
        } finally {
            if (tally != null) {
                notice(context);
                tally.read(side, octets);
            }
            end();
        }
    }

    /// Who accepted and reads no more waits for an alarm, or for work that is counted where it is done. What
    /// waits only until the other end has read is in flight with what that end reads.
    private void notice(ChannelHandlerContext context) {
        if (side == TcpTally.End.LAB
                && !context.channel().config().isAutoRead()
                && context.channel().isWritable()) {
            pausing(true);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        pausing(false);
        context.read();
    }

    /// The end of the client's stream, where the service wants to see it as such.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        context.fireUserEventTriggered(event);
        if (tally != null && side == TcpTally.End.LAB && event == ChannelInputShutdownEvent.INSTANCE) {
            tally.labSawTheEnd();
        }
    }

    /// Whether the lab's end reads nothing for now, until an alarm in lab time rings. On the loop.
    void pausing(boolean pauses) {
        if (tally != null && pausing != pauses) {
            pausing = pauses;
            tally.labPauses(pauses);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        begin();
        try {
            context.fireExceptionCaught(cause);
        } finally {
            end();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (tally != null) {
            tally.closing(side);
        }
        context.close(promise);
    }

    /// Its own half of the connection ends: that is on its way until the other end has closed.
    void halfClosing() {
        if (tally != null) {
            tally.halfClosing(side);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        begin();
        try {
            context.fireChannelInactive();
        } finally {
            depart();
            end();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        depart();
    }

    /// Counted beside the tally: whoever dialled may end the connection while it reads, and go on then. Strangers do
    /// not count.
    private void begin() {
        if (side == TcpTally.End.CLIENT) {
            ledger.begin();
        }
    }

    private void end() {
        if (side == TcpTally.End.CLIENT) {
            ledger.end();
        }
    }

    private void depart() {
        departed = true;
        if (tally != null) {
            var mine = tally;
            tally = null;
            ledger.departed(side, mine);
        }
    }

    private static long octets(Object message) {
        return switch (message) {
            case ByteBuf octets -> octets.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            case FileRegion file -> file.count();
            default -> 0;
        };
    }
}
