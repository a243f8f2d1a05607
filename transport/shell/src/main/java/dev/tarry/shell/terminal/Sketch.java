package dev.tarry.shell.terminal;

import dev.tarry.shell.terminal.Level.Element;
import dev.tarry.shell.terminal.Level.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A rough reading of what is being typed, which is unfinished or wrong most of the time: what each stretch of it is,
/// and in the middle of what it ends. The parser says what a script means; this only says how it looks, and never
/// fails.
final class Sketch {
    enum Kind {
        COMMAND,
        KEYWORD,
        PARAMETER,
        OPERATOR,
        VARIABLE,
        MEMBER,
        TEXT,
        NUMBER,
        TYPE,
        COMMENT,
        WORD
    }

    /// A stretch of the text that is one thing.
    record Piece(Kind kind, int start, int end) {}

    private static final Set<String> KEYWORDS = Set.of(("if else elseif foreach for while do until switch try catch"
                    + " finally function param return break continue throw exit in begin process end")
            .split(" "));

    private final String text;
    private final Ends ends;
    private final List<Piece> pieces = new ArrayList<>();
    private Level level = new Level(null, '\0');
    private int position;
    /// Where an unfinished string begins; -1 where none is open.
    private int openText = -1;

    private Sketch(String text) {
        this.text = text;
        this.ends = new Ends(text);
    }

    static Sketch of(String text) {
        Sketch sketch = new Sketch(text);
        while (sketch.position < text.length()) {
            sketch.step();
        }
        return sketch;
    }

    /// In order, not overlapping; blanks and signs belong to none.
    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    /// Where the text ends.
    Level level() {
        return level;
    }

    /// Where the string begins that the text ends in; -1 where it ends in none.
    int openText() {
        return openText;
    }

    private char at(int ahead) {
        int i = position + ahead;
        return i < text.length() ? text.charAt(i) : '\0';
    }

    private void step() {
        char c = at(0);
        switch (c) {
            case '\n', ';' -> {
                position++;
                newStatement(c);
            }
            case '|' -> {
                position++;
                level.before.add(level.place == Place.EXPRESSION ? "" : level.command);
                level.begin();
            }
            case '(', '{' -> open(c, 1);
            case ')', '}' -> close();
            case ',' -> {
                position++;
                stretch(position - 1, false);
            }
            case '`' -> position = Math.min(text.length(), position + 2);
            case '#' -> comment();
            case '"', '\'', '\u2018', '\u2019', '\u201c', '\u201d' -> quoted();
            case '@' -> atSign();
            case '$' -> dollar();
            case '[' -> bracket();
            case '<' -> {
                if (at(1) == '#') {
                    int end = text.indexOf("#>", position);
                    take(Kind.COMMENT, end < 0 ? text.length() : end + 2);
                } else {
                    position++;
                }
            }
            default -> {
                if (Character.isWhitespace(c)) {
                    position++;
                } else {
                    word(c);
                }
            }
        }
    }

    /// A line's end ends a statement, but not behind a pipe or within round brackets.
    private void newStatement(char end) {
        boolean goesOn = end == '\n' && (level.opener == '(' || level.place == Place.START && !level.before.isEmpty());
        if (!goesOn) {
            level.before.clear();
            level.keyed = false;
            level.begin();
        }
    }

    private void open(char opener, int length) {
        int start = position;
        position += length;
        if (level.place == Place.START) {
            level.place = Place.EXPRESSION;
        }
        stretch(start, true);
        level = new Level(level, opener);
    }

    private void close() {
        position++;
        if (level.outer != null) {
            boolean block = level.opener == '{';
            level = level.outer;
            stretch(position - 1, false);
            if (block && level.place == Place.EXPRESSION && level.before.isEmpty()) {
                level.place = Place.START; // `if (…) { } else`
            }
        }
    }

    private void comment() {
        if (position > 0 && !Character.isWhitespace(text.charAt(position - 1))) {
            word('#');
            return;
        }
        int end = text.indexOf('\n', position);
        take(Kind.COMMENT, end < 0 ? text.length() : end);
    }

    private void take(Kind kind, int end) {
        pieces.add(new Piece(kind, position, end));
        position = end;
    }

    /// Tells the command, if one is being written, that a word of it begins or goes on here.
    ///
    /// @param fresh whether it begins a word of its own where blanks come before it
    private void stretch(int start, boolean fresh) {
        if (level.place != Place.ARGUMENTS) {
            return;
        }
        boolean touches = !level.elements.isEmpty()
                && !level.elements.getLast().parameter()
                && (level.elements.getLast().end() == start || !fresh || endsInComma());
        if (touches) {
            Element last = level.elements.removeLast();
            level.elements.add(new Element(false, last.start(), position));
        } else {
            level.elements.add(new Element(false, start, position));
        }
    }

    private boolean endsInComma() {
        Element last = level.elements.getLast();
        return last.end() > 0 && text.charAt(last.end() - 1) == ',';
    }

    /// An operand, wherever it stands.
    private void operand(Kind kind, int start, int end) {
        if (level.place == Place.START) {
            level.place = Place.EXPRESSION;
        }
        if (kind != null) {
            pieces.add(new Piece(kind, start, end));
        }
        position = end;
        stretch(start, true);
    }

    private void quoted() {
        int start = position;
        int end = ends.text(start);
        if (end < 0) {
            openText = start;
            end = text.length();
        }
        operand(Kind.TEXT, start, end);
    }

    private void atSign() {
        char next = at(1);
        if (next == '(' || next == '{') {
            open(next == '{' ? '@' : '(', 2);
        } else if (next == '"' || next == '\'') {
            int close = text.indexOf("\n" + next + "@", position);
            if (close < 0) {
                openText = position;
            }
            operand(Kind.TEXT, position, close < 0 ? text.length() : close + 3);
        } else {
            int end = ends.name(position + 1);
            operand(end > position + 1 ? Kind.VARIABLE : null, position, Math.max(end, position + 1));
        }
    }

    private void dollar() {
        if (at(1) == '(') {
            open('(', 2);
            return;
        }
        int end;
        if (at(1) == '{') {
            int close = text.indexOf('}', position);
            end = close < 0 ? text.length() : close + 1;
        } else {
            end = position + 1;
            if (end < text.length() && "?^$".indexOf(text.charAt(end)) >= 0) {
                end++;
            } else {
                end = ends.name(end);
                if (end < text.length() && text.charAt(end) == ':' && end > position + 1) {
                    end = ends.name(end + 1);
                }
            }
        }
        operand(Kind.VARIABLE, position, end);
        members();
    }

    /// `.Name` after a value, as often as it comes.
    private void members() {
        while (at(0) == '.' && at(1) != '.') {
            int start = position + 1;
            int end = ends.name(start);
            if (end == start && end < text.length()) {
                return;
            }
            operand(null, position, start);
            if (end > start) {
                operand(Kind.MEMBER, start, end);
            }
        }
    }

    /// `[type]` where a value may begin, otherwise an index.
    private void bracket() {
        int close = text.indexOf(']', position);
        boolean type = level.place == Place.START
                || position > 0
                        && (Character.isWhitespace(text.charAt(position - 1)) || text.charAt(position - 1) == '(');
        if (type && at(1) != '\0' && Character.isLetter(at(1))) {
            operand(Kind.TYPE, position, close < 0 ? text.length() : close + 1);
        } else {
            operand(null, position, position + 1);
        }
    }

    private void word(char c) {
        int start = position;
        boolean dash = c == '-' || c == '\u2013' || c == '\u2014';
        if (dash && (Character.isLetter(at(1)) || level.place == Place.ARGUMENTS && at(1) == '\0')) {
            int end = ends.name(start + 1);
            if (level.place == Place.ARGUMENTS) {
                position = end;
                pieces.add(new Piece(Kind.PARAMETER, start, end));
                level.elements.add(new Element(true, start, end));
                if (at(0) == ':') {
                    position++;
                }
            } else {
                take(Kind.OPERATOR, end);
            }
            return;
        }
        if (level.place == Place.EXPRESSION) {
            inExpression(c);
            return;
        }
        int end = Math.max(ends.word(start), start + 1);
        String written = text.substring(start, end);
        if (level.opener == '@' && level.place == Place.START && !level.keyed) {
            position = end;
            int equals = written.indexOf('=');
            int keyEnd = equals < 0 ? end : start + equals;
            if (keyEnd > start) {
                pieces.add(new Piece(Kind.MEMBER, start, keyEnd));
            }
            position = Math.max(keyEnd, start);
            if (at(0) == '=') {
                position++;
                level.keyed = true;
            }
            return;
        }
        if (written.equals("=") || written.equals("+=")) {
            position = end;
            return;
        }
        if (isNumber(written)) {
            operand(Kind.NUMBER, start, end);
        } else if (level.place == Place.START) {
            begin(start, end, written);
        } else {
            operand(Kind.WORD, start, end);
        }
    }

    private void begin(int start, int end, String written) {
        position = end;
        if (KEYWORDS.contains(written.toLowerCase(Locale.ROOT)) && level.before.isEmpty()) {
            pieces.add(new Piece(Kind.KEYWORD, start, end));
            return;
        }
        pieces.add(new Piece(Kind.COMMAND, start, end));
        level.command = written;
        level.place = Place.ARGUMENTS;
        level.elements.clear();
    }

    private void inExpression(char c) {
        int start = position;
        if (c == '=') {
            position++;
            level.begin();
        } else if (Character.isDigit(c)) {
            int end = start;
            while (end < text.length()
                    && (Character.isLetterOrDigit(text.charAt(end))
                            || text.charAt(end) == '.' && (end + 1 >= text.length() || text.charAt(end + 1) != '.'))) {
                end++;
            }
            take(Kind.NUMBER, Math.max(end, start + 1));
        } else if (c == '.' && at(1) != '.') {
            int end = ends.name(start + 1);
            position++;
            if (end > position) {
                take(Kind.MEMBER, end);
            }
        } else if (Character.isLetter(c)) {
            int end = ends.name(start);
            String written = text.substring(start, end).toLowerCase(Locale.ROOT);
            take(KEYWORDS.contains(written) ? Kind.KEYWORD : Kind.WORD, end);
            if (written.equals("in")) {
                level.begin(); // `foreach ($q in Get-Queue)`
            }
        } else {
            position++;
        }
    }

    private static boolean isNumber(String word) {
        return word.matches("[+-]?\\d+(\\.\\d+)?([kmgtp]b)?");
    }
}
