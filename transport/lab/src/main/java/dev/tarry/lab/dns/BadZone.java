package dev.tarry.lab.dns;

/// A zone, record or forwarder that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadZone extends IllegalArgumentException {
    private final String where;

    BadZone(String where, String wrong, String right) {
        super(where + ": " + wrong + "; " + right);
        this.where = where;
    }

    /// The zone or record that is wrong.
    public String where() {
        return where;
    }
}
