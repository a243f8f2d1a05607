package dev.tarry.lab.fault;

/// A fault that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadFault extends IllegalArgumentException {
    private final String field;
    private final String complaint;

    BadFault(String field, String wrong, String right) {
        super("fault: " + complaint(field, wrong, right));
        this.field = field;
        this.complaint = complaint(field, wrong, right);
    }

    private BadFault(int line, BadFault cause) {
        super("fault: line " + line + ": " + cause.complaint, cause);
        this.field = cause.field;
        this.complaint = cause.complaint;
    }

    private static String complaint(String field, String wrong, String right) {
        return field + ": " + wrong + "; " + right;
    }

    /// The same, with the number of the line that holds it.
    BadFault inLine(int number) {
        return new BadFault(number, this);
    }

    /// The word of the grammar that is wrong, such as `what` or `code`; or the column of the line.
    public String field() {
        return field;
    }
}
