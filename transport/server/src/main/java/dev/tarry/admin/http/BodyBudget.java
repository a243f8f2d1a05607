package dev.tarry.admin.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that the bodies of all requests may take together, from their first octet until they are answered: there
/// are many connections, and each may bring a large body. Thread-safe.
final class BodyBudget {
    /// Two of the largest bodies, or a dozen worlds of ten thousand zones.
    static final long BYTES = 64L * 1024 * 1024;

    /// When it is worth sending a body again that found no room.
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /// @param most in bytes
    BodyBudget(long most) {
        this.most = most;
    }

    /// Takes all of so many bytes, or none.
    ///
    /// @return whether there was room
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /// Bytes taken now; for a moment too many, where somebody is being turned away.
    long taken() {
        return taken.get();
    }

    /// Whether there is room for so many bytes now. Nothing is put aside: who only says that a body will come takes no
    /// room from others.
    boolean hasRoomFor(long bytes) {
        return bytes <= most - taken.get();
    }

    /// What is told where there is no room.
    static Problem full() {
        return Problem.busy("The bodies of other requests take all the memory there is for them.", RETRY_AFTER);
    }
}
