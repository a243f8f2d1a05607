package dev.tarry.scenario.condition;

/// A condition that cannot be read: says where it stands, what is wrong, and what would be right.
public final class BadCondition extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// How much of what was written is repeated.
    private static final int ECHO_MAX = 100;

    BadCondition(String where, String wrong, String right) {
        super(where + ": " + wrong + "; " + right);
    }

    /// What was written, in quotes, short enough and without control characters.
    static String quoted(Object written) {
        String text = String.valueOf(written);
        String cut = text.length() > ECHO_MAX ? text.substring(0, ECHO_MAX) + "…" : text;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
