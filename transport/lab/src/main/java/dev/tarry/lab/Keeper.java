package dev.tarry.lab;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves, on a thread of its own, what changes on loops (the counters of faults): at once when there was a pause,
/// in bursts only now and then, and once more at the end.
final class Keeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    /// Between two saves, in real time: a burst of strikes must not keep the disk busy.
    private static final long PAUSE_MILLIS = 100;

    private final Runnable save;
    private final Semaphore changes = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

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
            do {
                changes.acquire();
                changes.drainPermits();
                saveNow();
            } while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            saveNow();
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
        closing.countDown();
        changes.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
