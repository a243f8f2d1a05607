package dev.tarry.time;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;

/// The threads there are. In a simulation all of them are one.
///
/// @param queue     all queue state changes here, and nothing else
/// @param io        sockets
/// @param committer one platform thread that writes and syncs; everything handed to it counts in the ledger
/// @param readers   a small platform pool for reads from the store; everything handed to it counts in the ledger
/// @param ledger    what counts it
public record Loops(Loop queue, EventLoopGroup io, Executor committer, Executor readers, Ledger ledger) {
    /// A Netty loop as a [Loop].
    public Loop of(EventLoop loop) {
        return new NettyLoop(loop, ledger);
    }
}
