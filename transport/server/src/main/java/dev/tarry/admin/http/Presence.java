package dev.tarry.admin.http;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;

/// Whoever asked, as long as the answer is being made. Thread-safe; told by the connection, on its loop.
final class Presence implements Reply.Caller {
    private final Channel channel;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile boolean watched;

    Presence(Channel channel) {
        this.channel = channel;
    }

    /// From now on the socket is read, else nobody would see that the client hangs up.
    void watch() {
        watched = true;
        channel.read();
    }

    boolean watched() {
        return watched;
    }

    /// The client has hung up, or the listener closes, or the answer is over.
    void leave() {
        gone.complete(null);
    }

    @Override
    public boolean waits() {
        return !gone.isDone();
    }

    @Override
    public void whenGone(Runnable then) {
        gone.thenRun(then);
    }
}
