package dev.tarry.queue;

import java.util.concurrent.atomic.AtomicLong;

/// Counts the octets of messages that are coming in and stand in memory: headers that are not whole yet, parts of
/// bodies that gather or wait for the disk. Above half of its bound it is scarce, and who sends much waits for the
/// disk at every part; at the whole it is spent, and messages of more than [#SMALL_BYTES] are refused, so that
/// small ones still pass. Thread-safe; costs an addition.
///
/// What it cannot hold back is one small part for every message that is small still.
public final class IncomingMemory {
    /// A message that has brought no more than this is never refused because memory is spent.
    public static final int SMALL_BYTES = 16 * 1024;

    private final AtomicLong used = new AtomicLong();
    private volatile long limitBytes = Long.MAX_VALUE;
    private volatile long mostBytes;

    /// @param bytes 1 or more; without a call there is no bound
    public void limit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a bound of memory is at least 1 byte, not " + bytes);
        }
        limitBytes = bytes;
    }

    /// Its bound, in bytes.
    public long limit() {
        return limitBytes;
    }

    /// Bytes in use.
    public long used() {
        return used.get();
    }

    /// The most that have been in use at a time, as far as anybody has noticed.
    public long most() {
        return mostBytes;
    }

    /// @param bytes that somebody has begun to hold; 0 or more
    public void take(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > mostBytes) {
            mostBytes = now; // two at once may lose the smaller or the larger of two that are near to each other
        }
    }

    /// @param bytes that were taken and are held no more
    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /// Whether more than half of it is in use.
    public boolean scarce() {
        return used.get() > limitBytes / 2;
    }

    /// Whether all of it is in use.
    public boolean spent() {
        return used.get() >= limitBytes;
    }
}
