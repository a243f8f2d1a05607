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
    private long lastId;

    QueryJournal(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /// @param onAdded told of each query after it was added, on the thread that added it
    void onAdded(Consumer<JournaledQuery> onAdded) {
        this.onAdded = onAdded;
    }

    void add(JournaledQuery query) {
        JournaledQuery added;
        synchronized (this) {
            if (entries.size() == entriesMax) {
                entries.removeFirst();
            }
            added = query.numbered(++lastId);
            entries.addLast(added);
        }
        onAdded.accept(added);
    }

    /// What is wanted, oldest first.
    synchronized List<JournaledQuery> find(QuerySearch search) {
        boolean onward = search.after().isPresent();
        var found = new ArrayList<JournaledQuery>();
        var walk = onward ? entries.iterator() : entries.descendingIterator();
        while (walk.hasNext() && found.size() < search.limit()) {
            var query = walk.next();
            if (search.wants(query)) {
                found.add(query);
            }
        }
        return List.copyOf(onward ? found : found.reversed());
    }

    /// Ids go on from where they were.
    synchronized void clear() {
        entries.clear();
    }
}
