package dev.tarry.time;

import java.util.concurrent.Executor;

/// Counts each task from before it is handed over until it has run.
///
/// @param kind what its tasks count as
public record CountedExecutor(Executor executor, Ledger ledger, Ledger.Kind kind) implements Executor {
    @Override
    public void execute(Runnable task) {
        ledger.begin(kind);
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    ledger.end(kind);
                }
            });
        } catch (RuntimeException refused) {
            ledger.end(kind);
            throw refused;
        }
    }
}
