package dev.tarry.lab.load;

/// What was asked of the load generator cannot be done. The message is one sentence: what, what is wrong with it,
/// what would be right.
public final class BadLoad extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS_MAX = 60;

    BadLoad(String what, String wrong, String right) {
        super(what + " " + wrong + "; " + right);
    }

    /// What was given, short, with nothing in it that could forge a line.
    static String quoted(String given) {
        var shown = given.length() > SHOWN_CHARS_MAX ? given.substring(0, SHOWN_CHARS_MAX) + "…" : given;
        return "is '" + shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?") + "'";
    }
}
