package dev.tarry.lab.fault;

/// A fault that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadFault extends IllegalArgumentException {
    private final String field;

    BadFault(String field, String wrong, String right) {
        super("fault: " + field + ": " + wrong + "; " + right);
        this.field = field;
    }

    /// The word of the grammar that is wrong, such as `what` or `code`.
    public String field() {
        return field;
    }
}
