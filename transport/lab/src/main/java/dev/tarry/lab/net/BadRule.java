package dev.tarry.lab.net;

/// A firewall rule that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadRule extends IllegalArgumentException {
    private final String field;

    BadRule(String field, String wrong, String right) {
        super("firewall rule: " + field + ": " + wrong + "; " + right);
        this.field = field;
    }

    /// The property that is wrong, such as `RemotePort`.
    public String field() {
        return field;
    }
}
