package dev.tarry.lab.dns;

import java.util.List;
import java.util.stream.Collectors;

/// A zone, record or forwarder that cannot be: says what is wrong, where it stands, and what would be right. Of a text,
/// everything that is wrong in it.
public final class BadZone extends IllegalArgumentException {
    private final String where;
    private final transient List<String> faults;

    BadZone(String where, String wrong, String right) {
        super(where + ": " + wrong + "; " + right);
        this.where = where;
        this.faults = List.of(getMessage());
    }

    private BadZone(String where, List<String> faults) {
        super(faults.stream().collect(Collectors.joining("\n")));
        this.where = where;
        this.faults = List.copyOf(faults);
    }

    /// @param faults at least one, each with its place
    static BadZone text(List<String> faults) {
        return new BadZone("text", faults);
    }

    /// @param word the property that must be there
    static <T> T present(T value, String where, String word) {
        if (value == null) {
            throw new BadZone(where, word + " is missing", "write it, even if it is empty");
        }
        return value;
    }

    /// The zone or record that is wrong.
    public String where() {
        return where;
    }

    /// One or more, each a sentence.
    public List<String> faults() {
        return faults;
    }
}
