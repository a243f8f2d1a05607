package dev.tarry.lab.dns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The newest queries. Thread-safe.
final class QueryJournal {
    private final int entriesMax;
    private final Deque<JournaledQuery> entries = new ArrayDeque<>();
    private volatile Consumer<JournaledQuery> onAdded = _ -> {};

    QueryJournal(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /// @param onAdded told of each query after it was added, on the thread that added it
    void onAdded(Consumer<JournaledQuery> onAdded) {
        this.onAdded = onAdded;
    }

    void add(JournaledQuery query) {
        synchronized (this) {
            if (entries.size() == entriesMax) {
                entries.removeFirst();
            }
            entries.addLast(query);
        }
        onAdded.accept(query);
    }

    /// The newest, oldest first.
    synchronized List<JournaledQuery> newest(int limit) {
        var newest = new ArrayList<JournaledQuery>();
        var backwards = entries.descendingIterator();
        while (backwards.hasNext() && newest.size() < limit) {
            newest.add(backwards.next());
        }
        return List.copyOf(newest.reversed());
    }

    synchronized void clear() {
        entries.clear();
    }
}
