package dev.tarry.time;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Draws from another source, many octets at once: a [java.security.SecureRandom] costs as much for four octets as for
/// some hundred. What has been given out is wiped. Thread-safe.
final class StoredRandom implements RandomGenerator {
    /// Drawn at once: the secrets of some dozen messages.
    private static final int STORE_BYTES = 1024;

    private final RandomGenerator source;
    private final ByteBuffer store = ByteBuffer.allocate(STORE_BYTES).limit(0);

    StoredRandom(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public synchronized long nextLong() {
        if (!store.hasRemaining()) {
            source.nextBytes(store.array());
            store.clear();
        }
        int at = store.position();
        long drawn = store.getLong();
        store.putLong(at, 0);
        return drawn;
    }
}
