package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Requests that go on for a while: so many at once, and none longer than its client. Thread-safe.
final class Waiters {
    /// Waits and advances at once; each holds a connection and a watching.
    static final int MAX_WAITERS = 64;

    /// When it is worth asking again for a place.
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore places;
    private final String full;

    /// For waits and advances.
    Waiters() {
        this(MAX_WAITERS, "Too many requests wait for something; at most " + MAX_WAITERS + " may at once.");
    }

    /// @param full what is told when there is no place
    Waiters(int most, String full) {
        this.places = new Semaphore(most);
        this.full = full;
    }

    /// Takes a place.
    ///
    /// @throws ProblemException if there is none
    Place enter() {
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.busy(full, RETRY_AFTER));
        }
        return new Place();
    }

    /// Places that are free.
    int free() {
        return places.availablePermits();
    }

    /// One request's place; closing it more than once does no harm.
    final class Place implements AutoCloseable {
        private final AtomicBoolean left = new AtomicBoolean();

        /// Does something on a virtual thread of its own, which is interrupted when the caller is gone.
        <T> FutureTask<T> begin(Reply.Caller caller, Callable<T> work) {
            FutureTask<T> task = new FutureTask<>(work);
            Thread worker = Thread.ofVirtual().name("waiter").start(task);
            caller.whenGone(worker::interrupt);
            return task;
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
