package dev.tarry.time;

import io.netty.channel.EventLoop;

/// A Netty event loop whose tasks count in the ledger.
public record NettyLoop(EventLoop loop, Ledger ledger) implements Loop {
    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        new CountedExecutor(loop, ledger, Ledger.Kind.TASK).execute(task);
    }
}
