package dev.tarry.lab.fault;

import java.time.Duration;

/// What the way between the server and an address does to what passes. All that match apply together.
public sealed interface LinkEffect {
    /// Everything arrives later, each way.
    record Latency(Duration by) implements LinkEffect {
        public Latency {
            Spans.checked("by", by);
        }
    }

    /// Does not arrive. A datagram is gone; on a connection it is sent again, so it comes later: after 200 ms,
    /// doubled each time (RFC 6298); a dial after 1 s, doubled (its §2.1, §5.5).
    record Loss() implements LinkEffect {}

    /// No faster than this, each way and each connection or datagram socket.
    ///
    /// @param octetsPerSecond of lab time
    record Bandwidth(long octetsPerSecond) implements LinkEffect {
        static final long MAX = 1L << 40;

        public Bandwidth {
            Bounds.checked("rate", octetsPerSecond, 1, MAX);
        }
    }
}
