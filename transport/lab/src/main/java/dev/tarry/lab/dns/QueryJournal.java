package dev.tarry.lab.dns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The newest queries. Thread-safe.
final class QueryJournal {
    private final int entriesMax;
    private final Deque<JournaledQuery> entries = new ArrayDeque<>();

    QueryJournal(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    synchronized void add(JournaledQuery query) {
        if (entries.size() == entriesMax) {
            entries.removeFirst();
        }
        entries.addLast(query);
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
