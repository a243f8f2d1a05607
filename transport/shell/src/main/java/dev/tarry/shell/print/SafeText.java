package dev.tarry.shell.print;

import java.util.Locale;

/// Text that can do nothing to a terminal. Control characters, also those of the C1 range, and the invisible
/// ones that turn the direction of writing are shown the way PowerShell would write them, as `` `u{1B} ``.
public final class SafeText {
    private SafeText() {}

    /// For one line: a line feed is shown too, not obeyed.
    public static String line(String text) {
        return escaped(text, false);
    }

    /// For several lines: line feeds and tabs stay, CRLF becomes a line feed.
    public static String lines(String text) {
        return escaped(text, true);
    }

    /// Whether a character must not reach a terminal raw.
    static boolean isDangerous(char c) {
        return c < 0x20
                || c >= 0x7f && c <= 0x9f
                || c == '\u061c'
                || c >= '\u200b' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u206f'
                || c == '\ufeff'
                || c >= '\ufff9' && c <= '\ufffb';
    }

    private static String escaped(String text, boolean keepLines) {
        int i = 0;
        while (i < text.length() && !isDangerous(text.charAt(i)) && !Character.isSurrogate(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, i);
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
            if (keepLines && (c == '\n' || c == '\t')) {
                safe.append(c);
            } else if (keepLines && c == '\r' && next == '\n') {
                continue;
            } else if (Character.isHighSurrogate(c) && Character.isLowSurrogate(next)) {
                safe.append(c).append(next);
                i++;
            } else if (isDangerous(c) || Character.isSurrogate(c)) {
                safe.append("`u{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
