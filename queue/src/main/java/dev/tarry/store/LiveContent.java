package dev.tarry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// A generation in which no more than this lives is worth writing anew for the sake of the rest.
    static final int SPARSE_ALIVE = GENERATION_IDS / 8;

    /// Generations that are written anew in one go.
    static final int SPARSE_GENERATIONS = 8;

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

    /// Whether nothing lives.
    boolean isEmpty() {
        return generations.isEmpty();
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

    /// A stretch in which little lives: all of it, and what is dead in it.
    record Sparse(Range all, List<Range> dead) {}

    /// The first stretch of neighbouring generations in which so little lives that it is worth writing them anew. What
    /// was found once is not found again before half of what lived in it has died as well.
    ///
    /// @param to what lies above this id (exclusive) is left alone
    /// @return null if there is none
    Sparse takeSparse(long to) {
        List<Range> dead = new ArrayList<>();
        long from = -1;
        long end = -1;
        int taken = 0;
        for (Map.Entry<Long, Generation> entry : generations.entrySet()) {
            long start = entry.getKey() << GENERATION_SHIFT;
            Generation generation = entry.getValue();
            boolean follows = from >= 0 && start - end <= SPARSE_GENERATIONS * (long) GENERATION_IDS;
            if (taken == SPARSE_GENERATIONS || from >= 0 && !follows || start + GENERATION_IDS > to) {
                break;
            }
            if (generation.alive > Math.min(SPARSE_ALIVE, generation.aliveWhenTaken / 2)) {
                if (from >= 0) {
                    break;
                }
                continue;
            }
            generation.aliveWhenTaken = generation.alive;
            from = from < 0 ? start : from;
            if (end >= 0 && end < start) {
                dead.add(new Range(end, start));
            }
            end = start + GENERATION_IDS;
            generation.addDead(start, dead);
            taken++;
        }
        return from < 0 ? null : new Sparse(new Range(from, end), dead);
    }

    private static int place(long id) {
        return (int) (id & (GENERATION_IDS - 1));
    }

    private static final class Generation {
        private final AtomicLongArray words = new AtomicLongArray(GENERATION_IDS >> WORD_SHIFT);
        private int alive;
        private int aliveWhenTaken = Integer.MAX_VALUE;

        /// Adds the runs of dead ids.
        void addDead(long start, List<Range> dead) {
            int from = 0;
            for (int place = 0; place <= GENERATION_IDS; place++) {
                if (place == GENERATION_IDS || contains(place)) {
                    if (from < place) {
                        dead.add(new Range(start + from, start + place));
                    }
                    from = place + 1;
                }
            }
        }

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
