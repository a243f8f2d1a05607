package dev.tarry.lab;

import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves, on a thread of its own, what changes on loops (the counters of faults): as often as the disk likes, and
/// once more at the end.
final class Keeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final Runnable save;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    Keeper(Runnable save) {
        this.save = save;
        this.thread = Thread.ofPlatform().daemon().name("lab-keeper").start(this::keep);
    }

    /// Something changed. Never waits.
    void changed() {
        changes.release();
    }

    private void keep() {
        try {
            while (!closing) {
                changes.acquire();
                changes.drainPermits();
                saveNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void saveNow() {
        try {
            save.run();
        } catch (RuntimeException failed) {
            log.error("counters are not saved; the next change tries again", failed);
        }
    }

    @Override
    public void close() {
        closing = true;
        changes.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
