package dev.tarry.receive;

import java.time.Instant;

/// How many connections all receive connectors together let in a minute (reference §2.1: MaxConnectionRatePerMinute).
/// A minute begins with its first connection. Thread-safe; one comparison for each connection.
public final class ConnectionRate {
    private int limit;
    private Instant begun = Instant.MIN;
    private int connections;

    /// @param limit connections a minute; [Integer#MAX_VALUE] for no limit
    public ConnectionRate(int limit) {
        this.limit = limit;
    }

    /// Without a limit.
    static ConnectionRate unlimited() {
        return new ConnectionRate(Integer.MAX_VALUE);
    }

    /// Another limit holds from now on, for the minute that has begun too.
    public synchronized void limit(int next) {
        limit = next;
    }

    /// Counts a connection in, or says that it is one too many.
    ///
    /// @param now wire time
    synchronized boolean admit(Instant now) {
        if (limit == Integer.MAX_VALUE) {
            return true;
        }
        if (begun.equals(Instant.MIN) || !now.isBefore(begun.plus(MessageRates.MINUTE))) {
            begun = now;
            connections = 0;
        }
        if (connections >= limit) {
            return false;
        }
        connections++;
        return true;
    }
}
