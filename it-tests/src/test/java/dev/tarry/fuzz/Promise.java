package dev.tarry.fuzz;

/// What every target promises.
public final class Promise {
    private Promise() {}

    public static void holds(boolean held, String promise) {
        if (!held) {
            throw new AssertionError("not kept: " + promise);
        }
    }

    public static void same(Object expected, Object found, String promise) {
        if (!expected.equals(found)) {
            throw new AssertionError(
                    "not kept: " + promise + "\nexpected: " + quoted(expected) + "\nfound:    " + quoted(found));
        }
    }

    /// Nothing in it can break a line, or a terminal.
    public static void oneLine(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw new AssertionError("not kept: " + what + " is one line: " + quoted(text));
            }
        }
    }

    private static String quoted(Object thing) {
        StringBuilder text = new StringBuilder();
        for (char c : String.valueOf(thing).toCharArray()) {
            text.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return text.toString();
    }
}
