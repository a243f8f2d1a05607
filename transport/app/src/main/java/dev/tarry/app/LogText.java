package dev.tarry.app;

import java.util.Locale;
import java.util.regex.Pattern;

/// How words get into a log line: nothing that could break the line, move a terminal's cursor or turn the direction of
/// writing, and nothing that is somebody's secret. Pure; any thread.
final class LogText {
    /// Longer events are cut; a stack of a few nested causes fits.
    static final int MAX_CHARS = 32_768;

    private static final String MASKED = "$1****";

    /// The last line of defence: nothing here writes secrets, but a host's words, or a library's, may hold some.
    private static final Pattern AUTH = Pattern.compile(
            "(?i)\\b(AUTH\\s+(?:PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|XOAUTH2|OAUTHBEARER|SCRAM-[A-Z0-9-]{1,20})\\s+)[A-Za-z0-9+/=]{8,}");

    private static final Pattern HEADER = Pattern.compile("(?i)\\b((?:Bearer|Basic)\\s+)[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b("
                    + "(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?token|token)[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"',;&}]+");

    private LogText() {}

    /// Cut to [#MAX_CHARS], and without what looks like a password, a token or the words of AUTH.
    static String masked(String text) {
        String cut = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
        String masked = AUTH.matcher(cut).replaceAll(MASKED);
        masked = HEADER.matcher(masked).replaceAll(MASKED);
        return NAMED.matcher(masked).replaceAll(MASKED);
    }

    /// For people: what must not stand raw is a backslash, `u` and its number in hexadecimal, and so is a backslash
    /// that would look like the beginning of that.
    static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (forbidden(c) || c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'u') {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        }
    }

    private static boolean forbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /// A JSON string (RFC 8259 §7) of printable ASCII alone: whoever shows it raw shows nothing else.
    static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c == '\t') {
                line.append("\\t");
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        line.append('"');
    }
}
