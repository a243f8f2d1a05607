package dev.tarry.shell.value;

/// PowerShell's wildcards: `*`, `?`, `[a-z]`, and a backtick before one that stands for itself. Time grows with text
/// × pattern, never worse.
public final class Wildcard {
    private final String pattern;
    private final boolean mindsCase;

    public Wildcard(String pattern, boolean mindsCase) {
        this.pattern = pattern;
        this.mindsCase = mindsCase;
    }

    /// Whether the text has a wildcard in it at all.
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    public boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int restart = 0;
        while (t < text.length()) {
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? step(p, text.charAt(t)) : -1;
            if (next > 0) {
                p = next;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                restart = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++restart;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// Where the pattern goes on when its element at `p` takes the character; -1 where it does not take it.
    private int step(int p, char c) {
        char wanted = pattern.charAt(p);
        if (wanted == '?') {
            return p + 1;
        }
        if (wanted == '[') {
            int close = pattern.indexOf(']', p + 2);
            if (close < 0) {
                throw ShellFailure.runtime(
                        "WildcardPatternException",
                        "The specified wildcard character pattern is not valid: " + pattern);
            }
            return inSet(p + 1, close, c) ? close + 1 : -1;
        }
        if (wanted == '`' && p + 1 < pattern.length()) {
            return same(pattern.charAt(p + 1), c) ? p + 2 : -1;
        }
        return same(wanted, c) ? p + 1 : -1;
    }

    private boolean inSet(int from, int close, char c) {
        for (int i = from; i < close; i++) {
            if (i + 2 < close && pattern.charAt(i + 1) == '-') {
                char folded = fold(c);
                if (folded >= fold(pattern.charAt(i)) && folded <= fold(pattern.charAt(i + 2))) {
                    return true;
                }
                i += 2;
            } else if (same(pattern.charAt(i), c)) {
                return true;
            }
        }
        return false;
    }

    private boolean same(char a, char b) {
        return fold(a) == fold(b);
    }

    private char fold(char c) {
        return mindsCase ? c : Character.toLowerCase(Character.toUpperCase(c));
    }
}
