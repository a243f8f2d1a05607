package dev.tarry.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock together with its alarms. It stands still, or runs at a rate of real time, and it can be moved forward,
/// never back.
///
/// Alarms are kept in a heap ordered by (instant, order of setting), so that they ring in the same order
/// however they come to ring: by the passing of time ([#run]), by a [Journey], or by a simulation that calls
/// [#ringNext]. Reading the time takes no lock. Thread-safe.
public final class TimeLine implements InstantSource, Timers {
    /// How it moves. @param rate lab seconds a real second; 0 when frozen
    public record Pace(double rate) {
        public static final Pace REAL = new Pace(1);
        public static final Pace FROZEN = new Pace(0);

        public Pace {
            if (!(rate >= 0 && rate <= 1_000_000)) {
                throw new IllegalArgumentException("a clock's rate is 0 (frozen) to 1,000,000, not " + rate);
            }
        }

        public boolean frozen() {
            return rate == 0;
        }
    }

    /// Fewer cancelled alarms are not worth looking for.
    private static final int SMALLEST_SWEEP = 64;

    private record Anchor(long realNanos, long millis, Pace pace) {}

    /// Its ring is null once it has rung or was cancelled; written under the lock.
    private final class Entry implements Alarm, Comparable<Entry> {
        final long due;
        final long order;
        final Loop loop;
        Runnable ring;

        Entry(long due, long order, Loop loop, Runnable ring) {
            this.due = due;
            this.order = order;
            this.loop = loop;
            this.ring = ring;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                if (ring != null) {
                    ring = null;
                    cancelled++;
                    sweep();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int compareTo(Entry other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : Long.compare(order, other.order);
        }
    }

    private final RealTime real;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> alarms = new PriorityQueue<>();
    private volatile Anchor anchor;
    private long orders;
    /// entries of the heap that were cancelled and are not removed yet
    private int cancelled;
    private boolean ended;

    /// @param start what it shows first
    public TimeLine(RealTime real, Instant start, Pace pace) {
        this.real = real;
        this.anchor = new Anchor(real.nanos(), start.toEpochMilli(), pace);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /// Milliseconds since the epoch.
    @Override
    public long millis() {
        Anchor a = anchor;
        if (a.pace.frozen()) {
            return a.millis;
        }
        long passed = real.nanos() - a.realNanos;
        return a.millis + (a.pace.rate == 1 ? passed / 1_000_000 : (long) (passed / 1_000_000.0 * a.pace.rate));
    }

    public Pace pace() {
        return anchor.pace;
    }

    /// Changes how it moves, from now on.
    public void pace(Pace pace) {
        lock.lock();
        try {
            anchor = new Anchor(real.nanos(), millis(), pace);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Moves it forward without ringing anything; a moment that has passed is ignored.
    public void moveTo(Instant moment) {
        lock.lock();
        try {
            long target = moment.toEpochMilli();
            if (target > millis()) {
                anchor = new Anchor(real.nanos(), target, anchor.pace);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Alarm at(Instant due, Loop loop, Runnable ring) {
        lock.lock();
        try {
            Entry entry = new Entry(due.toEpochMilli(), orders++, loop, ring);
            alarms.add(entry);
            if (alarms.peek() == entry) {
                changed.signalAll();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Alarm after(Duration wait, Loop loop, Runnable ring) {
        return at(Instant.ofEpochMilli(millis() + Math.max(0, wait.toMillis())), loop, ring);
    }

    /// When the next alarm is due, if any is set.
    public Optional<Instant> nextAlarm() {
        lock.lock();
        try {
            Entry next = next();
            return next == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next.due));
        } finally {
            lock.unlock();
        }
    }

    /// Moves to the next alarm that is due by the limit and hands it to its loop. It is handed over under the lock: of
    /// two threads that ring, neither overtakes the other, and a ledger never shows nothing in between.
    ///
    /// @return whether there was one
    public boolean ringNext(Instant limit) {
        lock.lock();
        try {
            Entry next = next();
            if (next == null || next.due > limit.toEpochMilli()) {
                return false;
            }
            alarms.poll();
            Runnable ring = next.ring;
            next.ring = null;
            moveTo(Instant.ofEpochMilli(next.due));
            next.loop.execute(ring);
        } catch (RejectedExecutionException _) {
            // its loop has ended, and with it whatever wanted to be woken; the clock goes on for the others
        } finally {
            lock.unlock();
        }
        return true;
    }

    /// Rings alarms as time passes, until [#end]; the body of the clock's own thread.
    public void run() {
        while (true) {
            lock.lock();
            try {
                while (true) {
                    if (ended) {
                        return;
                    }
                    Entry next = next();
                    double rate = anchor.pace.rate;
                    if (next == null || rate == 0) {
                        changed.awaitUninterruptibly();
                        continue;
                    }
                    long wait = next.due - millis();
                    if (wait <= 0) {
                        break;
                    }
                    // the wait rounded up: an alarm never rings early
                    changed.awaitNanos((long) Math.ceil(Math.min(wait, 3_600_000L) * 1_000_000.0 / rate));
                }
            } catch (InterruptedException _) {
                return;
            } finally {
                lock.unlock();
            }
            ringNext(instant());
        }
    }

    /// Lets [#run] return.
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Entry next() {
        Entry next = alarms.peek();
        while (next != null && next.ring == null) {
            alarms.poll();
            cancelled--;
            next = alarms.peek();
        }
        return next;
    }

    /// Cancelled alarms must not stay in memory until they would have been due: when they are the greater part they
    /// are all removed, which costs each cancelling a constant share.
    private void sweep() {
        if (cancelled > SMALLEST_SWEEP && cancelled > alarms.size() / 2) {
            alarms.removeIf(entry -> entry.ring == null);
            cancelled = 0;
        }
    }

    /// Alarms that are set: neither rung nor cancelled.
    public int alarmsSet() {
        lock.lock();
        try {
            return alarms.size() - cancelled;
        } finally {
            lock.unlock();
        }
    }

    /// Entries of the heap, cancelled ones that have not been removed included.
    int held() {
        lock.lock();
        try {
            return alarms.size();
        } finally {
            lock.unlock();
        }
    }
}
