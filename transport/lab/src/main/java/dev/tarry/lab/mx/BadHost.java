package dev.tarry.lab.mx;

/// A mail host that cannot be: says which word is wrong, and what would be right.
public final class BadHost extends IllegalArgumentException {
    private final String field;

    BadHost(String field, String wrong, String right) {
        super("host: " + field + ": " + wrong + "; " + right);
        this.field = field;
    }

    /// The word that is wrong, such as `extensions`.
    public String field() {
        return field;
    }
}
