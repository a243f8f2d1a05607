package dev.tarry.lab.net;

/// A firewall rule that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadRule extends IllegalArgumentException {
    private final String field;
    private final String complaint;

    BadRule(String field, String wrong, String right) {
        this(field, wrong + "; " + right);
    }

    private BadRule(String field, String complaint) {
        super("firewall rule: " + field + ": " + complaint);
        this.field = field;
        this.complaint = complaint;
    }

    /// The same complaint about another property.
    BadRule in(String other) {
        return new BadRule(other, complaint);
    }

    /// The property that is wrong, such as `RemotePort`.
    public String field() {
        return field;
    }
}
