package dev.tarry.receive;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts a connector's open connections, in all and per source, and says when it is enough. Thread-safe.
final class InboundConnections {
    private final ReceiveConnector.Limits limits;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<String, Integer> bySource = new ConcurrentHashMap<>();

    InboundConnections(ReceiveConnector.Limits limits) {
        this.limits = limits;
    }

    /// Counts a connection in, or turns it away.
    ///
    /// @return false if a limit is reached; it is not counted then
    boolean admit(Peer peer) {
        int others = open.getAndIncrement();
        if (others >= limits.maxConnections() || !admitSource(peer, limits.maxConnections() - others)) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    /// Counts out one that was admitted.
    void left(Peer peer) {
        open.decrementAndGet();
        if (!peer.loopback()) {
            bySource.computeIfPresent(peer.clientIp(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    int open() {
        return open.get();
    }

    /// @param free places left in all
    private boolean admitSource(Peer peer, int free) {
        if (peer.loopback()) {
            return true;
        }
        long share = Math.max(1, (long) free * limits.maxConnectionPercentagePerSource() / 100);
        long most = Math.min(limits.maxConnectionsPerSource(), share);
        int after = bySource.merge(peer.clientIp(), 1, Integer::sum);
        if (after > most) {
            bySource.computeIfPresent(peer.clientIp(), (_, count) -> count == 1 ? null : count - 1);
            return false;
        }
        return true;
    }
}
