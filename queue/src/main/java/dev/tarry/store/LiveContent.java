package dev.tarry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/// Which bodies of a shard somebody still needs: a bit for each content id, gathered in generations of
/// neighbours.
///
/// Dead bodies are not deleted one by one, since the marks of deletion would make the disk rewrite their living
/// neighbours. When all of a run of generations are dead, their files go at once ([#deadRanges]).
///
/// Changed by the committing thread alone; [#contains] is for any.
final class LiveContent {
    /// Content ids of one generation: its bits are half a kilobyte, its bodies tens of megabytes.
    static final int GENERATION_IDS = 4_096;

    private static final int GENERATION_SHIFT = 12;
    private static final int WORD_SHIFT = 6;

    private final ConcurrentSkipListMap<Long, Generation> generations = new ConcurrentSkipListMap<>();
    private boolean emptied;

    /// @return whether it was not there
    boolean add(long id) {
        return generations
                .computeIfAbsent(id >>> GENERATION_SHIFT, _ -> new Generation())
                .add(place(id));
    }

    /// @return whether it was there
    boolean remove(long id) {
        Generation generation = generations.get(id >>> GENERATION_SHIFT);
        if (generation == null || !generation.remove(place(id))) {
            return false;
        }
        if (generation.alive == 0) {
            generations.remove(id >>> GENERATION_SHIFT);
            emptied = true;
        }
        return true;
    }

    boolean contains(long id) {
        Generation generation = generations.get(id >>> GENERATION_SHIFT);
        return generation != null && generation.contains(place(id));
    }

    /// Whether a generation died since the last call.
    boolean takeEmptied() {
        boolean was = emptied;
        emptied = false;
        return was;
    }

    /// The runs of ids in which nothing lives.
    ///
    /// @param from the first id (inclusive), the start of a generation
    /// @param to   the last id (exclusive)
    List<Range> deadRanges(long from, long to) {
        List<Range> dead = new ArrayList<>();
        long next = from;
        for (long generation : generations.keySet()) {
            long start = generation << GENERATION_SHIFT;
            if (start > next) {
                dead.add(new Range(next, start));
            }
            next = start + GENERATION_IDS;
        }
        if (to > next) {
            dead.add(new Range(next, to));
        }
        return dead;
    }

    /// Ids from the first (inclusive) to the second (exclusive).
    record Range(long from, long to) {}

    private static int place(long id) {
        return (int) (id & (GENERATION_IDS - 1));
    }

    private static final class Generation {
        private final AtomicLongArray words = new AtomicLongArray(GENERATION_IDS >> WORD_SHIFT);
        private int alive;

        boolean add(int place) {
            if (contains(place)) {
                return false;
            }
            words.set(place >> WORD_SHIFT, words.get(place >> WORD_SHIFT) | bit(place));
            alive++;
            return true;
        }

        boolean remove(int place) {
            if (!contains(place)) {
                return false;
            }
            words.set(place >> WORD_SHIFT, words.get(place >> WORD_SHIFT) & ~bit(place));
            alive--;
            return true;
        }

        boolean contains(int place) {
            return (words.get(place >> WORD_SHIFT) & bit(place)) != 0;
        }

        private static long bit(int place) {
            return 1L << (place & 63);
        }
    }
}
