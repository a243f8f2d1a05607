package dev.tarry.shell.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The lines that a person typed in this session, by number. Those that may hold a secret never get here.
public final class History {
    /// The most lines that are remembered ($MaximumHistoryCount); the oldest go first.
    static final int MAX_LINES = 4096;

    private final SortedMap<Long, String> lines = new TreeMap<>();
    private long last;
    private String invoked = "";

    /// What was typed has run. Where it called an older line back, that one is remembered and not the call.
    public void add(String typed) {
        lines.put(++last, invoked.isEmpty() ? typed : invoked);
        invoked = "";
        if (lines.size() > MAX_LINES) {
            lines.remove(lines.firstKey());
        }
    }

    /// What was typed is not to be remembered.
    public void skip() {
        invoked = "";
    }

    void invoked(String line) {
        invoked = line;
    }

    SortedMap<Long, String> lines() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }

    void forget(long id) {
        lines.remove(id);
    }
}
