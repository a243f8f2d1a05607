package dev.tarry.config;

import java.util.Comparator;

/// One thing that is wrong in what the operator wrote.
///
/// @param origin where it stands
/// @param key    the key, as written; empty if the fault is not about one key
/// @param what   what is wrong
/// @param right  what would be right; empty if that is plain from `what`
public record Fault(Origin origin, String key, String what, String right) {
    /// What is said of a key that is none.
    static final String UNKNOWN = "is not a setting";

    /// What is said first of an element that is not there.
    static final String NO_ELEMENT = "there is no ";

    /// Whether there is nothing here that could be set.
    boolean ofNothing() {
        return what.equals(UNKNOWN) || what.startsWith(NO_ELEMENT);
    }

    /// What was set at run time, and something stronger says otherwise.
    static Fault fixed(String key, Origin by) {
        return new Fault(
                new Origin.RunTime(),
                key,
                "is fixed by " + by.text() + ", which outranks what is set at run time",
                "leave it out there, and start again");
    }

    /// The same in another place.
    Fault at(Origin place) {
        return new Fault(place, key, what, right);
    }

    /// Faults of the file by line and column, before all others, which keep their order.
    static final Comparator<Fault> BY_PLACE = Comparator.comparingInt(
                    (Fault fault) -> fault.origin() instanceof Origin.File file ? file.line() : Integer.MAX_VALUE)
            .thenComparingInt(fault -> fault.origin() instanceof Origin.File file ? file.column() : Integer.MAX_VALUE);

    /// Control characters are replaced, so that a fault never breaks a terminal or a log line.
    public Fault {
        key = Printable.line(key);
        what = Printable.line(what);
        right = Printable.line(right);
    }

    /// One line: `tarry.yaml:3:5: transport.queueMaxIdleTime: 'soon' is not a span of time; write …`.
    @Override
    public String toString() {
        return Printable.line(origin.text()) + ": " + (key.isEmpty() ? "" : key + ": ") + what
                + (right.isEmpty() ? "" : "; " + right);
    }
}
