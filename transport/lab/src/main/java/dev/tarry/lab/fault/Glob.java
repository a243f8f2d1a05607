package dev.tarry.lab.fault;

import java.util.Locale;
import java.util.Objects;

/// A pattern with `*` (any run, also none) and `?` (any one character), blind to case. `*` alone matches
/// everything.
///
/// @param pattern as it was written
public record Glob(String pattern) {
    public static final Glob ANYTHING = new Glob("*");

    /// Matches the empty text alone.
    public static final Glob NOTHING = new Glob("");

    static final int LENGTH_MAX = 1_000;

    public Glob {
        Objects.requireNonNull(pattern, "pattern");
        if (pattern.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a pattern of " + pattern.length() + " characters; at most " + LENGTH_MAX + " are allowed");
        }
    }

    public boolean anything() {
        return pattern.equals("*");
    }

    public boolean matches(String text) {
        return anything() || matches(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }

    /// Goes back to the last star only, which is enough, so that no pattern costs more than pattern × text.
    private static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
