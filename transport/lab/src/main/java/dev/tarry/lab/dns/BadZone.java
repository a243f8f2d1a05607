package dev.tarry.lab.dns;

/// A zone, record or forwarder that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadZone extends IllegalArgumentException {
    private final String where;

    BadZone(String where, String wrong, String right) {
        super(where + ": " + wrong + "; " + right);
        this.where = where;
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
}
