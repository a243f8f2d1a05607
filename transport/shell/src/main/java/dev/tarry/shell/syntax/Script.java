package dev.tarry.shell.syntax;

/// A text to run and where it came from.
///
/// @param name a file's name; empty for what was given on the command line, typed or piped in
/// @param text the whole text, lines ended by LF or CRLF
public record Script(String name, String text) {
    public static Script typed(String text) {
        return new Script("", text);
    }

    /// The line of an offset, from 1.
    int lineAt(int offset) {
        int line = 1;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    int lineStart(int offset) {
        return text.lastIndexOf('\n', Math.min(offset, text.length()) - 1) + 1;
    }

    int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        end = end < 0 ? text.length() : end;
        return end > 0 && end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }
}
