package dev.tarry.receive;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts a connector's open connections, in all and per source, and says when it is enough. Thread-safe.
final class InboundConnections {
    private volatile ReceiveConnector.Limits limits;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<String, Integer> bySource = new ConcurrentHashMap<>();

    InboundConnections(ReceiveConnector.Limits limits) {
        this.limits = limits;
    }

    /// Other bounds count for whoever comes from now on; nobody is sent away.
    void limits(ReceiveConnector.Limits next) {
        limits = next;
    }

    /// Counts a connection in, or turns it away.
    ///
    /// @return false if a limit is reached; it is not counted then
    boolean admit(Peer peer) {
        ReceiveConnector.Limits bounds = limits;
        int others = open.getAndIncrement();
        if (others >= bounds.maxConnections() || !admitSource(peer, bounds, bounds.maxConnections() - others)) {
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
    private boolean admitSource(Peer peer, ReceiveConnector.Limits bounds, int free) {
        if (peer.loopback()) {
            return true;
        }
        long share = Math.max(1, (long) free * bounds.maxConnectionPercentagePerSource() / 100);
        long most = Math.min(bounds.maxConnectionsPerSource(), share);
        int after = bySource.merge(peer.clientIp(), 1, Integer::sum);
        if (after > most) {
            bySource.computeIfPresent(peer.clientIp(), (_, count) -> count == 1 ? null : count - 1);
            return false;
        }
        return true;
    }
}
