package dev.tarry.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many copies came when: one count for each ten seconds in which any that is still here was received, so that the
/// ages of a million copies can be told without looking at them. Queue loop only.
final class Arrivals {
    /// How exact an age is, in milliseconds.
    static final long SLOT_MILLIS = 10_000;

    private static final class Slot {
        final long number;
        int copies;

        Slot(long number) {
            this.number = number;
        }
    }

    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    /// the one that was touched last, which may be empty: under load it is nearly always the one that is wanted
    private Slot last = new Slot(Long.MIN_VALUE);

    void add(long receivedMillis) {
        slot(receivedMillis).copies++;
    }

    /// @param receivedMillis of a copy that was added
    void remove(long receivedMillis) {
        slot(receivedMillis).copies--;
    }

    private Slot slot(long receivedMillis) {
        long number = Math.floorDiv(receivedMillis, SLOT_MILLIS);
        if (last.number != number) {
            if (last.copies == 0) {
                slots.remove(last.number);
            }
            last = slots.computeIfAbsent(number, Slot::new);
        }
        return last;
    }

    /// How many copies there are of each age.
    ///
    /// @param limits rising; an age that equals one counts below it
    /// @return one number for each limit, and behind them those that are older than the last
    List<Integer> byAge(long nowMillis, List<Duration> limits) {
        int[] counts = new int[limits.size() + 1];
        for (Map.Entry<Long, Slot> slot : slots.entrySet()) {
            long age = nowMillis - slot.getKey() * SLOT_MILLIS - SLOT_MILLIS + 1; // of the youngest in it
            int at = 0;
            while (at < limits.size() && age > limits.get(at).toMillis()) {
                at++;
            }
            counts[at] += slot.getValue().copies;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /// The slots in use; a bound on memory, since a message does not live for ever.
    int held() {
        return slots.size();
    }
}
