package dev.tarry.lab;

/// Counts work that is not settled yet: an octet on its way, a connection being made, a file being written. Time
/// may be advanced only when nothing is in flight. Implemented outside; thread-safe; each `begin` has exactly one
/// `end`.
public interface WorkInFlight {
    void begin();

    void end();
}
