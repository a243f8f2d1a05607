package dev.tarry.time;

import java.util.concurrent.Executor;

/// One thread of work that is never blocked. What is handed to it runs in the order in which it was handed
/// over, and counts in the [Ledger] from then until it has run.
public interface Loop extends Executor {
    /// Whether the calling thread is this loop's.
    boolean inLoop();
}
