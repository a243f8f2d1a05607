package dev.tarry.receive;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts a connector's connections, in all, per source and a minute, and their messages, and says when it is enough.
/// Thread-safe.
final class InboundConnections {
    private volatile ReceiveConnector.Limits limits;
    private volatile IntakeRules rules;
    private final ConnectionRate rate;
    private final MessageRates messages = new MessageRates();
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<String, Integer> bySource = new ConcurrentHashMap<>();

    InboundConnections(ReceiveConnector.Limits limits) {
        this(limits, IntakeRules.DEFAULT_FRONTEND, ConnectionRate.unlimited());
    }

    /// @param rate shared with other connectors
    InboundConnections(ReceiveConnector.Limits limits, IntakeRules rules, ConnectionRate rate) {
        this.limits = limits;
        this.rules = rules;
        this.rate = rate;
    }

    /// Other bounds count for whoever comes from now on; nobody is sent away.
    void terms(ReceiveConnector next) {
        limits = next.limits();
        rules = next.rules();
    }

    /// What its clients have sent.
    MessageRates messages() {
        return messages;
    }

    /// Counts a connection in, or turns it away. One that is too many of its source takes nothing of the minute that
    /// all share.
    ///
    /// @param now wire time
    /// @return false if a limit is reached; it is not counted then
    boolean admit(Peer peer, Instant now) {
        if (!hasRoom(peer)) {
            return false;
        }
        if (rules.frees(peer) || rate.admit(now)) {
            return true;
        }
        left(peer);
        return false;
    }

    private boolean hasRoom(Peer peer) {
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
        bySource.computeIfPresent(peer.clientIp(), (_, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return open.get();
    }

    /// @param free places left in all
    private boolean admitSource(Peer peer, ReceiveConnector.Limits bounds, int free) {
        int after = bySource.merge(peer.clientIp(), 1, Integer::sum);
        if (rules.frees(peer)) {
            return true;
        }
        long share = Math.max(1, (long) free * bounds.maxConnectionPercentagePerSource() / 100);
        long most = Math.min(bounds.maxConnectionsPerSource(), share);
        if (after > most) {
            bySource.computeIfPresent(peer.clientIp(), (_, count) -> count == 1 ? null : count - 1);
            return false;
        }
        return true;
    }
}
