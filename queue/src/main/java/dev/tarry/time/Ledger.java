package dev.tarry.time;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/// What is in flight: tasks handed to a loop, commits on their way to the disk, reads, dials, octets and
/// datagrams on the wire. Time may only be moved when nothing is, else a jump would overtake what it should
/// have caused (design §3.8).
///
/// A thing counts from before it becomes visible to another thread until all its consequences have been counted
/// themselves. Thread-safe; counting costs two atomic additions.
public final class Ledger {
    /// What may be in flight.
    public enum Kind {
        /// handed to a loop and not yet run
        TASK,
        /// on its way to the disk
        COMMIT,
        /// being read from the disk, or computed off the loops
        READ,
        /// on the wire between the server and the lab
        WIRE
    }

    private final AtomicInteger total = new AtomicInteger();
    private final AtomicIntegerArray byKind = new AtomicIntegerArray(Kind.values().length);
    private final AtomicLong moves = new AtomicLong();
    private volatile Runnable bell;

    public void begin(Kind kind) {
        total.incrementAndGet();
        byKind.incrementAndGet(kind.ordinal());
    }

    public void end(Kind kind) {
        byKind.decrementAndGet(kind.ordinal());
        moves.incrementAndGet();
        if (total.decrementAndGet() == 0) {
            Runnable settled = bell;
            if (settled != null) {
                settled.run();
            }
        }
    }

    public boolean settled() {
        return total.get() == 0;
    }

    /// Ends counted so far; two equal readings mean that nothing moved in between.
    long moves() {
        return moves.get();
    }

    /// Rung by whoever ends the last thing in flight, on that thread; null for none. What it does is quick.
    void bell(Runnable bell) {
        this.bell = bell;
    }

    /// For people: `TASK 1, WIRE 2`, or `nothing`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Kind kind : Kind.values()) {
            int count = byKind.get(kind.ordinal());
            if (count != 0) {
                text.append(text.isEmpty() ? "" : ", ").append(kind).append(' ').append(count);
            }
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }
}
