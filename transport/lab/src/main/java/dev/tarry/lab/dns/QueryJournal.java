package dev.tarry.lab.dns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The newest queries. Thread-safe.
final class QueryJournal {
    private final int entriesMax;
    private final Deque<JournaledQuery> entries = new ArrayDeque<>();
    private long lastId;

    QueryJournal(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    synchronized void add(JournaledQuery query) {
        if (entries.size() == entriesMax) {
            entries.removeFirst();
        }
        entries.addLast(query.numbered(++lastId));
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
