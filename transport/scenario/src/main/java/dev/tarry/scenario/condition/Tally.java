package dev.tarry.scenario.condition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// How many of a kind there are: first what there was when the watching began, then one more for each that comes.
/// What comes while the first are still being looked up may be among them, and is counted once. Any thread.
///
/// @param <T> what is counted
final class Tally<T> {
    private final Predicate<T> wanted;
    private final Function<T, Object> sameness;
    private final Map<Object, Integer> early = new HashMap<>();
    private boolean seeded;
    private volatile long count;

    /// @param sameness what is equal for two views of one thing
    Tally(Predicate<T> wanted, Function<T, Object> sameness) {
        this.wanted = wanted;
        this.sameness = sameness;
    }

    void came(T one) {
        if (wanted.test(one)) {
            change(one, 1);
        }
    }

    void left(T one) {
        if (wanted.test(one)) {
            change(one, -1);
        }
    }

    private synchronized void change(T one, int by) {
        if (seeded) {
            count += by;
        } else {
            early.merge(sameness.apply(one), by, Integer::sum);
        }
    }

    /// @param there what there is already, in a view that may or may not hold what came meanwhile
    void seed(List<T> there) {
        Map<Object, Integer> found = new HashMap<>();
        for (T one : there) {
            if (wanted.test(one)) {
                found.merge(sameness.apply(one), 1, Integer::sum);
            }
        }
        synchronized (this) {
            List<Object> all = new ArrayList<>(found.keySet());
            early.keySet().stream().filter(one -> !found.containsKey(one)).forEach(all::add);
            long sum = 0;
            for (Object one : all) {
                Integer came = early.get(one);
                boolean hasLeft = came != null && came <= 0;
                sum += hasLeft ? 0 : Math.max(found.getOrDefault(one, 0), came == null ? 0 : came);
            }
            count = sum;
            seeded = true;
            early.clear();
        }
    }

    long count() {
        return count;
    }
}
