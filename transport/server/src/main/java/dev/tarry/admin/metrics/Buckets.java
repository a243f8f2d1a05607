package dev.tarry.admin.metrics;

import java.util.concurrent.atomic.LongAdder;

/// A histogram that anybody may add to: how many values fell between which bounds, and their sum. Adding allocates
/// nothing. Any thread.
final class Buckets {
    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /// @param bounds rising; a value that equals one falls below it
    Buckets(long... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long value) {
        int at = 0;
        while (at < bounds.length && value > bounds[at]) {
            at++;
        }
        counts[at].increment();
        sum.add(value);
    }

    long[] bounds() {
        return bounds.clone();
    }

    /// One for each bound, and behind them those above the last.
    long[] counts() {
        long[] now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return now;
    }

    long sum() {
        return sum.sum();
    }
}
