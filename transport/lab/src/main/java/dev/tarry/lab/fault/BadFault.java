package dev.tarry.lab.fault;

import java.util.List;

/// A fault that cannot be: says what is wrong, where it stands, and what would be right.
public final class BadFault extends IllegalArgumentException {
    private final String field;
    private final String complaint;

    BadFault(String field, String wrong, String right) {
        super("fault: " + complaint(field, wrong, right));
        this.field = field;
        this.complaint = complaint(field, wrong, right);
    }

    private BadFault(String field, List<String> complaints) {
        super("fault: " + String.join("\n", complaints));
        this.field = field;
        this.complaint = complaints.getFirst();
    }

    /// Everything that is wrong in a text.
    ///
    /// @param complaints at least one, each with its place
    static BadFault text(List<String> complaints) {
        return new BadFault("text", complaints.stream().map(BadFault::shown).toList());
    }

    private static String complaint(String field, String wrong, String right) {
        return shown(field + ": " + wrong + "; " + right);
    }

    /// What was written is repeated, and a terminal obeys controls.
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /// What is wrong and what would be right, without where it stands.
    String complaint() {
        return complaint;
    }

    /// The word of the grammar that is wrong, such as `what` or `code`; or the column of the line; or `text`.
    public String field() {
        return field;
    }
}
