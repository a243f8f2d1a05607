package dev.tarry.shell.syntax;

/// A stretch of a script, for messages that point at what they mean.
///
/// @param start offset of the first character
/// @param end offset after the last one
public record Extent(Script script, int start, int end) {
    /// Line of the first character, from 1.
    public int line() {
        return script.lineAt(start);
    }

    /// Place of the first character in its line, from 1.
    public int column() {
        return start - script.lineStart(start) + 1;
    }

    /// What stands there.
    public String text() {
        return script.text().substring(start, end);
    }

    /// The whole line of the first character, without its end.
    public String lineText() {
        return script.text().substring(script.lineStart(start), script.lineEnd(start));
    }

    /// How many characters of that line the stretch covers; at least one, so that there is something to underline.
    public int widthInLine() {
        return Math.max(1, Math.min(end, script.lineEnd(start)) - start);
    }

    /// The place right behind it, where something is missing.
    Extent after() {
        return new Extent(script, end, end);
    }

    Extent to(Extent last) {
        return new Extent(script, start, Math.max(end, last.end));
    }
}
