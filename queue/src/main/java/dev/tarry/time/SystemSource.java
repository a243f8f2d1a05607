package dev.tarry.time;

import java.security.SecureRandom;
import java.time.Instant;

/// The only place that touches the system's clock and its random source. Thread-safe.
public final class SystemSource implements RealTime {
    private final SecureRandom random = new SecureRandom();

    @Override
    public Instant wall() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /// Unpredictable secrets, for what an attacker must not guess.
    public Secrets secrets() {
        return new Secrets(new StoredRandom(random));
    }

    /// The system's own, for keys.
    public SecureRandom secureRandom() {
        return random;
    }

    /// A fresh seed for [Chance].
    public long seed() {
        return random.nextLong();
    }
}
