package dev.tarry.lab.net;

import java.time.Duration;

/// What becomes of one thing that a link carries.
sealed interface Passage {
    /// It arrives.
    ///
    /// @param latency later by this
    /// @param octetsPerSecond no faster than this; [#UNLIMITED] where nothing holds it up
    record Arrives(Duration latency, long octetsPerSecond) implements Passage {}

    /// It does not, and nobody says so.
    record Lost() implements Passage {}

    /// A firewall sends it back.
    record Rejected() implements Passage {}

    long UNLIMITED = Long.MAX_VALUE;

    Passage UNHINDERED = new Arrives(Duration.ZERO, UNLIMITED);
}
