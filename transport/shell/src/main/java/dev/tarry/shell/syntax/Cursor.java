package dev.tarry.shell.syntax;

import static dev.tarry.shell.syntax.Letters.isBlank;
import static dev.tarry.shell.syntax.Letters.isName;

/// A place in a script that moves forward, or back to where it was.
final class Cursor {
    /// Past the end of the text.
    static final char NONE = '\uffff';

    private final Script script;
    private final String text;
    private int position;

    Cursor(Script script) {
        this.script = script;
        this.text = script.text();
    }

    Script script() {
        return script;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    void moveTo(int place) {
        position = place;
    }

    void move(int count) {
        position += count;
    }

    /// The character `ahead` of the cursor, blanks included.
    char at(int ahead) {
        int i = position + ahead;
        return i < text.length() ? text.charAt(i) : NONE;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    Extent from(int start) {
        return new Extent(script, start, position);
    }

    /// So many characters from here, whether or not they were taken; never beyond the text.
    Extent next(int count) {
        return new Extent(script, position, Math.min(position + count, text.length()));
    }

    /// Reads a name; empty where none stands here.
    String name() {
        int start = position;
        while (isName(at(0))) {
            position++;
        }
        return text.substring(start, position);
    }

    /// Takes blanks, comments and continued lines; a backtick that ends the text waits for the line it continues.
    ///
    /// @return whether there were any, the start of the text counting as one
    boolean blanks() {
        int start = position;
        while (true) {
            char c = at(0);
            if (isBlank(c)) {
                position++;
            } else if (c == '`' && (at(1) == '\n' || at(1) == '\r')) {
                position += at(1) == '\r' && at(2) == '\n' ? 3 : 2;
            } else if (c == '`' && position + 1 == text.length()) {
                throw ParseFailure.unfinished(next(1), "IncompleteString", "Incomplete string token.");
            } else if (c == '#') {
                comment();
            } else if (c == '<' && at(1) == '#') {
                int close = text.indexOf("#>", position + 2);
                if (close < 0) {
                    throw ParseFailure.unfinished(
                            next(2),
                            "MissingTerminatorMultiLineComment",
                            "The terminator '#>' is missing from the multiline comment.");
                }
                position = close + 2;
            } else {
                return position > start || position == 0;
            }
        }
    }

    private void comment() {
        int start = position;
        while (at(0) != NONE && at(0) != '\n' && at(0) != '\r') {
            position++;
        }
        Requirements.check(from(start));
    }
}
