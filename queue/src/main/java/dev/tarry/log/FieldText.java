package dev.tarry.log;

import java.util.ArrayList;
import java.util.List;

/// What stands in a field, so that no client and no remote host can forge a line, a field, a list entry, a spreadsheet
/// formula or a terminal escape, and a reader gets back exactly what was said.
///
/// - A character that must not stand raw is written as a backslash, `u` and four hexadecimal digits: controls, line
///   separators, marks that turn the direction of writing, halves of surrogate pairs, and a backslash that would
///   otherwise look like the beginning of such a sequence. All others stand as they are: `MAIL\Default Frontend MAIL`.
/// - So is `=`, `+`, `-` or `@` at the beginning of a field or after a `;`, where a spreadsheet would see a formula.
/// - Lists are joined by `;`. Replies hold `; ` and `};{` themselves, and keep them: neither separates. Any other `;`
///   inside an entry is escaped (a quoted local part can hold one), and so is a blank or `{` that begins an entry.
public final class FieldText {
    /// Longer texts are cut; nothing that RFC 5321 allows in one line is.
    public static final int MAX_CHARACTERS = 8_000;

    /// Characters that are harmless wherever they stand, which most are.
    private static final boolean[] PLAIN = new boolean[0x7f];

    static {
        for (char c = ' ' + 1; c < PLAIN.length; c++) {
            PLAIN[c] = "\\=+-@;{".indexOf(c) < 0;
        }
    }

    private FieldText() {}

    public static String escaped(String text) {
        return escaped(text, false);
    }

    /// Entries as one field.
    public static String joined(List<String> entries) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            out.append(i == 0 ? "" : ";").append(escaped(entries.get(i), true));
        }
        return out.toString();
    }

    private static String escaped(String text, boolean entry) {
        int length = Math.min(text.length(), MAX_CHARACTERS);
        StringBuilder out = null;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < PLAIN.length && PLAIN[c] || isHarmless(text, i, length, c, entry)) {
                if (out != null) {
                    out.append(c);
                }
            } else {
                if (out == null) {
                    out = new StringBuilder(length + 16).append(text, 0, i);
                }
                out.append("\\u").append(String.format("%04X", (int) c));
            }
        }
        return out != null ? out.toString() : length == text.length() ? text : text.substring(0, length);
    }

    private static boolean isHarmless(String text, int at, int length, char c, boolean entry) {
        char before = at > 0 ? text.charAt(at - 1) : ';';
        char after = at + 1 < length ? text.charAt(at + 1) : ';';
        return switch (c) {
            case '\\' -> !isEscape(text, at);
            case '=', '+', '-', '@' -> before != ';';
            case ';' -> !entry || !separates(before, after);
            case ' ', '{' -> !entry || at > 0;
            default -> isPrintable(c, before, after);
        };
    }

    /// The pair is looked at as it will stand: a half that the cut at the end leaves alone has none.
    private static boolean isPrintable(char c, char before, char after) {
        if (Character.isHighSurrogate(c)) {
            return Character.isLowSurrogate(after);
        }
        if (Character.isLowSurrogate(c)) {
            return Character.isHighSurrogate(before);
        }
        boolean turns = (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
        return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !turns;
    }

    private static boolean separates(char before, char after) {
        return after != ' ' && !(before == '}' && after == '{');
    }

    private static boolean isEscape(String text, int at) {
        if (at + 6 > text.length() || text.charAt(at) != '\\' || text.charAt(at + 1) != 'u') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (hex(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /// The inverse of [#escaped].
    public static String unescaped(String text) {
        int next = text.indexOf("\\u");
        if (next < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
                i += 5;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    /// The inverse of [#joined]; the empty text is no entry at all.
    public static List<String> split(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> entries = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char before = i > 0 ? text.charAt(i - 1) : ';';
            char after = i + 1 < text.length() ? text.charAt(i + 1) : ';';
            if (text.charAt(i) == ';' && separates(before, after)) {
                entries.add(unescaped(text.substring(from, i)));
                from = i + 1;
            }
        }
        entries.add(unescaped(text.substring(from)));
        return entries;
    }
}
